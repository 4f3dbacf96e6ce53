import { withSpend } from '../formulas';
import type { ActivityType, LegSpec, SourceClass } from '../vocabulary';
import { calorificBasis, decisive, factor, oneLeg, partsOf, quantity, required, stated } from './parts';

/**
 * What others burn, buy and lose in their operations, counted in one scope 3 category of the reporter: scopes 1 and 2 of a supplier (hybrid method,
 * category 1), of a warehouse (4, 9), of a processor of sold products (10), of a lessor or lessee (8, 13), of a franchisee (14) (Scope 3 Technical
 * Guidance, the site-, asset-, lessor- and franchise-specific methods). Of a site that several share, the reporter counts its part.
 */
export function operationsOf(prefix: string, whose: string, sourceClass: SourceClass, more: Partial<LegSpec> = {}): ActivityType[] {
  const leg = required('operation', sourceClass, more);
  const grid: LegSpec = { ...leg, borrowsAbroad: false };
  const energy = factor('quantity', 'energy');
  const fuel = factor('quantity', ['energy', 'volume', 'mass']);
  return [
    oneLeg(`${prefix}.electricity`, `Electricity of ${whose}`, [...withSpend(stated(energy)), ...partsOf(energy)], grid),
    oneLeg(`${prefix}.heat`, `Heat, steam or cooling of ${whose}`, [...withSpend(stated(energy)), ...partsOf(energy)], grid),
    oneLeg(`${prefix}.fuel`, `Fuel burned by ${whose}`, [...withSpend(stated(fuel)), ...partsOf(fuel)], leg, [
      decisive('fuel'),
      calorificBasis,
    ]),
    oneLeg(
      `${prefix}.refrigerant`,
      `Refrigerant lost by ${whose}`,
      [...quantity('mass'), ...partsOf(factor('quantity', 'mass'))],
      required('leak', sourceClass, more),
      [decisive('gas')],
    ),
    oneLeg(`${prefix}.waste`, `Waste of ${whose}`, quantity('mass'), leg, [decisive('material'), decisive('treatment')]),
  ];
}

/** Average data by floor space: area × factor per square metre, for the year of the factor (Scope 3 Technical Guidance, chapters 8, 13 and 14). */
export function floorSpaceOf(prefix: string, whose: string, sourceClass: SourceClass): ActivityType {
  return oneLeg(`${prefix}.floor-space`, `Floor space of ${whose}, average data`, quantity('area'), required('operation', sourceClass), [
    decisive('building'),
  ]);
}
