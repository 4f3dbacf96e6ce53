import { withSpend } from '../formulas';
import type { ActivityType, LegSpec, Requirement, SourceClass } from '../vocabulary';
import { calorificBasis, decisive, factor, formula, oneLeg, partsOf, quantity, required, stated, times, vehicleFuel } from './parts';

/** Who operates, and the scope 3 category of the reporter in which that counts. */
export interface Operator {
  /** What the ids of the types begin with. */
  readonly prefix: string;
  /** The operator in words, for the titles. */
  readonly whose: string;
  readonly sourceClass: SourceClass;
  /** `optional` unless said otherwise: waste is an operator's scope 3, and only a supplier's products are counted from cradle to gate. */
  readonly waste?: Requirement;
}

/**
 * What others burn, buy, process and lose in their operations, counted in one scope 3 category of the reporter: scopes 1 and 2 of a supplier (hybrid
 * method, categories 1 and 2), of a warehouse (4, 9), of a processor of sold products (10), of a lessor or lessee (8, 13), of a franchisee (14) (Scope
 * 3 Technical Guidance, the site-, asset-, lessor- and franchise-specific methods). Their waste is beyond the minimum boundary but for a supplier
 * (Scope 3 Standard, table 5.4). Of a site that several share, the reporter counts its part.
 */
export function operationsOf({ prefix, whose, sourceClass, waste = 'optional' }: Operator): ActivityType[] {
  const leg = required('operation', sourceClass);
  const grid: LegSpec = { ...leg, borrowsAbroad: false };
  const energy = factor('quantity', 'energy');
  const fuel = factor('quantity', ['energy', 'volume', 'mass']);
  const mass = factor('quantity', 'mass');
  const output = factor('quantity', ['mass', 'volume']);
  return [
    oneLeg(`${prefix}.electricity`, `Electricity of ${whose}`, [...withSpend(stated(energy)), ...partsOf(energy)], grid),
    oneLeg(`${prefix}.heat`, `Heat, steam or cooling of ${whose}`, [...withSpend(stated(energy)), ...partsOf(energy)], grid),
    oneLeg(`${prefix}.fuel`, `Fuel burned by ${whose}`, [...withSpend(stated(fuel)), ...partsOf(fuel)], leg, [
      decisive('fuel'),
      calorificBasis,
    ]),
    oneLeg(
      `${prefix}.process`,
      `Output of a process that releases gases by itself, of ${whose}`,
      [...stated(output), formula('corrected', output, times('correction')), ...partsOf(output)],
      required('process', sourceClass),
      [decisive('process')],
    ),
    oneLeg(`${prefix}.refrigerant`, `Refrigerant lost by ${whose}`, [...stated(mass), ...partsOf(mass)], required('leak', sourceClass), [
      decisive('gas'),
    ]),
    oneLeg(
      `${prefix}.waste`,
      `Waste of ${whose}`,
      [...stated(mass), ...partsOf(mass)],
      waste === 'optional' ? { ...leg, boundary: waste } : leg,
      [decisive('material'), decisive('treatment')],
    ),
  ];
}

/**
 * Average data, for the year of the factor: floor space × factor per square metre, distance × factor per kilometre, and number of assets × factor per asset of the kind (Scope 3
 * Technical Guidance, chapters 8, 13 and 14).
 */
export function averageDataOf({ prefix, whose, sourceClass }: Operator): ActivityType[] {
  const leg = required('operation', sourceClass);
  return [
    oneLeg(`${prefix}.floor-space`, `Floor space of ${whose}, average data`, quantity('area'), leg, [decisive('building')]),
    oneLeg(`${prefix}.vehicle`, `Distance driven by ${whose}`, quantity('distance'), leg, [decisive('vehicle'), vehicleFuel]),
    oneLeg(`${prefix}.asset`, `Number of assets of ${whose}, average data`, quantity('items'), leg, [decisive('asset')]),
  ];
}
