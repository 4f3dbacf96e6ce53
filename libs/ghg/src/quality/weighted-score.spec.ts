import { Decimal } from '../quantity/decimal';
import { weightedScore } from './weighted-score';

/** PCAF Global GHG Standard, part A, 2nd edition (2022), section 6: six business loans, outstanding in USD and data quality score. */
const LOANS = [
  ['522425', 3],
  ['187449', 5],
  ['82778', 1],
  ['108997', 1], // the source's denominator misprints 108,977; its own result is that of 108,997
  ['67556', 2],
  ['54762', 5],
] as const;

const scoreOf = (loans: readonly (readonly [string, number])[]) =>
  weightedScore(loans.map(([outstanding, score]) => ({ weight: new Decimal(outstanding), score: new Decimal(score) })));

describe('a weighted data quality score', () => {
  it('PCAF-DQ-ALL: six business loans', () => expect(scoreOf(LOANS)?.toDecimalPlaces(12).toFixed()).toBe('3.03253620478'));
  it('PCAF-DQ-OG: the two of oil and gas', () => expect(scoreOf(LOANS.slice(0, 2))?.toDecimalPlaces(12).toFixed()).toBe('3.528119074653'));
  it('is of nothing where nothing weighs', () => expect(scoreOf([])).toBeNull());
  it('counts a credit by its size', () =>
    expect(
      scoreOf([
        ['10', 1],
        ['-10', 3],
      ])?.toFixed(),
    ).toBe('2'));
});
