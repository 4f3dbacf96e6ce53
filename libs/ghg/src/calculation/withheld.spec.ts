import type { Factor, FuelProperty } from '../factor/factor';
import type { Rate } from './rate';
import { effectOf } from './effect';
import { figureText, isWithheld, shownRate, withheldFigures } from './withheld';

const source = { table: 'T', row: '7', printed: '0.73519 kg' };
const RATE: Rate = {
  leg: 'combustion',
  basis: 'all',
  sourceClass: 'stationary-combustion',
  unit: 'L',
  kgco2e: '7.3519',
  biogenicKgco2: '0.3',
  gwpSet: 'AR5',
  gases: [{ gas: 'CH4', kg: '0.01', origin: 'fossil', stated: { kgco2e: '0.28', gwpSet: 'AR5' } }],
  notConvertible: { kgco2e: '0.02', gwpSet: 'AR5' },
  factor: {
    setId: 's',
    publisher: 'P',
    edition: '1',
    version: '1',
    licence: 'L',
    invented: true,
    code: 'c',
    region: 'GB',
    year: 2024,
    unit: 'kWh',
    source,
  },
  method: 'quantity-times-factor',
  conversion: [{ from: 'L', to: 'kWh', numerator: '10', denominator: '1', source: 'property' }],
  fallbacks: ['fuel_property_used'],
  inputs: [{ kind: 'fuel-property', code: 'cv', setId: 't', value: '10', unit: 'kWh/L', source: { table: 'T', row: '8' } }],
  gsd: '1.1',
  rounded: false,
  formula: '0.73519 kgCO2e/kWh × 10 = 7.3519 kgCO2e/L',
};
const OF_WITHHELD_FACTOR: Rate = { ...RATE, factor: { ...RATE.factor!, withheld: 'digest-f' } };
const OF_WITHHELD_PROPERTY: Rate = { ...RATE, inputs: [{ ...RATE.inputs![0]!, withheld: 'digest-p' }] };

describe('a withheld rate', () => {
  it('is one that rests on a withheld figure, in whatever place', () => {
    expect([RATE, OF_WITHHELD_FACTOR, OF_WITHHELD_PROPERTY].map(isWithheld)).toEqual([false, true, true]);
    expect([RATE, OF_WITHHELD_FACTOR, OF_WITHHELD_PROPERTY].map(withheldFigures)).toEqual([[], ['digest-f'], ['digest-p']]);
  });

  it('moves its entries when it comes to be withheld: they are shown otherwise', () =>
    expect(JSON.stringify(effectOf(OF_WITHHELD_FACTOR))).not.toBe(JSON.stringify(effectOf(RATE))));

  it('is shown whole where nothing is withheld', () => expect(shownRate(RATE)).toBe(RATE));

  it('shows its lineage and none of its figures', () => {
    const shown = shownRate(OF_WITHHELD_FACTOR);
    expect(JSON.stringify(shown)).not.toMatch(/7\.?3519|0\.3"|0\.01|0\.28|0\.02|1\.1/);
    expect(shown).toMatchObject({
      factor: { code: 'c', withheld: 'digest-f', source: { table: 'T', row: '7' } },
      fallbacks: ['fuel_property_used'],
      inputs: [{ code: 'cv', value: '10' }],
      gases: [{ gas: 'CH4', kg: null }],
    });
  });

  it('shows no step between units that a withheld property made', () =>
    expect(shownRate(OF_WITHHELD_PROPERTY)).toMatchObject({ conversion: [], inputs: [{ code: 'cv', value: null }], kgco2e: null }));
});

describe('the text that the digest of a figure is made of', () => {
  const factor: Factor = {
    code: 'c',
    activityType: 'fuel.diesel',
    leg: 'combustion',
    region: 'GB',
    year: 2024,
    attributes: {},
    unit: 'kWh',
    gases: [{ gas: 'CH4', kg: '0.1' }],
    kgco2e: '0.73519',
    source,
  };
  it.each([
    [factor, '{"code":"c","gases":[{"gas":"CH4","kg":"0.1"}],"kgco2e":"0.73519","printed":"0.73519 kg","unit":"kWh"}'],
    [
      { from: 'USD', to: 'EUR', year: 2024, rate: '0.9', source },
      '{"from":"USD","printed":"0.73519 kg","rate":"0.9","to":"EUR","year":2024}',
    ],
    [
      { series: 'CPI', currency: 'USD', year: 2024, index: '99', source },
      '{"currency":"USD","index":"99","printed":"0.73519 kg","series":"CPI","year":2024}',
    ],
  ])('%#', (figure, text) => expect(figureText(figure)).toBe(text));

  it('of a property', () => {
    const { code, activityType, attributes, region, year } = factor;
    const property: FuelProperty = { code, activityType, attributes, region, year, kind: 'net-cv', value: '10', unit: 'kWh/L', source };
    expect(figureText(property)).toBe('{"code":"c","printed":"0.73519 kg","unit":"kWh/L","value":"10"}');
  });
});
