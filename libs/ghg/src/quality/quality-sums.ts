import { Decimal, divide, plain, RATE_SCALE, roundForPeople } from '../quantity/decimal';
import { Sums, thousandth } from '../inventory/sums';
import type { Assumption, AssumedPedigree, DataStatus } from './assumed-indicators';
import { INDICATORS, meanScore, parsePedigree, pedigreeText, type Pedigree } from './indicators';
import type { QualityFigures, WeightedScores } from './quality';
import { Spread, type Term } from './uncertainty';
import { weightedScore } from './weighted-score';

/** Decimals that people see of a share or a score. */
const SHOWN_DECIMALS = 6;

/** What a part of a cell brings to a figure: exact kilograms and what is known of their quality. */
export interface QualityPart {
  readonly kgco2e: Decimal;
  /** The part of it that a survey extrapolated. */
  readonly extrapolated: Decimal;
  readonly status: DataStatus;
  readonly primary: boolean;
  readonly activity: AssumedPedigree;
  /** Null where the rate has no factor. */
  readonly factor: AssumedPedigree | null;
  readonly assumptions: readonly Assumption[];
}

/** Rows that share their errors, and by how much their terms count in the figure. */
export interface RowsOfFigure {
  /** Equal for rows whose terms and own errors are the same: their sums are added before anything is squared. */
  readonly signature: string;
  readonly quantity: Decimal;
  readonly squares: Decimal;
  readonly lnVariance: Decimal;
  /** Worked out once per signature. */
  readonly terms: () => readonly Term[];
}

interface GatheredRows extends Omit<RowsOfFigure, 'signature' | 'quantity' | 'squares'> {
  quantity: Decimal;
  squares: Decimal;
}

/** Gathers the parts of one figure. */
export class QualitySums {
  private readonly rows = new Map<string, GatheredRows>();
  private readonly statuses = new Sums<DataStatus>();
  private readonly assumed = new Sums<Assumption>();
  private readonly activity = new Sums<string>();
  private readonly factor = new Sums<string>();
  private total = new Decimal(0);
  private size = new Decimal(0);
  private primary = new Decimal(0);

  addRows({ signature, quantity, squares, lnVariance, terms }: RowsOfFigure): void {
    const known = this.rows.get(signature);
    if (!known) this.rows.set(signature, { quantity, squares, lnVariance, terms });
    else [known.quantity, known.squares] = [known.quantity.add(quantity), known.squares.add(squares)];
  }

  addPart({ kgco2e, extrapolated, status, primary, activity, factor, assumptions }: QualityPart): void {
    const stated = kgco2e.sub(extrapolated);
    const size = kgco2e.abs();
    this.total = this.total.add(kgco2e);
    this.size = this.size.add(size);
    if (primary) this.primary = this.primary.add(Decimal.min(stated.abs(), size));
    if (!stated.isZero()) this.statuses.add(status, stated);
    if (!extrapolated.isZero()) this.statuses.add('extrapolated', extrapolated);
    for (const assumption of assumptions) this.assumed.add(assumption, size);
    this.activity.add(pedigreeText(activity.pedigree), size);
    if (factor) this.factor.add(pedigreeText(factor.pedigree), size);
  }

  figures(): QualityFigures {
    const spread = new Spread();
    for (const { quantity, squares, lnVariance, terms } of this.rows.values())
      spread.add({ quantity, squares, lnVariance, terms: terms() });
    const { interval, explained } = spread.uncertainty();
    return {
      tco2e: thousandth(this.total),
      interval,
      explained,
      activityScores: scoresOf(this.activity),
      factorScores: scoresOf(this.factor),
      primaryDataShare: this.size.isZero() ? null : shown(divide(this.primary, this.size, RATE_SCALE).value),
      statuses: this.statuses.names().map((status) => ({ status, tco2e: thousandth(this.statuses.of(status)) })),
      assumptions: this.assumed.names().map((assumption) => ({ assumption, tco2e: thousandth(this.assumed.of(assumption)) })),
    };
  }
}

/** Scores of sizes by pedigree. */
function scoresOf(sizes: Sums<string>): WeightedScores | null {
  const weighed = sizes.names().map((text) => [sizes.of(text), parsePedigree(text) as Pedigree] as const);
  const scoreBy = (of: (pedigree: Pedigree) => Decimal) =>
    weightedScore(weighed.map(([weight, pedigree]) => ({ weight, score: of(pedigree) })));
  const mean = scoreBy(meanScore);
  if (mean === null) return null;
  const single = INDICATORS.map((indicator) => [indicator, shown(scoreBy((pedigree) => new Decimal(pedigree[indicator])) as Decimal)]);
  return Object.fromEntries([...single, ['mean', shown(mean)]]) as WeightedScores;
}

/** A score or share with six decimals, without trailing zeros. */
export function shown(value: Decimal): string {
  return plain(new Decimal(roundForPeople(value, SHOWN_DECIMALS)));
}
