import {
  activityType,
  conversion,
  Decimal,
  isRefusal,
  parseUnit,
  plain,
  type ExchangeRate,
  type Factor,
  type FuelProperty,
  type GasAmount,
  type GasId,
  type GwpSetId,
  type LegId,
  type PriceIndex,
  type PropertyKind,
  type StatedOperand,
} from '#ghg';

/**
 * Golden files are plain text. A case begins with `case:`; `source:`, `book:` (GWP set of the book), `printed:` (GWP set of the figures), `year:`
 * and `shared:` (a total that `shares` share out) follow; then tables, whose first line names the columns. Cells are parted by `|`; an empty cell or
 * `-` says nothing. `#` begins a remark.
 *
 * What is known: `factors`, `properties` (of fuels and grids), `exchange rates`, `price indices`, `activities`, `masses` (of gases), `shares` (who
 * takes part of a shared total, by which weight), `scores` (with the weight of each), `base year` (as stated and as it is now). What must come out:
 * `expect`, one line per activity, or of the `sum` over all of them, or of the `masses`, `shares`, `scores` or `base year`.
 */
export interface GoldenCase {
  readonly id: string;
  readonly source: string;
  readonly book: GwpSetId;
  readonly printed: GwpSetId;
  /** The total that the shares share out, in kilograms CO2e, or 1. */
  readonly shared: Decimal;
  readonly factors: readonly Factor[];
  readonly properties: readonly FuelProperty[];
  readonly exchangeRates: readonly ExchangeRate[];
  readonly priceIndices: readonly PriceIndex[];
  readonly activities: readonly GoldenActivity[];
  readonly masses: readonly { readonly gas: GasId; readonly kg: Decimal }[];
  readonly shares: readonly { readonly receiver: string; readonly weight: Decimal }[];
  readonly scores: readonly { readonly weight: Decimal; readonly score: Decimal }[];
  readonly baseYear: readonly { readonly stated: Decimal; readonly now: Decimal; readonly threshold: string }[];
  readonly expect: readonly GoldenExpectation[];
}

export interface GoldenActivity {
  readonly name: string;
  readonly type: string;
  readonly year: number;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  /** `12 short-ton × 800 mi`: the operands of the type's usual formula in its order; `people=10 passenger; distance=50 km`: any formula's. */
  readonly operands: readonly StatedOperand[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** One line of `expect`. */
export interface GoldenExpectation {
  readonly of: string;
  readonly legs: readonly string[];
  readonly bases: readonly string[];
  /** Only what stands on these lines of the report in a wholly owned company, or happened in these countries, or is inside or outside the minimum boundary. */
  readonly lines: readonly string[];
  readonly countries: readonly string[];
  readonly boundary: string | null;
  /** The kilograms are divided by this: an intensity. */
  readonly per: string | null;
  /** Kilowatt-hours of the energy legs. */
  readonly energy: string | null;
  readonly share: string | null;
  readonly score: string | null;
  readonly flags: readonly string[] | null;
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
  factors: ['code', 'type', 'leg', 'region', 'year', 'supplier', 'per', 'attributes', 'CO2e', 'gases', 'partial'],
  properties: ['code', 'kind', 'type', 'attributes', 'region', 'year', 'value'],
  'exchange rates': ['from', 'to', 'year', 'rate'],
  'price indices': ['series', 'currency', 'sector', 'year', 'index'],
  activities: ['activity', 'type', 'country', 'region', 'supplier', 'year', 'quantity', 'attributes'],
  masses: ['gas', 'kg'],
  shares: ['receiver', 'weight'],
  scores: ['position', 'weight', 'score'],
  'base year': ['stated', 'now', 'threshold'],
  expect: [
    'activity',
    'leg',
    'basis',
    'line',
    'country',
    'boundary',
    'gwp',
    'kgCO2e',
    'per',
    'biogenic',
    'energy',
    'gases',
    'quantity',
    'share',
    'score',
    'fallbacks',
    'flags',
    'refusal',
  ],
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
    if (line in COLUMNS) {
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
    shared: new Decimal(head.get('shared') ?? '1'),
    factors: rows('factors').map((row) => factorOf(row, year)),
    properties: rows('properties').map((row) => propertyOf(row, year)),
    exchangeRates: rows('exchange rates').map((row) => rateOf(row, year)),
    priceIndices: rows('price indices').map((row) => indexOf(row, year)),
    activities: rows('activities').map((row) => activityOf(row, year)),
    masses: rows('masses').map((row) => ({ gas: row.gas ?? '', kg: numberOf(row.kg) })),
    shares: rows('shares').map((row) => ({ receiver: row.receiver ?? '', weight: productOf(row.weight) })),
    scores: rows('scores').map((row) => ({ weight: numberOf(row.weight), score: numberOf(row.score) })),
    baseYear: rows('base year').map((row) => ({ stated: numberOf(row.stated), now: numberOf(row.now), threshold: row.threshold ?? '' })),
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
    ...(row.partial ? { partial: true } : {}),
    source: { table: 'golden', row: row.code ?? '' },
  };
}

/** `33.6 MJ/m3`; a loss rate is `0.1 1`. */
function propertyOf(row: Line, year: number): FuelProperty {
  const [value = '', unit = ''] = (row.value ?? '').split(/\s+/);
  return {
    code: row.code ?? '',
    kind: row.kind as PropertyKind,
    activityType: row.type ?? '',
    attributes: pairs(row.attributes),
    region: row.region ?? '',
    year: Number(row.year || year),
    value,
    unit,
    source: { table: 'golden', row: row.code ?? '' },
  };
}

function rateOf(row: Line, year: number): ExchangeRate {
  const { from = '', to = '', rate = '' } = row;
  return { from, to, year: Number(row.year || year), rate, source: { table: 'golden', row: `${from} ${to}` } };
}

function indexOf(row: Line, year: number): PriceIndex {
  const { series = '', currency = '', sector, index = '' } = row;
  return {
    series,
    currency,
    ...(sector ? { sector } : {}),
    year: Number(row.year || year),
    index,
    source: { table: 'golden', row: series },
  };
}

function numberOf(text: string | undefined): Decimal {
  return new Decimal((text ?? '').replaceAll(',', ''));
}

/** `5 t × 6 km` is 30: all weights of a case are in the same units. */
function productOf(text: string | undefined): Decimal {
  return (text ?? '').split('×').reduce((product, part) => product.mul(numberOf(part.trim().split(/\s+/)[0])), new Decimal(1));
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
    operands: operandsOf(row.quantity ?? '', row.type ?? ''),
    attributes: pairs(row.attributes),
  };
}

function operandsOf(text: string, type: string): StatedOperand[] {
  const usual = activityType(type)?.formulas[0]?.operands ?? [];
  const named = text.includes('=') ? text.split(';').map((part) => part.split('=').map((side) => side.trim())) : null;
  const parts = named ?? text.split('×').map((part, i) => [usual[i]?.name ?? (i === 0 ? 'quantity' : `operand ${i + 1}`), part.trim()]);
  return parts.map(([name = '', stated = '']) => {
    const [value = '', ...unit] = stated.split(/\s+/);
    return { name, value: numberOf(value), unit: unit.join(' ') || '1' };
  });
}

function expectationOf(row: Line): GoldenExpectation {
  return {
    of: row.activity ?? '',
    legs: list(row.leg),
    bases: list(row.basis),
    lines: list(row.line),
    countries: list(row.country),
    boundary: row.boundary || null,
    per: row.per || null,
    energy: row.energy || null,
    share: row.share || null,
    score: row.score || null,
    flags: row.flags ? (row.flags === 'none' ? [] : list(row.flags)) : null,
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
