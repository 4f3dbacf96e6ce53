import type { Cell, MappingSlot, MappingSpec } from '#contracts';
import { fileSlots, type FileSlot } from '../shared/file-slots';
import { FileRefused } from '../shared/records';
import { tagCell } from '../shared/tag-cell';
import { columnsOf } from './bound-cell';
import { LIMITS } from './limits';

/** Where each column of the file stands. */
export type Columns = ReadonlyMap<string, number>;

/** What a mapping makes of the header of one file. */
export interface BoundHeader {
  readonly columns: Columns;
  readonly slots: readonly FileSlot[];
  /** The columns that are read. */
  readonly read: ReadonlySet<string>;
}

/** Every column that the mapping reads by name, in the order in which it names them; `slots`: as the file has them. */
export function columnsRead(spec: MappingSpec, slots: readonly FileSlot[] = fileSlots(spec, null)): ReadonlySet<string> {
  const cells = [spec.entity, spec.period.start, spec.period.end, ...slots.flatMap(({ slot }) => cellsOf(slot))];
  const columns = cells.flatMap((cell) => (cell ? columnsOf(cell) : []));
  const conditions = slots.flatMap(({ slot: { when } }) => (when ? [when.column] : []));
  const tags = spec.tags.flatMap((tag) => columnsOf(tagCell(tag)));
  return new Set([...spec.identity, ...columns, ...conditions, ...tags]);
}

function cellsOf({ activityType, operands, attributes, supplier, country, period }: MappingSlot): (Cell | undefined)[] {
  const ofOperands = Object.values(operands).flatMap(({ value, unit }): Cell[] => [value, unit]);
  return [...ofOperands, activityType, ...Object.values(attributes), supplier, country, period?.start, period?.end];
}

/**
 * Holds the header of a file against the mapping. Refuses `file_too_large` (columns), `column_missing`, `column_unknown` (neither read nor ignored by
 * name), and `file_not_of_stated_kind` when a column that is read has its name twice.
 */
export function checkHeader(header: readonly string[], spec: MappingSpec, line: number, delimiter: string | null = null): BoundHeader {
  if (header.length > LIMITS.columns)
    throw new FileRefused('file_too_large', `The file has ${header.length} columns; at most ${LIMITS.columns} are taken.`, line);
  const names = header.map((name) => name.trim());
  const places = new Map<string, number>();
  const twiceNamed = new Set<string>();
  names.forEach((name, i) => (places.has(name) ? twiceNamed.add(name) : places.set(name, i)));
  const slots = fileSlots(spec, names);
  const read = columnsRead(spec, slots);
  const missing = [...read].filter((name) => !places.has(name));
  if (missing.length > 0)
    throw new FileRefused(
      'column_missing',
      `The mapping reads ${quoted(missing)}, which the file does not have.${oneColumnHint(names, delimiter)}`,
      line,
      missing[0],
    );
  checkSpread(spec, slots, line);
  const twice = [...read].filter((name) => twiceNamed.has(name));
  if (twice.length > 0) throw new FileRefused('file_not_of_stated_kind', `The header has ${quoted(twice)} more than once.`, line, twice[0]);
  const ignored = spec.ignore === '*' ? null : new Set(spec.ignore);
  const unknown = ignored ? names.filter((name) => !read.has(name) && !ignored.has(name)) : [];
  if (unknown.length > 0)
    throw new FileRefused('column_unknown', `The mapping neither reads nor ignores ${quoted(unknown)}.`, line, unknown[0]);
  return { columns: places, slots, read };
}

/** A slot that spreads over the columns with a date in their name needs some, and not too many. */
function checkSpread(spec: MappingSpec, slots: readonly FileSlot[], line: number): void {
  for (const { slot, spread } of spec.slots) {
    if (!spread?.header) continue;
    const count = slots.filter(({ identity }) => identity.length > 1 && identity[0] === slot).length;
    const { prefix, date, suffix } = spread.header;
    if (count === 0)
      throw new FileRefused(
        'column_missing',
        `Slot ${slot} spreads over columns called "${prefix}${date}${suffix}", and the file has none.`,
        line,
      );
    if (count > LIMITS.spreadColumns)
      throw new FileRefused(
        'file_too_large',
        `Slot ${slot} would spread over ${count} columns; at most ${LIMITS.spreadColumns} are taken.`,
        line,
      );
  }
}

/** A header that is one cell was most likely written with another delimiter. */
function oneColumnHint(names: readonly string[], delimiter: string | null): string {
  if (delimiter === null) return '';
  const other = [',', ';', '\t', '|'].find((sign) => sign !== delimiter && (names[0] ?? '').includes(sign));
  if (names.length > 1 || other === undefined) return '';
  return ` The header is one column under the delimiter ${JSON.stringify(delimiter)}; it holds ${JSON.stringify(other)}.`;
}

const NAMED_MAX = 20;

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).map((name) => (name === '' ? 'a column without a name' : `"${name.slice(0, 200)}"`));
  return names.length > NAMED_MAX ? `${shown.join(', ')} and ${names.length - NAMED_MAX} more` : shown.join(', ');
}
