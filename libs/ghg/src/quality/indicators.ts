import { Decimal, divide } from '../quantity/decimal';
import { refuse, type Refusal } from '../refusals';
import { Real } from './lognormal';

/**
 * The data-quality indicators of the Scope 3 Standard (chapter 7), in the order of the pedigree text: reliability, completeness, and the
 * representativeness in time, in geography and in technology.
 */
export const INDICATORS = ['reliability', 'completeness', 'time', 'geography', 'technology'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** 1 is best, 5 is poor or unknown. */
export type Score = 1 | 2 | 3 | 4 | 5;
export type Pedigree = Readonly<Record<Indicator, Score>>;

/**
 * Uncertainty factor per indicator and score, 1 to 5: by how much the 95 % interval widens for it. The pedigree matrix of Weidema and Wesnæs (1996)
 * with the factors of the ecoinvent data quality guideline, version 3 (Weidema and others 2013), five scores each. The Quantitative Uncertainty
 * Guidance of the GHG Protocol for scope 3 uses the same method with four grades, very good to poor.
 */
export const UNCERTAINTY_FACTORS: Readonly<Record<Indicator, readonly [string, string, string, string, string]>> = {
  reliability: ['1', '1.05', '1.1', '1.2', '1.5'],
  completeness: ['1', '1.02', '1.05', '1.1', '1.2'],
  time: ['1', '1.03', '1.1', '1.2', '1.5'],
  geography: ['1', '1.01', '1.02', '1.05', '1.1'],
  technology: ['1', '1.05', '1.2', '1.5', '2'],
};

const PEDIGREE = /^[1-5](-[1-5]){4}$/;

/** The indicators of a pedigree text, `r-c-t-g-f`: `1-2-1-1-3`. Refusal: `attribute_unknown`. */
export function parsePedigree(text: string): Pedigree | Refusal {
  if (!PEDIGREE.test(text))
    return refuse('attribute_unknown', `"${text}" is no pedigree: five scores from 1 to 5, for example 1-2-1-1-3`, 'data_quality');
  const scores = text.split('-').map(Number) as Score[];
  return Object.fromEntries(INDICATORS.map((indicator, i) => [indicator, scores[i]])) as unknown as Pedigree;
}

/** The text of a pedigree. */
export function pedigreeText(pedigree: Pedigree): string {
  return INDICATORS.map((indicator) => pedigree[indicator]).join('-');
}

/**
 * σ² = ¼ × Σ (ln U)² over the named indicators, which is the guidance's GSD² = exp √(Σ (ln U)²) with σ = ln GSD: the squared geometric standard
 * deviation spans 95 %. U is the uncertainty factor of the score. Source: Quantitative Uncertainty Guidance for scope 3 (pedigree approach).
 */
export function lnVarianceOfPedigree(pedigree: Pedigree, of: readonly Indicator[] = INDICATORS): Decimal {
  const name = `${pedigreeText(pedigree)} ${of.join(' ')}`;
  const sum = () => of.reduce((total, indicator) => total.add(lnFactor(indicator, pedigree[indicator]).pow(2)), new Real(0) as Decimal);
  const known = lnVariances.get(name) ?? sum().div(4);
  lnVariances.set(name, known);
  return known;
}

/** Each pedigree is worked out once: there are 3,125 of them. */
const lnVariances = new Map<string, Decimal>();

/** score = Σ scores ÷ 5: one figure for a pedigree, 1 (best) to 5. */
export function meanScore(pedigree: Pedigree): Decimal {
  const sum = INDICATORS.reduce((total, indicator) => total.add(pedigree[indicator]), new Decimal(0));
  return divide(sum, new Decimal(INDICATORS.length)).value;
}

const LN_FACTORS = Object.fromEntries(
  INDICATORS.map((indicator) => [indicator, UNCERTAINTY_FACTORS[indicator].map((factor) => new Real(factor).ln())]),
) as unknown as Record<Indicator, readonly Decimal[]>;

function lnFactor(indicator: Indicator, score: Score): Decimal {
  return LN_FACTORS[indicator][score - 1] as Decimal;
}
