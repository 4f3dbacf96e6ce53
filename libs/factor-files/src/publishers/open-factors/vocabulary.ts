import { BIOFUELS, type Factor } from '#ghg';
import type { OmissionReason } from '../../factor-file';
import { slugOf } from '../shared/figures';

/** What decides what a row is: the compilation's id spells its attributes, its name is what a person reads. */
export interface OpenRow {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly year: string;
  readonly activity: string;
}

export type OpenMeaning =
  Pick<Factor, 'activityType' | 'leg' | 'attributes'> | { readonly reason: OmissionReason; readonly detail: string };

const omit = (reason: OmissionReason, detail: string): OpenMeaning => ({ reason, detail });

/** Fuels with a type of their own, by the id of the compilation. */
const FUEL_TYPE: Readonly<Record<string, string>> = {
  natural_gas_blend: 'fuel.natural-gas',
  lpg: 'fuel.lpg',
  burning_oil: 'fuel.heating-oil',
  gas_oil: 'fuel.gas-oil',
  diesel_biofuel_blend: 'fuel.diesel',
  petrol_biofuel_blend: 'fuel.petrol',
  wood_pellets: 'fuel.wood-pellets',
};
/** Biofuels by the name that the vocabulary has for them. */
const BIOFUEL_OF: Readonly<Record<string, string>> = {
  biodiesel_me: 'biodiesel',
  biodiesel_me_tallow: 'biodiesel-tallow',
  biodiesel_me_used_cooking_oil: 'biodiesel-used-cooking-oil',
  grass_or_straw: 'grass-straw',
};
/** One fuel has two ids. */
const SAME_FUEL: Readonly<Record<string, string>> = { oil: 'fuel_oil' };
const BIOFUEL = /^(bio|renewable|wood|grass|landfill)/;
/** Fuels of engines; all others burn in plant. */
const MOBILE = /^(av|bio(diesel|ethanol|petrol)|cng|diesel|lng|marine|petrol$|premium_petrol|renewable)/;

function fuel({ id, unit, activity }: OpenRow): OpenMeaning {
  const [, printed = '', use = ''] = /^fuel_type_(.+)-fuel_use_(.+)$/.exec(id) ?? [];
  const name = SAME_FUEL[printed] ?? printed;
  if (name === '' || activity !== 'fuel_combustion') return omit('type_not_covered', `${id}: ${activity}`);
  if (unit === 'kWh') return omit('condition_not_covered', `${id}: neither gross nor net is said`);
  const own = FUEL_TYPE[name];
  if (own && use === 'na') return { activityType: own, leg: 'combustion', attributes: {} };
  if (use === 'transport' && (name === 'diesel' || name === 'petrol'))
    return { activityType: `fuel.${name}`, leg: 'combustion', attributes: {} };
  const biofuel = BIOFUEL_OF[name] ?? slugOf(name);
  if (BIOFUEL.test(name) && !BIOFUELS.includes(biofuel)) return omit('type_not_covered', `${name}: no biofuel of the vocabulary`);
  const isMobile = MOBILE.test(name) || use === 'transport' || use === 'shipping' || use === 'aviation';
  const attributes = { fuel: BIOFUELS.includes(biofuel) ? biofuel : slugOf(name, use === 'na' ? '' : use) };
  return { activityType: isMobile ? 'fuel.mobile' : 'fuel.stationary', leg: 'combustion', attributes };
}

const TREATMENT_OF: Readonly<Record<string, string>> = {
  landfill: 'landfill',
  combustion: 'combustion',
  closed_loop: 'recycling',
  open_loop: 'recycling',
  composting: 'composting',
  anaerobic_digestion: 'anaerobic-digestion',
  'anaerobic digestion': 'anaerobic-digestion',
};

function waste({ id }: OpenRow): OpenMeaning {
  const [, material = '', method = ''] = /^waste_type_(.+)-disposal_method_(.+)$/.exec(id) ?? [];
  const treatment = TREATMENT_OF[method];
  if (treatment === undefined) return omit('condition_not_covered', id);
  return { activityType: 'waste.disposal', leg: 'service', attributes: { material: slugOf(material), treatment } };
}

/** Engines by the id; a hybrid of a certain fuel says so in the name of the vehicle. */
const ENGINE_OF: Readonly<Record<string, string>> = {
  diesel: 'diesel',
  petrol: 'petrol',
  hev: 'hybrid',
  diesel_hev: 'hybrid',
  petrol_hev: 'hybrid',
  phev_fuel_combustion: 'plug-in-hybrid',
  diesel_phev_fuel_combustion: 'plug-in-hybrid',
  petrol_phev_fuel_combustion: 'plug-in-hybrid',
  cng: 'cng',
  lpg: 'lpg',
  na: 'unknown',
};

function vehicle({ id, activity }: OpenRow): OpenMeaning {
  if (activity !== 'fuel_combustion') return omit('type_not_covered', `${id}: the electricity of a vehicle is metered and counted as such`);
  const parts = /^(\w+_vehicle)-vehicle_type_(.+?)-fuel_source_(.+?)(-.+)?$/.exec(id);
  const [, kind = '', type = '', engine = '', rest = ''] = parts ?? [];
  const named = ENGINE_OF[engine];
  if (named === undefined) return omit('condition_not_covered', id);
  const details = rest
    .split('-')
    .filter((part) => part !== '' && !part.endsWith('_na'))
    .map((part) => part.replace(/^(engine_size|vehicle_age|vehicle_weight)_/, ''));
  const ofFuel = /^(diesel|petrol)_/.exec(engine)?.[1] ?? '';
  const name = slugOf(kind === 'passenger_vehicle' ? '' : (kind.split('_')[0] ?? ''), type, ofFuel, ...details);
  return { activityType: 'vehicle.distance', leg: 'combustion', attributes: { vehicle: name, fuel: named } };
}

const withForcing = (id: string): string | null => (id.endsWith('contrails_included') ? 'with' : null);

/** Flights by their name; where the id says another class, one of the two is wrong and nobody can tell which. */
function passengerFlight({ id, name }: OpenRow): OpenMeaning {
  const radiative = withForcing(id);
  const [, long, cabin = ''] = /^(?:International (short|long)-haul flight ?(.*?)(?: class)?|Domestic flight)$/.exec(name) ?? [];
  if (!radiative || (long === undefined && name !== 'Domestic flight')) return omit('condition_not_covered', name);
  const stated = cabin === '' ? 'average' : slugOf(cabin);
  const inId = slugOf(/-class_(.+?)-contrails/.exec(id)?.[1] ?? 'na').replace(/^na$/, 'average');
  if (stated !== inId) return omit('contradiction', `${name}: the id says ${inId}`);
  const haul = long === undefined ? 'domestic' : `${long}-haul`;
  return { activityType: `travel.air.${haul}`, leg: 'operation', attributes: { cabin: stated, radiative_forcing: radiative } };
}

/** Freight by name: the averages of each mode that the vocabulary can name. */
const FREIGHT: Readonly<Record<string, Pick<Factor, 'activityType' | 'attributes'>>> = {
  'Domestic air freight': { activityType: 'freight.air', attributes: { haul: 'domestic', radiative_forcing: 'with' } },
  'International air freight short haul': { activityType: 'freight.air', attributes: { haul: 'short-haul', radiative_forcing: 'with' } },
  'International air freight long haul': { activityType: 'freight.air', attributes: { haul: 'long-haul', radiative_forcing: 'with' } },
  'Rail freight train': { activityType: 'freight.rail', attributes: {} },
  'Rail freight train KiwiRail': { activityType: 'freight.rail', attributes: {} },
  'Average van (up to 3.5 tonnes)': { activityType: 'freight.road', attributes: { vehicle: 'van' } },
  'RoRo-ferry': { activityType: 'freight.sea', attributes: { vessel: 'ro-ro' } },
  'Vehicle transport (average)': { activityType: 'freight.sea', attributes: { vessel: 'vehicle-carrier' } },
};

function freight({ id, name, activity }: OpenRow): OpenMeaning {
  const known = FREIGHT[name];
  if (!known || activity !== 'fuel_combustion') return omit('condition_not_covered', `${name} (${activity})`);
  if (known.activityType === 'freight.air' && !withForcing(id)) return omit('condition_not_covered', `${name}: radiative forcing unsaid`);
  return { ...known, leg: 'operation' };
}

const JOURNEY: Readonly<Record<string, string>> = {
  'Average local bus': 'travel.bus',
  'National average bus': 'travel.bus',
  'Regular Taxi': 'travel.taxi',
  'Ferry (average per passenger)': 'travel.ferry',
};

function journey(row: OpenRow): OpenMeaning {
  if (row.id.startsWith('passenger_flight')) return passengerFlight(row);
  const type = JOURNEY[row.name];
  if (type === undefined || row.activity !== 'fuel_combustion') return omit('condition_not_covered', `${row.name} (${row.activity})`);
  return { activityType: type, leg: 'operation', attributes: {} };
}

/** Units of the compilation in the register's words. */
export const UNIT_OF: Readonly<Record<string, string>> = {
  kWh: 'kWh',
  L: 'L',
  kg: 'kg',
  t: 't',
  m3: 'm3',
  km: 'km',
  mile: 'mi',
  tkm: 't.km',
  pkm: 'passenger.km',
  pmile: 'passenger.mi',
  GBP: 'GBP',
  USD: 'USD',
};

/** What a row is in our words, or why it is nothing there. The first that fits decides. */
export function meaningOfRow(row: OpenRow): OpenMeaning {
  const { id, unit, name, year } = row;
  if (id.startsWith('electricity-energy_source_grid_mix') && unit === 'kWh')
    return { activityType: 'electricity.grid', leg: 'generation', attributes: {} };
  if (unit === 'USD') return omit('condition_not_covered', `${name}: the year of the prices is not said`);
  if (unit === 'GBP')
    return { activityType: 'spend.goods', leg: 'supply', attributes: { sector: slugOf(name), price_year: year, price_basis: 'purchaser' } };
  if (unit === 'mile') return omit('condition_not_covered', `${name}: names and ids of these rows are exchanged`);
  if (id.startsWith('fuel_type_')) return fuel(row);
  if (id.startsWith('waste_type_')) return waste(row);
  if (/^refrigerant|fugitive/.test(id)) return omit('gwp_of_register', name);
  if (unit === 'km') return vehicle(row);
  if (unit === 'tkm') return freight(row);
  if (unit === 'pkm') return journey(row);
  if (unit === 'm3' && /supply/i.test(name)) return { activityType: 'water.supply', leg: 'service', attributes: {} };
  if (unit === 'm3' && /treatment/i.test(name)) return { activityType: 'water.treatment', leg: 'service', attributes: {} };
  return omit('type_not_covered', `${id} per ${unit}`);
}
