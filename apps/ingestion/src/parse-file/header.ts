import type { Cell, MappingSpec } from '#contracts';
import { FileRefused } from '../shared/records';

/** Where each column of the file stands. */
export type Columns = ReadonlyMap<string, number>;

/** Every column that the mapping reads, in the order in which it names them. */
export function columnsRead(spec: MappingSpec): ReadonlySet<string> {
  const cells: (Cell | { column: string } | undefined)[] = [spec.entity, spec.period.start, spec.period.end];
  for (const { activityType, operands, attributes, supplier, country } of spec.slots) {
    for (const { value, unit } of Object.values(operands)) cells.push(value, unit);
    cells.push(activityType, ...Object.values(attributes), supplier, country);
  }
  const columns = cells.flatMap((cell) => (cell && 'column' in cell ? [cell.column] : []));
  const conditions = spec.slots.flatMap(({ when }) => (when ? [when.column] : []));
  return new Set([...spec.identity, ...columns, ...conditions, ...spec.tags.map(({ column }) => column)]);
}

/**
 * Holds the header of a file against the mapping. Refuses `column_missing`, `column_unknown` (neither read nor ignored by name), and
 * `file_not_of_stated_kind` when a column that is read has its name twice.
 */
export function checkHeader(header: readonly string[], spec: MappingSpec, line: number): Columns {
  const names = header.map((name) => name.trim());
  const read = columnsRead(spec);
  const missing = [...read].filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new FileRefused(
      'column_missing',
      `The mapping reads ${quoted(missing)}, which the file does not have.${oneColumnHint(names, spec)}`,
      line,
      missing[0],
    );
  const twice = [...read].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice.length > 0) throw new FileRefused('file_not_of_stated_kind', `The header has ${quoted(twice)} more than once.`, line, twice[0]);
  const ignored = spec.ignore;
  if (ignored !== '*') {
    const unknown = names.filter((name) => !read.has(name) && !ignored.includes(name));
    if (unknown.length > 0)
      throw new FileRefused('column_unknown', `The mapping neither reads nor ignores ${quoted(unknown)}.`, line, unknown[0]);
  }
  return new Map(names.map((name, i) => [name, i]));
}

/** A header that is one cell was most likely written with another delimiter. */
function oneColumnHint(names: readonly string[], { format: { delimiter } }: MappingSpec): string {
  const other = [',', ';', '\t', '|'].find((sign) => sign !== delimiter && (names[0] ?? '').includes(sign));
  if (names.length > 1 || other === undefined) return '';
  return ` The header is one column under the delimiter ${JSON.stringify(delimiter)} that the mapping states; it holds ${JSON.stringify(other)}.`;
}

const NAMED_MAX = 20;

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).map((name) => (name === '' ? 'a column without a name' : `"${name.slice(0, 200)}"`));
  return names.length > NAMED_MAX ? `${shown.join(', ')} and ${names.length - NAMED_MAX} more` : shown.join(', ');
}
