import { conversion } from '../quantity/convert';
import { AMOUNT_SCALE, Decimal, divide, plain, QUANTITY_SCALE, RATE_SCALE } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { amountOf, byText, cited, figuresOf, groupsBy, inCanonicalOrder, nameOf, selects } from './members';
import type { AllocationReceiver, AllocationSpec, PoolMember, PoolPosting, PoolResult, WeightBasis } from './pool';
import { shareOut } from './share-out';

/** What weights of each basis are brought to before they are added, and where the basis comes from. */
export const WEIGHT_BASES: Readonly<Record<WeightBasis, { readonly unit: string; readonly source: string }>> = {
  'driven-tonne-kilometres': {
    unit: 't.km',
    source: 'Scope 3 Technical Guidance, category 4, allocation of a delivery round, example 4.3',
  },
  'direct-tonne-kilometres': { unit: 't.km', source: 'GLEC Framework v3, module 4, collection and delivery rounds' },
  'passenger-equivalent-kilometres': { unit: 't.km', source: 'ISO 14083, passengers and freight together: a passenger weighs 100 kg' },
  teu: { unit: 'TEU', source: 'GLEC Framework v3, module 4, container transport by sea' },
  'teu-kilometres': { unit: 'TEU.km', source: 'GLEC Framework v3, module 4, container transport by sea' },
  mass: { unit: 'kg', source: 'Scope 3 Standard, chapter 8, physical allocation' },
  throughput: { unit: 't', source: 'GLEC Framework v3, module 4, hubs' },
  area: { unit: 'm2', source: 'Scope 3 Technical Guidance, categories 8 and 13, allocation by floor area' },
  volume: { unit: 'm3', source: 'Scope 3 Technical Guidance, category 4, distribution, example 4.5' },
  items: { unit: 'item', source: 'Scope 3 Standard, chapter 8, physical allocation' },
};

const KG_PER_PASSENGER = 100;

/** Mass that stands for passengers where passengers and freight share a vehicle: 100 kg each with their luggage (ISO 14083; GLEC Framework v3). */
export function passengerMassKg(passengers: Decimal): Decimal {
  return passengers.mul(KG_PER_PASSENGER);
}

/** Somebody who takes a part: own, or (`entityCode` null) somebody else. */
interface Receiver {
  readonly name: string;
  readonly entityCode: string | null;
  readonly weight: Decimal;
  /** The year that the weight was stated for, or every year. */
  readonly years: string;
}

/**
 * Shares totals out, year by year: the quantity of each source key is released under the rates that its rows stand under, and each own receiver gets
 * its part under the same rates: part = quantity × weight ÷ Σ weights, as `shareOut` does it, receivers in the order of their names. What is shared
 * out in a year is shared among those who receive in that year. What others receive leaves the book and stands in the figures, and so do the years
 * that a weight was stated for. Shares are shown to 18 decimals and sum to exactly one.
 * Refusals: `pool_without_members` (no source); per year: `allocation_receiver_twice`, `number_malformed`, `number_too_large`,
 * `number_too_precise`, `unit_unknown`, `unit_dimension_mismatch` (of a weight), `allocation_weight_negative`, `allocation_without_weight`; per
 * source: `allocation_source_unrated`.
 */
export function allocateTotal(spec: AllocationSpec, members: readonly PoolMember[]): PoolResult {
  const ordered = inCanonicalOrder(members);
  const sources = ordered.filter((member) => selects(spec.sources, member));
  const receiving = ordered.filter(
    (member) => spec.receivingMembers && selects(spec.receivingMembers, member) && !sources.includes(member),
  );
  const years = [...new Set(sources.map(({ year }) => year))].sort((one, other) => one - other);
  const parts = years.map((year) => {
    const [shared, weighing] = [sources, receiving].map((all) => all.filter((member) => member.year === year));
    return shareOutYear(spec, year, shared as PoolMember[], weighing as PoolMember[]);
  });
  const idle = receiving.filter(({ year }) => !years.includes(year));
  const none = refuse('pool_without_members', `no activity is shared out by ${spec.code}`, spec.code);
  const several = years.length > 1;
  return {
    kind: 'allocation',
    code: spec.code,
    members: [...parts.flatMap((part) => part.members), ...idle.map((member) => cited(member, 'pool_without_members'))],
    postings: parts.flatMap(({ postings }) => postings),
    figures: figuresOf(parts.flatMap(({ figures }, i) => figures.map(([name, value]) => [several ? `${years[i]}:${name}` : name, value]))),
    refusals: sources.length === 0 ? [none] : parts.flatMap(({ refusals }) => refusals),
  };
}

type YearlyShare = Pick<PoolResult, 'members' | 'postings' | 'refusals'> & { readonly figures: readonly (readonly [string, string])[] };

function shareOutYear(spec: AllocationSpec, year: number, sources: readonly PoolMember[], receiving: readonly PoolMember[]): YearlyShare {
  const refused = (why: Refusal): YearlyShare => {
    const members = [...sources, ...receiving].map((member) => cited(member, why.refusal));
    return { members, postings: [], figures: [], refusals: [why] };
  };
  const receivers = receiversOf(spec, year, receiving);
  if (isRefusal(receivers)) return refused(receivers);
  const weights = receivers.map(({ weight }) => weight);
  const shares = shareOut(new Decimal(1), weights, RATE_SCALE);
  if (isRefusal(shares)) return refused(shares);
  const unrated = sources.filter(({ rates }) => rates.length === 0);
  const figures: [string, string][] = [['weight_total', plain(Decimal.sum(...weights))]];
  receivers.forEach(({ name, weight, years }, i) =>
    figures.push([`weight:${name}`, plain(weight)], [`share:${name}`, plain(shares[i] as Decimal)], [`weight_years:${name}`, years]),
  );
  const postings = sources.flatMap((source) => {
    const parts = shareOut(new Decimal(source.quantity), weights);
    if (isRefusal(parts)) return [];
    receivers.forEach(({ name, entityCode }, i) => {
      if (entityCode === null) figures.push([`others:${name}:${nameOf(source)}`, plain(parts[i] as Decimal)]);
    });
    return postingsOf(source, receivers, parts, spec);
  });
  const citedSources = sources.map((source) => cited(source, unrated.includes(source) ? 'allocation_source_unrated' : undefined));
  const idle = unrated.length === sources.length ? ('allocation_source_unrated' as const) : undefined;
  const members = [...citedSources, ...receiving.map((member) => cited(member, idle))];
  return { members, postings, figures, refusals: unrated.map(sourceUnrated) };
}

function sourceUnrated(source: PoolMember): Refusal {
  const name = nameOf(source);
  return refuse('allocation_source_unrated', `${source.quantity} ${source.unit} of ${name} have no rate`, name);
}

/** Who receives in a year: those whose weight is stated for it, or for every year, and the members that receive by their own quantity. */
function receiversOf(spec: AllocationSpec, year: number, members: readonly PoolMember[]): readonly Receiver[] | Refusal {
  const receivers: Receiver[] = [];
  for (const stated of spec.receivers) {
    for (const weight of weightsIn(stated, year)) {
      const receiver = statedReceiver(stated, weight, spec.basis);
      if (isRefusal(receiver)) return receiver;
      receivers.push(receiver);
    }
  }
  for (const member of members) {
    const weight = weightOf(new Decimal(member.quantity), member.unit, spec.basis);
    if (isRefusal(weight)) return weight;
    receivers.push({ name: nameOf(member), entityCode: member.entityCode, weight, years: `${year}` });
  }
  const named = groupsBy(receivers, ({ name }) => name);
  const twice = named.find(([, same]) => same.length > 1);
  if (twice) return refuse('allocation_receiver_twice', `"${twice[0]}" receives ${twice[1].length} times`, twice[0]);
  return receivers.sort((a, b) => byText(a.name, b.name));
}

interface StatedWeight {
  readonly weight: string;
  readonly years: string;
}

const EVERY_YEAR = 'every year';

function weightsIn({ weight, years = [] }: AllocationReceiver, year: number): readonly StatedWeight[] {
  const always = weight === undefined ? [] : [{ weight, years: EVERY_YEAR }];
  return [...always, ...years.filter((stated) => stated.year === year).map((stated) => ({ weight: stated.weight, years: `${year}` }))];
}

function statedReceiver(receiver: AllocationReceiver, { weight, years }: StatedWeight, basis: WeightBasis): Receiver | Refusal {
  const { name, entityCode, unit } = receiver;
  const amount = amountOf(weight, name);
  if (isRefusal(amount)) return amount;
  const brought = weightOf(amount, unit, basis);
  return isRefusal(brought) ? { ...brought, at: name } : { name, entityCode, weight: brought, years };
}

/** A weight in the unit of its basis; passengers weigh 100 kg each where the basis is mass. Refusals: `unit_unknown`, `unit_dimension_mismatch`. */
function weightOf(amount: Decimal, unit: string, basis: WeightBasis): Decimal | Refusal {
  const target = WEIGHT_BASES[basis].unit;
  const parts = unit.split('.');
  const passengers = parts.indexOf('passenger');
  const weighed = passengers < 0 ? amount : passengerMassKg(amount);
  const way = conversion(parts.map((part, i) => (i === passengers ? 'kg' : part)).join('.'), target);
  if (isRefusal(way)) return way;
  return divide(weighed.mul(way.numerator), way.denominator, AMOUNT_SCALE).value;
}

function postingsOf(source: PoolMember, receivers: readonly Receiver[], parts: readonly Decimal[], spec: AllocationSpec): PoolPosting[] {
  const { entityCode, year, matchKeyId, unit, quantity, rates } = source;
  const { unit: weightUnit } = WEIGHT_BASES[spec.basis];
  const sum = Decimal.sum(...receivers.map(({ weight }) => weight));
  const total = plain(sum);
  return rates.flatMap(({ rateId }): PoolPosting[] => [
    {
      entityCode,
      year,
      quantity: plain(new Decimal(quantity).neg()),
      of: { rateId },
      matchKeyId,
      because: `Released: ${quantity} ${unit} are shared out by ${spec.basis}, ${total} ${weightUnit} in all.`,
    },
    ...receivers.flatMap(({ name, entityCode: receiver, weight }, i): PoolPosting[] => {
      const part = parts[i] as Decimal;
      if (receiver === null || part.isZero()) return [];
      const equation = `${quantity} ${unit} × ${plain(weight)} ÷ ${total} ${weightUnit} = ${plain(part)} ${unit}`;
      const alone = divide(new Decimal(quantity).mul(weight), sum, QUANTITY_SCALE).value;
      const because = `Share of ${name}: ${equation}${part.eq(alone) ? '' : ' (takes the remainder)'}.`;
      return [{ entityCode: receiver, year, quantity: plain(part), of: { rateId }, matchKeyId, because }];
    }),
  ]);
}
