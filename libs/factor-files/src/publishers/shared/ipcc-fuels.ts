import { BIOFUELS } from '#ghg';
import { slugOf } from './figures';

/** A fuel in our words. Of a biofuel the CO2 is biogenic and stands in a leg of its own. */
export interface NamedFuel {
  readonly activityType: 'fuel.natural-gas' | 'fuel.lpg' | 'fuel.gas-oil' | 'fuel.stationary';
  readonly attributes: Readonly<Record<string, string>>;
  readonly isBiofuel: boolean;
}

/** Fuels that have a type of their own. */
const OWN_TYPE: Readonly<Record<string, NamedFuel['activityType']>> = {
  'natural-gas': 'fuel.natural-gas',
  'liquefied-petroleum-gases': 'fuel.lpg',
  'liquified-petroleum-gases': 'fuel.lpg',
  'gas-oil': 'fuel.gas-oil',
  'gas-diesel-oil': 'fuel.gas-oil',
};

/** Biofuels of the IPCC by the name that the vocabulary has for them. */
const BIOFUEL_OF: Readonly<Record<string, string>> = {
  biodiesels: 'biodiesel',
  biogasoline: 'biopetrol',
  charcoal: 'charcoal',
  'landfill-gas': 'landfill-gas',
  'municipal-wastes-biomass-fraction': 'municipal-waste-biomass-fraction',
  'other-liquid-biofuels': 'other-liquid-biofuel',
  'other-primary-solid-biomass': 'other-solid-biomass',
  'other-primary-solid-biomass-fuels': 'other-solid-biomass',
  'other-biogas': 'biogas',
  'sludge-gas': 'sewage-gas',
  'sulphite-lyes-black-liquor': 'black-liquor',
  'wood-or-wood-waste': 'wood-waste',
  'wood-wood-waste': 'wood-waste',
};

/** Of biological origin in whole or in part: to be named so, the vocabulary would have to know them as biofuels. Peat is not among them. */
const BIOMASS = ['bio-alcohol', 'fuel-mixtures-fossil-and-biomass', 'sewage-sludge'];

/**
 * The IPCC's fuel in our words; null: of biological origin without a name among the biofuels of the vocabulary, where its CO2 and its methane would
 * be taken for fossil.
 */
export function ipccFuel(label: string): NamedFuel | null {
  const name = slugOf(label);
  const own = OWN_TYPE[name];
  if (own) return { activityType: own, attributes: {}, isBiofuel: false };
  const fuel = BIOFUEL_OF[name] ?? name;
  const isBiofuel = BIOFUELS.includes(fuel);
  if (!isBiofuel && BIOMASS.includes(name)) return null;
  return { activityType: 'fuel.stationary', attributes: { fuel }, isBiofuel };
}
