import type { FactorFileReading, FileRefusal, Layout, Omission, OmissionReason } from './factor-file';

const PLACES_MAX = 100;

/** What no publisher prints: whoever edited the file by hand put it there, and the rest of the file is not to be trusted either. */
const NEVER_PRINTED: readonly OmissionReason[] = [
  'value_not_a_number',
  'value_is_a_range',
  'value_negative',
  'duplicate_id',
  'contradiction',
];

/**
 * The rule of a layout whose known files have none of this: text or a range where a figure is meant, a figure below zero, an id or a meaning that
 * stands twice. A unit that the layout does not know refuses a known edition; in a newer one it may be the publisher's own, and stays an omission.
 * `isPrinted` names what the publisher does print of it.
 */
export function refusesWhatIsNotPrinted(isPrinted: (omission: Omission) => boolean = () => false): NonNullable<Layout['refuses']> {
  return (omission, { newerThanKnown }) =>
    !isPrinted(omission) && (NEVER_PRINTED.includes(omission.reason) || (omission.reason === 'unit_unknown' && !newerThanKnown));
}

/** Whole or not at all: `duplicate_id` or `cell_invalid` where the layout does not take what stands in a cell, told with every such cell. */
export function cellsRefused({ refuses }: Layout, { recognised, omissions }: FactorFileReading): FileRefusal | null {
  const wrong = refuses ? omissions.filter((omission) => refuses(omission, recognised)) : [];
  const [first] = wrong;
  if (!first) return null;
  const { sheet, row, column, reason, detail } = first;
  return {
    refused: reason === 'duplicate_id' || reason === 'contradiction' ? 'duplicate_id' : 'cell_invalid',
    detail: `${reason}: ${detail}${wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : ''}`,
    sheet,
    row,
    ...(column === undefined ? {} : { column }),
    places: wrong.slice(0, PLACES_MAX).map(({ reason: code, ...place }) => ({ ...place, code })),
  };
}
