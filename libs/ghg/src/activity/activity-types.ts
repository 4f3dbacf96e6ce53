import type { ActivityType, AttributeSpec, LegSpec, OperandSpec } from './vocabulary';

/**
 * The controlled vocabulary. A type says what it is measured in (operands are multiplied), which attributes decide its factor, and which legs it
 * has. Categories follow the Corporate Value Chain (Scope 3) Standard, chapter 5; upstream of fuel and electricity is 3.3, but well-to-tank of
 * transport and travel stays in their own category (Scope 3 Standard, table 5.4).
 */
const quantity = (...dimension: OperandSpec['dimension'][]): OperandSpec[] => [{ name: 'quantity', dimension: dimension.flat() }];

const required = (leg: LegSpec['leg'], sourceClass: LegSpec['sourceClass'], more: Partial<LegSpec> = {}): LegSpec => ({
  leg,
  sourceClass,
  basis: 'all',
  requirement: 'required',
  borrowsAbroad: true,
  ...more,
});
const ifPublished = (leg: LegSpec['leg'], sourceClass: LegSpec['sourceClass'], more: Partial<LegSpec> = {}): LegSpec => ({
  ...required(leg, sourceClass, more),
  requirement: 'if-published',
});

/** Bills are usually gross, IPCC factors net: an energy quantity of fuel must say which. */
const calorificBasis: AttributeSpec = {
  name: 'calorific_basis',
  required: true,
  values: ['gross', 'net'],
  strict: true,
  onlyFor: 'energy',
};

const stationaryFuel = (id: string, title: string, dimensions: OperandSpec['dimension'][]): ActivityType => ({
  id,
  title,
  operands: quantity(...dimensions),
  attributes: [calorificBasis],
  legs: [required('combustion', 'stationary-combustion'), ifPublished('biogenic', 'biogenic'), required('upstream', 'upstream-of-energy')],
});

const vehicleFuel = (id: string, title: string): ActivityType => ({
  id,
  title,
  operands: quantity(['volume', 'energy', 'mass']),
  attributes: [calorificBasis],
  legs: [required('combustion', 'mobile-combustion'), ifPublished('biogenic', 'biogenic'), required('upstream', 'upstream-of-energy')],
});

const travel = (id: string, title: string, operands: OperandSpec[], attributes: AttributeSpec[] = []): ActivityType => ({
  id,
  title,
  operands,
  attributes,
  legs: [required('operation', 'business-travel'), required('upstream', 'business-travel')],
});

const passengerDistance: OperandSpec[] = [
  { name: 'passengers', dimension: 'passengers' },
  { name: 'distance', dimension: 'distance' },
];

const flight = (id: string, title: string): ActivityType =>
  travel(id, title, passengerDistance, [
    { name: 'cabin', required: false, values: ['average', 'economy', 'premium-economy', 'business', 'first'], default: 'average' },
    // The publisher prints both readings; which one a company takes is its stated choice, so a mapping must say it.
    { name: 'radiative_forcing', required: true, values: ['with', 'without'], strict: true },
  ]);

const freight = (id: string, title: string, attributes: AttributeSpec[] = []): ActivityType => ({
  id,
  title,
  operands: [
    { name: 'mass', dimension: 'mass' },
    { name: 'distance', dimension: 'distance' },
  ],
  attributes,
  legs: [required('operation', 'upstream-transport'), required('upstream', 'upstream-transport')],
});

const service = (
  id: string,
  title: string,
  operands: OperandSpec[],
  sourceClass: LegSpec['sourceClass'],
  attributes: AttributeSpec[] = [],
): ActivityType => ({
  id,
  title,
  operands,
  attributes,
  legs: [required('service', sourceClass)],
});

export const ACTIVITY_TYPES: readonly ActivityType[] = [
  stationaryFuel('fuel.natural-gas', 'Natural gas burned in boilers and plant', ['energy', 'volume']),
  stationaryFuel('fuel.heating-oil', 'Heating oil (burning oil, kerosene)', ['volume', 'energy', 'mass']),
  stationaryFuel('fuel.gas-oil', 'Gas oil for plant and generators', ['volume', 'energy', 'mass']),
  stationaryFuel('fuel.lpg', 'Liquefied petroleum gas', ['volume', 'energy', 'mass']),
  stationaryFuel('fuel.wood-pellets', 'Wood pellets', ['mass', 'energy']),
  vehicleFuel('fuel.diesel', 'Diesel for owned or controlled vehicles, as sold at the pump'),
  vehicleFuel('fuel.petrol', 'Petrol for owned or controlled vehicles, as sold at the pump'),
  {
    id: 'refrigerant.top-up',
    title: 'Refrigerant added to make up for a leak',
    operands: quantity('mass'),
    attributes: [{ name: 'gas', required: true, strict: true }],
    legs: [required('leak', 'fugitive')],
  },
  {
    id: 'electricity.grid',
    title: 'Electricity bought from a grid',
    operands: quantity('energy'),
    attributes: [],
    legs: [
      required('generation', 'purchased-electricity', { basis: 'location', borrowsAbroad: false }),
      required('generation', 'purchased-electricity', { basis: 'market', borrowsAbroad: false }),
      required('upstream', 'upstream-of-energy', { borrowsAbroad: false }),
      required('losses', 'transmission-losses', { borrowsAbroad: false }),
      ifPublished('losses-upstream', 'transmission-losses', { borrowsAbroad: false }),
    ],
  },
  {
    id: 'heat.district',
    title: 'Heat or steam bought from a district network',
    operands: quantity('energy'),
    attributes: [],
    legs: [
      required('generation', 'purchased-heat', { basis: 'location', borrowsAbroad: false }),
      required('generation', 'purchased-heat', { basis: 'market', borrowsAbroad: false }),
      required('upstream', 'upstream-of-energy', { borrowsAbroad: false }),
      required('losses', 'transmission-losses', { borrowsAbroad: false }),
      ifPublished('losses-upstream', 'transmission-losses', { borrowsAbroad: false }),
    ],
  },
  flight('travel.air.domestic', 'Flight within the United Kingdom or of like length'),
  flight('travel.air.short-haul', 'Flight within Europe or of like length'),
  flight('travel.air.long-haul', 'Flight out of Europe or of like length'),
  travel('travel.rail', 'Rail journey', passengerDistance),
  travel('travel.taxi', 'Taxi journey', passengerDistance),
  travel('travel.car', 'Journey in a car that an employee owns or hires', quantity('distance'), [
    { name: 'fuel', required: false, values: ['diesel', 'petrol', 'hybrid', 'battery-electric', 'unknown'], default: 'unknown' },
  ]),
  service(
    'travel.hotel',
    'Hotel stay; the country is that of the stay',
    [
      { name: 'rooms', dimension: 'rooms' },
      { name: 'nights', dimension: 'nights' },
    ],
    'business-travel',
  ),
  freight('freight.road', 'Freight by road', [
    { name: 'vehicle', required: false, values: ['hgv-average', 'hgv-rigid', 'hgv-articulated', 'van'], default: 'hgv-average' },
  ]),
  freight('freight.rail', 'Freight by rail'),
  freight('freight.sea', 'Freight by sea', [
    { name: 'vessel', required: false, values: ['container', 'bulk', 'general-cargo'], default: 'container' },
  ]),
  freight('freight.air', 'Freight by air', [
    { name: 'haul', required: true, values: ['domestic', 'short-haul', 'long-haul'], strict: true },
    { name: 'radiative_forcing', required: true, values: ['with', 'without'], strict: true },
  ]),
  service('waste.disposal', 'Waste from operations, handed to others', quantity('mass'), 'waste', [
    { name: 'material', required: true, strict: true },
    {
      name: 'treatment',
      required: true,
      values: ['landfill', 'combustion', 'recycling', 'composting', 'anaerobic-digestion'],
      strict: true,
    },
  ]),
  service('water.supply', 'Water from the mains', quantity('volume'), 'purchased-goods'),
  service('water.treatment', 'Waste water handed to treatment', quantity('volume'), 'waste'),
  {
    id: 'goods.material',
    title: 'Purchased material by mass',
    operands: quantity('mass'),
    attributes: [
      { name: 'material', required: true, strict: true },
      { name: 'origin', required: false, values: ['primary', 'closed-loop'], default: 'primary' },
    ],
    legs: [required('supply', 'purchased-goods')],
  },
  {
    id: 'spend.goods',
    title: 'Spend on goods and services, in purchaser prices',
    operands: quantity('money'),
    attributes: [
      { name: 'sector', required: true, strict: true },
      { name: 'price_year', required: true, format: 'year' },
    ],
    legs: [required('supply', 'purchased-goods')],
  },
];

const BY_ID: ReadonlyMap<string, ActivityType> = new Map(ACTIVITY_TYPES.map((type) => [type.id, type]));

/** The type with this id, or undefined: the caller refuses with `activity_type_unknown`. */
export function activityType(id: string): ActivityType | undefined {
  return BY_ID.get(id);
}
