import type { z } from 'zod';
import type { factorFileReport, ProblemPlace } from '#contracts';
import {
  FILE_REFUSALS,
  isFileRefusal,
  readFactorFile,
  reportOf,
  type FactorFile,
  type FactorFileReading,
  type FileRefusal,
  type Omission,
  type Places,
  type RefusedPlace,
} from '#factor-files';
import type { FactorSet, GasRegister } from '#ghg';

export type FactorFileReport = z.infer<typeof factorFileReport>;

const OMISSIONS_MAX = 100;
const DETAIL_MAX = 300;

/** What the reading of a file is told; plain data, since it goes to another thread. */
export interface FileQuestion {
  readonly file: FactorFile;
  readonly licence: string | undefined;
  readonly values: 'shown' | 'withheld' | undefined;
  readonly gases: GasRegister;
}

export type FileOutcome =
  | {
      readonly set: FactorSet;
      readonly further: readonly FactorSet[];
      readonly report: FactorFileReport;
      /** All of them. */
      readonly omissions: readonly Omission[];
      /** Where the rows of factors stand, as far as the layout says. */
      readonly places: Places;
    }
  | { readonly refusal: { readonly detail: string; readonly places: readonly ProblemPlace[] } };

/** The sets that a publisher's file holds (one per GWP set behind its figures) and what became of its rows; or the refusal, whose first place is the file's own. */
export function outcomeOf({ file, licence, values, gases }: FileQuestion): FileOutcome {
  const reading = readFactorFile(file, gases, licence === undefined ? {} : { licence });
  if (isFileRefusal(reading)) return { refusal: refusalOf(reading) };
  const { set, further = [], places = new Map() } = reading;
  const omissions = reading.omissions.map(values === 'withheld' ? withoutDetail : shortened);
  return { set, further, report: viewOf({ ...reading, omissions }), omissions, places };
}

function refusalOf(refusal: FileRefusal): { detail: string; places: ProblemPlace[] } {
  const { refused, detail, places = [] } = refusal;
  const first: ProblemPlace = { at: placeOf(refusal), code: refused, detail: `${FILE_REFUSALS[refused]} ${detail}` };
  const others = places.map((place) => ({ at: placeOf(place), code: place.code, detail: place.detail }));
  return { detail: `${refused}: ${first.detail}`, places: [first, ...others] };
}

/** `Factors by Category, row 12, column UOM`; `file` where the whole of it is meant. */
function placeOf({ sheet, row, column }: Pick<RefusedPlace, 'sheet' | 'row' | 'column'>): string {
  const parts = [sheet, row === undefined ? undefined : `row ${row}`, column === undefined ? undefined : `column ${column}`];
  return parts.filter((part) => part !== undefined).join(', ') || 'file';
}

function viewOf(reading: FactorFileReading): FactorFileReport {
  const { recognised, rowsRead, rowsUsed, omitted, omissions } = reportOf(reading, OMISSIONS_MAX);
  return {
    recognised,
    rowsRead,
    rowsUsed,
    omitted: [...omitted],
    omissions: omissions.map(({ column = null, ...omission }) => ({ ...omission, column })),
  };
}

/** A detail quotes the file: a range, or a figure that was left out. */
function withoutDetail(omission: Omission): Omission {
  return { ...omission, detail: 'withheld' };
}

function shortened(omission: Omission): Omission {
  return { ...omission, detail: omission.detail.slice(0, DETAIL_MAX) };
}
