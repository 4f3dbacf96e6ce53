import {
  conversion,
  Decimal,
  isRefusal,
  parseUnit,
  plain,
  type Factor,
  type GasAmount,
  type GasId,
  type GwpSetId,
  type LegId,
  type StatedOperand,
} from '#ghg';

/**
 * Golden files are plain text. A case begins with `case:`; `source:`, `book:` (GWP set of the book), `printed:` (GWP set of the figures) and
 * `year:` follow; then the tables `factors`, `activities`, `masses` and `expect`, whose first line names the columns. Cells are parted by `|`;
 * an empty cell or `-` says nothing. `#` begins a remark.
 */
export interface GoldenCase {
  readonly id: string;
  readonly source: string;
  readonly book: GwpSetId;
  readonly printed: GwpSetId;
  readonly factors: readonly Factor[];
  readonly activities: readonly GoldenActivity[];
  readonly masses: readonly { readonly gas: GasId; readonly kg: Decimal }[];
  readonly expect: readonly GoldenExpectation[];
}

export interface GoldenActivity {
  readonly name: string;
  readonly type: string;
  readonly year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  /** `12 short-ton × 800 mi`: values and units in the order of the operands of the type. */
  readonly operands: readonly Omit<StatedOperand, 'name'>[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** One line of `expect`: an activity, or the `sum` over all of them, or the `masses`. */
export interface GoldenExpectation {
  readonly of: string;
  readonly legs: readonly string[];
  readonly bases: readonly string[];
  readonly gwp: GwpSetId | null;
  /** `≈ 31967.028` is rounded to the decimals that it prints; without the sign it is exact. */
  readonly kgco2e: string | null;
  readonly biogenic: string | null;
  readonly gases: readonly { readonly gas: GasId; readonly kg: string }[];
  readonly quantity: string | null;
  readonly fallbacks: readonly string[] | null;
  readonly refusal: string | null;
}

/** A misspelt column would check nothing: only these are read. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  factors: ['code', 'type', 'leg', 'region', 'year', 'supplier', 'per', 'attributes', 'CO2e', 'gases'],
  activities: ['activity', 'type', 'country', 'region', 'supplier', 'year', 'quantity', 'attributes'],
  masses: ['gas', 'kg'],
  expect: ['activity', 'leg', 'basis', 'gwp', 'kgCO2e', 'biogenic', 'gases', 'quantity', 'fallbacks', 'refusal'],
};

type Line = Readonly<Record<string, string>>;
type Tables = Map<string, Line[]>;

export function readGolden(text: string): GoldenCase[] {
  return text
    .split(/^(?=case:)/m)
    .filter((part) => part.startsWith('case:'))
    .map(readCase);
}

function readCase(text: string): GoldenCase {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const head = new Map<string, string>();
  const tables: Tables = new Map();
  let columns: string[] | null = null;
  let name = '';
  let table: Line[] | null = null;
  for (const line of lines.filter((candidate) => candidate !== '')) {
    if (/^(factors|activities|masses|expect)$/.test(line)) {
      table = [];
      columns = null;
      name = line;
      tables.set(line, table);
    } else if (table === null) {
      const [, word = '', value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
      head.set(word, value);
    } else if (columns === null) columns = columnsOf(line, name);
    else table.push(rowOf(line, columns));
  }
  const year = Number(head.get('year'));
  const rows = (name: string) => tables.get(name) ?? [];
  return {
    id: head.get('case') ?? '',
    source: head.get('source') ?? '',
    book: (head.get('book') ?? 'AR5') as GwpSetId,
    printed: (head.get('printed') ?? 'AR5') as GwpSetId,
    factors: rows('factors').map((row) => factorOf(row, year)),
    activities: rows('activities').map((row) => activityOf(row, year)),
    masses: rows('masses').map((row) => ({ gas: row.gas ?? '', kg: new Decimal(row.kg ?? '') })),
    expect: rows('expect').map(expectationOf),
  };
}

function columnsOf(line: string, table: string): string[] {
  const columns = cells(line);
  const unknown = columns.find((column) => !COLUMNS[table]?.includes(column));
  if (unknown !== undefined) throw new Error(`golden: the table ${table} has no column "${unknown}"`);
  return columns;
}

function rowOf(line: string, columns: readonly string[]): Line {
  const values = cells(line);
  if (values.length > columns.length) throw new Error(`golden: more cells than columns: ${line}`);
  return Object.fromEntries(values.map((value, i) => [columns[i] as string, value]));
}

function cells(line: string): string[] {
  return line.split('|').map((cell) => (cell.trim() === '-' ? '' : cell.trim()));
}

function factorOf(row: Line, year: number): Factor {
  return {
    code: row.code ?? '',
    activityType: row.type ?? '',
    leg: row.leg as LegId,
    region: row.region ?? '',
    year: Number(row.year || year),
    ...(row.supplier ? { supplier: row.supplier } : {}),
    attributes: pairs(row.attributes),
    unit: row.per ?? '',
    gases: list(row.gases).map(gasOf),
    ...(row.CO2e ? { kgco2e: kilograms(row.CO2e) } : {}),
    source: { table: 'golden', row: row.code ?? '' },
  };
}

/** `CH4 1 g` is a mass; `CH4 0.00028 kgCO2e` is already multiplied. */
function gasOf(text: string): GasAmount {
  const [gas = '', value = '', unit = ''] = text.split(/\s+/);
  return unit === 'kgCO2e' ? { gas, kgco2e: value } : { gas, kg: kilograms(`${value} ${unit}`) };
}

/** A mass in any unit of mass, in kilograms. */
function kilograms(text: string): string {
  const [value = '', unit = ''] = text.split(/\s+/);
  const way = conversion(unit, 'kg');
  if (isRefusal(way)) throw new Error(`golden: ${text}: ${way.detail}`);
  return plain(new Decimal(value).mul(way.numerator).div(way.denominator));
}

function activityOf(row: Line, year: number): GoldenActivity {
  return {
    name: row.activity ?? '',
    type: row.type ?? '',
    year: Number(row.year || year),
    country: row.country ?? '',
    region: row.region || null,
    supplier: row.supplier || null,
    operands: (row.quantity ?? '').split('×').map((operand) => {
      const [value = '', ...unit] = operand.trim().split(/\s+/);
      return { value: new Decimal(value.replaceAll(',', '')), unit: unit.join(' ') };
    }),
    attributes: pairs(row.attributes),
  };
}

function expectationOf(row: Line): GoldenExpectation {
  return {
    of: row.activity ?? '',
    legs: list(row.leg),
    bases: list(row.basis),
    gwp: (row.gwp as GwpSetId) || null,
    kgco2e: row.kgCO2e || null,
    biogenic: row.biogenic || null,
    gases: list(row.gases).map((text) => ({ gas: text.split(/\s+/)[0] ?? '', kg: kilograms(text.split(/\s+/).slice(1).join(' ')) })),
    quantity: row.quantity ? canonicalQuantity(row.quantity) : null,
    fallbacks: row.fallbacks === undefined || row.fallbacks === '' ? null : row.fallbacks === 'none' ? [] : list(row.fallbacks),
    refusal: row.refusal || null,
  };
}

function canonicalQuantity(text: string): string {
  const [value = '', name = ''] = text.split(/\s+/);
  const unit = parseUnit(name);
  return `${value} ${isRefusal(unit) ? name : unit.id}`;
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function pairs(text: string | undefined): Record<string, string> {
  return Object.fromEntries(list(text).map((pair) => pair.split('=').map((side) => side.trim()) as [string, string]));
}
