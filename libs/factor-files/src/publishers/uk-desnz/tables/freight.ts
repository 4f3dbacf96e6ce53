import type { LegId } from '#ghg';
import { always, both, forTypes, is, named, noAttribute, oneOf, type Otherwise, type Reading, type TableRule, type Use } from '../rules';
import { DISTANCES, NON_UK, ownVehicle, radiativeForcing } from './vehicles';

const TONNE_KM = ['t.km'];
/** What the reporter pays for, and what it does not. */
const paidOrNot = (mode: string): string[] => [`freight.${mode}`, `freight-downstream.${mode}`];
/** Carriage that is told by tonne-kilometres of any vehicle: the words are the publisher's. */
const BY_ANY_VEHICLE = ['supplier.transport', 'waste.transport'];

const hgvClass = oneOf('level3', { 'all rigids': 'hgv-rigid', 'all artics': 'hgv-articulated', 'all hgvs': 'hgv-average' });
/** Average is what is meant where nothing is said. */
const laden = oneOf('text', { 'average laden': undefined, '0% laden': '0', '50% laden': '50', '100% laden': '100' });

/** By road: per tonne-kilometre the classes of the vocabulary, per kilometre every vehicle of the publisher. */
const byRoad = (leg: LegId, vehicle: Reading, classes: Omit<Use, 'activityType' | 'leg' | 'units'>): Use[] => [
  ...forTypes(paidOrNot('road'), { leg, ...classes, units: TONNE_KM }),
  ...forTypes(paidOrNot('vehicle'), { leg, attributes: { vehicle }, units: DISTANCES }),
  ...(leg === 'operation' ? forTypes(BY_ANY_VEHICLE, { leg, attributes: { vehicle }, units: TONNE_KM }) : []),
];
const vans = (leg: LegId): Use[] =>
  byRoad(leg, named('van', 'level3', 'text'), {
    attributes: { vehicle: always('van') },
    where: both(is('level3', 'average (up to 3.5 tonnes)'), is('text', 'unknown')),
  });
const hgvs = (leg: LegId): Use[] => byRoad(leg, named('hgv', 'level3', 'text'), { attributes: { vehicle: hgvClass, laden } });
const refrigeratedHgvs = (leg: LegId): Use[] =>
  byRoad(leg, named('hgv refrigerated', 'level3', 'text'), {
    attributes: { vehicle: hgvClass, laden, temperature: always('refrigerated') },
  });

const flights = (leg: LegId): Use[] =>
  forTypes(paidOrNot('air'), {
    leg,
    attributes: {
      haul: oneOf('level3', {
        'domestic, to/from uk': 'domestic',
        'short-haul, to/from uk': 'short-haul',
        'long-haul, to/from uk': 'long-haul',
      }),
      radiative_forcing: radiativeForcing,
    },
  });
const rail = (leg: LegId): Use[] => forTypes(paidOrNot('rail'), { leg, attributes: {} });
const ships = (leg: LegId): Use[] =>
  forTypes(paidOrNot('sea'), {
    leg,
    attributes: {
      vessel: oneOf('level3', {
        'bulk carrier': 'bulk',
        'general cargo': 'general-cargo',
        'container ship': 'container',
        'vehicle transport': 'vehicle-carrier',
        'roro-ferry': 'ro-ro',
      }),
    },
    where: is('level4', 'average'),
  });

const SIZES = noAttribute('freight by road knows rigid, articulated, average HGV and van; the sizes stand per kilometre');
const CARGO_SHIPS = noAttribute('freight by sea knows the average of a kind of ship and no sizes');

const TABLES: readonly (readonly [string, (leg: LegId) => Use[], Otherwise])[] = [
  ['vans', vans, SIZES],
  ['hgv (all diesel)', hgvs, SIZES],
  ['hgv refrigerated (all diesel)', refrigeratedHgvs, SIZES],
  ['freight flights', flights, NON_UK],
  ['rail', rail, noAttribute('the vocabulary has one kind of freight by rail')],
  ['cargo ship', ships, CARGO_SHIPS],
  ['sea tanker', () => [], noAttribute('the vocabulary has one kind of tanker, the publisher five, and no average of them')],
];
/** The publisher prints one way to the tank for own vehicles and for freight. */
const OWN = ['vans', 'hgv (all diesel)', 'hgv refrigerated (all diesel)'];

export const FREIGHT_RULES: readonly TableRule[] = TABLES.flatMap(([table, uses, otherwise]) => [
  { sections: [`freighting goods / ${table}`], uses: uses('operation'), otherwise },
  {
    sections: [`wtt- delivery vehs & freight / ${table}`],
    uses: [...uses('upstream'), ...(OWN.includes(table) ? [ownVehicle(table, 'upstream')] : [])],
    otherwise,
  },
]);
