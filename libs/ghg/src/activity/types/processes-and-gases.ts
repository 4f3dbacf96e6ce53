import type { ActivityType, OperandSpec, QuantityFormula, SourceClass } from '../vocabulary';
import {
  addend,
  calorificBasis,
  decisive,
  factor,
  formula,
  massBalance,
  oneLeg,
  pieces,
  quantity,
  required,
  share,
  stated,
  subtrahend,
  times,
} from './parts';

/** What is in store, bought or handed on is nothing at least; only the nameplate capacity grows or shrinks. */
const STOCK: Pick<OperandSpec, 'min'> = { min: '0' };

/**
 * One record that balances the stock of a gas: lost = opening stock + purchased − disposed of or sold − closing stock − growth of the nameplate
 * capacity (IPCC 2006 Guidelines, volume 3, chapter 7, mass-balance approach; GHG Protocol HFC tool, sales-based approach).
 */
const BALANCE: QuantityFormula = massBalance(
  'mass-balance',
  addend('opening', 'mass', STOCK),
  addend('purchased', 'mass', STOCK),
  { name: 'closing', dimension: 'mass', role: 'subtrahend', ...STOCK },
  { ...subtrahend('disposed', 'mass'), ...STOCK },
  subtrahend('capacity_increase', 'mass'),
);

const charge: OperandSpec = factor('charge', 'mass');
const units: OperandSpec = pieces('units', { optional: true });

/** The life of a piece of equipment, stage by stage (GHG Protocol HFC tool, life-cycle stage approach; IPCC 2006 Guidelines, volume 3, chapter 7). */
const LIFE_CYCLE: readonly QuantityFormula[] = [
  formula('installation', charge, share('assembly_loss_rate'), units),
  formula('operation', charge, share('annual_leak_rate'), times('years', { optional: true }), units),
  // unrecovered = 1 − recovery efficiency
  formula('disposal', charge, share('remaining_share'), share('unrecovered_share'), units),
  massBalance('disposal-by-weight', addend('remaining', 'mass', STOCK), {
    name: 'recovered',
    dimension: 'mass',
    role: 'subtrahend',
    ...STOCK,
  }),
];

const gas = (id: string, title: string, formulas: readonly QuantityFormula[], sourceClass: SourceClass): ActivityType =>
  oneLeg(id, title, formulas, required('leak', sourceClass), [decisive('gas')]);

/**
 * Process and fugitive emissions (Corporate Standard, chapter 4 and appendix A). A process takes a stoichiometric factor per unit of product (IPCC
 * 2006 Guidelines, volume 3); gases and blends that escape take the GWP table itself.
 */
export const PROCESSES_AND_GASES: readonly ActivityType[] = [
  {
    id: 'process.output',
    title: 'Output of a process that releases gases by itself: clinker, lime, aluminium, ammonia ...',
    // The ratios are corrections: the degree of calcination, the purity of the stone, the dust lost from the kiln.
    formulas: [...quantity('mass', 'volume'), formula('corrected', factor('quantity', ['mass', 'volume']), times('correction'))],
    attributes: [decisive('process')],
    legs: [required('process', 'process')],
  },
  gas('process.gas', 'Gas released by a process, measured as a mass', quantity('mass'), 'process'),
  gas('refrigerant.top-up', 'Refrigerant added to make up for a leak', quantity('mass'), 'fugitive'),
  gas('refrigerant.mass-balance', 'Refrigerant lost between two stocktakings', [BALANCE], 'fugitive'),
  gas('refrigerant.life-cycle', 'Refrigerant lost at installation, in operation or at disposal', LIFE_CYCLE, 'fugitive'),
  gas(
    'refrigerant.screening',
    'Refrigerant lost by rule of thumb: charge × default rate of the kind of equipment',
    stated(charge, share('emission_rate'), units),
    'fugitive',
  ),
  {
    id: 'refrigerant.movement',
    title: 'Movement or stocktaking of a refrigerant; a pool balances them',
    formulas: quantity('mass'),
    attributes: [
      decisive('gas'),
      { name: 'movement', required: true, values: ['opening', 'purchase', 'disposal', 'closing', 'capacity'], strict: true },
    ],
    legs: [required('pooled', 'fugitive')],
  },
  gas(
    'fugitive.gas',
    'SF6 and other gases lost from switchgear and other equipment',
    [...quantity('mass'), BALANCE, formula('nameplate', factor('capacity', 'mass'), share('annual_leak_rate'))],
    'fugitive',
  ),
  {
    id: 'fugitive.natural-gas',
    title: 'Natural gas that escapes unburnt from pipes and plant',
    formulas: [
      ...quantity('volume', 'energy', 'mass'),
      formula('share-of-throughput', factor('throughput', ['volume', 'energy', 'mass']), share('leak_rate')),
    ],
    attributes: [calorificBasis],
    legs: [required('process', 'fugitive')],
  },
];
