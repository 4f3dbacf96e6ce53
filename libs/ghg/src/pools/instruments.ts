import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import { consumptionsOf, cover, coveredMj, kwhOfMj, leftMj, mjOfKwh, unratedOf, type Consumption, type Covered } from './coverage';
import { hourlyMatching, type Matching } from './hourly-matching';
import { inPrecedence, instrumentRefusals, marketsOf, vintageOutside } from './instrument-checks';
import { instrumentEnergyRate, instrumentRate, marketEnergyRate } from './instrument-rate';
import { amountOf, belongsTo, byText, cited, figuresOf, groupsBy, inCanonicalOrder } from './members';
import type { Instrument, InstrumentAllocation, InstrumentsSpec, PoolContext, PoolMember, PoolPosting, PoolResult } from './pool';

const KWH_PER_MWH = 1000;
type Carrier = NonNullable<Instrument['covers']>;
const CARRIERS: readonly Carrier[] = ['purchased-electricity', 'purchased-heat'];

/** What an entity claims of one instrument for a year, and what came of it. */
interface Claim {
  readonly instrument: Instrument;
  readonly kwh: Decimal;
  readonly parts: readonly Covered[];
  readonly refusal: Refusal | null;
}

const ANNUAL: Matching = (_, claimedKwh) => claimedKwh;

/**
 * Market-based scope 2 of one entity and year (Scope 2 Guidance, chapters 6 and 7): instruments take the place of the standing rates of what they
 * cover, in the order of `inPrecedence`. What they cover is released from the standing market-based rate of each key and
 * posted under the instrument's own, in proportion to the keys' quantities; the rest stays on the residual mix or what stood in for it. The energy
 * leg moves to the instrument's source, in the market-based reading. Location-based legs, and upstream and losses (3.3), are never touched: an instrument is claimed for
 * consumption. What is allocated and not consumed is surplus, shown and carried nowhere. Members are net after allocations and surveys.
 *
 * Invariants: Σ allocated ≤ retired per instrument; one claim per registry id; covered ≤ consumed per key; released = posted, per key, exactly.
 * Refusals per instrument, which then covers nothing: those of `instrumentRefusals`; `instrument_vintage_outside`, `instrument_market_differs` (no
 * consumption in its market, or under hourly matching not all), `gas_unknown`, those of `hourlyMatching`. Per member: `instrument_member_unrated`
 * (it has no market-based rate; shown only where something is claimed). Of the whole: `unit_unknown`, `unit_dimension_mismatch`.
 */
export function allocateInstruments(spec: InstrumentsSpec, members: readonly PoolMember[], context: PoolContext): PoolResult {
  const own = members.filter((member) => belongsTo(spec, member));
  const consumptions = consumptionsOf(own);
  if (isRefusal(consumptions)) return resultOf(spec, [], new Map(), [], [], [consumptions]);
  const unrated = unratedOf(own);
  const ofCarrier = (carrier: Carrier): Consumption[] => consumptions.filter((consumption) => classOf(consumption) === carrier);
  const consumed = new Map(CARRIERS.map((carrier) => [carrier, leftMj(ofCarrier(carrier))]));
  const refusals = instrumentRefusals(context.instruments, context.allocations);
  const matching = matchingOf(spec, consumed.get('purchased-electricity') as Decimal, context);
  const allocated = new Map(groupsBy(context.allocations.filter(isOf(spec)), ({ instrument }) => instrument));
  const claims: Claim[] = [];
  for (const instrument of inPrecedence(context.instruments)) {
    const allocations = allocated.get(instrument.code);
    if (!allocations) continue;
    allocated.delete(instrument.code);
    claims.push(claimOf(instrument, allocations, consumptions, { spec, context, matching, refusal: refusals.get(instrument.code) }));
  }
  const figures = CARRIERS.flatMap((carrier) => {
    const claimed = claims.filter(({ instrument }) => carrierOf(instrument) === carrier);
    if (carrier === 'purchased-heat' && claimed.length === 0) return [];
    return carrierFigures(carrier, consumed.get(carrier) as Decimal, ofCarrier(carrier), claimed);
  });
  const refused = claims.flatMap(({ refusal }) => (refusal && refusal !== matching ? [refusal] : []));
  const unknown = [...allocated.keys()].sort(byText).map((code) => refusals.get(code) as Refusal);
  const ofEntity = isRefusal(matching) && claims.length > 0 ? [matching] : [];
  const postings = claims.flatMap((claim) => postingsOf(claim, spec, context));
  const refusedMembers = claims.length === 0 ? [] : unrated.map(({ refusal }) => refusal);
  const taken = [...consumptions.map(({ member }) => member), ...unrated.map(({ member }) => member)];
  const uncounted = new Map(unrated.map(({ member, refusal }) => [member, refusal.refusal]));
  return resultOf(spec, taken, uncounted, postings, figures, [...ofEntity, ...refused, ...unknown, ...refusedMembers]);
}

function matchingOf(spec: InstrumentsSpec, consumedMj: Decimal, context: PoolContext): Matching | Refusal {
  return spec.rule.matching === 'hourly' ? hourlyMatching(spec, kwhOfMj(consumedMj), context) : ANNUAL;
}

interface ClaimContext {
  readonly spec: InstrumentsSpec;
  readonly context: PoolContext;
  readonly matching: Matching | Refusal;
  /** What is wrong with the instrument itself. */
  readonly refusal: Refusal | undefined;
}

/** Covers consumption with what is claimed of one instrument; takes it from what the instruments before it left. */
function claimOf(
  instrument: Instrument,
  allocations: readonly InstrumentAllocation[],
  consumptions: readonly Consumption[],
  { spec, context, matching, refusal }: ClaimContext,
): Claim {
  const kwh = allocations.reduce((sum, { mwh, instrument: code }) => {
    const amount = amountOf(mwh, code);
    return isRefusal(amount) ? sum : sum.add(amount.mul(KWH_PER_MWH));
  }, new Decimal(0));
  const refused = (why: Refusal): Claim => ({ instrument, kwh, parts: [], refusal: why });
  if (refusal) return refused(refusal);
  const outside = vintageOutside(instrument, spec.year, spec.rule, context.calendar);
  if (outside) return refused(outside);
  const ofCarrier = consumptions.filter((consumption) => classOf(consumption) === carrierOf(instrument));
  const markets = marketsOf(instrument);
  const inMarket = ofCarrier.filter(({ member: { country, region } }) => markets.some((place) => place === country || place === region));
  const hourly = spec.rule.matching === 'hourly' && carrierOf(instrument) === 'purchased-electricity';
  const [first] = inMarket;
  if (!first || (hourly && inMarket.length < ofCarrier.length)) return refused(marketDiffers(instrument, spec, ofCarrier));
  const rate = instrumentRate(instrument, first.market.rate, context);
  if (isRefusal(rate)) return refused(rate);
  if (hourly && isRefusal(matching)) return refused(matching);
  const coverable = hourly && !isRefusal(matching) ? matching(instrument, kwh) : kwh;
  if (isRefusal(coverable)) return refused(coverable);
  return { instrument, kwh, parts: cover(inMarket, mjOfKwh(coverable)), refusal: null };
}

function marketDiffers(instrument: Instrument, { entityCode, year }: InstrumentsSpec, consumptions: readonly Consumption[]): Refusal {
  const grids = [...new Set(consumptions.map(({ member }) => member.region ?? member.country))].sort(byText);
  const where = grids.length === 0 ? 'has none' : `is in ${grids.join(', ')}`;
  const { code } = instrument;
  return refuse(
    'instrument_market_differs',
    `${code} is of ${marketsOf(instrument).join(' and ')}; the consumption of ${entityCode} in ${year} ${where}`,
    code,
  );
}

/** Per covered key: out of the standing rate, into the instrument's; the same for its energy where the source differs. */
function postingsOf({ instrument, parts }: Claim, spec: InstrumentsSpec, context: PoolContext): PoolPosting[] {
  const { entityCode, year } = spec;
  return parts.flatMap(({ consumption: { member, market }, quantity }) => {
    const rate = instrumentRate(instrument, market.rate, context);
    if (isRefusal(rate)) return [];
    const { matchKeyId, unit } = member;
    const base = { entityCode, year, matchKeyId };
    const name = `${instrument.kind} ${instrument.code} (${instrument.registryId})`;
    const amount = `${plain(quantity)} ${unit} of the ${member.quantity} ${unit} of this key`;
    const [out, into] = [plain(quantity.neg()), plain(quantity)];
    const energy = member.rates.filter(({ rate: of }) => of.leg === 'energy' && of.energy && of.energy.source !== instrument.energySource);
    return [
      { ...base, quantity: out, of: { rateId: market.rateId }, because: `Released: ${name} covers ${amount}.` },
      { ...base, quantity: into, of: { rate }, because: `Covered by ${name}: ${amount}.` },
      ...energy.flatMap(({ rate: standing }) => [
        { ...base, quantity: out, of: { rate: marketEnergyRate(standing) }, because: `Energy released: ${name} covers ${amount}.` },
        { ...base, quantity: into, of: { rate: instrumentEnergyRate(instrument, standing) }, because: `Energy of ${name}: ${amount}.` },
      ]),
    ];
  });
}

/**
 * Figures of one carrier, in kWh; those of heat begin with `heat_`: consumed = covered + uncovered, allocated = covered + surplus + refused. What is
 * uncovered and has no residual mix stands on the grid average and is disclosed (Scope 2 Guidance, chapter 6).
 */
function carrierFigures(
  carrier: Carrier,
  consumed: Decimal,
  consumptions: readonly Consumption[],
  claims: readonly Claim[],
): (readonly [string, string])[] {
  const kwh = (mj: Decimal): string => plain(kwhOfMj(mj));
  const accepted = claims.filter(({ refusal }) => refusal === null);
  const refused = claims.filter(({ refusal }) => refusal !== null);
  const withoutResidualMix = consumptions.filter(({ market }) => market.rate.fallbacks.includes('grid_average_for_residual_mix'));
  const figures: [string, string][] = [
    ['consumed_kwh', kwh(consumed)],
    ['covered_kwh', kwh(sum(claims, covered))],
    ['uncovered_kwh', kwh(leftMj(consumptions))],
    ['uncovered_without_residual_mix_kwh', kwh(leftMj(withoutResidualMix))],
    ['allocated_kwh', plain(sum(claims, (claim) => claim.kwh))],
    ['surplus_kwh', kwh(sum(accepted, surplus))],
    ['refused_kwh', plain(sum(refused, (claim) => claim.kwh))],
  ];
  for (const claim of accepted)
    figures.push(
      [`covered_kwh:${claim.instrument.code}`, kwh(covered(claim))],
      [`surplus_kwh:${claim.instrument.code}`, kwh(surplus(claim))],
    );
  return carrier === 'purchased-heat' ? figures.map(([name, value]) => [`heat_${name}`, value]) : figures;
}

function covered({ parts }: Claim): Decimal {
  return coveredMj(parts);
}

function surplus(claim: Claim): Decimal {
  return mjOfKwh(claim.kwh).sub(covered(claim));
}

function sum(claims: readonly Claim[], of: (claim: Claim) => Decimal): Decimal {
  return claims.reduce((all, claim) => all.add(of(claim)), new Decimal(0));
}

function classOf({ market }: Consumption): string {
  return market.rate.sourceClass;
}

function carrierOf({ covers }: Instrument): Carrier {
  return covers ?? 'purchased-electricity';
}

function isOf({ entityCode, year }: InstrumentsSpec): (allocation: InstrumentAllocation) => boolean {
  return (allocation) => allocation.entityCode === entityCode && allocation.year === year;
}

function resultOf(
  { code }: InstrumentsSpec,
  taken: readonly PoolMember[],
  uncounted: ReadonlyMap<PoolMember, RefusalCode>,
  postings: readonly PoolPosting[],
  figures: readonly (readonly [string, string])[],
  refusals: readonly Refusal[],
): PoolResult {
  const members = inCanonicalOrder(taken).map((member) => cited(member, uncounted.get(member)));
  return { kind: 'instruments', code, members, postings, figures: figuresOf(figures), refusals };
}
