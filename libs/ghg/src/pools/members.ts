import { activityType } from '../activity/activity-types';
import type { SourceClass } from '../activity/vocabulary';
import { canonicalJson } from '../calculation/canonical';
import { Decimal, fitsDigits, fitsScale, QUANTITY_SCALE } from '../quantity/decimal';
import { parseUnit } from '../quantity/units';
import { isRefusal, refuse, type Refusal, type RefusalCode } from '../refusals';
import type { CitedMember, MemberSelector, PoolMember, PoolSpec } from './pool';

/** Whether a selector takes a member: every filter that is given holds. */
export function selects(selector: MemberSelector, member: PoolMember): boolean {
  const { activityTypes, attributes = {}, entities, years } = selector;
  return (
    activityTypes.includes(member.activityType) &&
    (entities?.includes(member.entityCode) ?? true) &&
    (years?.includes(member.year) ?? true) &&
    Object.entries(attributes).every(([name, value]) => member.attributes[name] === value)
  );
}

/** Whether a member belongs to a pool at all; what belongs to it and changes makes the pool due again. */
export function belongsTo(spec: PoolSpec, member: PoolMember): boolean {
  switch (spec.kind) {
    case 'instruments':
      return (
        member.entityCode === spec.entityCode &&
        member.year === spec.year &&
        (marketRateOf(member) !== undefined || hasMarketLeg(member.activityType))
      );
    case 'allocation':
      return selects(spec.sources, member) || (spec.receivingMembers !== undefined && selects(spec.receivingMembers, member));
    case 'mass-balance':
    case 'survey':
      return selects(spec.select, member);
  }
}

const PURCHASED: readonly SourceClass[] = ['purchased-electricity', 'purchased-heat'];

/**
 * The standing market-based rate of purchased energy that an instrument can take the place of; undefined where a member has none, or has it per
 * something else than energy: no certificate covers kilometres.
 */
export function marketRateOf(member: PoolMember): PoolMember['rates'][number] | undefined {
  const unit = parseUnit(member.unit);
  if (isRefusal(unit) || unit.dimension !== 'energy') return undefined;
  return member.rates.find(({ rate }) => rate.leg === 'generation' && rate.basis === 'market' && PURCHASED.includes(rate.sourceClass));
}

/** Whether rows of an activity type are purchased energy, which has a market-based leg: a member without its rate was refused one. */
export function hasMarketLeg(id: string): boolean {
  const type = activityType(id);
  const isMeasured =
    type?.formulas.some(({ operands }) => operands.some(({ dimension }) => [dimension].flat().includes('energy'))) ?? false;
  if (!type || !isMeasured) return false;
  return type.legs.some(({ leg, basis, sourceClass }) => leg === 'generation' && basis === 'market' && PURCHASED.includes(sourceClass));
}

/** Members in the one order that sums, remainders and postings follow: by what their keys say, by the key's id only where that is the same. */
export function inCanonicalOrder(members: readonly PoolMember[]): readonly PoolMember[] {
  const named = members.map((member) => {
    const { entityCode, year, activityType, unit, country, region, supplier, attributes, matchKeyId } = member;
    const key = [activityType, unit, country, region, supplier, attributes, member.calendarYear ?? year];
    return { member, text: canonicalJson([entityCode, year, ...key, matchKeyId]) };
  });
  return named.sort((a, b) => byText(a.text, b.text)).map(({ member }) => member);
}

/** Code units, not a locale: the order is the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A member as a result cites it; with the refusal that keeps the pool from counting it, if there is one. */
export function cited(member: PoolMember, refusal?: RefusalCode): CitedMember {
  const { matchKeyId, entityCode, year, activityType, unit, attributes, country, region, supplier, quantity, activities } = member;
  const key = { activityType, unit, attributes, country, region, supplier, quantity, activities };
  const citation = { matchKeyId, entityCode, year, ...calendarYearOf(member), ...key };
  return refusal === undefined ? citation : { ...citation, refusal };
}

/** A member by all that its key says, for people and for the order of receivers. */
export function nameOf(member: PoolMember): string {
  const { entityCode, year, activityType, unit, country, region, supplier, attributes } = member;
  const { calendarYear } = calendarYearOf(member);
  const details = Object.entries(attributes).sort(([a], [b]) => byText(a, b));
  const stated = [region ?? country, ...(supplier === null ? [] : [supplier]), ...details.map(([name, value]) => `${name}=${value}`)];
  return `${entityCode} ${year}${calendarYear === undefined ? '' : `, of ${calendarYear},`} ${activityType} ${stated.join(' ')} in ${unit}`;
}

/** A stated amount that is not negative and fits the scale of a quantity. Refusals: `number_malformed`, `number_too_large`, `number_too_precise`. */
export function amountOf(text: string, at: string): Decimal | Refusal {
  if (!/^\d+(\.\d+)?$/.test(text)) return refuse('number_malformed', `"${text}" is not a plain decimal of at least zero`, at);
  const amount = new Decimal(text);
  if (!fitsDigits(amount)) return refuse('number_too_large', `"${text}"`, at);
  if (!fitsScale(amount, QUANTITY_SCALE)) return refuse('number_too_precise', `"${text}" has more than ${QUANTITY_SCALE} decimals`, at);
  return amount;
}

function calendarYearOf({ calendarYear }: PoolMember): Pick<PoolMember, 'calendarYear'> {
  return calendarYear === undefined ? {} : { calendarYear };
}

/** Figures by name, so that their text is the same in whatever order they arose. */
export function figuresOf(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => byText(a, b)));
}

/** The elements in groups of one name each, groups in the order of their names. */
export function groupsBy<T>(elements: readonly T[], nameOf: (element: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const element of elements) {
    const name = nameOf(element);
    const group = groups.get(name);
    if (group) group.push(element);
    else groups.set(name, [element]);
  }
  return [...groups].sort(([a], [b]) => byText(a, b));
}
