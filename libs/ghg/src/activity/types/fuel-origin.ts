import type { ActivityType, AttributeCondition, AttributeSpec } from '../vocabulary';

/**
 * Fuels of biological origin by the name in the attribute `fuel`. Their CO2 stands outside the scopes, their CH4 and N2O inside (Corporate Standard,
 * chapter 9), and their methane is never fossil. Peat is a fossil fuel (IPCC 2006 Guidelines, volume 2, chapter 1).
 */
export const BIOFUELS: readonly string[] = [
  // solid
  ...['agricultural-byproducts', 'bagasse', 'charcoal', 'grass-straw', 'municipal-waste-biomass-fraction', 'other-solid-biomass'],
  ...['solid-byproducts', 'wood-chips', 'wood-logs', 'wood-pellets', 'wood-waste'],
  // liquid; black liquor by what the pulp is of
  ...['biodiesel', 'biodiesel-hvo', 'biodiesel-off-road', 'biodiesel-tallow', 'biodiesel-used-cooking-oil', 'bioethanol', 'biomethanol'],
  ...['biopetrol', 'biopropane', 'black-liquor', 'black-liquor-bagasse', 'black-liquor-bamboo'],
  ...['black-liquor-north-american-hardwood', 'black-liquor-north-american-softwood', 'black-liquor-straw', 'development-diesel'],
  ...['other-liquid-biofuel', 'rendered-animal-fat', 'renewable-petrol', 'sustainable-aviation-fuel', 'vegetable-oil'],
  // gas
  ...['biogas', 'biomethane', 'biomethane-liquefied', 'landfill-gas', 'sewage-gas'],
];

/**
 * Fuels that are fossil by their name, as the IPCC (2006 Guidelines, volume 2, chapter 1, definitions of fuels), UK DESNZ and US EPA call them; a blend
 * at the pump counts as what most of it is. What is partly of biological origin (municipal waste, tyres) and what is neither (hydrogen) is not here.
 */
export const FOSSIL_FUELS: readonly string[] = [
  // coal, and what is made of it
  ...['anthracite', 'bituminous', 'blast-furnace-gas', 'brown-coal-briquettes', 'coal', 'coal-coke', 'coal-domestic'],
  ...['coal-electricity-generation', 'coal-electricity-generation-home-produced-coal-only', 'coal-industrial'],
  ...['coal-mixed-commercial-sector', 'coal-mixed-electric-power-sector', 'coal-mixed-industrial-coking'],
  ...['coal-mixed-industrial-sector', 'coal-tar', 'coke', 'coke-oven-coke-and-lignite-coke', 'coke-oven-gas', 'coking-coal', 'gas-coke'],
  ...['gas-works-gas', 'lignite', 'other-bituminous-coal', 'oxygen-steel-furnace-gas', 'patent-fuel', 'peat', 'sub-bituminous'],
  ...['sub-bituminous-coal'],
  // gas
  ...[
    'cng',
    'compressed-natural-gas',
    'liquefied-natural-gas',
    'lng',
    'natural-gas',
    'natural-gas-100-mineral-blend',
    'natural-gas-liquids',
  ],
  // oil, and what is made of it
  ...[
    'asphalt-and-road-oil',
    'aviation-gasoline',
    'aviation-spirit',
    'aviation-turbine-fuel',
    'bitumen',
    'burning-oil',
    'butane',
    'butylene',
  ],
  ...['crude-oil', 'diesel', 'diesel-100-mineral-diesel', 'distillate-fuel-oil-no-1', 'distillate-fuel-oil-no-2'],
  ...['distillate-fuel-oil-no-4', 'ethane', 'ethylene', 'fuel-gas', 'fuel-oil', 'gas-diesel-oil', 'gas-oil', 'gasoline', 'heating-oil'],
  ...['heavy-fuel-oil', 'heavy-gas-oils', 'hfo', 'isobutane', 'isobutylene', 'jet-fuel', 'jet-gasoline', 'jet-kerosene', 'kerosene'],
  ...['kerosene-type-jet-fuel', 'liquefied-petroleum-gas', 'liquefied-petroleum-gases', 'lpg', 'lubricants', 'marine-fuel-oil'],
  ...['marine-gas-oil', 'mdo', 'mgo', 'mineral-diesel', 'motor-gasoline', 'naphtha', 'natural-gasoline', 'oil-shale-and-tar-sands'],
  ...['orimulsion', 'other-kerosene', 'other-petroleum-gas', 'other-petroleum-products', 'paraffin-waxes', 'pentanes-plus'],
  ...['petrochemical-feedstocks', 'petrol', 'petrol-100-mineral-petrol', 'petroleum-coke', 'petroleum-coke-solid', 'plastics'],
  ...['processed-fuel-oils-distillate-oil', 'processed-fuel-oils-residual-oil', 'propane', 'propane-gas', 'propylene'],
  ...['refinery-feedstocks', 'refinery-gas', 'refinery-miscellaneous', 'residual-fuel-oil', 'residual-fuel-oil-no-5'],
  ...['residual-fuel-oil-no-6', 'shale-oil', 'special-naphtha', 'ulsfo', 'unfinished-oils', 'used-oil', 'vlsfo', 'waste-oils'],
  ...['white-spirit-and-sbp'],
];

/** Of a fuel of any name: says what the name does not. */
export const fuelOrigin: AttributeSpec = { name: 'origin', required: false, values: ['fossil', 'biogenic'], recorded: true };

/** The fuel that the attributes name is of biological origin, by its name or by what is stated of it. */
export const OF_BIOFUEL: AttributeCondition = {
  attribute: 'fuel',
  in: BIOFUELS,
  or: { attribute: fuelOrigin.name, in: ['biogenic'] },
};

/** Types that are a biofuel whatever their attributes. */
const BIOGENIC_TYPES: readonly string[] = ['fuel.wood-pellets'];
/** Types that burn a fuel of any name. */
const ANY_FUEL_TYPES: readonly string[] = ['fuel.stationary', 'fuel.mobile'];

type Attributes = Readonly<Record<string, string>>;

/**
 * Whether what is burnt is of biological origin: its methane takes the non-fossil GWP under every set (AR6 WG I, table 7.15). The name decides; where
 * it is of neither list, the attribute `origin` of a type that has it.
 */
export function isBiofuel({ id }: Pick<ActivityType, 'id'>, { fuel, origin }: Attributes): boolean {
  if (BIOGENIC_TYPES.includes(id)) return true;
  const named = originOfName(fuel ?? '');
  return (named ?? (ANY_FUEL_TYPES.includes(id) ? origin : undefined)) === 'biogenic';
}

/** A fuel of a type that burns any is of no list, and nothing says of what origin: it is counted as fossil. */
export function isOriginAssumed({ id }: Pick<ActivityType, 'id'>, { fuel, origin }: Attributes): boolean {
  return ANY_FUEL_TYPES.includes(id) && origin === undefined && originOfName(fuel ?? '') === null;
}

/** What is stated of the origin is not what the name of the fuel says. */
export function isOriginContradicted({ id }: Pick<ActivityType, 'id'>, { fuel, origin }: Attributes): boolean {
  const named = originOfName(fuel ?? '');
  return ANY_FUEL_TYPES.includes(id) && origin !== undefined && named !== null && origin !== named;
}

function originOfName(fuel: string): 'biogenic' | 'fossil' | null {
  if (BIOFUELS.includes(fuel)) return 'biogenic';
  return FOSSIL_FUELS.includes(fuel) ? 'fossil' : null;
}
