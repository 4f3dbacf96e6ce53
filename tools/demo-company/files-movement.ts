import type { Draw } from './draw';
import { EVERYWHERE, someDay } from './anywhere';
import { lineOf, soil, written, type Sheet } from './sheet';
import type { DemoFile } from './demo-file';

const PROJECTS = ['', '', '', 'PRJ-ORION', 'PRJ-TESLA', 'PRJ-ROLLOUT'] as const;

const costCentre = (draw: Draw): string => `CC-${draw.int(6000, 6020)}`;

const FUEL_CARDS = ['Transaction', 'Date', 'Entity', 'Vehicle', 'Station', 'Product', 'Quantity', 'Unit', 'Cost centre', 'Project'];

function fuelCards(draw: Draw, count: number): Sheet {
  const lines = Array.from({ length: count }, (_, i) => {
    const entity = draw.pick(EVERYWHERE);
    const american = entity.startsWith('TW-US');
    return lineOf(FUEL_CARDS, {
      Transaction: `FC-${100_000 + i}`,
      Date: someDay(draw),
      Entity: entity,
      Vehicle: `V-${draw.int(10, 99)}`,
      Station: draw.chance(500) ? 'Ring road, north' : 'Harbour street',
      Product: draw.chance(700) ? 'Diesel' : american ? 'Gasoline' : 'Petrol',
      Quantity: american ? draw.decimal(400, 2_400, 2) : draw.decimal(1_500, 9_000, 2),
      Unit: american ? 'US-gal' : 'L',
      'Cost centre': costCentre(draw),
      Project: draw.pick(PROJECTS),
    });
  });
  return { columns: FUEL_CARDS, lines };
}

const TRAVEL = [
  'Booking',
  'Leg',
  'Entity',
  'Date',
  'Kind',
  'From',
  'To',
  'Cabin',
  'Car fuel',
  'Persons',
  'Distance',
  'Distance unit',
  'Rooms',
  'Nights',
  'Country of stay',
  'Cost centre',
  'Project',
];
const STAYS = ['GB', 'GB', 'DE', 'FR', 'US', 'US', 'SE', 'NL', 'JP', 'SG', 'IT', 'PL'] as const;
/** Distance in kilometres by kind of journey. */
const JOURNEYS = {
  'flight-domestic': [300, 800],
  'flight-short': [600, 3_400],
  'flight-long': [4_500, 14_000],
  rail: [40, 900],
  taxi: [3, 60],
  car: [20, 600],
} as const;
const KINDS = ['flight-domestic', 'flight-short', 'flight-short', 'flight-long', 'rail', 'rail', 'taxi', 'car', 'hotel', 'hotel'] as const;

function travel(draw: Draw, count: number): Sheet {
  const lines = Array.from({ length: count }, (_, i) => {
    const kind = draw.pick(KINDS);
    const entity = draw.pick(EVERYWHERE);
    return lineOf(TRAVEL, {
      Booking: `TB-${50_000 + Math.floor(i / 2)}`,
      Leg: String((i % 2) + 1),
      Entity: entity,
      Date: someDay(draw),
      Kind: kind,
      'Cost centre': costCentre(draw),
      Project: draw.pick(PROJECTS),
      ...(kind === 'hotel' ? stay(draw) : journey(draw, kind, entity)),
    });
  });
  return { columns: TRAVEL, lines };
}

function stay(draw: Draw): Record<string, string> {
  return { To: 'hotel', Rooms: draw.decimal(1, 3, 0), Nights: draw.decimal(1, 6, 0), 'Country of stay': draw.pick(STAYS) };
}

function journey(draw: Draw, kind: keyof typeof JOURNEYS, entity: string): Record<string, string> {
  const [min, max] = JOURNEYS[kind];
  const cabins = {
    'flight-domestic': [''],
    'flight-short': ['economy', 'economy', 'business'],
    'flight-long': ['economy', 'premium-economy', 'business', ''],
  };
  return {
    From: 'here',
    To: 'there',
    Cabin: kind in cabins ? draw.pick(cabins[kind as keyof typeof cabins]) : '',
    'Car fuel': kind === 'car' ? draw.pick(['diesel', 'petrol', 'hybrid', 'battery-electric', '']) : '',
    Persons: draw.decimal(1, 3, 0),
    Distance: draw.decimal(min, max, 0),
    'Distance unit': entity.startsWith('TW-US') ? 'mi' : 'km',
  };
}

const FREIGHT = ['Shipment', 'Entity', 'Date', 'Mode', 'Vehicle', 'Load', 'Load unit', 'Distance', 'Distance unit', 'Account', 'Project'];
const MODES = ['road', 'road', 'road', 'road', 'rail', 'sea', 'sea', 'air'] as const;
const VEHICLES = {
  road: ['hgv-average', 'hgv-articulated', 'hgv-rigid', 'van', ''],
  rail: [''],
  sea: ['container', 'container', 'bulk', ''],
  air: ['short-haul', 'long-haul'],
} as const;
const LENGTHS_KM = { road: [60, 1_200], rail: [200, 1_600], sea: [900, 19_000], air: [700, 9_000] } as const;

function freight(draw: Draw, count: number): Sheet {
  const lines = Array.from({ length: count }, (_, i) => {
    const mode = draw.pick(MODES);
    const entity = draw.pick(EVERYWHERE);
    const [min, max] = LENGTHS_KM[mode];
    const american = entity.startsWith('TW-US');
    const light = !american && draw.chance(250);
    return lineOf(FREIGHT, {
      Shipment: `SH-${200_000 + i}`,
      Entity: entity,
      Date: someDay(draw),
      Mode: mode,
      Vehicle: draw.pick(VEHICLES[mode]),
      Load: light ? draw.decimal(500, 40_000, 1) : draw.decimal(200, 24_000, 3),
      'Load unit': american ? 'short-ton' : light ? 'kg' : 't',
      Distance: draw.decimal(min, max, 0),
      'Distance unit': american ? 'mi' : 'km',
      Account: draw.pick(['4730', '4731', '4735']),
      Project: draw.pick(PROJECTS),
    });
  });
  return { columns: FREIGHT, lines };
}

/** Fuel cards, business travel and freight. */
export function movementFiles(draw: Draw): DemoFile[] {
  const cards = soil(fuelCards(draw, 4_200), draw, {
    repeatedPerMille: 14,
    slips: [
      { column: 'Unit', text: 'gal' },
      { column: 'Quantity', text: '' },
      { column: 'Product', text: 'Screen wash' },
      { column: 'Date', text: '2025-02-30' },
      { column: 'Entity', text: 'TW-NL' },
      { column: 'Quantity', text: '-12.50' },
      { column: 'Unit', text: 'km' },
    ],
    times: 6,
  });
  const trips = soil(travel(draw, 5_600), draw, {
    repeatedPerMille: 12,
    slips: [
      { column: 'Kind', text: 'submarine' },
      { column: 'Cabin', text: 'cockpit' },
      { column: 'Distance unit', text: 'leagues' },
      { column: 'Date', text: '03/04/2025' },
      { column: 'Entity', text: '' },
    ],
    times: 9,
  });
  const loads = soil(freight(draw, 2_100), draw, {
    repeatedPerMille: 12,
    slips: [
      { column: 'Load unit', text: 'ton' },
      { column: 'Load', text: '1.0000000000001' },
      { column: 'Distance', text: 'n/a' },
      { column: 'Mode', text: 'pigeon' },
    ],
    times: 5,
  });
  return [
    { name: 'fuel-cards.csv', mapping: 'fuel-cards', content: written(cards) },
    { name: 'business-travel.csv', mapping: 'travel', content: written(trips) },
    { name: 'freight.csv', mapping: 'freight', content: written(loads) },
  ];
}
