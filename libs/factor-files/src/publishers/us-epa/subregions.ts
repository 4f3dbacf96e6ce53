import { OPERATORS, PRODUCTS } from '../shared/of-others';
import { plain, type Factor, type FuelProperty } from '#ghg';
import type { OmissionReason } from '../../factor-file';
import { rateText, textOf } from '../shared/figures';
import { gasColumnOf, usFigure, type GasColumn, type LineAccount, type SheetRow } from './lines';

/** Columns of a table of subregions, as its header names them. */
export interface SubregionColumns {
  readonly name: number;
  readonly total: readonly GasColumn[];
  readonly nonBaseload: readonly GasColumn[];
  readonly loss: number | null;
}

/** What the rows of an eGRID table have in common. */
export interface EgridTable {
  /** Of the data, not of the release. */
  readonly year: number;
  readonly table: string;
}

/** `CAMX`, `CAMX (WECC California)`; the average of the country is a row like the others. */
const ACRONYM = /^([A-Z]{4})\b/;
const COUNTRY = /^(US Average|U\.S\.|US)$/;
const GROUPS = { total: /total output/i, nonBaseload: /non-?\s?baseload/i } as const;
const GAS = /^(CO2|CH4|N2O)( Factor| Rate)?$/i;
const LOSS = /grid gross loss/i;
const RATE_UNIT = /\blb\b[^/]*\/\s*(MWh|GWh)/i;
/** Rates are printed in pounds; methane and nitrous oxide at times per gigawatt-hour, which is a thousandth of it per megawatt-hour. */
const PER_MWH: Readonly<Record<string, string>> = { MWh: '1', GWh: '0.001' };

/**
 * Reads the header of a table of subregions: a line that names the two groups of rates, a line that names the gases, and units in a line of their
 * own or in brackets. Rates of CO2e, NOx and SO2 are no gases of a factor. Null where the total output rates are not all there.
 */
export function subregionColumnsOf(header: readonly SheetRow[]): SubregionColumns | null {
  const width = Math.max(0, ...header.map(({ cells }) => cells.length));
  const groups: { total: GasColumn[]; nonBaseload: GasColumn[] } = { total: [], nonBaseload: [] };
  let group: 'total' | 'nonBaseload' | null = null;
  let unit = '';
  let loss: number | null = null;
  for (let column = 0; column < width; column += 1) {
    const texts = header.map(({ cells }) => textOf(cells, column));
    if (texts.some((text) => GROUPS.nonBaseload.test(text))) group = 'nonBaseload';
    else if (texts.some((text) => GROUPS.total.test(text))) group = 'total';
    unit = texts.map((text) => RATE_UNIT.exec(text)?.[1]).find((found) => found !== undefined) ?? unit;
    if (texts.some((text) => LOSS.test(text))) loss = column;
    const gas = texts.map((text) => GAS.exec(text)?.[1]?.toUpperCase()).find((found) => found !== undefined);
    const parsed = gas === undefined ? null : gasColumnOf(`${gas} lb/${unit}`, column);
    if (parsed && group !== null && unit !== '') groups[group].push(parsed);
  }
  const name = firstColumn(header);
  return groups.total.length === 3 && name !== null ? { name, ...groups, loss } : null;
}

function firstColumn(header: readonly SheetRow[]): number | null {
  for (const { cells } of header) {
    const column = cells.findIndex((_, i) => /^eGRID subregion/i.test(textOf(cells, i)));
    if (column >= 0) return column;
  }
  return null;
}

/** Whether a row is one of a subregion or of the country. */
export function placeOf({ cells }: SheetRow, column: number): string | null {
  const text = textOf(cells, column);
  if (COUNTRY.test(text)) return 'US';
  const acronym = ACRONYM.exec(text)?.[1];
  return acronym === undefined ? null : `US-${acronym}`;
}

/**
 * Three lines of a subregion: total output rates become the location-based factor of its year, non-baseload rates are for avoided emissions and are
 * omitted by name, the grid gross loss is lost ÷ generated.
 */
export function readSubregion(account: LineAccount, row: SheetRow, columns: SubregionColumns, egrid: EgridTable): void {
  const region = placeOf(row, columns.name);
  if (region === null) return account.omit(row.row, columns.name, 'region_unknown', textOf(row.cells, columns.name));
  const rates = ratesOf(row, columns.total);
  if (rates.reason !== undefined) account.omit(row.row, rates.column, rates.reason, rates.detail);
  else
    account.take(row, gridFactors(region, nameOf(row, columns.name), rates, egrid), { column: columns.total[0]?.column ?? columns.name });
  const first = columns.nonBaseload[0];
  if (first) account.omit(row.row, first.column, 'non_baseload', `${region}: ${textOf(row.cells, first.column)} lb CO2 per MWh`);
  if (columns.loss !== null) readLoss(account, row, region, columns.loss, egrid);
}

function nameOf({ cells }: SheetRow, column: number): string {
  const [acronym, name] = [textOf(cells, column), textOf(cells, column + 1)];
  return /^[A-Za-z]/.test(name) && name !== acronym ? `${acronym}, ${name}` : acronym;
}

export interface Rates {
  readonly gases: readonly { readonly gas: string; readonly kg: string }[];
  readonly printed: string;
  readonly reason?: never;
}

/** Masses per MWh, each from the unit of its own column. */
export function ratesOf(
  { cells }: SheetRow,
  columns: readonly GasColumn[],
): Rates | { readonly reason: OmissionReason; readonly column: number; readonly detail: string } {
  const gases: { gas: string; kg: string }[] = [];
  const printed: string[] = [];
  const mixed = new Set(columns.map(({ per }) => per)).size > 1;
  for (const { column, gas, kg, per } of columns) {
    const { value, reason } = usFigure(cells, column);
    const thousandth = PER_MWH[per];
    if (value === undefined) return { reason, column, detail: `${gas}: "${textOf(cells, column)}"` };
    if (thousandth === undefined) return { reason: 'unit_unknown', column, detail: `lb per "${per}"` };
    gases.push({ gas, kg: rateText(value.mul(kg).mul(thousandth)) });
    printed.push(`${plain(value)} lb ${gas}${mixed ? ` per ${per}` : ''}`);
  }
  return { gases, printed: `${printed.join(', ')}${mixed ? '' : ` per ${columns[0]?.per ?? ''}`}` };
}

/** What the electricity of a grid is for, the reporter's own first: its factor bears the plain code. */
const USES: readonly Pick<Factor, 'activityType' | 'leg'>[] = [
  { activityType: 'electricity.grid', leg: 'generation' },
  { activityType: 'electricity.resold', leg: 'generation' },
  ...OPERATORS.map((who) => ({ activityType: `${who}.electricity`, leg: 'operation' as const })),
  ...PRODUCTS.map((what) => ({ activityType: `${what}.electricity`, leg: 'use' as const })),
];

/** The rates of a subregion, or of the country, for all that electricity is for. */
export function gridFactors(region: string, row: string, { gases, printed }: Rates, { year, table }: EgridTable): Factor[] {
  return USES.map((use, place) => ({
    code: place === 0 ? codeOf(region, year) : `${codeOf(region, year)}:${use.activityType}`,
    ...use,
    region,
    year,
    attributes: {},
    unit: 'MWh',
    gases,
    source: { table, row, printed },
  }));
}

function codeOf(region: string, year: number): string {
  return `eGRID${year}-${region.replace('US-', '')}`;
}

function readLoss(account: LineAccount, row: SheetRow, region: string, column: number, egrid: EgridTable): void {
  const { value, reason } = usFigure(row.cells, column);
  if (value === undefined) return account.omit(row.row, column, reason, `${region}: grid gross loss`);
  if (value.gte(1)) return account.omit(row.row, column, 'unit_unknown', `a loss of ${plain(value)} is no fraction of what was generated`);
  account.takeProperties(row, [lossOf(region, plain(value), egrid, row)], column);
}

export function lossOf(region: string, value: string, { year, table }: EgridTable, { row }: SheetRow): FuelProperty {
  return {
    code: `${codeOf(region, year)}-loss`,
    kind: 'loss-of-generation',
    activityType: 'electricity.grid',
    attributes: {},
    region,
    year,
    value,
    unit: '1',
    source: { table, row: `${region}, grid gross loss (row ${row})`, printed: `${value} of the generation` },
  };
}
