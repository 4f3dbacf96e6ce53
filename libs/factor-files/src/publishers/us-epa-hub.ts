import type { Factor, FactorSet, FactorSetHead, GwpSetId } from '#ghg';
import type { FactorFileReading, FileRefusal, Layout, OpenedFile, RecognisedFile } from '../factor-file';
import { isFileRefusal } from '../factor-file';
import { refusesWhatIsNotPrinted } from '../strict-cells';
import { textOf } from './shared/figures';
import { egridYearOf, readElectricity, readHeat } from './us-epa/hub-energy';
import { readMobile, readNonRoad, readStationary } from './us-epa/hub-fuels';
import { hubGwpOf, leaveOutGwps } from './us-epa/hub-gwp';
import { readFreight, readTravel, readWaste, wasteGwpOf } from './us-epa/hub-scope-3';
import { hubSheetOf, type HubContext, type HubTable } from './us-epa/hub-sheet';
import { readGasolineVehicles, readOtherVehicles } from './us-epa/hub-vehicles';
import { filledRows, LineAccount, type SheetRow } from './us-epa/lines';

const PUBLISHER = 'US EPA';
const SHEET = 'Emission Factors Hub';
const TITLE = 'Emission Factors for Greenhouse Gas Inventories';
const EDITION_KNOWN_MAX = 2025;
const TABLES_MAX = 12;
/** The title stands at the top; a table is no place to look for it. */
const ROWS_LOOKED_AT = 12;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/**
 * US EPA, Center for Corporate Climate Leadership: GHG Emission Factors Hub, 2021 to 2025. One sheet, twelve stacked tables, each found by its title;
 * columns at fixed places, units in the headers and no two tables alike: CO2 in kg beside CH4 and N2O in g, pounds per MWh, metric tons of CO2e per
 * short ton. Heat is on the higher heating value. A work of the United States Government, not subject to copyright in the United States.
 */
export const usEpaHub: Layout = { id: 'us-epa-hub', publisher: PUBLISHER, recognise, read, refuses: refusesWhatIsNotPrinted() };

function recognise(file: OpenedFile): RecognisedFile | null {
  if ((file.kind !== 'xlsx' && file.kind !== 'xls') || !file.sheetNames.includes(SHEET)) return null;
  const rows = filledRows(file.sheet(SHEET).rows.slice(0, ROWS_LOOKED_AT));
  const texts = rows.flatMap(({ cells }) => cells.map((_, i) => textOf(cells, i)));
  if (!texts.includes(TITLE)) return null;
  const edition = editionOf(texts);
  if (edition === null) return null;
  return {
    publisher: PUBLISHER,
    edition: `Emission Factors Hub ${edition.year}`,
    version: edition.version,
    newerThanKnown: edition.year > EDITION_KNOWN_MAX,
  };
}

/**
 * The date of the sheet where it has one; else the edition that it says it reissues, or the one after the edition that it says it updates. The 2024
 * file has no date: it is known by the sentence that it updates the original release.
 */
function editionOf(texts: readonly string[]): { readonly year: number; readonly version: string } | null {
  const all = texts.join('\n');
  const date = dateOf(/Last Modified: (.+)/.exec(all)?.[1] ?? '');
  if (date !== null) return { year: Number(date.slice(0, 4)), version: date };
  const reissued = /update from the original release of the (\d{4}) version/.exec(all)?.[1];
  if (reissued !== undefined) return { year: Number(reissued), version: 'reissue' };
  const before = /update from the (\d{4}) version/.exec(all)?.[1];
  return before === undefined ? null : { year: Number(before) + 1, version: 'undated' };
}

/** `January 15, 2025` and `15 September 2021` as 2025-01-15 and 2021-09-15. */
function dateOf(text: string): string | null {
  const [, month, day, year] = /^([A-Z][a-z]+) (\d{1,2}), (\d{4})$/.exec(text.trim()) ?? [];
  const [, dayFirst, monthThen, yearLast] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text.trim()) ?? [];
  const number = MONTHS.indexOf(month ?? monthThen ?? '') + 1;
  if (number === 0) return null;
  return `${year ?? yearLast}-${String(number).padStart(2, '0')}-${(day ?? dayFirst ?? '').padStart(2, '0')}`;
}

/**
 * Refusals: `header_missing` (a table, its header, the GWPs above table 1, the eGRID year of table 6, or the GWPs of table 9 are not there),
 * `nothing_read`. A line is one group of figures of a row, or a row without figures; see `LineAccount`.
 */
function read(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  const hub = hubSheetOf(file.sheet(SHEET));
  if (isFileRefusal(hub)) return hub;
  const { front, tables } = hub;
  const gwpSet = hubGwpOf(front);
  if (gwpSet === null) return missing('the GWPs of CH4 and N2O above table 1, as one assessment report has them');
  const egridYear = egridYearOf(tables.get(6)?.body ?? []);
  if (egridYear === null) return missing('the year of eGRID under table 6');
  const wasteGwp = wasteGwpOf(tables.get(9)!);
  if (wasteGwp === null) return missing('the GWPs under table 9');
  const account = new LineAccount(SHEET);
  const context: HubContext = { year: Number(/\d{4}$/.exec(recognised.edition)?.[0]), tables, account };
  leaveOutGwps(context, front);
  readStationary(context);
  readMobile(context);
  readGasolineVehicles(context);
  readOtherVehicles(context);
  readNonRoad(context);
  readElectricity(context, egridYear);
  readHeat(context);
  readFreight(context);
  readWaste(context, wasteGwp !== gwpSet);
  readTravel(context);
  leaveOutUnknown(context, tables);
  return readingOf(recognised, gwpSet, wasteGwp, account);
}

function missing(what: string): FileRefusal {
  return { refused: 'header_missing', detail: `${what} cannot be found`, sheet: SHEET };
}

/** A newer edition may have tables that nobody here has seen. */
function leaveOutUnknown({ account }: HubContext, tables: ReadonlyMap<number, HubTable>): void {
  const unknown = [...tables.values()].filter(({ number }) => number > TABLES_MAX);
  const isFigures = ({ cells }: SheetRow): boolean => cells.some(({ kind }) => kind === 'number');
  for (const { number, title, head, body } of unknown)
    for (const row of [...head, ...body])
      if (isFigures(row))
        account.omit(row.row, undefined, 'type_not_covered', `table ${number}, ${title}, is newer than the layouts that are known`);
      else account.note(row);
}

function readingOf(recognised: RecognisedFile, gwpSet: GwpSetId, wasteGwp: GwpSetId, account: LineAccount): FactorFileReading {
  const { factors, apart, properties, omissions, places, rowsRead, rowsUsed } = account;
  const set: FactorSet = { ...headOf(recognised, gwpSet), factors, properties };
  const further = apart.length === 0 ? {} : { further: [wasteSet(recognised, wasteGwp, apart)] };
  return { recognised, set, ...further, rowsRead, rowsUsed, omissions, places };
}

function headOf({ publisher, edition, version }: RecognisedFile, gwpSet: GwpSetId): FactorSetHead {
  return {
    publisher,
    edition,
    version,
    title: `US EPA GHG ${edition}`,
    licence: 'US-Gov-public-domain',
    attribution: 'U.S. Environmental Protection Agency',
    gwpSet,
    invented: false,
  };
}

/** Table 9 is printed under GWPs of its own: one set has one. */
function wasteSet(recognised: RecognisedFile, gwpSet: GwpSetId, factors: readonly Factor[]): FactorSet {
  const head = headOf(recognised, gwpSet);
  return { ...head, edition: `${head.edition}, Table 9`, title: `${head.title}, Table 9 (waste, printed under ${gwpSet})`, factors };
}
