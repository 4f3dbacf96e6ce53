import type { MappingPeriod, MappingSpec } from '#contracts';
import { isRefusal, refuse, type DateSpan } from '#ghg';
import type { Fields } from '../shared/cells';
import { DayReader } from '../shared/read-day';
import { BoundCell, isTrouble, trouble, type Trouble } from './bound-cell';
import type { Columns } from './header';

/** The period of a line or of one of its slots: from its start cell to its end cell, or what the start alone covers (a day, a month, a year). */
export class BoundPeriod {
  readonly start: BoundCell;
  readonly end: BoundCell | undefined;
  private readonly endExclusive: boolean;
  private readonly days: DayReader;

  constructor(period: MappingPeriod, { date, zone }: MappingSpec['locale'], columns: Columns) {
    this.start = new BoundCell(period.start, columns);
    this.end = period.end && new BoundCell(period.end, columns);
    this.endExclusive = period.endIs === 'exclusive';
    this.days = new DayReader({ date: period.date ?? date, zone });
  }

  /** Refuses `value_missing`, `date_malformed`; a reversed period is the kernel's to refuse. */
  read(fields: Fields): DateSpan | Trouble {
    const start = this.readDate(this.start, fields, false);
    if (isTrouble(start) || !this.end) return start;
    const end = this.readDate(this.end, fields, this.endExclusive);
    return isTrouble(end) ? end : { start: start.start, end: end.end };
  }

  private readDate(cell: BoundCell, fields: Fields, endExclusive: boolean): DateSpan | Trouble {
    const text = cell.text(fields);
    if (text === '') return trouble(refuse('value_missing', 'the date is empty'), cell, fields);
    const span =
      text === null
        ? refuse('date_malformed', 'the mapping makes no period of this cell')
        : this.days.read(cell.typed(fields) ?? text, endExclusive);
    return isRefusal(span) ? trouble(span, cell, fields) : span;
  }
}
