import fc from 'fast-check';
import { conversion, Decimal, isRefusal, parseQuotient, parseUnit, plain, UNITS, type Conversion } from '#ghg';

const way = (from: string, to: string): Conversion => {
  const found = conversion(from, to);
  if (isRefusal(found)) throw new Error(`${from} → ${to}: ${found.refusal}`);
  return found;
};
const ratio = (from: string, to: string) => `${plain(way(from, to).numerator)}/${plain(way(from, to).denominator)}`;

describe('the register of units', () => {
  it('names every unit and alias once, with a plain ratio', () => {
    const names = UNITS.flatMap((unit) => [unit.id, ...unit.aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const unit of UNITS) expect(plain(new Decimal(unit.ratio))).toBe(unit.ratio);
  });

  it.each([
    ['m³', 'm3'],
    ['litres', 'L'],
    ['tkm', 't.km'],
    ['km.t', 't.km'],
    ['pkm', 'passenger.km'],
    ['room-night', 'room.night'],
    ['short-ton.mi', 'short-ton.mi'],
    ['tonnes', 't'],
    ['Mt', 'Mt'],
    ['MMTCO2e', 'MtCO2e'],
    ['TEU-km', 'TEU.km'],
    ['vehicle-mile', 'vehicle.mi'],
  ])('reads %s as %s', (text, id) => expect(parseUnit(text)).toMatchObject({ id }));

  it.each([
    'ton',
    'gal',
    'therm',
    'barrel',
    'bbl',
    'MT',
    'MTCO2e',
    'Btu',
    'kcal',
    'mcf',
    'month',
    'furlong',
    '',
    't.',
    'kg.kg.kg.kg',
    '%.t',
    'a/b/c',
    'GBP/L',
    'kW',
  ])('refuses %p', (text) => expect(parseUnit(text)).toMatchObject({ refusal: 'unit_unknown' }));

  it.each([
    ['GBP/litre', 'GBP/L', 'money/volume'],
    ['kWh/use', 'kWh/use', 'energy/uses'],
    ['1/week', '1/week', 'ratio/time'],
    ['EUR/tkm', 'EUR/t.km', 'money/mass·distance'],
    ['kW', 'kWh/hour', 'energy/time'],
  ])('reads the quotient %s as %s', (text, id, dimension) => expect(parseQuotient(text)).toMatchObject({ id, dimension }));

  it('says what to write instead of an ambiguous name', () =>
    expect(parseUnit('ton')).toMatchObject({ detail: '"ton" is ambiguous; say t or short-ton or long-ton' }));
});

describe('conversion', () => {
  it.each([
    ['kWh', 'MWh', '0.001/1'],
    ['kBtu', 'MMBtu', '0.001/1'],
    ['therm-EC', 'MMBtu', '0.1/1'],
    ['short-ton', 't', '0.90718474/1'],
    ['t', 'short-ton', '50000000/45359237'],
    ['short-ton.mi', 't.km', '1.45997231821056/1'],
    ['lb.mi', 'short-ton.mi', '0.0005/1'],
    ['ML', 'm3', '1000/1'],
    ['GJ', 'kWh', '2500/9'],
    ['kWh', 'kWh', '1/1'],
    ['therm-US', 'therm-EC', '52740200000/52752792631'],
    ['Btu-ISO', 'Btu-IT', '52752800000/52752792631'],
    ['MMBtu-eGRID', 'MMBtu', '52755000000/52752792631'],
    ['kcal-15', 'kJ', '4.1858/1'],
    ['bbl-oil', 'US-gal', '42/1'],
    ['US-liquid-barrel', 'US-gal', '31.5/1'],
    ['Mt', 'Gg', '1000/1'],
    ['Mg', 'mg', '1000000000/1'],
    ['lb', 'oz', '16/1'],
    ['Mcf', 'MMcf', '0.001/1'],
    ['lbCO2e', 'kgCO2e', '0.45359237/1'],
    ['%', '1', '0.01/1'],
    ['kW', 'W', '1000/1'],
    ['ton-of-refrigeration', 'Btu-IT/hour', '12000/1'],
    ['GBP/US-gal', 'GBP/L', '125000000/473176473'],
  ])('1 %s is %s × %s', (from, to, expected) => expect(ratio(from, to)).toBe(expected));

  it('keeps one step per part that changes', () =>
    expect(way('short-ton.mi', 't.mi').steps).toMatchObject([{ from: 'short-ton', to: 't', numerator: '0.90718474', denominator: '1' }]));

  it.each([
    ['kWh', 'kg', 'unit_dimension_mismatch'],
    ['t.km', 't', 'unit_dimension_mismatch'],
    ['USD', 'GBP', 'currency_without_rate'],
    ['USD', 'kg', 'unit_dimension_mismatch'],
    ['kgCO2e', 'kg', 'unit_dimension_mismatch'],
    ['TEU.km', 't.km', 'unit_dimension_mismatch'],
    ['kW', 'kWh', 'unit_dimension_mismatch'],
    ['Nm3', 'm3', 'volume_conditions_differ'],
    ['Sm3', 'm3', 'volume_conditions_differ'],
    ['Nm3', 'Sm3', 'volume_conditions_differ'],
    ['kWh/Nm3', 'kWh/m3', 'volume_conditions_differ'],
    ['GBP/L', 'EUR/L', 'currency_without_rate'],
    ['GBP/L', 'GBP/kWh', 'unit_dimension_mismatch'],
    ['ton', 'kg', 'unit_unknown'],
    ['kg', 'ton', 'unit_unknown'],
  ])('refuses %s to %s', (from, to, refusal) => expect(conversion(from, to)).toMatchObject({ refusal }));

  const unit = fc.constantFrom(...UNITS);
  it('there and back is one, exactly', () =>
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        fc.pre(a.base === b.base);
        const there = way(a.id, b.id);
        const back = way(b.id, a.id);
        expect(there.numerator.mul(back.numerator).eq(there.denominator.mul(back.denominator))).toBe(true);
      }),
    ));
});
