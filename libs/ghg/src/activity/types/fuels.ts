import type { Dimension } from '../../quantity/unit';
import { withSpend } from '../formulas';
import type { ActivityType, AttributeSpec, LegSpec, QuantityFormula, SourceClass } from '../vocabulary';
import { fuelOrigin, OF_BIOFUEL } from './fuel-origin';
import {
  BATTERY_ELECTRIC,
  calorificBasis,
  decisive,
  energyOf,
  factor,
  formula,
  ifPublished,
  PLUG_IN_HYBRID,
  quantity,
  required,
  share,
  stated,
  times,
  VEHICLE_BIOFUELS,
  vehicleFuel,
} from './parts';

export { BIOFUELS, FOSSIL_FUELS, isBiofuel } from './fuel-origin';

/** What the origin of a fuel decides. */
interface Origin {
  readonly biogenic: readonly LegSpec[];
  readonly energy: readonly LegSpec[];
}
/** A part of a fossil fuel may be blended in; where the publisher says nothing of it, there is none. */
const FOSSIL: Origin = { biogenic: [ifPublished('biogenic', 'biogenic')], energy: [energyOf('fossil')] };
/** A biofuel without its CO2 outside the scopes is only partly calculated (Corporate Standard, chapter 9: reported apart). */
const BIOGENIC: Origin = { biogenic: [required('biogenic', 'biogenic')], energy: [energyOf('renewable')] };

/** Of a type that burns many fuels the fuel itself says of what origin it is. */
const either = (legs: keyof Origin): LegSpec[] => [
  ...FOSSIL[legs].map((leg): LegSpec => ({ ...leg, unless: OF_BIOFUEL })),
  ...BIOGENIC[legs].map((leg): LegSpec => ({ ...leg, when: OF_BIOFUEL })),
];
const BY_FUEL: Origin = { biogenic: either('biogenic'), energy: either('energy') };

const fuelLegs = (sourceClass: SourceClass, { biogenic, energy }: Origin): LegSpec[] => [
  required('combustion', sourceClass),
  ...biogenic,
  required('upstream', 'upstream-of-energy'),
  ...energy,
];

const stationary = (id: string, title: string, dimensions: Dimension[], origin = FOSSIL): ActivityType => ({
  id,
  title,
  formulas: withSpend(quantity(...dimensions)),
  attributes: [calorificBasis],
  legs: fuelLegs('stationary-combustion', origin),
});

const mobile = (id: string, title: string): ActivityType => ({
  id,
  title,
  formulas: withSpend(quantity('volume', 'energy', 'mass')),
  attributes: [calorificBasis],
  legs: fuelLegs('mobile-combustion', FOSSIL),
});

/** Of a grid, in the two readings of scope 2 (Scope 2 Guidance, chapter 4). */
const purchased = (leg: LegSpec['leg'], sourceClass: SourceClass, more: Partial<LegSpec> = {}): LegSpec[] =>
  (['location', 'market'] as const).map((basis) => required(leg, sourceClass, { basis, borrowsAbroad: false, ...more }));

/** A litre of a blend counts for each of its parts by the part's share in volume. */
const blends: readonly QuantityFormula[] = [
  ...withSpend(quantity('volume', 'energy', 'mass')),
  formula('share-of-blend', factor('quantity', ['volume', 'energy', 'mass']), share('blend_share')),
];

const VEHICLE: readonly AttributeSpec[] = [
  decisive('vehicle'),
  vehicleFuel,
  // US EPA prints ranges of model years as text.
  { name: 'model_year', required: false },
];

/**
 * Scope 1 combustion (Corporate Standard, chapter 4 and appendix A; IPCC 2006 Guidelines, volume 2, chapters 2 and 3): fuel-based in plant and
 * vehicles, distance-based in vehicles. Upstream of the fuel is category 3 A (Scope 3 Standard, chapter 5).
 */
export const FUELS: readonly ActivityType[] = [
  stationary('fuel.natural-gas', 'Natural gas burned in boilers and plant', ['energy', 'volume', 'mass']),
  stationary('fuel.heating-oil', 'Heating oil (burning oil, kerosene)', ['volume', 'energy', 'mass']),
  stationary('fuel.gas-oil', 'Gas oil for plant and generators', ['volume', 'energy', 'mass']),
  stationary('fuel.lpg', 'Liquefied petroleum gas', ['volume', 'energy', 'mass']),
  stationary('fuel.wood-pellets', 'Wood pellets', ['mass', 'energy'], BIOGENIC),
  {
    id: 'fuel.stationary',
    title: 'Any fuel burned in boilers and plant: coal, coke, fuel oil, butane, biogas, wood ...',
    formulas: blends,
    attributes: [decisive('fuel'), fuelOrigin, calorificBasis],
    legs: fuelLegs('stationary-combustion', BY_FUEL),
  },
  mobile('fuel.diesel', 'Diesel for owned or controlled vehicles, as sold at the pump'),
  mobile('fuel.petrol', 'Petrol for owned or controlled vehicles, as sold at the pump'),
  {
    id: 'fuel.mobile',
    title: 'Any fuel burned in owned or controlled vehicles, ships, aircraft and machines',
    formulas: blends,
    attributes: [decisive('fuel'), fuelOrigin, calorificBasis],
    legs: fuelLegs('mobile-combustion', BY_FUEL),
  },
  {
    id: 'vehicle.distance',
    title: 'Distance driven with owned or controlled vehicles',
    formulas: stated({ name: 'quantity', dimension: 'distance' }, times('vehicles', { dimension: 'vehicles', bare: true, optional: true })),
    attributes: VEHICLE,
    legs: [
      required('combustion', 'mobile-combustion'),
      ifPublished('biogenic', 'biogenic'),
      // What a battery takes up is electricity, metered or by distance, and its upstream and energy are counted there.
      required('upstream', 'upstream-of-energy', { unless: { attribute: 'fuel', in: [BATTERY_ELECTRIC] } }),
      energyOf('fossil', { unless: { attribute: 'fuel', in: [BATTERY_ELECTRIC, ...VEHICLE_BIOFUELS] } }),
      energyOf('renewable', { when: { attribute: 'fuel', in: VEHICLE_BIOFUELS } }),
    ],
  },
  {
    // Never beside a metered charge of the same vehicle. What made the electricity of a plug-in hybrid stands in the upstream of its distance.
    id: 'vehicle.distance-electricity',
    title: 'Electricity of owned or controlled vehicles by the distance driven, where no meter counts it',
    formulas: stated({ name: 'quantity', dimension: 'distance' }, times('vehicles', { dimension: 'vehicles', bare: true, optional: true })),
    attributes: [decisive('vehicle'), { name: 'fuel', required: true, values: [BATTERY_ELECTRIC, PLUG_IN_HYBRID], strict: true }],
    legs: [
      ...purchased('generation', 'purchased-electricity'),
      ...purchased('upstream', 'upstream-of-energy', { unless: { attribute: 'fuel', in: [PLUG_IN_HYBRID] } }),
      ...purchased('losses', 'transmission-losses'),
      energyOf('unknown'),
    ],
  },
  {
    // US EPA Center for Corporate Climate Leadership, mobile combustion guidance: CO2 from the fuel, CH4 and N2O from the distance.
    id: 'vehicle.distance-ch4-n2o',
    title: 'Distance driven, for CH4 and N2O alone; the CO2 is counted from the fuel',
    formulas: stated({ name: 'quantity', dimension: 'distance' }),
    attributes: VEHICLE,
    legs: [required('combustion', 'mobile-combustion')],
  },
];
