import { withGreatCircle, withSpend } from '../formulas';
import type { ActivityType, AttributeSpec, OperandSpec, QuantityFormula, SourceClass } from '../vocabulary';
import { operationsOf } from './operations';
import {
  addend,
  calorificBasis,
  carrierLegs,
  decisive,
  factor,
  forcingLeg,
  formula,
  lifeCycle,
  oneLeg,
  partsOf,
  pieces,
  PRICES,
  quantity,
  radiativeForcing,
  required,
  share,
  spend,
  stated,
  times,
} from './parts';

/**
 * An actual distance holds its detours; a planned one is lifted by a stated factor (GLEC Framework v3; ISO 14083). Factors are per shortest feasible or
 * great-circle distance unless a carrier's own says otherwise: an actual one is flagged `distance_actual`.
 */
const distanceBasis: AttributeSpec = {
  name: 'distance_basis',
  required: false,
  values: ['shortest-feasible', 'great-circle', 'actual'],
  default: 'shortest-feasible',
  recorded: true,
};
const distanceAdjustment = times('distance_adjustment', {
  optional: true,
  min: '1',
  max: '5',
  notWith: { attribute: 'distance_basis', value: 'actual', refusal: 'distance_adjustment_on_actual' },
});
/** Refrigerated transport burns more; a factor that says nothing is for ambient goods. */
const temperature: AttributeSpec = {
  name: 'temperature',
  required: false,
  values: ['ambient', 'refrigerated'],
  default: 'ambient',
  strict: true,
};

/** Transport activity = mass × distance (ISO 14083; GLEC Framework v3), or as the carrier states it. */
const carried: readonly QuantityFormula[] = [
  ...withGreatCircle(stated(factor('mass', 'mass'), factor('distance', 'distance'), distanceAdjustment)),
  formula('stated-activity', factor('transport_activity', 'mass·distance')),
  // On a ship or aircraft that carries both, a passenger with luggage counts as a mass, 100 kg by ISO 14083 and the GLEC Framework v3.
  formula(
    'passenger-equivalents',
    factor('passengers', 'passengers', { bare: true }),
    factor('mass_per_passenger', 'mass'),
    factor('distance', 'distance'),
  ),
];

const fuel: OperandSpec = factor('quantity', ['volume', 'mass', 'energy']);
/** Empty kilometres burn fuel and carry nothing. */
const vehicleDistance: readonly OperandSpec[] = [
  addend('loaded_distance', 'distance'),
  addend('empty_distance', 'distance', { optional: true }),
];

/** Whether the reporter pays: category 4, or 9. */
interface Kind {
  readonly prefix: string;
  readonly sourceClass: SourceClass;
  readonly whose: string;
}

/** One mode by tonne-kilometres. */
function byTonneKilometre(kind: Kind, mode: string, attributes: readonly AttributeSpec[] = []): ActivityType {
  return {
    id: `${kind.prefix}.${mode}`,
    title: `Freight by ${mode.replace('-', ' ')}${kind.whose}`,
    formulas: carried,
    attributes: [...attributes, temperature, lifeCycle, distanceBasis],
    legs: [...carrierLegs(kind.sourceClass), ...(mode === 'air' ? [forcingLeg(kind.sourceClass)] : [])],
  };
}

const byDistance = (kind: Kind): ActivityType[] => [
  byTonneKilometre(kind, 'road', [
    { name: 'vehicle', required: false, values: ['hgv-average', 'hgv-rigid', 'hgv-articulated', 'van'], default: 'hgv-average' },
    // A class of size and what drives it, in the words of the factor set.
    { name: 'size', required: false },
    { name: 'fuel', required: false },
    // Per cent of the capacity in use.
    { name: 'laden', required: false, values: ['average', '0', '50', '100'], default: 'average', strict: true },
  ]),
  byTonneKilometre(kind, 'rail'),
  byTonneKilometre(kind, 'sea', [
    {
      name: 'vessel',
      required: false,
      values: [
        ...['container', 'bulk', 'general-cargo', 'refrigerated-cargo', 'ro-ro', 'ro-pax', 'vehicle-carrier'],
        ...['tanker', 'crude-tanker', 'products-tanker', 'chemical-tanker', 'lng-tanker', 'lpg-tanker'],
      ],
      default: 'container',
    },
    // A class of size in the words of the factor set; without one, the average of the kind of ship.
    { name: 'size', required: false },
  ]),
  byTonneKilometre(kind, 'air', [
    { name: 'haul', required: true, values: ['domestic', 'short-haul', 'long-haul', 'international'], strict: true },
    radiativeForcing,
  ]),
  byTonneKilometre(kind, 'inland-waterway'),
  byTonneKilometre(kind, 'pipeline'),
  {
    id: `${kind.prefix}.container`,
    title: `Containers by sea${kind.whose}, counted in TEU: no tonnes stand in a TEU-kilometre`,
    formulas: [
      ...withGreatCircle(stated(factor('containers', 'containers'), factor('distance', 'distance'), distanceAdjustment)),
      formula('stated-activity', factor('transport_activity', 'containers·distance')),
    ],
    attributes: [
      { name: 'cargo', required: true, values: ['dry', 'reefer'], strict: true },
      { name: 'trade_lane', required: false },
      lifeCycle,
      distanceBasis,
    ],
    legs: carrierLegs(kind.sourceClass),
  },
  {
    id: `${kind.prefix}.vehicle`,
    title: `A whole vehicle${kind.whose}: loaded and empty kilometres`,
    formulas: [formula('stated', ...vehicleDistance), formula('share', ...vehicleDistance, share('share'))],
    attributes: [decisive('vehicle'), lifeCycle],
    legs: carrierLegs(kind.sourceClass),
  },
];

const byFuelOrSpend = ({ prefix, sourceClass, whose }: Kind): ActivityType[] => [
  {
    id: `${prefix}.fuel`,
    title: `Fuel burned by carriers${whose}, ballast and empty legs included`,
    formulas: [...withSpend(stated(fuel)), ...partsOf(fuel)],
    attributes: [decisive('fuel'), calorificBasis, lifeCycle],
    legs: carrierLegs(sourceClass),
  },
  oneLeg(
    `${prefix}.refrigerant`,
    `Refrigerant lost by carriers${whose}`,
    [...quantity('mass'), ...partsOf(factor('quantity', 'mass'))],
    required('leak', sourceClass),
    [decisive('gas')],
  ),
  oneLeg(`${prefix}.spend`, `Spend on freight${whose}`, spend(), required('operation', sourceClass), [decisive('sector'), ...PRICES]),
];

const distribution = ({ prefix, sourceClass, whose }: Kind): ActivityType[] => [
  oneLeg(
    `${prefix}.hub`,
    `Goods handled in terminals and warehouses${whose}: transhipment, cleaning, packing`,
    stated(factor('quantity', ['mass', 'items', 'containers', 'volume']), pieces('hubs', { optional: true })),
    required('operation', sourceClass),
    [decisive('hub'), temperature],
  ),
  oneLeg(
    `${prefix}.storage`,
    `Goods stored in warehouses and shops${whose}: space × time`,
    stated(factor('space', ['volume', 'area', 'mass']), factor('duration', 'time')),
    required('operation', sourceClass),
    [decisive('hub'), temperature],
  ),
  {
    id: `${prefix}.shipment`,
    title: `Shipment on a shared round${whose}; a pool shares the round out`,
    formulas: [...carried, ...stated(factor('quantity', ['mass', 'volume', 'area', 'items', 'containers', 'passengers']))],
    attributes: [distanceBasis],
    legs: [required('pooled', sourceClass)],
  },
];

/** The same methods for what the reporter pays for and what it does not. */
const transport = (kind: Kind): ActivityType[] => [...byDistance(kind), ...byFuelOrSpend(kind), ...distribution(kind)];

/**
 * Categories 4 and 9 (Scope 3 Technical Guidance, chapters 4 and 9): fuel-, distance- and spend-based methods, and distribution by site or on average.
 * Who paid decides: 4 what the reporter pays for, 9 what it does not. The minimum boundary is the carriers' scopes 1 and 2; well-to-tank is beyond.
 */
export const TRANSPORT: readonly ActivityType[] = [
  ...transport({ prefix: 'freight', sourceClass: 'upstream-transport', whose: '' }),
  ...transport({
    prefix: 'freight-downstream',
    sourceClass: 'downstream-transport',
    whose: ', after the sale and not paid by the reporter',
  }),
  ...operationsOf({ prefix: 'hub', whose: 'a warehouse or terminal that the reporter pays for', sourceClass: 'upstream-transport' }),
  ...operationsOf({ prefix: 'hub-downstream', whose: 'a warehouse or shop after the sale', sourceClass: 'downstream-transport' }),
];
