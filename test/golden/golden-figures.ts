import {
  applyRate,
  Decimal,
  decideRates,
  divide,
  factorIndex,
  isRefusal,
  isSignificant,
  kgCo2e,
  OWN_LINES,
  recordOf,
  shareOut,
  weightedScore,
  type AcceptedRecord,
  type Amounts,
  type Decision,
  type EmittingClass,
  type FactorSet,
  type Rate,
  type Refusal,
} from '#ghg';
import { gases } from './fixtures';
import type { GoldenActivity, GoldenCase, GoldenExpectation } from './read-golden';
import { PACK } from '../support/default-pack';

/** What came of one activity. A record that was refused has no decision. */
export interface Calculated {
  readonly activity: GoldenActivity;
  readonly counted: AcceptedRecord | Refusal;
  readonly decision: Decision | null;
}

/** What came of one line of `expect`; what the line does not ask for may be null. */
export interface Figures {
  readonly calculated: readonly Calculated[];
  readonly rates: readonly Rate[];
  readonly kgco2e: Decimal | null;
  readonly biogenic: Decimal | null;
  readonly energy: Decimal | null;
  readonly share: Decimal | null;
  readonly score: Decimal | null;
  readonly quantity: { readonly value: Decimal; readonly unit: string } | null;
  readonly gasKg: (gas: string) => Decimal;
}

const NOTHING: Omit<Figures, 'gasKg'> = {
  calculated: [],
  rates: [],
  kgco2e: null,
  biogenic: null,
  energy: null,
  share: null,
  score: null,
  quantity: null,
};
const none = (): Decimal => new Decimal(NaN);

/** All that a case knows, as one uploaded set. */
export function factorSetOf(golden: GoldenCase): FactorSet {
  return {
    publisher: 'golden',
    edition: golden.id,
    version: '1',
    title: golden.source,
    licence: 'facts',
    attribution: golden.source,
    gwpSet: golden.printed,
    invented: false,
    factors: golden.factors,
    properties: golden.properties,
    exchangeRates: golden.exchangeRates,
    priceIndices: golden.priceIndices,
  };
}

/** The figures that the kernel gives for one line of `expect`. */
export function figuresOf(golden: GoldenCase, expectation: GoldenExpectation): Figures {
  const { of } = expectation;
  if (of === 'masses') return { ...NOTHING, kgco2e: unrefused(kgCo2e(gases, expectation.gwp ?? golden.book, golden.masses)), gasKg: none };
  if (of === 'scores') return { ...NOTHING, score: weightedScore(golden.scores), gasKg: none };
  if (of === 'base year') return { ...NOTHING, ...baseYearOf(golden), gasKg: none };
  const share = golden.shares.findIndex(({ receiver }) => receiver === of);
  if (share >= 0 || of === 'shares') return sharesOf(golden, share);
  const activities = golden.activities.filter((activity) => of === 'sum' || activity.name === of);
  const inCountry = ({ country }: GoldenActivity) => expectation.countries.length === 0 || expectation.countries.includes(country);
  return sumOf(
    activities.filter(inCountry).map((activity) => calculate(golden, activity)),
    expectation,
  );
}

function calculate(golden: GoldenCase, activity: GoldenActivity): Calculated {
  const { type: activityTypeId, year, country, region, supplier, attributes, operands } = activity;
  const counted = recordOf({
    activityType: activityTypeId,
    operands,
    attributes,
    periodStart: `${year}-01-01`,
    periodEnd: `${year}-12-31`,
    rounding: 'refuse',
  });
  if (isRefusal(counted)) return { activity, counted, decision: null };
  const { factors, properties, exchangeRates, priceIndices, ...set } = factorSetOf(golden);
  const pinned = { setId: golden.id, set, own: false };
  const index = factorIndex(
    factors.map((factor) => ({ ...pinned, factor })),
    {
      properties: (properties ?? []).map((figure) => ({ ...pinned, figure })),
      exchangeRates: (exchangeRates ?? []).map((figure) => ({ ...pinned, figure })),
      priceIndices: (priceIndices ?? []).map((figure) => ({ ...pinned, figure })),
    },
  );
  const key = { activityType: activityTypeId, unit: counted.unit, year, country, region, supplier, attributes: counted.attributes };
  return { activity, counted, decision: decideRates(key, { pack: PACK, index, gases, gwpSet: golden.book }) };
}

function sumOf(calculated: readonly Calculated[], expectation: GoldenExpectation): Figures {
  const rated = calculated.flatMap(({ counted, decision }) =>
    isRefusal(counted) || !decision
      ? []
      : decision.rates
          .filter((rate) => isMeant(rate, expectation))
          .map((rate) => ({ rate, amounts: applyRate(counted.quantity, rate), kwh: counted.quantity.mul(rate.energy?.kwh ?? 0) })),
  );
  const total = (of: (one: (typeof rated)[number]) => Decimal): Decimal => rated.reduce((sum, one) => sum.add(of(one)), new Decimal(0));
  const kilograms = total(({ amounts }) => amounts.kgco2e);
  return {
    calculated,
    rates: rated.map(({ rate }) => rate),
    kgco2e: expectation.per === null ? kilograms : divide(kilograms, new Decimal(expectation.per.split(' ')[0] ?? '')).value,
    biogenic: total(({ amounts }) => amounts.biogenicKgco2),
    energy: total(({ kwh }) => kwh),
    share: null,
    score: null,
    quantity: quantityOf(calculated),
    gasKg: (gas) => total(({ amounts }) => kilogramsOf(amounts, gas)),
  };
}

function isMeant(rate: Rate, { legs, bases, lines, boundary }: GoldenExpectation): boolean {
  const among = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);
  const line = rate.sourceClass === 'energy-use' ? 'energy' : OWN_LINES[rate.sourceClass as EmittingClass];
  return (
    among(legs, rate.leg) &&
    among(bases, rate.basis) &&
    among(lines, line) &&
    (boundary ?? rate.boundary ?? 'minimum') === (rate.boundary ?? 'minimum')
  );
}

/** A gas that one of several rates does not have counts nothing there; one that none has is no figure. */
function kilogramsOf({ gases: masses }: Amounts, gas: string): Decimal {
  return masses.find((amount) => amount.gas === gas)?.kg ?? new Decimal(0);
}

function quantityOf(calculated: readonly Calculated[]): Figures['quantity'] {
  const counted = calculated.flatMap((one) => (isRefusal(one.counted) ? [] : [one.counted]));
  const unit = counted[0]?.unit;
  if (unit === undefined || counted.some((one) => one.unit !== unit)) return null;
  return { value: counted.reduce((sum, one) => sum.add(one.quantity), new Decimal(0)), unit };
}

function sharesOf(golden: GoldenCase, receiver: number): Figures {
  const weights = golden.shares.map(({ weight }) => weight);
  const shares = unrefused(shareOut(golden.shared, weights, 18));
  const wanted = receiver < 0 ? shares : shares.slice(receiver, receiver + 1);
  const sum = (parts: readonly Decimal[]): Decimal => parts.reduce((total, part) => total.add(part), new Decimal(0));
  return {
    ...NOTHING,
    kgco2e: sum(wanted),
    share: divide(sum(wanted), golden.shared).value,
    quantity: { value: sum(receiver < 0 ? weights : weights.slice(receiver, receiver + 1)), unit: 'weight' },
    gasKg: none,
  };
}

/** The change as a percentage of what was stated, and whether it is significant (score 1). */
function baseYearOf({ baseYear }: GoldenCase): Pick<Figures, 'share' | 'score'> {
  const [policy] = baseYear;
  if (!policy) throw new Error('golden: no base year');
  const { stated, now, threshold } = policy;
  const effect = now.sub(stated).abs();
  return { share: divide(effect.mul(100), stated).value, score: new Decimal(isSignificant(effect, stated, threshold) ? 1 : 0) };
}

function unrefused<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(result.detail);
  return result;
}
