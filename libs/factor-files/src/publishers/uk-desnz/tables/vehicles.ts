import type { LegId } from '#ghg';
import { always, forTypes, is, named, noAttribute, noType, oneOf, type Reading, type TableRule, type Use } from '../rules';

/** Distances: kilometres and miles are separate rows. */
export const DISTANCES = ['km', 'mi'];

export const vehicleFuel: Reading = oneOf('text', {
  diesel: 'diesel',
  petrol: 'petrol',
  hybrid: 'hybrid',
  'plug-in hybrid electric vehicle': 'plug-in-hybrid',
  'battery electric vehicle': 'battery-electric',
  cng: 'cng',
  lpg: 'lpg',
  unknown: 'unknown',
});
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
const ownVehicle = (table: string, leg: LegId): Use => ({
  activityType: 'vehicle.distance',
  leg,
  attributes: OWN[table] ?? {},
  units: DISTANCES,
});
const electricityOf = (table: string, leg: LegId): Use => ({ ...ownVehicle(table, leg), activityType: 'vehicle.distance-electricity' });
const onBattery = is('text', 'battery electric vehicle');
/** What made the electricity of a battery car belongs to its electricity; the publisher prints it with the network's losses. */
export const upstreamOfOwn = (table: string): Use[] => [
  { ...ownVehicle(table, 'upstream'), where: (labels) => !onBattery(labels) },
  { ...electricityOf(table, 'upstream'), where: onBattery },
];
/** Of somebody else, in whose scopes 1 and 2 both fuel and electricity are; the publisher prints them together. */
const managed = (table: string): Use[] =>
  forTypes(['leased-in.vehicle', 'leased-out.vehicle', 'franchise.vehicle'], {
    leg: 'operation',
    attributes: OWN[table] ?? {},
    units: DISTANCES,
  });

const CARS = ['cars (by market segment)', 'cars (by size)'];
const JOURNEYS = ['travel.car', 'commute.car'];

const journeyByCar = (leg: LegId): Use[] =>
  forTypes(JOURNEYS, { leg, attributes: { fuel: vehicleFuel, vehicle: carKind }, units: DISTANCES });
/** Told by the vehicle alone: a car whose fuel is known must not be as near as the vehicle that was named. */
const ofUnknownFuel = (vehicle: Reading) => ({ vehicle, fuel: always('unknown') });
const journeyByMotorbike = (leg: LegId): Use[] =>
  forTypes(JOURNEYS, { leg, attributes: ofUnknownFuel(motorbike.vehicle), units: DISTANCES });
/** A taxi that is hired whole: vehicle-kilometres. */
const taxi = (leg: LegId): Use[] => [
  {
    activityType: 'travel.taxi',
    leg,
    attributes: { service: oneOf('level3', { 'regular taxi': undefined, 'black cab': 'black-cab' }) },
    units: ['passenger.km'],
  },
  { activityType: 'travel.car', leg, attributes: ofUnknownFuel(named('', 'level3')), units: ['km'] },
];
/** What is meant where nothing is said has no attribute. */
const bus = (leg: LegId): Use[] =>
  forTypes(['travel.bus', 'commute.bus'], {
    leg,
    attributes: {
      service: oneOf('level3', {
        'average local bus': undefined,
        'local london bus': 'local-in-london',
        'local bus (not london)': 'local-outside-london',
        coach: 'coach',
      }),
    },
  });
const rail = (leg: LegId): Use[] =>
  forTypes(['travel.rail', 'commute.rail'], {
    leg,
    attributes: {
      service: oneOf('level3', {
        'national rail': undefined,
        'international rail': 'international',
        'light rail and tram': 'light-rail-and-tram',
        'london underground': 'underground',
      }),
    },
  });
const ferry = (leg: LegId): Use[] => [
  {
    activityType: 'travel.ferry',
    leg,
    attributes: { passenger: oneOf('level3', { 'average (all passenger)': undefined, 'foot passenger': 'foot', 'car passenger': 'car' }) },
  },
];

const CABINS = oneOf('level4', {
  'average passenger': 'average',
  'economy class': 'economy',
  'premium economy class': 'premium-economy',
  'business class': 'business',
  'first class': 'first',
});
export const radiativeForcing = oneOf('text', { 'with rf': 'with', 'without rf': 'without' });
/** Flights that neither begin nor end in the United Kingdom: the publisher's figure for all the world. */
export const BETWEEN_OTHERS = 'international, to/from non-uk';
export const ofFlight: Reading = (labels) => (is('level3', BETWEEN_OTHERS)(labels) ? 'GLOBAL' : 'GB');
const FLIGHTS: Readonly<Record<string, string>> = {
  'travel.air.domestic': 'domestic, to/from uk',
  'travel.air.short-haul': 'short-haul, to/from uk',
  'travel.air.long-haul': 'long-haul, to/from uk',
  'travel.air.international': BETWEEN_OTHERS,
};
const flights = (leg: LegId): Use[] =>
  Object.entries(FLIGHTS).map(([activityType, label]) => ({
    activityType,
    leg,
    attributes: { cabin: CABINS, radiative_forcing: radiativeForcing },
    where: is('level3', label),
    region: ofFlight,
  }));

const NO_KIND = noAttribute('no kind of journey in the vocabulary');

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

/** Energy by distance: the calorific value of what a vehicle burns, and the electricity that a battery takes up. */
const ENERGY: TableRule[] = [
  ...Object.keys(OWN).map((table) => ({
    sections: [`secr kwh pass & delivery vehs / ${table}`],
    uses: [ownVehicle(table, 'energy')],
    of: 'energy' as const,
    otherwise: noType('energy of freight by tonne-kilometres is no property of a vehicle'),
  })),
  ...[...CARS, 'vans'].map((table) => ({
    sections: [`secr kwh uk electricity for evs / ${table}`],
    uses: [electricityOf(table, 'energy')],
    of: 'energy' as const,
    otherwise: noType('energy of freight by tonne-kilometres is no property of a vehicle'),
  })),
];

const TRAVEL: TableRule[] = [
  { sections: CARS.map((table) => `business travel- land / ${table}`), uses: journeyByCar('operation'), otherwise: NO_KIND },
  { sections: ['business travel- land / motorbike'], uses: journeyByMotorbike('operation'), otherwise: NO_KIND },
  { sections: ['business travel- land / taxis'], uses: taxi('operation'), otherwise: NO_KIND },
  { sections: ['business travel- land / bus'], uses: bus('operation'), otherwise: NO_KIND },
  { sections: ['business travel- land / rail'], uses: rail('operation'), otherwise: NO_KIND },
  { sections: ['business travel- sea / ferry'], uses: ferry('operation'), otherwise: NO_KIND },
  { sections: ['business travel- air / flights'], uses: flights('operation'), otherwise: NO_KIND },
];

/** The publisher prints one way to the tank for own vehicles and for journeys in those of others. */
const UPSTREAM: TableRule[] = [
  ...CARS.map((table) => ({
    sections: [`wtt- pass vehs & travel- land / ${table}`],
    uses: [...journeyByCar('upstream'), ...upstreamOfOwn(table)],
    otherwise: NO_KIND,
  })),
  {
    sections: ['wtt- pass vehs & travel- land / motorbike'],
    uses: [...journeyByMotorbike('upstream'), ...upstreamOfOwn('motorbike')],
    otherwise: NO_KIND,
  },
  { sections: ['wtt- pass vehs & travel- land / taxis'], uses: taxi('upstream'), otherwise: NO_KIND },
  { sections: ['wtt- pass vehs & travel- land / bus'], uses: bus('upstream'), otherwise: NO_KIND },
  { sections: ['wtt- pass vehs & travel- land / rail'], uses: rail('upstream'), otherwise: NO_KIND },
  { sections: ['wtt- business travel- sea / ferry'], uses: ferry('upstream'), otherwise: NO_KIND },
  { sections: ['wtt- business travel- air / flights'], uses: flights('upstream'), otherwise: NO_KIND },
];

/** Electricity of the reporter's own vehicles by distance, and what their fuel and electricity come to where they are somebody else's. */
const BY_TONNE_KILOMETRES = noType('own vehicles are told by distance, and what they carry is no quantity of theirs');
const EV_LEGS: readonly (readonly [string, LegId])[] = [
  ['uk electricity for evs', 'generation'],
  ['uk electricity t&d for evs', 'losses'],
];
const ELECTRICITY: TableRule[] = EV_LEGS.flatMap(([sheet, leg]) =>
  [...CARS, 'vans'].map((table) => ({
    sections: [`${sheet} / ${table}`],
    uses: [electricityOf(table, leg)],
    otherwise: BY_TONNE_KILOMETRES,
  })),
);
const MANAGED: TableRule[] = Object.keys(OWN).map((table) => ({
  sections: [`managed assets- vehicles / ${table}`],
  uses: managed(table),
  otherwise: NO_FUEL,
}));

export const VEHICLE_RULES: readonly TableRule[] = [...OWN_VEHICLES, ...ENERGY, ...TRAVEL, ...UPSTREAM, ...ELECTRICITY, ...MANAGED];
