import type { MappingSpec } from '#contracts';
import { isRefusal, parseNumber, plain, refuse, type NumberLocale, type Refusal } from '#ghg';
import type { Fields, TypedCell } from '../shared/cells';
import { DayReader } from '../shared/read-day';
import { tagCell } from '../shared/tag-cell';
import { BoundCell, MAPPING_LOCALE, trouble, type Trouble } from './bound-cell';
import type { Columns } from './header';

type TagSpec = MappingSpec['tags'][number];
export type TagValue = string | boolean;

const TEXT_MAX = 500;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/** The tenant's own dimensions of a line, typed: decimals in their plain spelling, dates as `YYYY-MM-DD`; sorted by name. An empty cell is no tag. */
export class BoundTags {
  private readonly tags: readonly (readonly [TagSpec, BoundCell])[];
  private readonly locale: NumberLocale;
  private readonly days: DayReader;

  constructor(spec: MappingSpec, columns: Columns) {
    const inOrder = [...spec.tags].sort((a, b) => (a.tag < b.tag ? -1 : 1));
    this.tags = inOrder.map((tag) => [tag, new BoundCell(tagCell(tag), columns)]);
    this.locale = spec.locale;
    this.days = new DayReader(spec.locale);
  }

  /** Refuses `tag_malformed`. */
  read(fields: Fields): Readonly<Record<string, TagValue>> | Trouble {
    const read: Record<string, TagValue> = {};
    for (const [{ tag, type }, cell] of this.tags) {
      const text = cell.text(fields);
      if (text === '') continue;
      const value =
        text === null ? refuse('tag_malformed', 'the mapping makes no value of this cell') : this.value(text, cell.typed(fields), type);
      if (isRefusal(value)) return trouble(refuse('tag_malformed', `${tag}: ${value.detail}`), cell, fields);
      read[tag] = value;
    }
    return read;
  }

  private value(text: string, typed: TypedCell | null, type: TagSpec['type']): TagValue | Refusal {
    switch (type) {
      case 'text':
        return text.length <= TEXT_MAX ? text : refuse('tag_malformed', `longer than ${TEXT_MAX} characters`);
      case 'decimal': {
        const number = parseNumber(text, typed?.kind === 'number' ? MAPPING_LOCALE : this.locale);
        return isRefusal(number) ? number : plain(number);
      }
      case 'date': {
        const span = this.days.read(typed ?? text);
        return isRefusal(span) ? span : span.start;
      }
      case 'boolean':
        return BOOLEANS.get(text.toLowerCase()) ?? refuse('tag_malformed', `"${text.slice(0, 50)}" is none of true, false, yes, no, 1, 0`);
    }
  }
}
