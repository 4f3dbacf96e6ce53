import { Decimal, plain, type Factor, type FactorSet, type GasAmount } from '#ghg';
import type { Cell, FactorFileReading, FileRefusal, Layout, OpenedFile, OmissionReason, RecognisedFile } from '../factor-file';
import { refusesWhatIsNotPrinted } from '../strict-cells';
import { FactorList } from './shared/factor-list';
import { columnsOf, letterOf, onlySheet, rateText, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';
import { filledRows, usFigure, type SheetRow } from './us-epa/lines';
import { SUPPLY_CHAIN_GASES } from './us-epa/supply-chain-gases';

const PUBLISHER = 'US EPA';
const COLUMNS = [
  '2017 NAICS Code',
  '2017 NAICS Title',
  'GHG',
  'Unit',
  'Supply Chain Emission Factors without Margins',
  'Margins of Supply Chain Emission Factors',
  'Supply Chain Emission Factors with Margins',
] as const;
type Columns = Readonly<Record<(typeof COLUMNS)[number], number>>;
const WITH_MARGINS = COLUMNS[6];
/** Parts of the figure with margins. They do not always add up in the last digit, and neither is a factor of its own. */
const PARTS = [COLUMNS[4], COLUMNS[5]] as const;

const ALL_GASES = 'All GHGs';
/** Mixed gases that the publisher could not tell apart: CO2e among masses. */
const UNSPECIFIED = 'HFCs and PFCs, unspecified';
/** A factor whose gases leave more of its total open than this is refused by the kernel (`residual_unclosed`). */
const UNEXPLAINED_MAX = '0.05';
const UNIT = /^kg( CO2e)?\/(\d{4}) USD, purchaser price$/;
/** The gases that are named in what a factor cites; the others stand in its rows. */
const PRINTED: Readonly<Record<string, string>> = {
  'Carbon dioxide': 'CO2',
  Methane: 'CH4',
  'Nitrous oxide': 'N2O',
  [UNSPECIFIED]: `CO2e of ${UNSPECIFIED}`,
};
/** The file does not print its version: the year of its dollars tells it. */
const VERSIONS: Readonly<Record<number, string>> = { 2022: '1.3.0' };
const DOLLARS_KNOWN_MAX = 2022;

/**
 * US EPA Supply Chain GHG Emission Factors for US Commodities and Industries: per dollar of spend by NAICS code, as CO2e (`All GHGs`) or by gas.
 * All three columns are per dollar in purchaser prices: "without margins" is cradle to factory gate, "margins" from the gate to the shelf. What a
 * purchaser spends takes the sum, with margins. Without margins is no factor in basic prices, since its dollar has the margins in it: the two parts
 * stand in `printed` and become no factor. The same dollar buys goods, capital goods, freight or a journey: a factor for each that the sector can be
 * for. A work of the United States Government.
 */
export const epaSupplyChain: Layout = {
  id: 'us-epa-supply-chain',
  publisher: PUBLISHER,
  recognise,
  read,
  refuses: refusesWhatIsNotPrinted(),
};

function recognise(file: OpenedFile): RecognisedFile | null {
  if (file.kind !== 'csv') return null;
  const { rows } = onlySheet(file);
  const found = columnsOf(rows[0], COLUMNS);
  if ('missing' in found || !rows[1]) return null;
  const year = Number(UNIT.exec(textOf(rows[1], found.columns.Unit))?.[2]);
  if (!(year >= Math.min(...Object.keys(VERSIONS).map(Number)))) return null;
  const byGas = textOf(rows[1], found.columns.GHG) !== ALL_GASES;
  return {
    publisher: PUBLISHER,
    edition: byGas ? 'Supply Chain GHG Emission Factors, by gas' : 'Supply Chain GHG Emission Factors',
    version: VERSIONS[year] ?? `USD ${year}`,
    newerThanKnown: year > DOLLARS_KNOWN_MAX,
  };
}

/** A row that can be used: one gas, or all of them, of one commodity. */
interface SectorRow {
  readonly row: SheetRow;
  readonly code: string;
  readonly title: string;
  readonly gas: string;
  readonly isCo2e: boolean;
  readonly year: number;
  readonly value: Decimal;
  readonly printed: string;
}

/** Refusals: `header_missing`. A row is one commodity, or one gas of one; eighteen rows by gas make one factor. */
function read(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  const sheet = onlySheet(file);
  const found = columnsOf(sheet.rows[0], COLUMNS);
  if ('missing' in found) return { refused: 'header_missing', detail: `no column "${found.missing}"`, sheet: sheet.name, row: 1 };
  const account = new RowAccount();
  account.open(sheet);
  account.omit(sheet.name, 1, 'note', 'the names of the columns');
  const commodities = new Map<string, SectorRow[]>();
  for (const row of filledRows(sheet.rows).slice(1)) {
    const line = sectorRow(row, found.columns);
    const rows = 'reason' in line ? [] : (commodities.get(`${line.code} ${line.year}`) ?? []);
    if ('reason' in line) account.omit(sheet.name, row.row, line.reason, line.detail, line.column);
    else if (rows.some(({ gas }) => gas === line.gas)) account.omit(sheet.name, row.row, 'duplicate_id', `${line.code}, ${line.gas}`);
    else commodities.set(`${line.code} ${line.year}`, [...rows, line]);
  }
  const list = new FactorList(account);
  for (const rows of commodities.values()) takeCommodity(rows, sheet.name, account, list);
  return { recognised, set: setOf(recognised, list.factors), ...account.close() };
}

function sectorRow(
  row: SheetRow,
  columns: Columns,
): SectorRow | { readonly reason: OmissionReason; readonly detail: string; readonly column?: string } {
  const { cells } = row;
  const [code, title, gas] = [COLUMNS[0], COLUMNS[1], COLUMNS[2]].map((name) => textOf(cells, columns[name])) as [string, string, string];
  const unit = UNIT.exec(textOf(cells, columns.Unit));
  const isCo2e = unit?.[1] !== undefined;
  const column = columns[WITH_MARGINS];
  const { value, reason } = usFigure(cells, column);
  const at = { column: letterOf(column) };
  if (code === '') return { reason: 'note', detail: title };
  if (!unit) return { reason: 'unit_unknown', detail: `"${textOf(cells, columns.Unit)}"`, column: letterOf(columns.Unit) };
  if (value === undefined) return { reason, detail: `${code}, ${gas}: "${textOf(cells, column)}"`, ...at };
  const part = PARTS.map((name) => columns[name]).find((at) => usFigure(cells, at).reason === 'value_not_a_number');
  if (part !== undefined)
    return { reason: 'value_not_a_number', detail: `${code}, ${gas}: "${textOf(cells, part)}"`, column: letterOf(part) };
  if (gas !== ALL_GASES && gas !== UNSPECIFIED && !SUPPLY_CHAIN_GASES[gas])
    return { reason: 'type_not_covered', detail: `no gas "${gas}"` };
  if (isCo2e !== (gas === ALL_GASES || gas === UNSPECIFIED))
    return { reason: 'unit_unknown', detail: `${gas} in "${textOf(cells, columns.Unit)}"`, column: letterOf(columns.Unit) };
  return { row, code, title, gas, isCo2e, year: Number(unit[2]), value, printed: printedOf(cells, columns, gas, value) };
}

function printedOf(cells: readonly Cell[], columns: Columns, gas: string, value: Decimal): string {
  const [without, margins] = PARTS.map((part) => textOf(cells, columns[part]));
  const unit = textOf(cells, columns.Unit);
  return gas === ALL_GASES
    ? `${plain(value)} ${unit}, with margins (${without} without, margins ${margins})`
    : `${textOf(cells, columns[WITH_MARGINS])} kg ${PRINTED[gas] ?? gas}`;
}

/** Sectors that carry goods, and those that carry or lodge people, by the beginnings of their codes. Some do both. */
const CARRIERS_OF_GOODS = ['481112', '481212', '482', '483', '484', '486', '488', '491', '492', '493'];
const OF_TRAVELLERS = ['481111', '481211', '482', '483', '485', '487', '53211', '5615', '721'];

/** What a dollar of the sector may be spent on: goods and services, whose factor bears the plain code, capital goods, freight, journeys. */
function usesOf(code: string): Pick<Factor, 'activityType' | 'leg'>[] {
  const begins = (beginnings: readonly string[]): boolean => beginnings.some((beginning) => code.startsWith(beginning));
  return [
    { activityType: 'spend.goods', leg: 'supply' },
    { activityType: 'spend.capital-goods', leg: 'supply' },
    ...(begins(CARRIERS_OF_GOODS) ? ['freight.spend', 'freight-downstream.spend'] : []).map(operation),
    ...(begins(OF_TRAVELLERS) ? ['travel.spend'] : []).map(operation),
  ];
}

const operation = (activityType: string): Pick<Factor, 'activityType' | 'leg'> => ({ activityType, leg: 'operation' });

function takeCommodity(rows: readonly SectorRow[], sheet: string, account: RowAccount, list: FactorList): void {
  const [first, ...others] = rows;
  if (!first) return;
  const all = rows.find(({ gas }) => gas === ALL_GASES);
  const amounts = all ? { gases: [], kgco2e: rateText(all.value) } : amountsOf(rows);
  const common: Omit<Factor, 'code' | 'activityType' | 'leg'> = {
    region: 'US',
    year: first.year,
    attributes: { sector: first.code, price_year: String(first.year) },
    unit: 'USD',
    ...amounts,
    source: {
      table: `Supply Chain GHG Emission Factors, NAICS, ${all ? 'CO2e' : 'by GHG'}, USD ${first.year}`,
      row: `${first.code} ${first.title}${all ? '' : `, rows ${first.row.row} to ${rows.at(-1)?.row.row}`}`,
      printed: all?.printed ?? printedByGas(rows),
    },
  };
  const place = { sheet, row: (all ?? first).row.row };
  const [own, ...further] = usesOf(first.code).map((use, i): Factor => ({
    code: i === 0 ? `NAICS-${first.code}` : `NAICS-${first.code}:${use.activityType}`,
    ...use,
    ...common,
  }));
  const taken = own !== undefined && list.add(own, place);
  if (taken) for (const factor of further) list.add(factor, place);
  for (const { row } of all ? [] : others)
    if (taken) account.use(sheet, row.row);
    else account.omit(sheet, row.row, 'duplicate_id', `NAICS-${first.code}`);
  // A file that has both the sum and the gases says the same thing twice, and the publisher's total wins.
  if (all) for (const { row } of rows.filter((line) => line !== all)) account.omit(sheet, row.row, 'split_of_total', `NAICS-${first.code}`);
}

function printedByGas(rows: readonly SectorRow[]): string {
  const named = rows.filter(({ gas }) => PRINTED[gas] !== undefined).map(({ printed }) => printed);
  return `${named.join(', ')} and ${rows.length - named.length} other gases per USD of ${rows[0]?.year}, purchaser price, with margins`;
}

/**
 * The gases as masses, and the CO2e that they and the unspecified HFCs and PFCs come to: Σ kg × GWP (AR5) + unspecified. The file prints no total;
 * without one the unspecified part, known as CO2e alone, would be lost. It stays what it is: a residual on AR5 that converts to no other set. Where it
 * is more than a twentieth, the gases do not explain the total, and the factor is known as CO2e alone.
 */
function amountsOf(rows: readonly SectorRow[]): { readonly gases: readonly GasAmount[]; readonly kgco2e: string } {
  const gases: GasAmount[] = [];
  let total = new Decimal(0);
  let unspecified = new Decimal(0);
  for (const { gas, value } of rows) {
    const known = SUPPLY_CHAIN_GASES[gas];
    if (known) gases.push({ gas: known.gas, kg: rateText(value) });
    else unspecified = unspecified.add(value);
    total = total.add(known ? value.mul(known.ar5) : value);
  }
  const explained = unspecified.lte(total.mul(UNEXPLAINED_MAX));
  return { gases: explained ? gases : [], kgco2e: rateText(total) };
}

function setOf({ publisher, edition, version }: RecognisedFile, factors: readonly Factor[]): FactorSet {
  return {
    publisher,
    edition,
    version,
    title: `US EPA ${edition} v${version} (NAICS 2017)`,
    licence: 'US-Gov-public-domain',
    attribution: 'U.S. Environmental Protection Agency',
    gwpSet: 'AR5',
    invented: false,
    factors,
  };
}
