import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { conversion, Decimal, isRefusal, parseUnit } from '#ghg';

const REFERENCE = process.env.SCOPEBOOK_REFERENCE ?? '';
const rows: Readonly<Record<string, string>>[] = parse(readFileSync(path.join(REFERENCE, 'units.csv')), { columns: true, bom: true });

/** Names of the reference where the register has another, because the plain one is ambiguous or not a name of one unit. */
const NAMES: Readonly<Record<string, string>> = {
  Btu_IT: 'Btu-IT',
  Btu_ISO: 'Btu-ISO',
  'Btu/h': 'Btu-IT/hour',
  therm_EC: 'therm-EC',
  therm_US: 'therm-US',
  kcal_IT: 'kcal-IT',
  kcal_th: 'kcal-th',
  kcal: 'kcal-15',
  ton_of_refrigeration: 'ton-of-refrigeration',
  boiler_horsepower: 'boiler-horsepower',
  US_gallon: 'US-gal',
  imperial_gallon: 'imp-gal',
  bbl_oil: 'bbl-oil',
  'barrel (US liquid)': 'US-liquid-barrel',
  million_litres: 'ML',
  short_ton: 'short-ton',
  long_ton: 'long-ton',
  nautical_mile: 'nmi',
  'short_ton-mile': 'short-ton.mi',
  'long_ton-mile': 'long-ton.mi',
  'tonne-km': 't.km',
  '40ft standard container': 'FEU',
  '40ft high cube container': 'FEU-high-cube',
  'kg/kWh': 'kg/kWh',
};
/** Not conversions: loads per container, carbon to CO2, adjustments of distance, notes. */
const OTHERWISE = /^(TEU |t_C$|TJ_NCV$|actual road distance$|1 passenger|UK working days)/;
/** Rounded by whoever prints them; the register keeps the exact unit, or one of its own name. */
const ROUNDED: Readonly<Record<string, string>> = { 'MMBtu GJ 1.0551': 'MMBtu-eGRID', 'kWh kBtu 3.412': '', 'therm MMBtu 0.1': 'therm-EC' };

const plainRows = rows.filter((row) => !OTHERWISE.test(row.from_unit ?? '') && row.factor !== '');
const named = (name: string): string => NAMES[name] ?? name;

describe('units.csv', () => {
  it('has rows', () => expect(plainRows.length).toBeGreaterThan(45));

  it.each(plainRows.map((row) => [row.from_unit ?? '', row.to_unit ?? '', row.factor ?? '']))('1 %s = %s × %s', (from, to, factor) => {
    const own = ROUNDED[`${from} ${to} ${factor}`];
    if (from === 'MTCO2e') return expect(parseUnit(from)).toMatchObject({ refusal: 'unit_unknown' });
    const way = conversion(own === undefined || own === '' ? named(from) : own, named(to));
    if (isRefusal(way)) throw new Error(way.detail);
    // The reference prints doubles and rounded products (1.4599723245 for a short ton-mile, where 0.90718474 × 1.609344 = 1.45997231821056).
    const difference = way.numerator.div(way.denominator).div(factor).sub(1).abs();
    const isRounded = own === '';
    expect(difference.lt(isRounded ? '0.0001' : '0.00000001')).toBe(true);
    expect(isRounded && difference.lt('0.00001')).toBe(false);
    expect(new Decimal(factor).isPositive()).toBe(true);
  });
});
