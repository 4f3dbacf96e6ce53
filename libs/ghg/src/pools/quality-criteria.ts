import { refuse, type Refusal } from '../refusals';
import type { Instrument } from './pool';

/** A quality criterion of the Scope 2 Guidance (2015), table 7.1, and the kinds of instrument that it is asked of. */
export interface QualityCriterion {
  readonly criterion: number;
  readonly asks: string;
  readonly of: readonly Instrument['kind'][];
}

const EVERY_KIND: readonly Instrument['kind'][] = ['certificate', 'contract', 'supplier-rate'];

/** Scope 2 Guidance (2015), table 7.1, in our words, under its own numbers. */
export const QUALITY_CRITERIA: readonly QualityCriterion[] = [
  { criterion: 1, of: EVERY_KIND, asks: 'It conveys the direct emission rate of the energy that was generated.' },
  { criterion: 2, of: EVERY_KIND, asks: 'Nothing else carries the claim to the emission rate of that energy.' },
  { criterion: 3, of: EVERY_KIND, asks: 'It is tracked, and redeemed, retired or cancelled by or for the reporting company.' },
  { criterion: 4, of: EVERY_KIND, asks: 'It is issued and redeemed as close as possible to the period of the consumption.' },
  { criterion: 5, of: EVERY_KIND, asks: 'It comes from the market in which the consumption is.' },
  {
    criterion: 6,
    of: ['supplier-rate'],
    asks: 'The rate is of delivered energy, with certificates retired for customers, and without energy whose claim was sold.',
  },
  {
    criterion: 7,
    of: ['contract'],
    asks: 'The claim goes to the reporting company alone; no other instrument is issued for the contracted energy.',
  },
  { criterion: 8, of: EVERY_KIND, asks: 'A residual mix is available to others, or its absence is disclosed.' },
];

/**
 * Whether an instrument may be claimed: every criterion asked of its kind has passed, with evidence. A criterion without a finding, without
 * evidence, with two findings that disagree, or found not applicable although it is asked of the kind, has failed (Scope 2 Guidance, chapter 7).
 * Refusal: `instrument_criteria_failed`, naming the first criterion by number and what it asks.
 */
export function criteriaFailure(instrument: Instrument): Refusal | null {
  return criteriaFailures(instrument)[0] ?? null;
}

/** Every criterion that an instrument has failed, in the order of table 7.1; then what the table does not know. */
export function criteriaFailures(instrument: Instrument): readonly Refusal[] {
  const { code, kind, criteria } = instrument;
  const failed = QUALITY_CRITERIA.flatMap(({ criterion, asks, of }): Refusal[] => {
    const because = of.includes(kind) ? failureOf(instrument, criterion) : null;
    return because ? [refuse('instrument_criteria_failed', `${code}, criterion ${criterion}: ${because}. ${asks}`, code)] : [];
  });
  const unknown = criteria.filter((finding) => !QUALITY_CRITERIA.some(({ criterion }) => criterion === finding.criterion));
  return [
    ...failed,
    ...unknown.map(({ criterion }) =>
      refuse('instrument_criteria_failed', `${code}, criterion ${criterion}: table 7.1 has none of this number`, code),
    ),
  ];
}

function failureOf({ kind, criteria }: Instrument, criterion: number): string | null {
  const findings = criteria.filter((finding) => finding.criterion === criterion);
  if (findings.length === 0) return 'no finding';
  if (findings.some(({ finding }) => finding === 'fail')) return 'found to fail';
  if (findings.some(({ finding }) => finding === 'not-applicable')) return `asked of every ${kind}, found not applicable`;
  if (findings.some(({ evidence }) => evidence.trim() === '')) return 'no evidence';
  return null;
}
