import { validateFactorSet, type FactorProblem, type FactorSet, type GasRegister } from '#ghg';
import {
  isFileRefusal,
  type FactorFile,
  type FactorFileReading,
  type FileRefusal,
  type Layout,
  type LayoutOptions,
  type RefusedPlace,
} from './factor-file';
import { FileRefused } from './file-refused';
import { LAYOUTS } from './layouts';
import { openFile } from './open-file';
import { recognise } from './recognise';
import { reportOf } from './report';
import { cellsRefused } from './strict-cells';

const PLACES_MAX = 100;

/**
 * From the bytes of a publisher's file to a factor set that can be used, whole or not at all: opened, recognised, read, every row accounted for, and
 * the set found good by the kernel. Refusals in order of precedence: those of `openFile`, those of `recognise`, those of the layout,
 * those of its `refuses` (`cell_invalid`, `duplicate_id`), `licence_missing`, `rows_unaccounted`, `nothing_read`, `figures_unusable`.
 */
export function readFactorFile(
  file: FactorFile,
  gases: GasRegister,
  options: LayoutOptions = {},
  layouts: readonly Layout[] = LAYOUTS,
): FactorFileReading | FileRefusal {
  try {
    const opened = openFile(file);
    if (isFileRefusal(opened)) return opened;
    const found = recognise(opened, layouts);
    if (isFileRefusal(found)) return found;
    const reading = found.layout.read(opened, found.recognised, options);
    return isFileRefusal(reading) ? reading : (cellsRefused(found.layout, reading) ?? refusalOf(reading, gases) ?? reading);
  } catch (error) {
    if (error instanceof FileRefused) return error.refusal;
    throw error;
  }
}

function refusalOf(reading: FactorFileReading, gases: GasRegister): FileRefusal | null {
  const { set } = reading;
  if (set.licence.trim() === '') return { refused: 'licence_missing', detail: 'say under which licence you hold the file' };
  const unaccounted = accountOf(reading);
  if (unaccounted !== null) return { refused: 'rows_unaccounted', detail: unaccounted };
  if (sizeOf(set) === 0) return nothingRead(reading);
  const problems = [set, ...(reading.further ?? [])].flatMap((each) => validateFactorSet(each, gases));
  return problems.length === 0 ? null : unusable(reading, problems);
}

/** Rows read = rows used + rows left out, none of them twice; null: so it is. */
export function accountOf({ rowsRead, rowsUsed, omissions }: FactorFileReading): string | null {
  if (rowsRead !== rowsUsed + omissions.length) return `${rowsRead} rows read, ${rowsUsed} used, ${omissions.length} left out`;
  const places = new Set(omissions.map(({ sheet, row, column }) => `${sheet}\n${row}\n${column ?? ''}`));
  return places.size === omissions.length ? null : `${omissions.length - places.size} rows are left out twice`;
}

/** The counts name every row; the places are a hundred of them, some of every reason. */
function nothingRead(reading: FactorFileReading): FileRefusal {
  const { omissions } = reading;
  const telling = omissions.filter(({ reason }) => reason !== 'note');
  const report = reportOf({ ...reading, omissions: telling.length > 0 ? telling : omissions }, PLACES_MAX);
  const places = report.omissions.map(({ reason, ...place }) => ({ ...place, code: reason }));
  const reasons = reportOf(reading, 0).omitted.map(({ reason, rows }) => `${rows} ${reason}`);
  const detail = `${reading.rowsRead} rows read, all of them left out${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`;
  return { refused: 'nothing_read', detail, places };
}

/** Everything that a set holds. */
export function sizeOf({ factors, properties = [], exchangeRates = [], priceIndices = [] }: FactorSet): number {
  return factors.length + properties.length + exchangeRates.length + priceIndices.length;
}

function unusable(reading: FactorFileReading, problems: readonly FactorProblem[]): FileRefusal {
  const places = problems.slice(0, PLACES_MAX).map((problem) => placeOf(reading, problem));
  const { sheet, row, column, code, detail } = places[0]!;
  return {
    refused: 'figures_unusable',
    detail: `${problems.length} figures cannot be used, the first: ${code}: ${detail}`,
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
    places,
  };
}

function placeOf({ places }: FactorFileReading, { problem, factor, at, detail }: FactorProblem): RefusedPlace {
  const place = factor === null ? undefined : places?.get(factor);
  const column = at.replace(/^\w+\[\d+\]\./, '');
  return { ...place, column, code: problem, detail: factor === null ? detail : `${factor}: ${detail}` };
}
