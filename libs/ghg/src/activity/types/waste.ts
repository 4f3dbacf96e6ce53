import type { ActivityType, AttributeSpec } from '../vocabulary';
import { decisive, factor, formula, oneLeg, pieces, quantity, required, share, stated } from './parts';

/** Without its route a tonne of waste has no factor. */
const treatment: AttributeSpec = {
  name: 'treatment',
  required: true,
  values: [
    ...['landfill', 'combustion', 'combustion-with-recovery', 'recycling', 'open-loop-recycling', 'composting', 'anaerobic-digestion'],
    // Digestion by what becomes of the digestate (US EPA WARM).
    ...['dry-anaerobic-digestion', 'wet-anaerobic-digestion', 'reuse', 'open-burning'],
  ],
  strict: true,
};

/**
 * Categories 5 and 12 (Scope 3 Technical Guidance, chapters 5 and 12): by type of waste and treatment, or on average (`material` mixed); the
 * carriage of waste is optional (Scope 3 Standard, table 5.4). What a sold
 * product will become waste of counts whole in the year of sale.
 */
export const WASTE: readonly ActivityType[] = [
  oneLeg(
    'waste.disposal',
    'Waste from operations, handed to others',
    [...quantity('mass'), formula('share', factor('quantity', 'mass'), share('treatment_share'))],
    required('service', 'waste'),
    [decisive('material'), treatment],
  ),
  oneLeg(
    'waste.transport',
    'Carriage of waste to its treatment',
    stated(factor('mass', 'mass'), factor('distance', 'distance')),
    required('operation', 'waste', { boundary: 'optional' }),
    [decisive('vehicle')],
  ),
  oneLeg('water.treatment', 'Waste water handed to treatment', quantity('volume'), required('service', 'waste')),
  oneLeg(
    'end-of-life.product',
    'Sold products and their packaging when they become waste',
    [
      ...quantity('mass'),
      formula('share', factor('quantity', 'mass'), share('treatment_share')),
      formula('units', pieces('units_sold'), factor('unit_mass', 'mass'), share('treatment_share', { optional: true })),
    ],
    required('service', 'end-of-life'),
    [decisive('material'), treatment],
  ),
  oneLeg(
    'end-of-life.gas',
    'Gases that sold products release when they are disposed of',
    [
      ...quantity('mass'),
      formula('units', pieces('units_sold'), factor('charge', 'mass'), share('remaining_share'), share('unrecovered_share')),
    ],
    required('leak', 'end-of-life'),
    [decisive('gas')],
  ),
];
