import type { LegSpec, MatchKey } from '../activity/vocabulary';
import { rateFromComposition } from '../calculation/rate-from-composition';
import type { Rate } from '../calculation/rate';
import { conversion } from '../quantity/convert';
import { AMOUNT_SCALE, Decimal, divide, plain, QUANTITY_SCALE } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import { cited, figuresOf, groupsBy, inCanonicalOrder, selects } from './members';
import type { MassBalanceSpec, PoolContext, PoolMember, PoolPosting, PoolResult } from './pool';

/** What a line of a mass balance states; the values of the attribute `movement`. */
export const MOVEMENTS = ['opening', 'purchase', 'disposal', 'closing', 'capacity'] as const;
export type Movement = (typeof MOVEMENTS)[number];

/** Masses of one substance at one entity in one year, all in one unit. `capacity`: net increase of nameplate capacity, negative if it shrank. */
export type Movements = Readonly<Record<Movement, Decimal>>;

const LEAK: LegSpec = { leg: 'leak', basis: 'all', sourceClass: 'fugitive', requirement: 'required', borrowsAbroad: true };

/**
 * What has leaked, in the unit of the movements: opening stock + purchases − disposals (sold, returned, destroyed) − closing stock − net increase of
 * nameplate capacity (IPCC 2006 Guidelines, volume 3, chapter 7, mass balance of refrigerants, and chapter 8, of SF6 in electrical equipment;
 * 40 CFR 98.303, equation DD-1, is the same sum).
 */
export function leakedMass({ opening, purchase, disposal, closing, capacity }: Movements): Decimal {
  return opening.add(purchase).sub(disposal).sub(closing).sub(capacity);
}

/**
 * Mass balances of a pool, one per entity × substance × year: what leaked is posted under the composition of the substance. A part without
 * purchases, disposals or change of capacity had none; stocks must be stated, a stock of zero too.
 * Masses in one unit stay in it; in several they are converted to kilograms, rounded half-even at 12 decimals.
 * Refusals, of the pool: `pool_without_members`; per balance: `attribute_missing` (gas or movement), `attribute_unknown` (movement),
 * `unit_unknown`, `unit_dimension_mismatch`, `mass_balance_open` (opening or closing stock not stated), `mass_balance_negative` (shown, not
 * posted), `gas_unknown`.
 */
export function balanceMass(
  spec: MassBalanceSpec,
  members: readonly PoolMember[],
  context: Pick<PoolContext, 'gases' | 'gwpSet'>,
): PoolResult {
  const taken = inCanonicalOrder(members.filter((member) => selects(spec.select, member)));
  const refusals: Refusal[] = [];
  const postings: PoolPosting[] = [];
  const figures: [string, string][] = [];
  const uncounted = new Map<PoolMember, RefusalCode>();
  if (taken.length === 0) refusals.push(refuse('pool_without_members', `no activity is selected by ${spec.code}`, spec.code));
  for (const [place, group] of groupsBy(taken, ({ entityCode, year, attributes }) => `${entityCode} ${year} ${attributes.gas ?? ''}`)) {
    const refuseBalance = (why: Refusal): void => {
      refusals.push(why);
      for (const member of group) uncounted.set(member, why.refusal);
    };
    const balance = balanceOf(place, group);
    if (isRefusal(balance)) {
      refuseBalance(balance);
      continue;
    }
    const { movements, unit, leaked } = balance;
    for (const movement of MOVEMENTS) figures.push([`${movement}_${unit}:${place}`, plain(movements[movement])]);
    figures.push([`leaked_${unit}:${place}`, plain(leaked)]);
    if (leaked.lt(0)) refuseBalance(refuse('mass_balance_negative', `${equation(balance)} in ${place}`, place));
    if (leaked.lte(0)) continue;
    const rate = rateOf(group[0] as PoolMember, unit, context);
    if (isRefusal(rate)) {
      refuseBalance(rate);
      continue;
    }
    const { entityCode, year } = group[0] as PoolMember;
    const because = `Mass balance of ${(group[0] as PoolMember).attributes.gas}: ${equation(balance)}.`;
    postings.push({ entityCode, year, quantity: plain(leaked), of: { rate }, matchKeyId: null, because });
  }
  const citedMembers = taken.map((member) => cited(member, uncounted.get(member)));
  return { kind: 'mass-balance', code: spec.code, members: citedMembers, postings, figures: figuresOf(figures), refusals };
}

interface Balance {
  readonly movements: Movements;
  readonly unit: string;
  readonly leaked: Decimal;
}

function balanceOf(place: string, group: readonly PoolMember[]): Balance | Refusal {
  if (group[0]?.attributes.gas === undefined) return refuse('attribute_missing', `the gas is not stated in ${place}`, 'gas');
  const unit = new Set(group.map((member) => member.unit)).size === 1 ? group[0].unit : 'kg';
  const sums = new Map<Movement, Decimal>(MOVEMENTS.map((movement) => [movement, new Decimal(0)]));
  const stated = new Set<Movement>();
  for (const member of group) {
    const movement = movementOf(member);
    if (isRefusal(movement)) return movement;
    const way = conversion(member.unit, unit);
    if (isRefusal(way)) return way;
    const mass = divide(new Decimal(member.quantity).mul(way.numerator), way.denominator, AMOUNT_SCALE).value;
    sums.set(movement, (sums.get(movement) as Decimal).add(mass));
    if (member.activities > 0) stated.add(movement);
  }
  const missing = (['opening', 'closing'] as const).filter((movement) => !stated.has(movement));
  if (missing.length > 0) return refuse('mass_balance_open', `${missing.join(' and ')} stock of ${place} not stated`, place);
  const movements = Object.fromEntries(sums) as Record<Movement, Decimal>;
  return { movements, unit, leaked: divide(leakedMass(movements), new Decimal(1), QUANTITY_SCALE).value };
}

function movementOf({ attributes, activityType }: PoolMember): Movement | Refusal {
  const stated = attributes.movement;
  if (stated === undefined) return refuse('attribute_missing', `${activityType} states no movement`, 'movement');
  return (
    MOVEMENTS.find((movement) => movement === stated) ??
    refuse('attribute_unknown', `"${stated}" is none of ${MOVEMENTS.join(', ')}`, 'movement')
  );
}

function equation({ movements, unit, leaked }: Balance): string {
  const { opening, purchase, disposal, closing, capacity } = movements;
  const terms = `${plain(opening)} opening + ${plain(purchase)} purchased − ${plain(disposal)} disposed of − ${plain(closing)} closing`;
  return `${terms} − ${plain(capacity)} increase of capacity = ${plain(leaked)} ${unit}`;
}

/** The composition of the substance under the book's GWP set. Refusals: `gas_unknown`, `unit_unknown`, `unit_dimension_mismatch`. */
function rateOf(member: PoolMember, unit: string, { gases, gwpSet }: Pick<PoolContext, 'gases' | 'gwpSet'>): Rate | Refusal {
  const { activityType, year, country, region, supplier, attributes } = member;
  const key: MatchKey = { activityType, unit, year, country, region, supplier, attributes: { gas: attributes.gas as string } };
  const rate = rateFromComposition({ key, leg: LEAK, context: { gases, gwpSet } });
  return isRefusal(rate) ? rate : { ...rate, method: 'mass-balance' };
}
