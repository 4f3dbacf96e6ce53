import { withGreatCircle, withSpend } from '../formulas';
import type { ActivityType, AttributeSpec, OperandSpec, QuantityFormula } from '../vocabulary';
import {
  addend,
  calorificBasis,
  carrierLegs,
  decisive,
  daysOfYear,
  divisor,
  factor,
  forcingLeg,
  formula,
  lifeCycle,
  oneLeg,
  PRICES,
  quantity,
  radiativeForcing,
  required,
  share,
  spend,
  stated,
  times,
} from './parts';

const passengers: OperandSpec = factor('passengers', 'passengers');
const distance: OperandSpec = factor('distance', 'distance');
const passengerDistance = stated(passengers, distance);

/** Journeys of passengers: a factor per passenger-kilometre. */
const journey = (id: string, title: string, attributes: AttributeSpec[] = []): ActivityType => ({
  id,
  title,
  formulas: passengerDistance,
  attributes: [...attributes, lifeCycle],
  legs: carrierLegs('business-travel'),
});

const flight = (id: string, title: string): ActivityType => ({
  ...journey(id, title, [
    { name: 'cabin', required: false, values: ['average', 'economy', 'premium-economy', 'business', 'first'], default: 'average' },
    radiativeForcing,
  ]),
  formulas: withGreatCircle(passengerDistance),
  legs: [...carrierLegs('business-travel'), forcingLeg('business-travel')],
});

/** A closed list with a default: what a factor leaves open is the default, and no underground takes the factor of a national railway. */
const kind = (name: string, [standard, ...others]: readonly [string, ...string[]]): AttributeSpec => ({
  name,
  required: false,
  values: [standard, ...others],
  default: standard,
  strict: true,
});
const railService = kind('service', ['national', 'light-rail-and-tram', 'underground', 'international']);
const busService = kind('service', ['local', 'local-in-london', 'local-outside-london', 'coach', 'average']);

const carAttributes: AttributeSpec[] = [
  {
    name: 'fuel',
    required: false,
    values: ['diesel', 'petrol', 'hybrid', 'plug-in-hybrid', 'battery-electric', 'cng', 'lpg', 'unknown'],
    default: 'unknown',
  },
  // A size or kind of car, in the words of the factor set.
  { name: 'vehicle', required: false },
];

/** Vehicle-kilometres, not passenger-kilometres: 100 people at 3 to a car drive 33.333… cars. */
const carDistance: readonly QuantityFormula[] = [
  ...quantity('distance'),
  formula('people-per-car', factor('people', 'passengers'), divisor('people_per_car', 'passengers'), distance),
];

/** Both ways of a working day; they may differ, and a file that knows one states it twice. */
const WAYS: readonly OperandSpec[] = [addend('outward_distance', 'distance'), addend('return_distance', 'distance')];
const commutes: readonly OperandSpec[] = [times('commutes_per_week'), times('weeks', { max: '53' })];
const workingDays: readonly OperandSpec[] = [share('mode_share', { optional: true }), daysOfYear('days')];

/**
 * Distance-based: (outward + return) × commutes per week × weeks. Average data: employees × share of the mode × (outward + return) × working days
 * (Scope 3 Technical Guidance, category 7).
 */
const commute = (mode: string, title: string, attributes: AttributeSpec[] = []): ActivityType => ({
  id: `commute.${mode}`,
  title,
  formulas: [
    ...passengerDistance,
    formula('distance-based', factor('employees', 'passengers'), ...WAYS, ...commutes),
    formula('average-data', factor('employees', 'passengers'), ...WAYS, ...workingDays),
  ],
  attributes: [...attributes, lifeCycle],
  legs: carrierLegs('commuting'),
});

/** Categories 6 and 7 (Scope 3 Technical Guidance, chapters 6 and 7). Hotel stays and telework are outside the minimum boundary (table 5.4). */
export const TRAVEL: readonly ActivityType[] = [
  flight('travel.air.domestic', 'Flight within the United Kingdom or of like length'),
  flight('travel.air.short-haul', 'Flight within Europe or of like length'),
  flight('travel.air.long-haul', 'Flight out of Europe or of like length'),
  flight(
    'travel.air.international',
    'Flight between countries, whatever its length; UK DESNZ prints it for those to and from neither part of the UK',
  ),
  journey('travel.rail', 'Journey by rail, tram or underground', [railService]),
  journey('travel.bus', 'Bus or coach journey', [busService]),
  journey('travel.ferry', 'Ferry journey', [kind('passenger', ['average', 'foot', 'car'])]),
  journey('travel.taxi', 'Taxi journey', [kind('service', ['regular', 'black-cab'])]),
  {
    id: 'travel.car',
    title: 'Journey in a car that an employee owns or hires',
    formulas: carDistance,
    attributes: [...carAttributes, lifeCycle],
    legs: carrierLegs('business-travel'),
  },
  {
    id: 'travel.fuel',
    title: 'Fuel burned on business in vehicles of others',
    formulas: withSpend(quantity('volume', 'mass', 'energy')),
    attributes: [decisive('fuel'), calorificBasis, lifeCycle],
    legs: carrierLegs('business-travel'),
  },
  oneLeg('travel.spend', 'Spend on travel', spend(), required('operation', 'business-travel'), [decisive('sector'), ...PRICES]),
  oneLeg(
    'travel.hotel',
    'Hotel stay; the country is that of the stay',
    stated(factor('rooms', 'rooms'), factor('nights', 'nights')),
    required('service', 'business-travel', { boundary: 'optional' }),
  ),
  commute('rail', 'Commuting by rail, tram or underground', [railService]),
  commute('bus', 'Commuting by bus or coach', [busService]),
  commute('active', 'Commuting on foot or by bicycle'),
  {
    id: 'commute.car',
    title: 'Commuting by car or motorcycle, in vehicle-kilometres',
    formulas: [
      ...carDistance,
      formula('distance-based', ...WAYS, ...commutes),
      formula('average-data', factor('employees', 'passengers'), divisor('people_per_car', 'passengers'), ...WAYS, ...workingDays),
    ],
    attributes: [...carAttributes, lifeCycle],
    legs: carrierLegs('commuting'),
  },
  {
    id: 'commute.fuel',
    title: 'Fuel that employees burn on their way to work',
    formulas: withSpend(quantity('volume', 'mass', 'energy')),
    attributes: [decisive('fuel'), calorificBasis, lifeCycle],
    legs: carrierLegs('commuting'),
  },
  oneLeg(
    'commute.telework',
    'Hours worked at home: equipment and heating',
    stated(factor('employees', 'heads'), factor('hours', 'time'), share('telework_share', { optional: true })),
    required('operation', 'commuting', { boundary: 'optional' }),
    [kind('part', ['equipment-and-heating', 'equipment', 'heating'])],
  ),
];
