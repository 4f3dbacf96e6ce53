import type { MappingSpec } from '#contracts';
import { isRefusal, parseDate, refuse, type DateSpan } from '#ghg';
import { BoundCell, isTrouble, trouble, type Trouble } from './bound-cell';
import type { Columns } from './header';

/** The period of a line: from its start cell to its end cell, or what the start alone covers (a day, a month, a year). */
export class BoundPeriod {
  private readonly start: BoundCell;
  private readonly end: BoundCell | undefined;

  constructor(
    private readonly spec: MappingSpec,
    columns: Columns,
  ) {
    this.start = new BoundCell(spec.period.start, columns);
    this.end = spec.period.end && new BoundCell(spec.period.end, columns);
  }

  /** Refuses `value_missing`, `date_malformed`; a reversed period is the kernel's to refuse. */
  read(fields: readonly string[]): DateSpan | Trouble {
    const start = this.readDate(this.start, fields);
    if (isTrouble(start) || !this.end) return start;
    const end = this.readDate(this.end, fields);
    return isTrouble(end) ? end : { start: start.start, end: end.end };
  }

  private readDate(cell: BoundCell, fields: readonly string[]): DateSpan | Trouble {
    const text = cell.text(fields);
    if (text === '') return trouble(refuse('value_missing', 'the date is empty'), cell, fields);
    const span = text === null ? refuse('date_malformed', 'the mapping lists no such period') : parseDate(text, this.spec.locale.date);
    return isRefusal(span) ? trouble(span, cell, fields) : span;
  }
}
