import { CERTIFICATES } from '../calculation/rate-on-site';
import { conversion } from '../quantity/convert';
import { AMOUNT_SCALE, Decimal, divide, QUANTITY_SCALE } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { groupsBy, hasMarketLeg, inCanonicalOrder, marketRateOf, nameOf } from './members';
import type { PoolMember } from './pool';

/** 1 kWh = 3.6 MJ. Every unit of energy is a terminating number of MJ, so that units meet here exactly. */
const MJ_PER_KWH = new Decimal('3.6');
const SMALLEST_QUANTITY = new Decimal(10).pow(-QUANTITY_SCALE);

/** A member and what of it no instrument covers yet, in its own unit. */
export interface Consumption {
  readonly member: PoolMember;
  readonly market: PoolMember['rates'][number];
  readonly mjPerUnit: Decimal;
  left: Decimal;
}

/** What an instrument takes of one member, in the member's unit. */
export interface Covered {
  readonly consumption: Consumption;
  readonly quantity: Decimal;
}

export function mjOfKwh(kwh: Decimal): Decimal {
  return kwh.mul(MJ_PER_KWH);
}

/** Exact where the megajoules were whole kilowatt-hours to 12 decimals; else half-even there. */
export function kwhOfMj(mj: Decimal): Decimal {
  return divide(mj, MJ_PER_KWH, QUANTITY_SCALE).value;
}

export function leftMj(consumptions: readonly Consumption[]): Decimal {
  return consumptions.reduce((sum, { left, mjPerUnit }) => sum.add(left.mul(mjPerUnit)), new Decimal(0));
}

/**
 * The consumption that instruments may cover: members with a market-based rate, in canonical order. Energy generated on site whose certificates
 * were kept needs no instrument and is left out. A negative net quantity (a credit that came alone) takes from the other members of its grid, in
 * proportion, so that never more is covered than was consumed there.
 * Refusals: `unit_unknown`, `unit_dimension_mismatch`.
 */
export function consumptionsOf(members: readonly PoolMember[]): readonly Consumption[] | Refusal {
  const consumptions: Consumption[] = [];
  for (const member of inCanonicalOrder(members)) {
    const market = marketRateOf(member);
    if (!market || member.attributes[CERTIFICATES] === 'kept') continue;
    const way = conversion(member.unit, 'MJ');
    if (isRefusal(way)) return way;
    const mjPerUnit = divide(way.numerator, way.denominator, AMOUNT_SCALE).value;
    consumptions.push({ member, market, mjPerUnit, left: new Decimal(member.quantity) });
  }
  for (const [, grid] of groupsBy(consumptions, gridOf)) takeCredits(grid);
  return consumptions;
}

/**
 * Purchased energy without a market-based rate, each with its refusal: nothing of it stands in the market-based total, so nothing can take its place.
 * Refusal: `instrument_member_unrated`.
 */
export function unratedOf(members: readonly PoolMember[]): readonly { readonly member: PoolMember; readonly refusal: Refusal }[] {
  return inCanonicalOrder(members)
    .filter((member) => hasMarketLeg(member.activityType) && !marketRateOf(member) && member.attributes[CERTIFICATES] !== 'kept')
    .map((member) => {
      const name = nameOf(member);
      return {
        member,
        refusal: refuse('instrument_member_unrated', `${member.quantity} ${member.unit} of ${name} have no market-based rate`, name),
      };
    });
}

function gridOf({ member, market }: Consumption): string {
  return `${market.rate.sourceClass} ${member.country} ${member.region ?? ''}`;
}

function takeCredits(grid: readonly Consumption[]): void {
  const credits = grid.filter(({ left }) => left.lt(0));
  if (credits.length === 0) return;
  const credit = leftMj(credits).neg();
  for (const consumption of credits) consumption.left = new Decimal(0);
  cover(grid, credit);
}

/**
 * Takes energy (MJ) from consumptions in proportion to what is left of each, and leaves the rest there: part = taken × left ÷ Σ left, in the unit
 * of the member, half-even at 12 decimals; the last in canonical order takes the remainder. No part is larger than what was left, and together
 * they are never more than asked for; where units differ so that the remainder has no 12 decimals in the last one's unit, they are that much less.
 */
export function cover(consumptions: readonly Consumption[], mj: Decimal): readonly Covered[] {
  let weight = leftMj(consumptions);
  let rest = Decimal.min(mj, weight);
  const parts: Covered[] = [];
  for (const consumption of consumptions) {
    const { left, mjPerUnit } = consumption;
    if (left.isZero() || rest.isZero()) continue;
    const share = Decimal.min(left, divide(rest.mul(left), weight, QUANTITY_SCALE).value);
    const quantity = share.mul(mjPerUnit).gt(rest) ? share.sub(SMALLEST_QUANTITY) : share;
    weight = weight.sub(left.mul(mjPerUnit));
    rest = rest.sub(quantity.mul(mjPerUnit));
    consumption.left = left.sub(quantity);
    if (quantity.gt(0)) parts.push({ consumption, quantity });
  }
  return parts;
}

/** Energy of the parts, in MJ. */
export function coveredMj(parts: readonly Covered[]): Decimal {
  return parts.reduce((sum, { consumption, quantity }) => sum.add(quantity.mul(consumption.mjPerUnit)), new Decimal(0));
}
