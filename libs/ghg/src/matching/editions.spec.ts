import {
  decideRates,
  EDITIONS_RULES,
  factorIndex,
  keyForEditions,
  matchKeyText,
  reportingYearOf,
  type EditionsRule,
  type MatchKey,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

// 15 December 2024 to 15 May 2025 of a company from April to March: 2024 in 2024, 2025 in 2024, 2025 in 2025. One edition a year.
const index = factorIndex([
  pinned(factorOf('rail-2024', { year: 2024, kgco2e: '1' }), { edition: '2024', setId: 'set-2024' }),
  pinned(factorOf('rail-2025', { year: 2025, kgco2e: '2' }), { edition: '2025', setId: 'set-2025' }),
]);
const rateOf = (key: MatchKey, editions?: EditionsRule) => {
  const { rates } = decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5', ...(editions && { editions }) });
  return rates.find(({ leg }) => leg === 'operation')!;
};
const STRADDLING = keyOf({ year: 2025, reportingYear: 2024 });

describe('the edition that a part of a reporting year takes', () => {
  it.each<[string, MatchKey, EditionsRule, string, object | undefined]>([
    ['December', keyOf({ year: 2024 }), 'blended', 'rail-2024', undefined],
    ['January to March, blended', STRADDLING, 'blended', 'rail-2025', { rule: 'blended', year: 2025 }],
    ['April to May', keyOf({ year: 2025 }), 'blended', 'rail-2025', undefined],
    ['December', keyOf({ year: 2024 }), 'majority', 'rail-2024', undefined],
    ['January to March, by the majority', STRADDLING, 'majority', 'rail-2024', { rule: 'majority', year: 2024 }],
    ['April to May', keyOf({ year: 2025 }), 'majority', 'rail-2025', undefined],
  ])('%s (%#)', (_, key, rule, code, editions) => {
    const rate = rateOf(key, rule);
    expect([rate.factor?.code, rate.editions, rate.fallbacks]).toEqual([code, editions, []]);
  });

  it('is blended unless a book says otherwise', () => {
    expect(rateOf(STRADDLING)).toEqual(rateOf(STRADDLING, 'blended'));
  });

  it('of the majority counts its year where none is published: an earlier one is a fallback from there', () => {
    const later = keyOf({ year: 2027, reportingYear: 2026 });
    expect([rateOf(later, 'majority').fallbacks, rateOf(later, 'majority').editions]).toEqual([
      ['year_earlier'],
      { rule: 'majority', year: 2026 },
    ]);
  });

  it.each(EDITIONS_RULES)('changes nothing by calendar years: %s', (rule) => {
    const key = keyOf({ year: 2025 });
    expect(keyForEditions(key, rule)).toBe(key);
    expect(keyForEditions({ ...key, reportingYear: 2025 }, rule).year).toBe(2025);
    expect(rateOf({ ...key, reportingYear: 2025 }, rule)).toEqual(rateOf(key, rule));
  });
});

describe('the reporting year of a key', () => {
  it('stands in its text only where it is not the calendar year', () => {
    const key = keyOf({ year: 2025 });
    expect(matchKeyText({ ...key, reportingYear: 2025 })).toBe(matchKeyText(key));
    expect(matchKeyText({ ...key, reportingYear: 2024 })).not.toBe(matchKeyText(key));
    expect([key, STRADDLING].map(reportingYearOf)).toEqual([2025, 2024]);
  });
});
