import type { FactorSet } from '#ghg';
import {
  isFileRefusal,
  type FactorFileReading,
  type FileRefusal,
  type Layout,
  type Omission,
  type OpenedFile,
  type RecognisedFile,
} from '../factor-file';
import { refusesWhatIsNotPrinted } from '../strict-cells';
import { take } from './uk-desnz/claims';
import { figureReader, type Figure } from './uk-desnz/figures';
import { blankLabel, labelAgainstId } from './uk-desnz/ids';
import { group, withMassOfCo2 } from './uk-desnz/groups';
import type { TableRule } from './uk-desnz/rules';
import { FACTORS, FRONT_PAGE, frontPage, headerOf, isOurs, rowsOf, TITLE } from './uk-desnz/sheet';
import { FREIGHT_RULES } from './uk-desnz/tables/freight';
import { FUEL_RULES } from './uk-desnz/tables/fuels';
import { OTHER_RULES } from './uk-desnz/tables/other';
import { VEHICLE_RULES } from './uk-desnz/tables/vehicles';

/** Who keeps the series; until 2022 it was the Department for Business, Energy and Industrial Strategy. */
const PUBLISHER = 'UK Department for Energy Security and Net Zero';
const LAST_KNOWN_YEAR = 2025;
/** AR4 up to 2022. */
const FIRST_YEAR_OF_AR5 = 2023;
const FULL_SET_SHEET = 'Introduction';
const FULL_SETS = /^(Full|Condensed) set\b/i;
const NOT_STATED = 'not stated';
/** The publisher's own; 2019 to 2025 have no other. */
const SHEETS = [FRONT_PAGE, FACTORS];

const RULES: ReadonlyMap<string, TableRule> = new Map(
  [...FUEL_RULES, ...VEHICLE_RULES, ...FREIGHT_RULES, ...OTHER_RULES].flatMap((rule) =>
    rule.sections.map((section) => [section, rule] as const),
  ),
);

/**
 * UK Government GHG Conversion Factors for Company Reporting, flat file for automatic processing, editions 2019 to 2025: one sheet of rows in four
 * layouts. What the rows mean for us stands in `uk-desnz/tables`. One row read is one row below the header that holds something; a sheet that is
 * not the publisher's counts as one row and is not looked into.
 *
 * Refusals: `header_missing`, `sheet_missing` (no front page: a reissue is another version of its edition, so the version must be known),
 * `hand_edited` (two years, something beside the columns, or labels that contradict the id), `cell_invalid` (a figure without its id or a label),
 * and those of `refusesWhatIsNotPrinted`.
 */
export const ukDesnzFlatFile: Layout = {
  id: 'uk-desnz-flat-file',
  publisher: PUBLISHER,
  recognise,
  read,
  instead,
  refuses: refusesWhatIsNotPrinted(isPrinted),
};

/** Until 2022 the GWP of a gas may be "< 1", and in 2020 and 2021 one row counts a stray accent. */
function isPrinted({ reason, detail }: Omission): boolean {
  return (reason === 'value_not_a_number' && detail === '"< 1"') || (reason === 'unit_unknown' && detail.startsWith('"`"'));
}

function recognise(file: OpenedFile): RecognisedFile | null {
  if (!isOurs(file)) return null;
  const header = headerOf(file.sheet(FACTORS));
  const { year, version } = frontPage(file);
  const edition = header?.year ?? year ?? NOT_STATED;
  return { publisher: PUBLISHER, edition, version: version ?? NOT_STATED, newerThanKnown: Number(edition) > LAST_KNOWN_YEAR };
}

/** The full set says so on its first sheet; tables for people to look at, and no column that names a row. */
function instead(file: OpenedFile): string | null {
  if (!file.sheetNames.includes(FULL_SET_SHEET)) return null;
  const texts = file.sheet(FULL_SET_SHEET).rows.flatMap((cells) => cells.map(({ text }) => text.trim()));
  if (!texts.includes(TITLE) || !texts.some((text) => FULL_SETS.test(text))) return null;
  const year = texts.slice(texts.indexOf('Year:') + 1).find((text) => /^\d{4}$/.test(text));
  return `${PUBLISHER}, ${TITLE}${year === undefined ? '' : ` ${year}`}, the full set for people: hand in the flat file (for automatic processing) of the same edition, which has the same figures`;
}

function read(file: OpenedFile, recognised: RecognisedFile): FactorFileReading | FileRefusal {
  const sheet = file.sheet(FACTORS);
  const header = headerOf(sheet);
  if (!header)
    return { refused: 'header_missing', detail: 'no row with Scope, Level 1 to 4, Column Text, UOM, GHG and the factor', sheet: FACTORS };
  const front = frontPage(file);
  if (front.version === null) return { refused: 'sheet_missing', detail: 'no version is stated', sheet: FRONT_PAGE };
  if (front.year !== null && front.year !== header.year)
    return {
      refused: 'hand_edited',
      detail: `the front page says ${front.year}, the header ${header.year}`,
      sheet: FACTORS,
      row: header.row + 1,
    };
  const rows = rowsOf(sheet, header);
  if (isFileRefusal(rows)) return rows;
  const touched = blankLabel(rows, header) ?? (recognised.newerThanKnown ? null : labelAgainstId(rows, header));
  if (touched) return touched;

  const omissions: Omission[] = foreignSheets(file);
  const rowsRead = rows.length + omissions.length;
  const figures: Figure[] = [];
  for (const one of rows.map(figureReader(header, RULES)))
    if ('reason' in one) omissions.push(one);
    else figures.push(one);
  const grouped = group(figures);
  const { groups, omissions: lifted } = withMassOfCo2(grouped.groups);
  const taken = take(groups, Number(header.year));
  omissions.push(...grouped.omissions, ...lifted, ...taken.omissions);
  omissions.sort((a, b) => SHEETS.indexOf(b.sheet) - SHEETS.indexOf(a.sheet) || a.row - b.row);
  return {
    recognised,
    set: setOf(recognised, Number(header.year), taken),
    rowsRead,
    rowsUsed: taken.rows.size,
    omissions,
    places: taken.places,
  };
}

function foreignSheets({ sheetNames }: OpenedFile): Omission[] {
  return sheetNames
    .filter((name) => !SHEETS.includes(name))
    .map((name) => ({ sheet: name, row: 1, reason: 'foreign_sheet', detail: 'the publisher has the sheets ' + SHEETS.join(' and ') }));
}

function setOf(
  { edition, version }: RecognisedFile,
  year: number,
  { factors, properties }: Pick<FactorSet, 'factors' | 'properties'>,
): FactorSet {
  return {
    publisher: PUBLISHER,
    edition,
    version,
    title: `${TITLE} ${edition}`,
    licence: 'OGL-UK-3.0',
    attribution: 'Contains public sector information licensed under the Open Government Licence v3.0.',
    gwpSet: year < FIRST_YEAR_OF_AR5 ? 'AR4' : 'AR5',
    invented: false,
    factors,
    ...(properties && properties.length > 0 ? { properties } : {}),
  };
}
