import { COUNTRIES, plain, type Factor } from '#ghg';
import type { Cell, FactorFileReading, FileRefusal, Layout, LayoutOptions, OpenedFile, RecognisedFile, Sheet } from '../factor-file';
import { COUNTRY_CODES } from './aib-countries';
import { FactorList } from './shared/factor-list';
import { figureOf, letterOf, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'AIB';
const TITLE = 'European Residual Mixes';
/** The last edition whose layout was looked at when this was written. */
const YEAR_KNOWN_MAX = 2024;
/** Lines of the table that are no country. */
const SUMMARIES = /^(total|eu|eam|europe|european|average|attribute|sum|all )/i;
const ROWS_LOOKED_AT = 40;
/** More sheets than the publication has: not worth reading them all to find out. */
const SHEETS_MAX = 20;

interface Table {
  readonly sheet: Sheet;
  /** Rows of the header, from 0; the columns are named by what stands in it and in the row above. */
  readonly header: number;
  readonly country: number;
  readonly co2: number;
}

/**
 * European Residual Mixes of the Association of Issuing Bodies: per country what is left of the grid when the generation that was tracked with
 * certificates is taken out, with its direct CO2 in g per kWh (Scope 2 Guidance, chapter 6: the residual mix is the market-based factor without an
 * instrument). The table is found by its header, a country column and a CO2 column in gCO2/kWh of the residual mix; shares of sources and
 * radioactive waste are no factors. CO2 alone, so every factor is `partial`. The licence is not stated in the file and must be given.
 */
export const aibResidualMix: Layout = { id: 'aib-residual-mix', publisher: PUBLISHER, recognise, read };

function recognise(file: OpenedFile): RecognisedFile | null {
  if (file.kind === 'json' || file.sheetNames.length > SHEETS_MAX) return null;
  const year = editionYear(file);
  if (year === null || tableOf(file) === null) return null;
  return { publisher: PUBLISHER, edition: String(year), version: '1', newerThanKnown: year > YEAR_KNOWN_MAX };
}

/** `European Residual Mixes 2023` stands above the table, as `Residual Mix(es) 2023` in some sheets. */
function editionYear(file: OpenedFile): number | null {
  for (const name of file.sheetNames)
    for (const row of topOf(file, name))
      for (const { text } of row) {
        const year = /residual\s+mix(?:es)?\D{0,40}?(20\d\d)/i.exec(text)?.[1];
        if (year !== undefined) return Number(year);
      }
  return null;
}

function tableOf(file: OpenedFile): Table | null {
  for (const name of file.sheetNames) {
    const rows = topOf(file, name);
    for (const [header, row] of rows.entries()) {
      const country = row.findIndex(({ text }) => /^\s*country/i.test(text));
      const co2 = row.findIndex((_, column) => isCo2OfResidualMix(rows, header, column));
      if (country >= 0 && co2 >= 0) return { sheet: file.sheet(name), header, country, co2 };
    }
  }
  return null;
}

function topOf(file: OpenedFile, name: string): readonly (readonly Cell[])[] {
  return file.sheet(name).rows.slice(0, ROWS_LOOKED_AT);
}

/** The unit stands in the header or in the row above; a production mix or a supplier mix beside it has the same unit and is another table. */
function isCo2OfResidualMix(rows: readonly (readonly Cell[])[], header: number, column: number): boolean {
  const label = `${groupOf(rows[header - 1], column)} ${textOf(rows[header], column)}`;
  return /g\s*CO2?₂?\s*(e)?\s*\/\s*kWh/i.test(label) && /residual/i.test(label);
}

/** A heading over several columns stands in the first of them alone. */
function groupOf(row: readonly Cell[] | undefined, column: number): string {
  for (let at = column; at >= 0; at -= 1) if (textOf(row, at) !== '') return textOf(row, at);
  return '';
}

/** Refusals: `licence_missing`, `header_missing`. */
function read(file: OpenedFile, recognised: RecognisedFile, options: LayoutOptions): FactorFileReading | FileRefusal {
  const licence = options.licence ?? '';
  if (licence === '') return { refused: 'licence_missing', detail: 'the file states no licence; say under which one you hold it' };
  const table = tableOf(file);
  if (table === null) return { refused: 'header_missing', detail: 'no header with a country and the gCO2/kWh of the residual mix' };
  const account = new RowAccount();
  for (const name of file.sheetNames) account.open(file.sheet(name));
  const list = new FactorList(account);
  table.sheet.rows.forEach((row, i) => {
    if (i > table.header && account.isOpen(table.sheet.name, i + 1)) readRow(table, row, i + 1, Number(recognised.edition), list, account);
  });
  const head = {
    title: `${TITLE} ${recognised.edition}`,
    licence,
    attribution: 'Association of Issuing Bodies (AIB)',
    gwpSet: 'AR5',
  } as const;
  return readingOf(recognised, head, { factors: list.factors }, account);
}

function readRow(table: Table, row: readonly Cell[], number: number, year: number, list: FactorList, account: RowAccount): void {
  const label = textOf(row, table.country);
  const { name } = table.sheet;
  if (label === '' || SUMMARIES.test(label)) return account.omit(name, number, 'note', `"${label}" is no country`);
  const region = COUNTRIES.has(label) ? label : COUNTRY_CODES[label.toLowerCase()];
  const text = textOf(row, table.co2);
  const figure = figureOf(text);
  const column = letterOf(table.co2);
  if (figure.value === undefined) return account.omit(name, number, figure.reason, `${label}: "${text}"`, column);
  if (region === undefined) return account.omit(name, number, 'type_not_covered', `no country code is known for "${label}"`);
  const factor: Factor = {
    code: `AIB${year}-${region}`,
    activityType: 'electricity.grid',
    leg: 'generation',
    region,
    year,
    attributes: { basis: 'market' },
    // Grams per kWh are kilograms per MWh.
    unit: 'MWh',
    gases: [{ gas: 'CO2', kg: plain(figure.value) }],
    partial: true,
    source: { table: name, row: `row ${number}, ${label}`, printed: `${text} gCO2/kWh` },
  };
  list.add(factor, { sheet: name, row: number });
}
