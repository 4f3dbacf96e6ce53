import { isBiofuel, type ActivityTypeId, type LegId } from '#ghg';
import { plainLabel, slug, type Labels } from '../labels';
import { OPERATORS, PRODUCTS } from '../../shared/of-others';
import { both, forTypes, is, noAttribute, type Reading, type TableRule, type Use } from '../rules';

/** Fuels that are called otherwise than their label: the blends at the pump, and biofuels by the names that the kernel has (`BIOFUELS`). */
const FUEL_NAMES: Readonly<Record<string, string>> = {
  'diesel (average biofuel blend)': 'diesel',
  'petrol (average biofuel blend)': 'petrol',
  'biodiesel me': 'biodiesel',
  'biodiesel (from tallow)': 'biodiesel-tallow',
  'biodiesel me (from tallow)': 'biodiesel-tallow',
  'biodiesel (from used cooking oil)': 'biodiesel-used-cooking-oil',
  'biodiesel me (from used cooking oil)': 'biodiesel-used-cooking-oil',
  'off road biodiesel': 'biodiesel-off-road',
  'biomethane (compressed)': 'biomethane',
  'biomethane (liquified)': 'biomethane-liquefied',
  'methanol (bio)': 'biomethanol',
  // Called "Bio Petrol" until 2022.
  'bio petrol': 'biopetrol',
  'development petrol': 'biopetrol',
  'avtur (renewable)': 'sustainable-aviation-fuel',
};

const fuelName = ({ level3 }: Labels): string => FUEL_NAMES[plainLabel(level3)] ?? slug(level3);
/** A biofuel under a name that the kernel does not know as one would count as fossil. */
const biofuelName: Reading = (labels) => (isBiofuel({ id: 'fuel.mobile' }, { fuel: fuelName(labels) }) ? fuelName(labels) : null);
const FOSSIL = { fuel: fuelName } as const;
const BIO = { fuel: biofuelName } as const;

/** Fuels that have a type of their own, which goes before the general one. */
const OWN_TYPES: readonly (readonly [string, ActivityTypeId])[] = [
  ['natural gas', 'fuel.natural-gas'],
  ['burning oil', 'fuel.heating-oil'],
  ['gas oil', 'fuel.gas-oil'],
  ['lpg', 'fuel.lpg'],
  ['wood pellets', 'fuel.wood-pellets'],
  ['diesel (average biofuel blend)', 'fuel.diesel'],
  ['petrol (average biofuel blend)', 'fuel.petrol'],
];
/** Of those, what is burnt in plant alone under its own type. */
const OWN_IN_PLANT = ['natural gas', 'burning oil', 'gas oil', 'lpg', 'wood pellets'];
const OWN_IN_VEHICLES = ['diesel (average biofuel blend)', 'petrol (average biofuel blend)'];

/** Burnt in ships and aircraft and nowhere else. */
const CRAFT_ONLY = ['aviation spirit', 'aviation turbine fuel', 'marine gas oil', 'marine fuel oil', 'avtur (renewable)'];
/** Not burnt in vehicles, ships or aircraft. */
const PLANT_ONLY = [
  'natural gas',
  'natural gas (100% mineral blend)',
  'other petroleum gas',
  'butane',
  'burning oil',
  'lubricants',
  'naphtha',
  'processed fuel oils - residual oil',
  'processed fuel oils - distillate oil',
  'refinery miscellaneous',
  'waste oils',
];

const not =
  (...labels: string[]) =>
  (row: Labels): boolean =>
    !is('level3', ...labels)(row);

const inPlant = not(...CRAFT_ONLY, ...OWN_IN_PLANT);
const moves = not(...PLANT_ONLY);
const inVehicles = both(moves, not(...OWN_IN_VEHICLES));

/** Whose scope 1 counts in a category of the reporter; the operation is theirs. */
const OF_OTHERS = OPERATORS.map((who) => `${who}.fuel`);
const CARRIERS = ['travel.fuel', 'commute.fuel', 'freight.fuel', 'freight-downstream.fuel'];

type Name = Readonly<Record<'fuel', Reading>>;
/** Whether vehicles, ships or aircraft burn any of a table. */
type Kind = 'moves' | 'stands';

/** Own type first: its factor bears the publisher's id. */
const burnt = (leg: LegId, kind: Kind, attributes: Name): Use[] => [
  ...OWN_TYPES.map(([label, activityType]) => ({ activityType, leg, attributes: {}, where: is('level3', label) })),
  { activityType: 'fuel.stationary', leg, attributes, where: inPlant },
  ...(kind === 'moves' ? [{ activityType: 'fuel.mobile', leg, attributes, where: inVehicles }] : []),
];
const combustion = (kind: Kind, attributes: Name): Use[] => [
  ...burnt('combustion', kind, attributes),
  ...(kind === 'moves' ? forTypes(CARRIERS, { leg: 'operation', attributes, where: moves }) : []),
  ...forTypes(OF_OTHERS, { leg: 'operation', attributes }),
  ...forTypes(
    PRODUCTS.map((what) => `${what}.fuel`),
    { leg: 'use', attributes },
  ),
];
const upstream = (kind: Kind, attributes: Name): Use[] => [
  ...burnt('upstream', kind, attributes),
  ...(kind === 'moves' ? forTypes(CARRIERS, { leg: 'upstream', attributes, where: moves }) : []),
];

const NO_NAME = noAttribute('a biofuel that the vocabulary has no name for: under an unknown name it would count as fossil');
const sections = (sheet: string, tables: readonly string[]): string[] => tables.map((table) => `${sheet} / ${table}`);

const fossil = (tables: readonly string[], kind: Kind): TableRule[] => [
  { sections: sections('fuels', tables), uses: combustion(kind, FOSSIL), calorificBasis: 'of-unit', otherwise: NO_NAME },
  { sections: sections('wtt- fuels', tables), uses: upstream(kind, FOSSIL), calorificBasis: 'of-unit', otherwise: NO_NAME },
];
/** Sheet Bioenergy: all factors are on a net calorific value basis. Sheet Outside of scopes: so are all energy-based factors. */
const ofLife = (tables: readonly string[], kind: Kind): TableRule[] => [
  { sections: sections('bioenergy', tables), uses: combustion(kind, BIO), calorificBasis: 'net', otherwise: NO_NAME },
  { sections: sections('wtt- bioenergy', tables), uses: upstream(kind, BIO), calorificBasis: 'net', otherwise: NO_NAME },
  {
    sections: sections('outside of scopes', tables),
    uses: burnt('biogenic', kind, BIO),
    of: 'biogenic',
    calorificBasis: 'net',
    otherwise: NO_NAME,
  },
];

/** Fuels of fossil and of biological origin: burning them, their way to the tank, and their CO2 outside the scopes. */
export const FUEL_RULES: readonly TableRule[] = [
  ...fossil(['gaseous fuels', 'liquid fuels'], 'moves'),
  ...fossil(['solid fuels'], 'stands'),
  ...ofLife(['biofuel'], 'moves'),
  ...ofLife(['biomass', 'biogas'], 'stands'),
  {
    sections: ['outside of scopes / forecourt fuels containing biofuel'],
    uses: burnt('biogenic', 'moves', FOSSIL),
    of: 'biogenic',
    calorificBasis: 'net',
    otherwise: NO_NAME,
  },
];
