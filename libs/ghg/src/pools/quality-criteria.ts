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
  for (const { criterion, asks, of } of QUALITY_CRITERIA) {
    if (!of.includes(instrument.kind)) continue;
    const findings = instrument.criteria.filter((finding) => finding.criterion === criterion);
    const because =
      findings.length === 0
        ? 'no finding'
        : findings.some((finding) => finding.finding === 'fail')
          ? 'found to fail'
          : findings.some((finding) => finding.finding === 'not-applicable')
            ? `asked of every ${instrument.kind}, found not applicable`
            : findings.some((finding) => finding.evidence.trim() === '')
              ? 'no evidence'
              : null;
    if (because)
      return refuse('instrument_criteria_failed', `${instrument.code}, criterion ${criterion}: ${because}. ${asks}`, instrument.code);
  }
  const unknown = instrument.criteria.find((finding) => !QUALITY_CRITERIA.some(({ criterion }) => criterion === finding.criterion));
  if (!unknown) return null;
  return refuse(
    'instrument_criteria_failed',
    `${instrument.code}, criterion ${unknown.criterion}: table 7.1 has none of this number`,
    instrument.code,
  );
}
