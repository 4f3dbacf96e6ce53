import type { Dimension } from '../../quantity/unit';
import type { ActivityType, AttributeSpec, LegSpec, OperandSpec, QuantityFormula, SourceClass } from '../vocabulary';

/** What the types have in common: formulas, legs and attributes that recur. Nothing here is a type of its own. */

/** One stated quantity, or several that are multiplied. */
export const stated = (...operands: OperandSpec[]): QuantityFormula[] => [{ method: 'stated', operands }];
export const quantity = (...dimension: Dimension[]): QuantityFormula[] => stated({ name: 'quantity', dimension });
export const formula = (method: string, ...operands: OperandSpec[]): QuantityFormula => ({ method, operands });
/** What is left of a mass after all that is accounted for: less than nothing cannot have leaked. */
export const massBalance = (method: string, ...operands: OperandSpec[]): QuantityFormula => ({
  method,
  operands,
  belowZero: 'mass_balance_negative',
});

export const factor = (name: string, dimension: OperandSpec['dimension'], more: Partial<OperandSpec> = {}): OperandSpec => ({
  name,
  dimension,
  ...more,
});
export const divisor = (name: string, dimension: OperandSpec['dimension']): OperandSpec => ({ name, dimension, role: 'divisor' });
/** The divisor is a whole, and what it divides a part of it. */
export const whole = (name: string, dimension: OperandSpec['dimension'], wholeOf: string): OperandSpec => ({
  ...divisor(name, dimension),
  wholeOf,
});
export const addend = (name: string, dimension: OperandSpec['dimension'], more: Partial<OperandSpec> = {}): OperandSpec => ({
  name,
  dimension,
  role: 'addend',
  ...more,
});
export const subtrahend = (name: string, dimension: OperandSpec['dimension']): OperandSpec => ({
  name,
  dimension,
  role: 'subtrahend',
  optional: true,
});
/** Between nothing and the whole. */
export const share = (name: string, more: Partial<OperandSpec> = {}): OperandSpec => ({
  name,
  dimension: 'ratio',
  min: '0',
  max: '1',
  ...more,
});
/** Counted pieces: they multiply and leave no unit. */
export const pieces = (name: string, more: Partial<OperandSpec> = {}): OperandSpec => ({ name, dimension: 'items', bare: true, ...more });
/** A plain number, not below zero: days in a year, years of a life. */
export const times = (name: string, more: Partial<OperandSpec> = {}): OperandSpec => ({ name, dimension: 'ratio', min: '0', ...more });
/** Days of a year, a leap year's included. */
export const daysOfYear = (name: string): OperandSpec => times(name, { max: '366' });
/** A rate on the amount without it: at most as much again. */
const grossUp = (name: string, more: Partial<OperandSpec> = {}): OperandSpec => share(name, { role: 'gross-up', optional: true, ...more });

/**
 * The ways to a company's part of something shared: a stated share, or its own part ÷ the whole by a physical or economic measure (Scope 3
 * Standard, chapter 8: allocation by mass, volume, floor area, number of units, or market value).
 */
export function partsOf(operand: OperandSpec): QuantityFormula[] {
  const by = (measure: string, dimension: Dimension): QuantityFormula =>
    formula(`share-by-${measure}`, operand, factor(`own_${measure}`, dimension), whole(`total_${measure}`, dimension, `own_${measure}`));
  return [
    formula('share', operand, share('share')),
    by('area', 'area'),
    by('volume', 'volume'),
    by('mass', 'mass'),
    by('items', 'items'),
    by('revenue', 'money'),
  ];
}

export const required = (leg: LegSpec['leg'], sourceClass: SourceClass, more: Partial<LegSpec> = {}): LegSpec => ({
  leg,
  sourceClass,
  basis: 'all',
  requirement: 'required',
  borrowsAbroad: true,
  ...more,
});
export const ifPublished = (leg: LegSpec['leg'], sourceClass: SourceClass, more: Partial<LegSpec> = {}): LegSpec => ({
  ...required(leg, sourceClass, more),
  requirement: 'if-published',
});

/** Kilowatt-hours beside the emissions (ESRS E1-5; SECR); without a calorific value there are none to count, which is no gap of the inventory. */
export const energyOf = (energySource: NonNullable<LegSpec['energySource']>, more: Partial<LegSpec> = {}): LegSpec =>
  ifPublished('energy', 'energy-use', { energySource, ...more });

/** One type with one leg that takes a factor. */
export const oneLeg = (
  id: string,
  title: string,
  formulas: readonly QuantityFormula[],
  leg: LegSpec,
  attributes: readonly AttributeSpec[] = [],
): ActivityType => ({ id, title, formulas, attributes, legs: [leg] });

/** Free text that decides: the names are those of the factor sets. */
export const decisive = (name: string): AttributeSpec => ({ name, required: true, strict: true });

/** Bills are usually gross, IPCC factors net: an energy quantity of fuel must say which. */
export const calorificBasis: AttributeSpec = {
  name: 'calorific_basis',
  required: true,
  values: ['gross', 'net'],
  strict: true,
  onlyFor: 'energy',
};

/** Basic prices leave out taxes on products and the margins of trade and transport; a factor for the one never serves the other. */
export const PRICES: readonly AttributeSpec[] = [
  { name: 'price_year', required: true, format: 'year' },
  { name: 'price_basis', required: false, values: ['purchaser', 'basic'], default: 'purchaser', strict: true },
];

/**
 * Money, of which taxes and margins may be taken off: amount ÷ (1 + tax rate) ÷ (1 + margin rate), the rates on the amount without them (Scope 3
 * Technical Guidance, category 1, spend-based method). A margin is no part of a basic price and stays in a purchaser price.
 */
export const spend = (): QuantityFormula[] => [
  formula(
    'stated',
    factor('quantity', 'money'),
    grossUp('tax_rate'),
    grossUp('margin_rate', { notWith: { attribute: 'price_basis', value: 'purchaser', refusal: 'margin_beside_purchaser_price' } }),
  ),
];

/** A well-to-wheel factor holds the upstream part already: the leg beside it falls away. */
export const lifeCycle: AttributeSpec = {
  name: 'life_cycle',
  required: false,
  values: ['tank-to-wheel', 'well-to-wheel'],
  default: 'tank-to-wheel',
  strict: true,
};

/**
 * What a carrier burns, and what it took to make that fuel: the second is beyond the carrier's scopes 1 and 2 (Scope 3 Standard, table 5.4), so that
 * a set without it leaves no gap.
 */
export const carrierLegs = (sourceClass: SourceClass): LegSpec[] => [
  required('operation', sourceClass),
  ifPublished('upstream', sourceClass, { boundary: 'optional', unless: { attribute: 'life_cycle', in: ['well-to-wheel'] } }),
];

/** The publisher prints both readings; which one a company takes is its stated choice, so a mapping must say it. */
export const radiativeForcing: AttributeSpec = {
  name: 'radiative_forcing',
  required: true,
  values: ['with', 'without'],
  strict: true,
};

/** What is added with radiative forcing, apart from the gases of the flight; it takes no factor of its own. */
export const forcingLeg = (sourceClass: SourceClass): LegSpec =>
  ifPublished('radiative-forcing', sourceClass, { boundary: 'optional', when: { attribute: 'radiative_forcing', in: ['with'] } });

/** What drives a vehicle that is told by its distance. US EPA's ethanol is the biofuel; its methanol is of natural gas. */
export const BATTERY_ELECTRIC = 'battery-electric';
export const PLUG_IN_HYBRID = 'plug-in-hybrid';
export const VEHICLE_BIOFUELS: readonly string[] = ['biodiesel', 'bioethanol'];
export const vehicleFuel: AttributeSpec = {
  name: 'fuel',
  required: false,
  values: [
    ...['diesel', 'petrol', 'hybrid', PLUG_IN_HYBRID, BATTERY_ELECTRIC, 'hydrogen', 'cng', 'lng', 'lpg', 'methanol'],
    ...VEHICLE_BIOFUELS,
    'unknown',
  ],
  default: 'unknown',
};
