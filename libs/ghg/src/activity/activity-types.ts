import type { ActivityType, AttributeCondition, LegSpec } from './vocabulary';
import { ELECTRICITY_AND_HEAT } from './types/electricity-and-heat';
import { FUELS } from './types/fuels';
import { GOODS } from './types/goods';
import { INVESTMENTS } from './types/investments';
import { LEASED_AND_FRANCHISED } from './types/leased-and-franchised';
import { PROCESSES_AND_GASES } from './types/processes-and-gases';
import { PRODUCTS } from './types/products';
import { STATED } from './types/stated';
import { TRANSPORT } from './types/transport';
import { TRAVEL } from './types/travel';
import { UNCLASSIFIED_TEXT } from './types/unclassified';
import { WASTE } from './types/waste';

export { BIOFUELS, FOSSIL_FUELS, isBiofuel } from './types/fuels';

/**
 * The controlled vocabulary. A type says what it is measured in and by which formulas, which attributes decide its factor, and which legs it has.
 * Categories follow the Corporate Value Chain (Scope 3) Standard, chapter 5; upstream of fuel and electricity is 3.3, but well-to-tank of
 * transport and travel stays in their own category (Scope 3 Standard, table 5.4).
 */
export const ACTIVITY_TYPES: readonly ActivityType[] = [
  ...FUELS,
  ...PROCESSES_AND_GASES,
  ...ELECTRICITY_AND_HEAT,
  ...GOODS,
  ...TRANSPORT,
  ...WASTE,
  ...TRAVEL,
  ...LEASED_AND_FRANCHISED,
  ...PRODUCTS,
  ...INVESTMENTS,
  ...STATED,
  ...UNCLASSIFIED_TEXT,
];

const BY_ID: ReadonlyMap<string, ActivityType> = new Map(ACTIVITY_TYPES.map((type) => [type.id, type]));

/** The type with this id, or undefined: the caller refuses with `activity_type_unknown`. */
export function activityType(id: string): ActivityType | undefined {
  return BY_ID.get(id);
}

/**
 * The legs that a type has for these attributes under the rules in force: a condition is looked up in what is stated, else in the default of the
 * attribute. Without attributes: every leg that the type can have.
 */
export function legsOf(type: ActivityType, attributes?: Readonly<Record<string, string>>): readonly LegSpec[] {
  if (attributes === undefined) return type.legs;
  const holds = ({ attribute, in: values, or }: AttributeCondition): boolean => {
    const value = attributes[attribute] ?? type.attributes.find(({ name }) => name === attribute)?.default;
    return (value !== undefined && values.includes(value)) || (or !== undefined && holds(or));
  };
  return type.legs.filter(({ when, unless }) => (when === undefined || holds(when)) && (unless === undefined || !holds(unless)));
}
