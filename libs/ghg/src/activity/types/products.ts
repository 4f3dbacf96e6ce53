import type { ActivityType, LegSpec, OperandSpec, QuantityFormula, Requirement } from '../vocabulary';
import { operationsOf } from './operations';
import {
  calorificBasis,
  daysOfYear,
  decisive,
  factor,
  formula,
  oneLeg,
  partsOf,
  pieces,
  quantity,
  required,
  share,
  stated,
  times,
  whole,
} from './parts';

const unitsSold: OperandSpec = pieces('units_sold');
const lifetimeUses: OperandSpec = factor('lifetime_uses', 'uses');

/** Lifetime uses × units sold × energy per use; or the power over the hours of a life; or the energy of a year over the years. */
const lifetimeEnergy = (dimension: 'energy' | readonly ('energy' | 'volume' | 'mass')[]): QuantityFormula[] => [
  formula('lifetime-uses', lifetimeUses, unitsSold, { name: 'energy_per_use', dimension, per: 'uses' }),
  formula('lifetime-years', unitsSold, factor('energy_per_year', dimension), times('lifetime_years')),
];
const poweredHours: QuantityFormula = formula(
  'lifetime-hours',
  unitsSold,
  { name: 'power', dimension: 'energy', per: 'time' },
  factor('hours_per_day', 'time', { min: '0', max: '24' }),
  daysOfYear('days_per_year'),
  times('lifetime_years'),
);

/** Direct use is within the minimum boundary, indirect use (what a product makes others burn) is optional (Scope 3 Standard, table 5.4). */
function useOf(prefix: string, how: string, boundary: Requirement): ActivityType[] {
  const leg: LegSpec = required('use', 'use-of-products', boundary === 'optional' ? { boundary } : {});
  const fuelDimensions = ['energy', 'volume', 'mass'] as const;
  const travelled: readonly OperandSpec[] = [unitsSold, factor('lifetime_distance', 'distance')];
  return [
    oneLeg(
      `${prefix}.electricity`,
      `Electricity that sold products ${how} over their lifetime, in the year of sale`,
      [...quantity('energy'), ...lifetimeEnergy('energy'), poweredHours],
      { ...leg, borrowsAbroad: false },
    ),
    oneLeg(
      `${prefix}.fuel`,
      `Fuel that sold products ${how} over their lifetime, or fuel sold to be burnt, in the year of sale`,
      [...quantity(...fuelDimensions), ...lifetimeEnergy(fuelDimensions)],
      leg,
      [decisive('fuel'), calorificBasis],
    ),
    oneLeg(
      `${prefix}.distance`,
      `Distance that sold vehicles, or vehicles with sold parts, cover over their lifetime`,
      [
        ...stated(...travelled),
        // A part is answerable for the share of its mass in the whole (Scope 3 Technical Guidance, category 11).
        formula('allocated-by-mass', ...travelled, factor('part_mass', 'mass'), whole('product_mass', 'mass', 'part_mass')),
      ],
      leg,
      [decisive('product')],
    ),
  ];
}

/**
 * Categories 10 and 11 (Scope 3 Technical Guidance, chapters 10 and 11): processing by the scopes 1 and 2 of who processes, or on average; use over
 * the whole expected lifetime, booked in the year of sale.
 */
export const PRODUCTS: readonly ActivityType[] = [
  ...operationsOf({ prefix: 'processor', whose: 'who processes sold intermediate products', sourceClass: 'processing-of-products' }),
  oneLeg(
    'processor.product',
    'Sold intermediate products by mass, average data',
    [...quantity('mass', 'items', 'volume'), ...partsOf(factor('quantity', 'mass'))],
    required('operation', 'processing-of-products'),
    [decisive('process')],
  ),
  ...useOf('use', 'take', 'minimum'),
  oneLeg(
    'use.gas',
    'Gases that sold products contain and release in use',
    [
      ...quantity('mass'),
      formula('units', unitsSold, factor('charge', 'mass'), share('annual_leak_rate'), times('lifetime_years', { optional: true })),
    ],
    required('leak', 'use-of-products'),
    [decisive('gas')],
  ),
  ...useOf('use-indirect', 'make others take', 'optional'),
];
