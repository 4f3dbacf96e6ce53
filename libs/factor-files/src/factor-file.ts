import type { FactorSet } from '#ghg';

/** A publisher's own file, as it was uploaded. */
export interface FactorFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A cell as the file has it: text, the shortest decimal text of a stored number, or nothing. A blank is nothing, never zero. */
export interface Cell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'blank' | 'error';
}

/** One sheet, or the one table of a text file. Rows and columns count from 1 for people. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** What a file is, by what stands in it and not by its name. */
export interface RecognisedFile {
  readonly publisher: string;
  readonly edition: string;
  /** Of the edition: a reissue is another version of the same edition. */
  readonly version: string;
  /** Newer than any layout that is known: it is read as the last known one, and the report says what could not be read. */
  readonly newerThanKnown: boolean;
}

/** Why a row of a file became no factor. The closed list. */
export const OMISSIONS = {
  value_blank: 'The publisher gives no figure: a blank is not zero.',
  value_not_a_number: 'The cell holds text where a figure is meant.',
  value_is_a_range: 'The figure is a range, and which value in it applies is for a person to say.',
  value_negative: 'The figure is below zero.',
  unit_unknown: 'The unit is in no register of ours.',
  energy_not_emission: 'The row is energy, not an emission: it became a property, or stands for none of our types.',
  split_of_total: 'The row is a gas of a total: it stands inside the factor of its total row.',
  total_missing: 'The split has no total row.',
  type_not_covered: 'No activity type of the vocabulary is measured this way yet.',
  life_cycle_not_for_scope_2: 'A life-cycle intensity counts upstream and building of plants: it is no scope 2 factor.',
  non_baseload: 'A marginal rate is for avoided emissions and not for an inventory.',
  superseded_in_file: 'Another row of the same file says the same for a more precise unit.',
  outside_of_scopes_joined: 'The row is biogenic CO2: it stands in the factor of its fuel or as the biogenic leg.',
  duplicate_id: 'Another row has the same id.',
  foreign_sheet: 'The publisher has no sheet of this name: somebody added it, and it was not looked into.',
  note: 'The row holds a remark, a heading or nothing.',
  restricted: 'The licence of this part forbids to take it over.',
  gwp_unknown: 'The publisher does not say by which GWPs the CO2e was made, or by others than the rest of the file.',
  condition_not_covered:
    'The figure holds under a condition (a technology, a class, a price year) that no attribute of its type can state.',
  region_unknown: 'The place is no country or subregion that has a code.',
  year_incomplete: 'The year is not over, or a part of it is missing: a mean of it is no mean.',
  year_out_of_reach: 'No activity can be of this year.',
  gwp_of_register: 'The row is the GWP of a gas or blend: those stand in the register of gases, and a book chooses its GWP set.',
  withdrawn: 'The publisher has withdrawn or archived the figure.',
  contradiction: 'Two things that the publisher says of the same row cannot both be true.',
} as const;
export type OmissionReason = keyof typeof OMISSIONS;

export interface Omission {
  readonly sheet: string;
  readonly row: number;
  readonly column?: string;
  readonly reason: OmissionReason;
  readonly detail: string;
}

/**
 * What came of a file: rows read = rows that are in a factor or a table + omitted rows; nothing is silently dropped. A layout whose rows hold
 * several figures that stand by themselves counts each of them as a row, and names the column of those that it omits.
 */
export interface FactorFileReading {
  readonly recognised: RecognisedFile;
  readonly set: FactorSet;
  /** Sets of their own that the same file holds: what it prints under other GWPs than the rest. Their rows are in `rowsUsed` like all others. */
  readonly further?: readonly FactorSet[];
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly omissions: readonly Omission[];
  /** Where the row of a factor stands, by its code, as far as the layout says so: a problem that the kernel finds is then told with its row. */
  readonly places?: ReadonlyMap<string, { readonly sheet: string; readonly row: number }>;
}

/** Why a file as a whole is not taken. The closed list. */
export const FILE_REFUSALS = {
  file_unreadable: 'The bytes are no workbook and no text that could be read.',
  file_too_large: 'Unpacked, the file is larger than a factor file can be.',
  layout_unknown: 'No publisher is known who lays out a file like this.',
  header_missing: 'The sheet is there, but not the header that its rows need.',
  sheet_missing: 'A sheet that the layout needs is not in the file.',
  hand_edited: 'Something stands where the publisher has nothing: the file is not as it was published.',
  licence_missing: 'The file states no licence, and none was given with it.',
  layout_ambiguous: 'More than one known layout fits the file.',
  column_unknown: 'A column has a name that the layout does not have.',
  cell_invalid: 'A cell holds something that its column cannot take.',
  duplicate_id: 'Two rows have the same id, or say different things of the same.',
  gwp_sets_mixed: 'The figures rest on more than one GWP set, and a factor set has one.',
  figures_unusable: 'The file was read, but figures in it cannot be used.',
  rows_unaccounted: 'Not every row of the file is in a factor or named as left out: the file was not read as it should be.',
  nothing_read: 'Not one row became a factor.',
} as const;
export type FileRefusalCode = keyof typeof FILE_REFUSALS;

export interface FileRefusal {
  readonly refused: FileRefusalCode;
  readonly detail: string;
  readonly sheet?: string;
  readonly row?: number;
  readonly column?: string;
  /** Where there is more than one thing to say, each of them; the refusal itself names the first. */
  readonly places?: readonly RefusedPlace[];
}

/** One thing in a file that stands in the way. */
export interface RefusedPlace {
  readonly sheet?: string;
  readonly row?: number;
  readonly column?: string;
  readonly code: string;
  readonly detail: string;
}

/** What a person says beside the file. */
export interface LayoutOptions {
  /** The licence under which the tenant holds the file, where the publisher states none in it. */
  readonly licence?: string;
}

/** A publisher's layout: says whether a file is its, and reads it. Pure functions of sheets and text. */
export interface Layout {
  readonly id: string;
  readonly publisher: string;
  /** What was seen, or null. Looks at sheet names and headers alone. */
  readonly recognise: (file: OpenedFile) => RecognisedFile | null;
  readonly read: (file: OpenedFile, recognised: RecognisedFile, options: LayoutOptions) => FactorFileReading | FileRefusal;
  /** Says of a file of the same publisher that this layout does not read what it is, and which file to hand in instead; null: none of its. */
  readonly instead?: (file: OpenedFile) => string | null;
  /** Which omissions refuse the file as a whole, because the publisher prints nothing of the kind. Absent: none. */
  readonly refuses?: (omission: Omission, recognised: RecognisedFile) => boolean;
}

/** A file opened once for every layout to look at. Sheets are read when asked for. */
export interface OpenedFile {
  readonly name: string;
  readonly kind: 'xlsx' | 'xls' | 'csv' | 'json';
  readonly sheetNames: readonly string[];
  readonly sheet: (name: string) => Sheet;
  /** Text of a csv or json file, decoded; '' for a workbook. */
  readonly text: string;
}

export function isFileRefusal<T>(result: T | FileRefusal): result is FileRefusal {
  return typeof result === 'object' && result !== null && 'refused' in result;
}
