import { Decimal, PUBLISHED_LEGS, type Factor, type GasAmount, type LegId } from '#ghg';
import type { RefusedPlace } from '../factor-file';

/** The columns of the project's own CSV, apart from the families `attribute.`, `kg.` and `kgco2e.`. */
export const PLAIN_COLUMNS = [
  'code',
  'activityType',
  'leg',
  'region',
  'supplier',
  'year',
  'unit',
  'kgco2e',
  'gsd',
  'partial',
  'source.table',
  'source.row',
  'source.printed',
] as const;
export type PlainColumn = (typeof PLAIN_COLUMNS)[number];

export const COLUMNS_NEEDED: readonly PlainColumn[] = ['code', 'activityType', 'leg', 'region', 'year', 'unit'];

/** Columns of which there may be many, the name behind the dot being the attribute or the gas. */
const FAMILIES = ['attribute.', 'kg.', 'kgco2e.'] as const;

const DECIMAL = /^-?\d{1,20}(\.\d{1,30})?$/;

export function isColumn(name: string): boolean {
  return (
    PLAIN_COLUMNS.some((column) => column === name) || FAMILIES.some((family) => name.startsWith(family) && name.length > family.length)
  );
}

/** One row under the names of its columns; blank cells are not in it. */
export type NamedCells = ReadonlyMap<string, string>;

export type RowResult = { readonly factor: Factor } | { readonly wrong: Omit<RefusedPlace, 'sheet' | 'row'> } | { readonly blank: true };

/** A factor from one row, the first cell that its column cannot take, or that the row states no figure. Row `row` of `fileName` is its source unless it names another. */
export function factorOfRow(cells: NamedCells, fileName: string, row: number): RowResult {
  const wrong = wrongCell(cells);
  if (wrong) return { wrong };
  const gases = gasesOf(cells);
  const kgco2e = cells.get('kgco2e');
  if (gases.length === 0 && kgco2e === undefined) return { blank: true };
  const text = (column: PlainColumn): string => cells.get(column) ?? '';
  const printed = cells.get('source.printed');
  const optional = {
    ...(cells.has('supplier') ? { supplier: text('supplier') } : {}),
    ...(kgco2e === undefined ? {} : { kgco2e }),
    ...(cells.has('gsd') ? { gsd: text('gsd') } : {}),
    ...(text('partial') === 'true' ? { partial: true } : {}),
  };
  const factor: Factor = {
    code: text('code'),
    activityType: text('activityType'),
    leg: text('leg') as LegId,
    region: text('region'),
    year: Number(text('year')),
    attributes: membersOf(cells, 'attribute.'),
    unit: text('unit'),
    gases,
    ...optional,
    source: {
      table: text('source.table') || fileName,
      row: text('source.row') || `row ${row}, ${text('code')}`,
      ...(printed === undefined ? {} : { printed }),
    },
  };
  return { factor };
}

/** One rule per line, in the order of precedence. */
function wrongCell(cells: NamedCells): Omit<RefusedPlace, 'sheet' | 'row'> | null {
  const wrong = (column: string, detail: string) => ({ column, code: 'cell_invalid', detail });
  for (const column of COLUMNS_NEEDED) if (!cells.has(column)) return wrong(column, 'the cell is blank; every factor states it');
  for (const [column, value] of cells) {
    if (column === 'year' && !/^\d{4}$/.test(value)) return wrong(column, `"${value}" is no year`);
    if (column === 'leg' && !PUBLISHED_LEGS.some((leg) => leg === value))
      return wrong(column, `"${value}" is none of ${PUBLISHED_LEGS.join(', ')}`);
    if (column === 'partial' && value !== 'true' && value !== 'false') return wrong(column, `"${value}" is neither true nor false`);
    if (!isFigure(column)) continue;
    if (!DECIMAL.test(value)) return wrong(column, `"${value}" is no plain decimal such as 0.18296`);
    if (new Decimal(value).lt(0)) return wrong(column, `"${value}" is below zero`);
  }
  for (const column of cells.keys()) {
    const gas = column.startsWith('kg.') ? column.slice('kg.'.length) : null;
    if (gas !== null && cells.has(`kgco2e.${gas}`)) return wrong(column, `kgco2e.${gas} states ${gas} too: one of the two`);
  }
  return null;
}

function isFigure(column: string): boolean {
  return column === 'kgco2e' || column === 'gsd' || column.startsWith('kg.') || column.startsWith('kgco2e.');
}

function gasesOf(cells: NamedCells): GasAmount[] {
  const masses = Object.entries(membersOf(cells, 'kg.')).map(([gas, kg]) => ({ gas, kg }));
  return [...masses, ...Object.entries(membersOf(cells, 'kgco2e.')).map(([gas, kgco2e]) => ({ gas, kgco2e }))];
}

function membersOf(cells: NamedCells, family: (typeof FAMILIES)[number]): Record<string, string> {
  const members = [...cells].filter(([column]) => column.startsWith(family));
  return Object.fromEntries(members.map(([column, value]) => [column.slice(family.length), value]));
}
