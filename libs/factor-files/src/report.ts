import { OMISSIONS, type FactorFileReading, type Omission, type OmissionReason } from './factor-file';

/** Rows left out for one reason. */
export interface OmittedRows {
  readonly reason: OmissionReason;
  readonly rows: number;
  readonly meaning: string;
}

/** What a person reads of a reading: counts by reason, the most first, and examples of each. */
export interface ReadingReport {
  readonly recognised: FactorFileReading['recognised'];
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly omitted: readonly OmittedRows[];
  readonly omissions: readonly Omission[];
}

/** `examplesMax` omissions, of every reason in turn, so that thousands of blanks do not hide the one row that was misprinted. */
export function reportOf({ recognised, rowsRead, rowsUsed, omissions }: FactorFileReading, examplesMax: number): ReadingReport {
  const groups = new Map<OmissionReason, Omission[]>();
  for (const omission of omissions) {
    const group = groups.get(omission.reason);
    if (group) group.push(omission);
    else groups.set(omission.reason, [omission]);
  }
  const omitted = [...groups].map(([reason, { length }]) => ({ reason, rows: length, meaning: OMISSIONS[reason] }));
  return {
    recognised,
    rowsRead,
    rowsUsed,
    omitted: omitted.sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1)),
    omissions: examplesOf([...groups.values()], examplesMax),
  };
}

function examplesOf(groups: readonly (readonly Omission[])[], max: number): Omission[] {
  const shown = new Set<Omission>();
  for (let i = 0; shown.size < max && groups.some(({ length }) => length > i); i += 1)
    for (const group of groups) if (group[i] && shown.size < max) shown.add(group[i]!);
  return groups.flat().filter((omission) => shown.has(omission));
}
