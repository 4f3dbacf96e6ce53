import type { LegId } from '#ghg';
import { level4Of, plainLabel, slug, type Labels } from '../labels';
import { always, forTypes, noAttribute, oneOf, named, type Otherwise, type Reading, type TableRule, type Use } from '../rules';
import { BETWEEN_OTHERS, DISTANCES, ofFlight, radiativeForcing, upstreamOfOwn, vehicleFuel } from './vehicles';

const TONNE_KM = ['t.km'];
/** What the reporter pays for, and what it does not. */
const paidOrNot = (mode: string): string[] => [`freight.${mode}`, `freight-downstream.${mode}`];
/** Carriage that is told by tonne-kilometres of any vehicle: the words are the publisher's. */
const BY_ANY_VEHICLE = ['supplier.transport', 'waste.transport'];

/** The class without its size: "Rigid (>17 tonnes)" is rigid. */
const hgvClass: Reading = ({ level3 }) => {
  const label = plainLabel(level3);
  if (label === 'all hgvs') return 'hgv-average';
  if (label === 'all rigids' || label.startsWith('rigid (')) return 'hgv-rigid';
  return label === 'all artics' || label.startsWith('articulated (') ? 'hgv-articulated' : null;
};
/** What stands in brackets; "average (up to 3.5 tonnes)" is no class of size. */
const size: Reading = ({ level3 }) => {
  const found = /^(?!average)[^(]*\((.+)\)$/.exec(plainLabel(level3))?.[1];
  return found === undefined ? undefined : slug(found);
};
/** A van of any fuel is what is meant where nothing is said. */
const vanFuel: Reading = (labels) => (plainLabel(labels.text) === 'unknown' ? undefined : vehicleFuel(labels));
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
    attributes: { vehicle: always('van'), size, fuel: vanFuel },
  });
const hgvs = (leg: LegId): Use[] => byRoad(leg, named('hgv', 'level3', 'text'), { attributes: { vehicle: hgvClass, size, laden } });
const refrigeratedHgvs = (leg: LegId): Use[] =>
  byRoad(leg, named('hgv refrigerated', 'level3', 'text'), {
    attributes: { vehicle: hgvClass, size, laden, temperature: always('refrigerated') },
  });

const HAULS = {
  'domestic, to/from uk': 'domestic',
  'short-haul, to/from uk': 'short-haul',
  'long-haul, to/from uk': 'long-haul',
  [BETWEEN_OTHERS]: 'international',
};
const flights = (leg: LegId): Use[] =>
  forTypes(paidOrNot('air'), { leg, attributes: { haul: oneOf('level3', HAULS), radiative_forcing: radiativeForcing }, region: ofFlight });
const rail = (leg: LegId): Use[] => forTypes(paidOrNot('rail'), { leg, attributes: {} });
const VESSELS = {
  'bulk carrier': 'bulk',
  'general cargo': 'general-cargo',
  'refrigerated cargo': 'refrigerated-cargo',
  'container ship': 'container',
  'vehicle transport': 'vehicle-carrier',
  'roro-ferry': 'ro-ro',
  'large ropax ferry': 'ro-pax',
  'crude tanker': 'crude-tanker',
  'products tanker': 'products-tanker',
  'chemical tanker': 'chemical-tanker',
  'lng tanker': 'lng-tanker',
  'lpg tanker': 'lpg-tanker',
};
/** The average of a kind of ship, or its only figure, has no class of size. */
const shipSize: Reading = (labels: Labels) => {
  const label = plainLabel(level4Of(labels));
  return label === 'average' || label.startsWith('all ') ? undefined : slug(label);
};
const ships = (leg: LegId): Use[] => forTypes(paidOrNot('sea'), { leg, attributes: { vessel: oneOf('level3', VESSELS), size: shipSize } });

const NO_CLASS = noAttribute('no class of vehicle, haul or ship in the vocabulary');

const TABLES: readonly (readonly [string, (leg: LegId) => Use[], Otherwise])[] = [
  ['vans', vans, NO_CLASS],
  ['hgv (all diesel)', hgvs, NO_CLASS],
  ['hgv refrigerated (all diesel)', refrigeratedHgvs, NO_CLASS],
  ['freight flights', flights, NO_CLASS],
  ['rail', rail, noAttribute('the vocabulary has one kind of freight by rail')],
  ['cargo ship', ships, NO_CLASS],
  ['sea tanker', ships, NO_CLASS],
];
/** The publisher prints one way to the tank for own vehicles and for freight. */
const OWN = ['vans', 'hgv (all diesel)', 'hgv refrigerated (all diesel)'];

export const FREIGHT_RULES: readonly TableRule[] = TABLES.flatMap(([table, uses, otherwise]) => [
  { sections: [`freighting goods / ${table}`], uses: uses('operation'), otherwise },
  {
    sections: [`wtt- delivery vehs & freight / ${table}`],
    uses: [...uses('upstream'), ...(OWN.includes(table) ? upstreamOfOwn(table) : [])],
    otherwise,
  },
]);
