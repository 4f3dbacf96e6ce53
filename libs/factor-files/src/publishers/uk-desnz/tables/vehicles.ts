import type { LegId } from '#ghg';
import type { Labels } from '../labels';
import { always, forTypes, is, named, noAttribute, noType, oneOf, type Reading, type TableRule, type Use } from '../rules';

/** Distances: kilometres and miles are separate rows. */
export const DISTANCES = ['km', 'mi'];

const vehicleFuel: Reading = oneOf('text', {
  diesel: 'diesel',
  petrol: 'petrol',
  hybrid: 'hybrid',
  'plug-in hybrid electric vehicle': 'plug-in-hybrid',
  'battery electric vehicle': 'battery-electric',
  cng: 'cng',
  lpg: 'lpg',
  unknown: 'unknown',
});
/** Cars that people travel in: the vocabulary has no gas-driven ones. */
const carFuel: Reading = (labels) => (is('text', 'cng', 'lpg')(labels) ? null : vehicleFuel(labels));
/** The average car is what is meant where nothing is said. */
const carKind: Reading = (labels) => (is('level3', 'average car')(labels) ? undefined : named('', 'level3')(labels));

const car = { vehicle: named('', 'level3'), fuel: vehicleFuel };
const motorbike = { vehicle: named('motorbike', 'level3') };
const van = { vehicle: named('van', 'level3'), fuel: vehicleFuel };
const hgv = { vehicle: named('hgv', 'level3', 'text'), fuel: always('diesel') };
const hgvRefrigerated = { vehicle: named('hgv refrigerated', 'level3', 'text'), fuel: always('diesel') };

/** Tables of own vehicles by what stands in them. */
const OWN: Readonly<Record<string, Readonly<Record<string, Reading>>>> = {
  'cars (by market segment)': car,
  'cars (by size)': car,
  motorbike,
  vans: van,
  'hgv (all diesel)': hgv,
  'hgv refrigerated (all diesel)': hgvRefrigerated,
};
export const ownVehicle = (table: string, leg: LegId): Use => ({
  activityType: 'vehicle.distance',
  leg,
  attributes: OWN[table] ?? {},
  units: DISTANCES,
});

const CARS = ['cars (by market segment)', 'cars (by size)'];
const JOURNEYS = ['travel.car', 'commute.car'];

const journeyByCar = (leg: LegId): Use[] => forTypes(JOURNEYS, { leg, attributes: { fuel: carFuel, vehicle: carKind }, units: DISTANCES });
/** Told by the vehicle alone: a car whose fuel is known must not be as near as the vehicle that was named. */
const ofUnknownFuel = (vehicle: Reading) => ({ vehicle, fuel: always('unknown') });
const journeyByMotorbike = (leg: LegId): Use[] =>
  forTypes(JOURNEYS, { leg, attributes: ofUnknownFuel(motorbike.vehicle), units: DISTANCES });
/** A taxi that is hired whole: vehicle-kilometres. */
const taxi = (leg: LegId): Use[] => [
  { activityType: 'travel.taxi', leg, attributes: {}, units: ['passenger.km'], where: is('level3', 'regular taxi') },
  { activityType: 'travel.car', leg, attributes: ofUnknownFuel(named('', 'level3')), units: ['km'] },
];
const oneKind = (types: readonly string[], leg: LegId, label: string): Use[] =>
  forTypes(types, { leg, attributes: {}, where: (labels: Labels) => is('level3', label)(labels) });
const bus = (leg: LegId): Use[] => oneKind(['travel.bus', 'commute.bus'], leg, 'average local bus');
const rail = (leg: LegId): Use[] => oneKind(['travel.rail', 'commute.rail'], leg, 'national rail');
const ferry = (leg: LegId): Use[] => oneKind(['travel.ferry'], leg, 'average (all passenger)');

const CABINS = oneOf('level4', {
  'average passenger': 'average',
  'economy class': 'economy',
  'premium economy class': 'premium-economy',
  'business class': 'business',
  'first class': 'first',
});
export const radiativeForcing = oneOf('text', { 'with rf': 'with', 'without rf': 'without' });
const flights = (leg: LegId): Use[] =>
  ['domestic', 'short-haul', 'long-haul'].map((haul) => ({
    activityType: `travel.air.${haul}`,
    leg,
    attributes: { cabin: CABINS, radiative_forcing: radiativeForcing },
    where: is('level3', `${haul}, to/from uk`),
  }));

const NO_GAS_CARS = noAttribute('no journey by car has this fuel in the vocabulary');
const ONE_BUS = noAttribute('the vocabulary has one kind of bus: the average local bus');
const ONE_TRAIN = noAttribute('the vocabulary has one kind of train: the national rail');
const ONE_FERRY = noAttribute('the vocabulary has one kind of ferry passenger: the average');
const ONE_TAXI = noAttribute('the vocabulary has one kind of taxi by passenger-kilometres: the regular one');
export const NON_UK = noAttribute('a flight between other countries has no haul of its own in the vocabulary');

const NO_FUEL = noAttribute('no vehicle has this fuel in the vocabulary');

/** Vehicles of the reporter by distance. */
const OWN_VEHICLES: TableRule[] = [
  ...[...CARS, 'motorbike'].map((table) => ({
    sections: [`passenger vehicles / ${table}`],
    uses: [ownVehicle(table, 'combustion')],
    otherwise: NO_FUEL,
  })),
  ...['vans', 'hgv (all diesel)', 'hgv refrigerated (all diesel)'].map((table) => ({
    sections: [`delivery vehicles / ${table}`],
    uses: [ownVehicle(table, 'combustion')],
    otherwise: NO_FUEL,
  })),
];

/** Energy by distance: the calorific value of what a vehicle burns. What a battery takes up is metered. */
const ENERGY: TableRule[] = [
  ...Object.keys(OWN).map((table) => ({
    sections: [`secr kwh pass & delivery vehs / ${table}`],
    uses: [ownVehicle(table, 'energy')],
    of: 'energy' as const,
    otherwise: noType('energy of freight by tonne-kilometres is no property of a vehicle'),
  })),
  {
    sections: [...CARS, 'vans'].map((table) => `secr kwh uk electricity for evs / ${table}`),
    uses: [],
    of: 'energy',
    otherwise: noType('what a battery takes up is metered as electricity'),
  },
];

const TRAVEL: TableRule[] = [
  { sections: CARS.map((table) => `business travel- land / ${table}`), uses: journeyByCar('operation'), otherwise: NO_GAS_CARS },
  { sections: ['business travel- land / motorbike'], uses: journeyByMotorbike('operation'), otherwise: NO_GAS_CARS },
  { sections: ['business travel- land / taxis'], uses: taxi('operation'), otherwise: ONE_TAXI },
  { sections: ['business travel- land / bus'], uses: bus('operation'), otherwise: ONE_BUS },
  { sections: ['business travel- land / rail'], uses: rail('operation'), otherwise: ONE_TRAIN },
  { sections: ['business travel- sea / ferry'], uses: ferry('operation'), otherwise: ONE_FERRY },
  { sections: ['business travel- air / flights'], uses: flights('operation'), otherwise: NON_UK },
];

/** The publisher prints one way to the tank for own vehicles and for journeys in those of others. */
const UPSTREAM: TableRule[] = [
  ...CARS.map((table) => ({
    sections: [`wtt- pass vehs & travel- land / ${table}`],
    uses: [...journeyByCar('upstream'), ownVehicle(table, 'upstream')],
    otherwise: NO_GAS_CARS,
  })),
  {
    sections: ['wtt- pass vehs & travel- land / motorbike'],
    uses: [...journeyByMotorbike('upstream'), ownVehicle('motorbike', 'upstream')],
    otherwise: NO_GAS_CARS,
  },
  { sections: ['wtt- pass vehs & travel- land / taxis'], uses: taxi('upstream'), otherwise: ONE_TAXI },
  { sections: ['wtt- pass vehs & travel- land / bus'], uses: bus('upstream'), otherwise: ONE_BUS },
  { sections: ['wtt- pass vehs & travel- land / rail'], uses: rail('upstream'), otherwise: ONE_TRAIN },
  { sections: ['wtt- business travel- sea / ferry'], uses: ferry('upstream'), otherwise: ONE_FERRY },
  { sections: ['wtt- business travel- air / flights'], uses: flights('upstream'), otherwise: NON_UK },
];

const EV_TABLES = [...CARS, 'vans'];
const MANAGED_TABLES = [...CARS, 'motorbike', 'vans', 'hgv (all diesel)', 'hgv refrigerated (all diesel)'];
const NOT_COVERED: TableRule[] = [
  {
    sections: ['uk electricity for evs', 'uk electricity t&d for evs'].flatMap((sheet) => EV_TABLES.map((table) => `${sheet} / ${table}`)),
    uses: [],
    otherwise: noType('electricity of vehicles is metered, and no type counts it by distance'),
  },
  {
    sections: MANAGED_TABLES.map((table) => `managed assets- vehicles / ${table}`),
    uses: [],
    otherwise: noType('no type counts the distance of a vehicle that the reporter uses and does not control'),
  },
];

export const VEHICLE_RULES: readonly TableRule[] = [...OWN_VEHICLES, ...ENERGY, ...TRAVEL, ...UPSTREAM, ...NOT_COVERED];
