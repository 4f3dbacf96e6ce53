import { activityType } from '../activity/activity-types';
import { normaliseText } from '../activity/free-text';
import { appliesTo, attributesOfType, checkAttributes, wrongValue } from '../activity/record';
import { isOriginContradicted } from '../activity/types/fuel-origin';
import { UNCLASSIFIED } from '../activity/types/unclassified';
import { spellings } from '../activity/formula-units';
import type { ActivityType, MatchKey, OperandSpec, QuantityFormula } from '../activity/vocabulary';
import { parseQuotient } from '../quantity/units';
import { isRefusal, refuse, type Refusal } from '../refusals';
import type {
  AppliedClassification,
  Classification,
  ClassificationSelector,
  Classifications,
  ClassificationTarget,
} from './classification';

/** A key as it is decided, and by which classification; without one where the key says itself what it is. */
export interface ClassifiedKey {
  readonly key: MatchKey;
  readonly classification?: AppliedClassification;
}

/** What a selector may name beside the text. */
const SELECTORS = ['account', 'supplier', 'country', 'unitDimension'] as const satisfies readonly (keyof ClassificationSelector)[];

/**
 * Classifications by their text, in the order in which they are asked: the most specific first (which names most of account, supplier, country and unit
 * dimension), then the later decision, then the greater id. The order in which they are handed in does not matter.
 */
export function classificationsOf(classifications: Iterable<Classification>): Classifications {
  const byText = new Map<string, Classification[]>();
  for (const classification of classifications) {
    const { description } = classification;
    const alike = byText.get(description) ?? [];
    byText.set(description, alike);
    alike.push(classification);
  }
  for (const alike of byText.values()) alike.sort(compareClassifications);
  return byText;
}

/**
 * The key that is decided: of free text the one that the first fitting classification makes of it, any other as it is. Country, region, supplier, year and
 * unit stay; of the row's attributes those that the type takes too (price year, price basis, data status) go before those of the classification.
 * Refusals in order of precedence: `classification_missing`, those of `checkTarget`.
 */
export function classify(key: MatchKey, classifications: Classifications): ClassifiedKey | Refusal {
  if (key.activityType !== UNCLASSIFIED) return { key };
  const { description = '' } = key.attributes;
  const classification = (classifications.get(description) ?? []).find((candidate) => selectsKey(candidate, key));
  if (!classification) return refuse('classification_missing', `nobody has said what "${description}" is`, 'description');
  const { to, id, author, reason, decidedAt, source, score } = classification;
  const attributes = checkTarget(to, dimensionOf(key.unit), key.attributes);
  if (isRefusal(attributes)) return attributes;
  return {
    key: { ...key, activityType: to.activityType, attributes },
    classification: {
      id,
      activityType: to.activityType,
      attributes,
      author,
      reason,
      decidedAt,
      source,
      ...(score === undefined ? {} : { score }),
    },
  };
}

/**
 * Whether free text in this dimension can be of this type, with these attributes, and the attributes that its key is decided with. The type must count one
 * stated quantity, and neither its rows nor its legs may be left to a pool: an instrument looks for purchased energy by the types of rows.
 * Refusals in order of precedence: `activity_type_unknown`, `classification_target_unfit`, `attribute_unknown`, `attribute_missing`,
 * `fuel_origin_contradicted`.
 */
export function checkTarget(
  to: ClassificationTarget,
  dimension: string,
  ofRow: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> | Refusal {
  const type = targetType(to);
  if (isRefusal(type)) return type;
  if (!type.formulas.some((formula) => takes(formula, dimension)))
    return refuse('classification_target_unfit', `${type.id} does not count one quantity in ${dimension}`, 'activityType');
  const known = attributesOfType(type).filter((spec) => appliesTo(spec, dimension));
  const carried = Object.entries(ofRow).filter(([name]) => known.some((spec) => spec.name === name));
  const attributes = checkAttributes(type, { ...to.attributes, ...Object.fromEntries(carried) }, dimension);
  if (isRefusal(attributes)) return attributes;
  if (isOriginContradicted(type, attributes))
    return refuse('fuel_origin_contradicted', `"${attributes.fuel}" is not ${attributes.origin}`, 'origin');
  return attributes;
}

/**
 * What is wrong with a classification whatever the row is: what can be said before any row is there. What every row of free text states itself
 * (the year of its prices) is not missed.
 * Refusals in order of precedence: those of `checkTarget`.
 */
export function checkClassification(to: ClassificationTarget, unitDimension?: string): Refusal | null {
  const type = targetType(to);
  if (isRefusal(type)) return type;
  const dimensions = dimensionsOf(type);
  if (dimensions.length === 0 || (unitDimension !== undefined && !dimensions.includes(unitDimension)))
    return refuse(
      'classification_target_unfit',
      `${type.id} does not count one quantity in ${unitDimension ?? 'any unit'}`,
      'activityType',
    );
  for (const [name, value] of Object.entries(to.attributes)) {
    const spec = attributesOfType(type).find((candidate) => candidate.name === name);
    if (!spec) return refuse('attribute_unknown', `${type.id} has no attribute "${name}"`, name);
    const wrong = value === '' ? null : wrongValue(spec, value);
    if (wrong) return refuse('attribute_unknown', wrong, name);
  }
  const ofRow = attributesOfType(activityType(UNCLASSIFIED) as ActivityType).map(({ name }) => name);
  const asked = (unitDimension === undefined ? dimensions : [unitDimension]).map((dimension) =>
    type.attributes.find(
      (spec) => spec.required && appliesTo(spec, dimension) && !ofRow.includes(spec.name) && (to.attributes[spec.name] ?? '') === '',
    ),
  );
  // Where only some units ask for it, a row in another one can do without.
  const missing = asked.every((spec) => spec !== undefined) ? asked[0] : undefined;
  if (missing) return refuse('attribute_missing', `${type.id} needs "${missing.name}"`, missing.name);
  if (isOriginContradicted(type, to.attributes))
    return refuse('fuel_origin_contradicted', `"${to.attributes.fuel}" is not ${to.attributes.origin}`, 'origin');
  return null;
}

/** The activity types that free text can be classified as. */
export function isClassifiable(type: ActivityType): boolean {
  return type.id !== UNCLASSIFIED && !isLeftToPools(type) && dimensionsOf(type).length > 0;
}

function targetType({ activityType: id }: ClassificationTarget): ActivityType | Refusal {
  const type = activityType(id);
  if (!type) return refuse('activity_type_unknown', `"${id}" is not in the vocabulary`, 'activityType');
  if (type.id === UNCLASSIFIED) return refuse('classification_target_unfit', 'free text stays free text', 'activityType');
  if (isLeftToPools(type))
    return refuse('classification_target_unfit', `rows of ${type.id} are read by pools: map them as what they are`, 'activityType');
  return type;
}

function isLeftToPools({ legs }: ActivityType): boolean {
  return legs.some(({ leg, basis }) => leg === 'pooled' || basis === 'market');
}

/** The one operand that a formula asks for, if it makes the quantity in the unit in which it is stated. */
function soleOperand({ operands, computes }: QuantityFormula): OperandSpec | null {
  const [operand, ...others] = operands.filter(({ optional }) => optional !== true);
  if (!operand || others.length > 0 || computes !== undefined) return null;
  const { role = 'factor', bare, per, min, max } = operand;
  const isPlain = bare !== true && per === undefined && min === undefined && max === undefined;
  return isPlain && (role === 'factor' || role === 'addend') ? operand : null;
}

function takes(formula: QuantityFormula, dimension: string): boolean {
  const operand = soleOperand(formula);
  return operand !== null && spellings(operand).includes(dimension);
}

function dimensionsOf({ formulas }: ActivityType): string[] {
  return [...new Set(formulas.flatMap((formula) => (soleOperand(formula) ? spellings(soleOperand(formula) as OperandSpec) : [])))];
}

function dimensionOf(unit: string): string {
  const parsed = parseQuotient(unit);
  return isRefusal(parsed) ? '' : parsed.dimension;
}

function selectsKey({ account, supplier, country, unitDimension }: ClassificationSelector, key: MatchKey): boolean {
  return (
    (account === undefined || account === key.attributes.account) &&
    (supplier === undefined || supplier === normaliseText(key.supplier ?? '')) &&
    (country === undefined || country === key.country) &&
    (unitDimension === undefined || unitDimension === dimensionOf(key.unit))
  );
}

function compareClassifications(a: Classification, b: Classification): number {
  const named = (selector: ClassificationSelector): number => SELECTORS.filter((name) => selector[name] !== undefined).length;
  return named(b) - named(a) || -byText(a.decidedAt, b.decidedAt) || -byText(a.id, b.id);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
