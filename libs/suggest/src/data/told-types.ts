/**
 * The types that the words of a line can tell. Whether a litre was burnt by a supplier, a franchisee or a lessee, who paid for a journey's fuel, whether
 * a purchase is a capital good: no invoice says so, and its words fit the common case as well. Those types are chosen by a person, or by a mapping.
 */
const TOLD: readonly string[] = [
  'fuel.',
  'vehicle.distance',
  'refrigerant.top-up',
  'fugitive.gas',
  'electricity.grid',
  'heat.district',
  'heat.steam',
  'heat.cooling',
  'goods.',
  'spend.goods',
  'water.',
  'freight.road',
  'freight.rail',
  'freight.sea',
  'freight.air',
  'freight.inland-waterway',
  'freight.spend',
  'waste.disposal',
  'travel.air.',
  'travel.rail',
  'travel.bus',
  'travel.ferry',
  'travel.taxi',
  'travel.car',
  'travel.hotel',
  'travel.spend',
];

/** A name that ends in a full stop stands for all types that begin with it. */
export function isTold(activityType: string): boolean {
  return TOLD.some((told) => (told.endsWith('.') ? activityType.startsWith(told) : activityType === told));
}
