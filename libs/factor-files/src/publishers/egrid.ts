import { plain, type FactorSet, type FuelProperty } from '#ghg';
import type { Cell, FactorFileReading, FileRefusal, Layout, OpenedFile, RecognisedFile } from '../factor-file';
import { FactorList } from './shared/factor-list';
import { columnsOf, onlySheet, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';
import { filledRows, gasColumnOf, LineAccount, usFigure, type SheetRow } from './us-epa/lines';
import { gridFactors, lossOf, placeOf, ratesOf, readSubregion, subregionColumnsOf } from './us-epa/subregions';

const PUBLISHER = 'US EPA';
const YEAR_KNOWN_MAX = 2023;
const YEAR_MIN = 1990;

/** Lines between the names of the columns and the first subregion: names of groups, units, gases. */
const HEADER_ROWS_MAX = 5;
/** The title stands at the top. */
const ROWS_LOOKED_AT = 6;

const CSV_COLUMNS = [
  'egrid_year',
  'subregion',
  'subregion_name',
  'co2_lb_per_mwh',
  'ch4_lb_per_mwh',
  'n2o_lb_per_mwh',
  'grid_gross_loss_fraction',
  'source',
] as const;
const FUEL_COLUMNS = ['fuel_type', 'eia_fuel_code', 'co2_ef', 'co2_units', 'ch4_ef', 'n2o_ef'] as const;
type CsvColumns = Readonly<Record<(typeof CSV_COLUMNS)[number], number>>;

/** Subregions that the data of 2005 name without their acronym. */
const ACRONYMS_2005: Readonly<Record<string, string>> = {
  'ASCC - Alaska Grid': 'AKGD',
  'ASCC - Miscellaneous': 'AKMS',
  'ERCOT - All': 'ERCT',
  'FRCC - All': 'FRCC',
};

/**
 * US EPA eGRID, output emission rates by subregion: table 1 of the summary tables of one year, as EPA publishes them (a workbook), or a table of
 * several years as CSV with the columns `egrid_year ... grid_gross_loss_fraction, source`. Rates are in pounds per MWh; a column that says lb/GWh is
 * read as such. Total output rates become location-based factors of the data year, non-baseload rates are omitted by name, the grid gross loss is
 * lost ÷ generated. A work of the United States Government.
 */
export const egrid: Layout = { id: 'us-epa-egrid', publisher: PUBLISHER, recognise, read, instead };

function recognise(file: OpenedFile): RecognisedFile | null {
  if (file.kind === 'csv') return recogniseCsv(file);
  if (file.kind !== 'xlsx' && file.kind !== 'xls') return null;
  const name = summarySheet(file);
  const year = name === null ? null : titleYear(file.sheet(name).rows);
  if (year === null) return null;
  return { publisher: PUBLISHER, edition: `eGRID${year}`, version: 'summary tables', newerThanKnown: year > YEAR_KNOWN_MAX };
}

/** What the power plants of eGRID burn is no rate of a grid, and has no title or year in it. */
function instead(file: OpenedFile): string | null {
  if (file.kind !== 'csv' || 'missing' in columnsOf(onlySheet(file).rows[0], FUEL_COLUMNS)) return null;
  return `${PUBLISHER}, fuel factors with which eGRID is made: for fuels hand in the GHG Emission Factors Hub (workbook), for electricity the summary tables of eGRID`;
}

function recogniseCsv(file: OpenedFile): RecognisedFile | null {
  const { rows } = onlySheet(file);
  const found = columnsOf(rows[0], CSV_COLUMNS);
  if ('missing' in found) return null;
  const years = rows.slice(1).flatMap((cells) => yearOf(cells, found.columns) ?? []);
  if (years.length === 0) return null;
  const [first, last] = years.reduce(([least, most], year) => [Math.min(least, year), Math.max(most, year)], [years[0]!, years[0]!]);
  const edition = first === last ? `eGRID${first}` : `eGRID${first}-${last}`;
  return { publisher: PUBLISHER, edition, version: 'table of subregion rates', newerThanKnown: last > YEAR_KNOWN_MAX };
}

function yearOf(cells: readonly Cell[], columns: CsvColumns): number | null {
  const text = textOf(cells, columns.egrid_year);
  return /^\d{4}$/.test(text) && Number(text) >= YEAR_MIN ? Number(text) : null;
}

/** `1. Subregion Output Emission Rates (eGRID2022)` stands at the top of the first of the summary tables. */
function summarySheet(file: OpenedFile): string | null {
  return file.sheetNames.find((name) => /^Table 1$/.test(name) && titleYear(file.sheet(name).rows) !== null) ?? null;
}

function titleYear(rows: readonly (readonly Cell[])[]): number | null {
  for (const cells of rows.slice(0, ROWS_LOOKED_AT))
    for (let column = 0; column < cells.length; column += 1) {
      const year = /Subregion Output Emission Rates.*eGRID\s?(\d{4})/i.exec(textOf(cells, column))?.[1];
      if (year !== undefined) return Number(year);
    }
  return null;
}

function read(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  return file.kind === 'csv' ? readCsv(file, recognised) : readSummary(file, recognised);
}

/** Refusals: `header_missing`. A row is one subregion of one year; its loss becomes a property beside the factor. */
function readCsv(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  const sheet = onlySheet(file);
  const found = columnsOf(sheet.rows[0], CSV_COLUMNS);
  if ('missing' in found) return { refused: 'header_missing', detail: `no column "${found.missing}"`, sheet: sheet.name, row: 1 };
  const { columns } = found;
  const rates = (['co2', 'ch4', 'n2o'] as const).flatMap(
    (gas) => gasColumnOf(`${gas.toUpperCase()} lb/MWh`, columns[`${gas}_lb_per_mwh`]) ?? [],
  );
  const account = new RowAccount();
  account.open(sheet);
  account.omit(sheet.name, 1, 'note', 'the names of the columns');
  const list = new FactorList(account);
  const properties: FuelProperty[] = [];
  for (const row of filledRows(sheet.rows).slice(1)) {
    const year = yearOf(row.cells, columns);
    const [acronym, name] = [textOf(row.cells, columns.subregion), textOf(row.cells, columns.subregion_name)];
    const region = regionOf(row, columns, name);
    const line = ratesOf(row, rates);
    const leaveOut = (reason: Parameters<typeof account.omit>[2], detail: string): void =>
      account.omit(sheet.name, row.row, reason, detail);
    if (year === null) leaveOut('value_not_a_number', `year "${textOf(row.cells, columns.egrid_year)}"`);
    else if (region === null) leaveOut('region_unknown', `${name}, ${year}`);
    else if (line.reason !== undefined) leaveOut(line.reason, line.detail);
    else {
      const table = { year, table: textOf(row.cells, columns.source) };
      const [own, ...others] = gridFactors(region, `${acronym || region}, ${name} (row ${row.row})`, line, table);
      const place = { sheet: sheet.name, row: row.row };
      const taken = own !== undefined && list.add(own, place);
      if (taken) for (const other of others) list.add(other, place);
      const { value: loss } = usFigure(row.cells, columns.grid_gross_loss_fraction);
      if (taken && loss?.lt(1)) properties.push(lossOf(region, plain(loss), table, row));
    }
  }
  return { recognised, set: setOf(recognised, { factors: list.factors, properties }), ...account.close() };
}

function regionOf(row: SheetRow, columns: CsvColumns, name: string): string | null {
  const known = ACRONYMS_2005[name];
  return placeOf(row, columns.subregion) ?? (known === undefined ? null : `US-${known}`);
}

/** Refusals: `sheet_missing`, `header_missing`. A line is one group of figures of a row, or a row without figures. */
function readSummary(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  const name = summarySheet(file);
  const year = name === null ? null : titleYear(file.sheet(name).rows);
  if (name === null || year === null) return { refused: 'sheet_missing', detail: 'no table 1 of subregion output emission rates' };
  const rows = filledRows(file.sheet(name).rows);
  const start = rows.findIndex(({ cells }) => cells.some((_, i) => /^eGRID subregion/i.test(textOf(cells, i))));
  const first = rows.findIndex((row, i) => i > start && row.cells.some((_, column) => column < 2 && placeOf(row, column) !== null));
  const columns = start < 0 || first < 0 || first - start > HEADER_ROWS_MAX ? null : subregionColumnsOf(rows.slice(start, first));
  if (!columns) return { refused: 'header_missing', detail: 'no total output rates of CO2, CH4 and N2O in lb/MWh or lb/GWh', sheet: name };
  const account = new LineAccount(name);
  const table = { year, table: `eGRID${year} summary tables, Table 1` };
  for (const [i, row] of rows.entries())
    if (i < first || row.cells.length <= columns.name + 1) account.note(row);
    else readSubregion(account, row, columns, table);
  const { factors, properties, omissions, places, rowsRead, rowsUsed } = account;
  return { recognised, set: setOf(recognised, { factors, properties }), rowsRead, rowsUsed, omissions, places };
}

function setOf(recognised: RecognisedFile, tables: Pick<FactorSet, 'factors' | 'properties'>): FactorSet {
  const { publisher, edition, version } = recognised;
  return {
    publisher,
    edition,
    version,
    title: `US EPA ${edition}, subregion total output emission rates`,
    licence: 'US-Gov-public-domain',
    attribution: 'U.S. Environmental Protection Agency',
    gwpSet: 'AR5',
    invented: false,
    ...tables,
  };
}
