import fc from 'fast-check';
import { conversion, Decimal, isRefusal, parseUnit, plain, UNITS, type Conversion } from '#ghg';

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
  ])('reads %s as %s', (text, id) => expect(parseUnit(text)).toMatchObject({ id }));

  it.each(['ton', 'gal', 'therm', 'barrel', 'MT', 'Btu', 'mcf', 'furlong', '', 't.', 'kg.kg.kg.kg'])('refuses %p', (text) =>
    expect(parseUnit(text)).toMatchObject({ refusal: 'unit_unknown' }),
  );

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
  ])('1 %s is %s × %s', (from, to, expected) => expect(ratio(from, to)).toBe(expected));

  it('keeps one step per part that changes', () =>
    expect(way('short-ton.mi', 't.mi').steps).toMatchObject([{ from: 'short-ton', to: 't', numerator: '0.90718474', denominator: '1' }]));

  it.each([
    ['kWh', 'kg', 'unit_dimension_mismatch'],
    ['t.km', 't', 'unit_dimension_mismatch'],
    ['USD', 'GBP', 'currency_without_rate'],
    ['USD', 'kg', 'unit_dimension_mismatch'],
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
