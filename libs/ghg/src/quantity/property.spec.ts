import { betweenCalorificBases, conversionBy, isRefusal, plain, type Conversion, type PropertyFigure, type Refusal } from '#ghg';

const ratio = (found: Conversion | Refusal): string =>
  isRefusal(found) ? found.refusal : `${plain(found.numerator)}/${plain(found.denominator)}`;
const gross: PropertyFigure = { kind: 'gross-cv', value: '10.6', unit: 'kWh/L' };
const perKilogram: PropertyFigure = { kind: 'net-cv', value: '43', unit: 'MJ/kg' };
const density: PropertyFigure = { kind: 'density', value: '0.84', unit: 'kg/L', source: 'a table' };
const netOfGross: PropertyFigure = { kind: 'net-of-gross', value: '0.9', unit: '1' };

describe('conversionBy', () => {
  it.each<[string, string, PropertyFigure, string]>([
    ['L', 'kWh', gross, '10.6/1'],
    ['kWh', 'L', gross, '5/53'],
    ['m3', 'MWh', gross, '10.6/1'],
    ['US-gal', 'kWh', gross, '40.1253649104/1'],
    ['t', 'GJ', perKilogram, '43/1'],
    ['GJ', 't', perKilogram, '1/43'],
    ['L', 'kg', density, '0.84/1'],
    ['t', 'm3', density, '25/21'],
  ])('1 %s is so many %s', (from, to, property, expected) => expect(ratio(conversionBy(from, to, property))).toBe(expected));

  it('keeps the way: to the unit of the property, by it, and from it', () =>
    expect(conversionBy('m3', 't', density)).toMatchObject({
      steps: [
        { from: 'm3', to: 'L', numerator: '1000', denominator: '1' },
        { from: 'L', to: 'kg', numerator: '0.84', denominator: '1', source: 'density 0.84 kg/L (a table)' },
        { from: 'kg', to: 't', numerator: '0.001', denominator: '1' },
      ],
    }));

  it.each<[string, string, string, PropertyFigure, string]>([
    ['a density between energy and volume', 'kWh', 'L', density, 'property_unfit'],
    ['a calorific value between volume and mass', 'L', 'kg', gross, 'property_unfit'],
    ['two units of one dimension', 'L', 'm3', gross, 'property_unfit'],
    ['a loss rate', 'kWh', 'kWh', { kind: 'loss-of-generation', value: '0.08', unit: '1' }, 'property_unfit'],
    ['a ratio of calorific values', 'kWh', 'kWh', netOfGross, 'property_unfit'],
    ['a figure that is none', 'L', 'kWh', { ...gross, value: '0' }, 'property_unfit'],
    ['a figure in a unit of something else', 'L', 'kWh', { ...gross, unit: 'kg/L' }, 'property_unfit'],
    ['an unknown unit', 'ton', 'kWh', perKilogram, 'unit_unknown'],
    ['a gas volume at other conditions', 'Nm3', 'kWh', { ...gross, unit: 'kWh/m3' }, 'volume_conditions_differ'],
  ])('refuses %s', (_, from, to, property, refusal) => expect(ratio(conversionBy(from, to, property))).toBe(refusal));
});

describe('betweenCalorificBases', () => {
  it.each<[string, 'gross' | 'net', 'gross' | 'net', string]>([
    ['net from gross', 'gross', 'net', '0.0009/1'],
    ['gross from net', 'net', 'gross', '1/900'],
    ['the same basis', 'net', 'net', '0.001/1'],
  ])('%s', (_, from, to, expected) =>
    expect(ratio(betweenCalorificBases({ unit: 'kWh', basis: from }, { unit: 'MWh', basis: to }, netOfGross))).toBe(expected),
  );
  it('refuses a net value above the gross one', () =>
    expect(
      betweenCalorificBases({ unit: 'kWh', basis: 'gross' }, { unit: 'kWh', basis: 'net' }, { ...netOfGross, value: '1.1' }),
    ).toMatchObject({
      refusal: 'property_unfit',
    }));
});
