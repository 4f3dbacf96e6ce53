import { withSpend } from '../formulas';
import type { ActivityType, LegSpec, SourceClass } from '../vocabulary';
import { operationsOf } from './operations';
import { decisive, factor, formula, oneLeg, pieces, PRICES, quantity, required, spend, stated } from './parts';

const supply = (sourceClass: SourceClass): LegSpec => required('supply', sourceClass);

/** Average and supplier-specific data by mass, by piece or other measure, and by spend. A supplier's own figure is a factor of that supplier. */
const bought = (sourceClass: SourceClass, ids: { material: string; item: string; spend: string }, what: string): ActivityType[] => [
  oneLeg(
    ids.material,
    `Purchased ${what} by mass`,
    [...withSpend(quantity('mass')), formula('items-by-weight', pieces('items'), factor('item_mass', 'mass'))],
    supply(sourceClass),
    [
      decisive('material'),
      { name: 'origin', required: false, values: ['primary', 'closed-loop', 'open-loop', 'reused'], default: 'primary' },
    ],
  ),
  oneLeg(
    ids.item,
    `Purchased ${what} by piece, volume, area, length, energy or hours`,
    withSpend(quantity('items', 'volume', 'area', 'distance', 'energy', 'time')),
    supply(sourceClass),
    [decisive('product')],
  ),
  oneLeg(ids.spend, `Spend on ${what}`, spend(), supply(sourceClass), [decisive('sector'), ...PRICES]),
];

/** Rows of the hybrid method beside the materials: cradle to gate, a supplier's waste and inbound transport are within the minimum boundary. */
const hybrid = (prefix: string, forWhat: string, sourceClass: SourceClass): ActivityType[] => [
  ...operationsOf({ prefix, whose: `a supplier, for ${forWhat}`, sourceClass, waste: 'minimum' }),
  oneLeg(
    `${prefix}.transport`,
    `Transport of a supplier’s own inputs, for ${forWhat}`,
    stated(factor('mass', 'mass'), factor('distance', 'distance')),
    required('operation', sourceClass),
    [decisive('vehicle')],
  ),
];

/**
 * Categories 1 and 2 (Scope 3 Standard, chapter 5; Scope 3 Technical Guidance, chapters 1 and 2): cradle to gate, the minimum boundary being all of
 * it. Capital goods count whole in the year of purchase and are not depreciated. The hybrid method is rows of several types: the supplier's own
 * operations, its materials, their transport, its waste.
 */
export const GOODS: readonly ActivityType[] = [
  ...bought('purchased-goods', { material: 'goods.material', item: 'goods.item', spend: 'spend.goods' }, 'goods and services'),
  ...bought('capital-goods', { material: 'capital.material', item: 'capital.item', spend: 'spend.capital-goods' }, 'capital goods'),
  oneLeg('water.supply', 'Water from the mains', quantity('volume'), required('service', 'purchased-goods')),
  ...hybrid('supplier', 'what it sold to the reporter', 'purchased-goods'),
  ...hybrid('capital-supplier', 'the capital goods that it sold to the reporter', 'capital-goods'),
];
