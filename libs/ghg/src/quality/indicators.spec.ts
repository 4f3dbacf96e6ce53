import type { MatchKey } from '../activity/vocabulary';
import type { Rate } from '../calculation/rate';
import { Decimal } from '../quantity/decimal';
import { isRefusal } from '../refusals';
import { activityPedigree, dataStatusOf, factorPedigree } from './assumed-indicators';
import { basicUncertainty } from './basic-uncertainty';
import { gwpRange } from './gwp-errors';
import { INDICATORS, lnVarianceOfPedigree, meanScore, parsePedigree, pedigreeText, UNCERTAINTY_FACTORS, type Pedigree } from './indicators';
import { gsdOfLnVariance, intervalOf, lnVarianceOf90PercentRange, lnVarianceOfGsd } from './lognormal';
import { isPrimaryData } from './primary-data';

const key = (attributes: Record<string, string> = {}, more: Partial<MatchKey> = {}): MatchKey => ({
  activityType: 'fuel.natural-gas',
  unit: 'kWh',
  year: 2025,
  country: 'GB',
  region: null,
  supplier: null,
  attributes,
  ...more,
});

const rate = (more: Partial<Rate> = {}, factor: Partial<NonNullable<Rate['factor']>> = {}): Rate => ({
  leg: 'combustion',
  basis: 'all',
  sourceClass: 'stationary-combustion',
  unit: 'kWh',
  kgco2e: '0.2',
  biogenicKgco2: '0',
  gwpSet: 'AR5',
  gases: [],
  notConvertible: null,
  factor: {
    setId: 'set',
    publisher: 'P',
    edition: '2025',
    version: '1',
    licence: 'none',
    invented: false,
    code: 'gas',
    region: 'GB',
    year: 2025,
    unit: 'kWh',
    source: { table: 'T', row: '1' },
    ...factor,
  },
  method: 'factor',
  conversion: [],
  fallbacks: [],
  rounded: false,
  formula: '',
  ...more,
});

describe('a pedigree', () => {
  it.each(['1-1-1-1-1', '1-2-1-1-3', '5-5-5-5-5'])('is read from its text: %s', (text) => {
    expect(pedigreeText(parsePedigree(text) as Pedigree)).toBe(text);
  });

  it.each(['', '1-2-1-1', '1-2-1-1-6', '0-1-1-1-1', '1-2-1-1-3-1', '12113', '1-2-1-1-3 '])('is refused: "%s"', (text) => {
    expect(parsePedigree(text)).toMatchObject({ refusal: 'attribute_unknown', at: 'data_quality' });
  });

  // GSD² = exp √(Σ (ln U)²), worked by hand
  it.each([
    ['1-1-1-1-1', 1],
    ['5-1-1-1-1', 1.5], // one factor alone: GSD² is the factor
    ['1-1-1-1-5', 2],
    ['2-1-1-1-2', 1.0714359004449265], // √2 × ln 1.05
    ['5-5-5-5-5', 2.516356601259095], // 1.5, 1.2, 1.5, 1.1 and 2
  ])('has a geometric standard deviation: %s', (text, squared) => {
    const gsd = gsdOfLnVariance(lnVarianceOfPedigree(parsePedigree(text) as Pedigree));
    expect(gsd.pow(2).toNumber()).toBeCloseTo(squared, 12);
  });

  it('is never better with a worse score', () => {
    for (const indicator of INDICATORS) {
      const factors = UNCERTAINTY_FACTORS[indicator].map(Number);
      expect(factors).toEqual([...factors].sort((a, b) => a - b));
      expect(factors[0]).toBe(1);
    }
  });

  it('has one figure: the mean of its scores', () => expect(meanScore(parsePedigree('1-2-1-1-3') as Pedigree).toFixed()).toBe('1.6'));
});

describe('where nobody stated a quality, it is assumed and named', () => {
  it.each([
    [{ data_quality: '1-2-1-1-3', data_status: 'estimated' }, '1-2-1-1-3', null],
    [{ data_status: 'measured' }, '2-1-1-1-1', 'activity_quality_from_status'],
    [{ data_status: 'invoiced' }, '2-1-1-1-1', 'activity_quality_from_status'],
    [{ data_status: 'calculated' }, '3-1-1-1-1', 'activity_quality_from_status'],
    [{ data_status: 'estimated' }, '4-2-1-1-1', 'activity_quality_from_status'],
    [{ data_status: 'extrapolated' }, '4-4-1-1-1', 'activity_quality_from_status'],
    [{}, '5-5-1-1-1', 'activity_quality_not_stated'],
  ])('of an activity: %j is %s', (attributes, text, assumption) => {
    const assumed = activityPedigree(key(attributes as Record<string, string>));
    expect([pedigreeText(assumed.pedigree), assumed.assumption]).toEqual([text, assumption]);
  });

  it('takes the quantity of a rate that a pool made as calculated', () => expect(dataStatusOf(null)).toBe('calculated'));

  it.each([
    ['of the year and the country', rate(), key(), '2-2-1-1-2'],
    ['two years older', rate({}, { year: 2023 }), key(), '2-2-1-1-2'],
    ['three years older', rate({}, { year: 2022 }), key(), '2-2-2-1-2'],
    ['six years older', rate({}, { year: 2019 }), key(), '2-2-3-1-2'],
    ['ten years older', rate({}, { year: 2015 }), key(), '2-2-4-1-2'],
    ['fifteen years older', rate({}, { year: 2010 }), key(), '2-2-5-1-2'],
    ['five years younger', rate({}, { year: 2030 }), key(), '2-2-2-1-2'],
    ['of the whole country for a subregion', rate({ fallbacks: ['region_national'] }), key(), '2-2-1-2-2'],
    ['of a group of countries', rate({ fallbacks: ['region_group'] }), key(), '2-2-1-2-2'],
    ['of the world', rate({ fallbacks: ['region_global'] }), key(), '2-2-1-2-2'],
    ['of another country', rate({ fallbacks: ['region_other_country'] }), key(), '2-2-1-5-2'],
    ['general for what the activity states', rate({ fallbacks: ['attribute_general'] }), key(), '2-2-1-1-3'],
    ['of a sector, per money', rate({ unit: 'EUR' }), key(), '2-2-1-1-4'],
    ['of the named supplier', rate(), key({}, { supplier: 'S' }), '2-2-1-1-1'],
    ['of anyone for a named supplier', rate({ fallbacks: ['supplier_general'] }), key({}, { supplier: 'S' }), '2-2-1-1-2'],
    ['of an invented set', rate({}, { invented: true }), key(), '5-5-1-1-2'],
  ] as const)('of a factor %s', (_name, ofRate, ofKey, text) => expect(pedigreeText(factorPedigree(ofRate, ofKey).pedigree)).toBe(text));
});

describe('primary data', () => {
  it.each([
    ['a meter reading', rate(), key(), 'measured', true],
    ['a bill in a physical unit', rate(), key(), 'invoiced', true],
    ['a bill in money', rate({ unit: 'EUR' }), key(), 'invoiced', false],
    ['a bill in money under the supplier’s own figure', rate({ unit: 'EUR' }), key({}, { supplier: 'S' }), 'invoiced', true],
    ['a calculation', rate(), key(), 'calculated', false],
    ['a calculation under the supplier’s own figure', rate(), key({}, { supplier: 'S' }), 'calculated', true],
    ['a supplier of whom nothing is known', rate({ fallbacks: ['supplier_general'] }), key({}, { supplier: 'S' }), 'calculated', false],
    ['an estimate under the supplier’s own figure', rate(), key({}, { supplier: 'S' }), 'estimated', false],
    ['a figure that came as CO2e', rate({ leg: 'stated', factor: null }), key(), 'not-stated', true],
    ['nothing stated', rate(), key(), 'not-stated', false],
  ] as const)('%s', (_name, ofRate, ofKey, status, primary) => expect(isPrimaryData(ofRate, ofKey, status)).toBe(primary));
});

describe('the basic uncertainty of what is emitted', () => {
  it.each([
    ['stationary-combustion', 'CO2', '1.05'],
    ['mobile-combustion', 'CH4_fossil', '1.5'],
    ['purchased-electricity', 'N2O', '1.5'],
    ['purchased-heat', null, '1.05'],
    ['process', 'CO2', '1.05'],
    ['process', null, null],
    ['process', 'CH4', null],
    ['stationary-combustion', 'SF6', null],
    ['upstream-transport', 'CO2', null],
    ['purchased-goods', null, null],
  ] as const)('of %s, %s: %s', (sourceClass, gas, factor) => expect(basicUncertainty(sourceClass, gas)).toBe(factor));
});

describe('the uncertainty of a GWP', () => {
  it.each([
    ['CO2', 'AR6', undefined, undefined],
    ['CH4_fossil', 'AR6', 11 / 27, false],
    ['CH4', 'AR6-27.9', 11 / 27, false],
    ['N2O', 'AR6', 130 / 273, false],
    ['SF6', 'AR6', 0.35, true],
    ['PFC-14', 'AR6', 2430 / 7380, false],
    ['CH4', 'AR5', 0.4, false],
    ['CH4_fossil', 'AR5-fossil-30', 0.4, false],
    ['N2O', 'AR5-feedback', 0.3, false],
    ['SF6', 'AR5', 0.35, true],
    ['CH4', 'AR4', 0.35, true],
    ['HFC-134a', 'AR4', 0.35, true],
  ] as const)('%s under %s', (gas, set, halfWidth, general) => {
    const range = gwpRange(gas, set);
    if (halfWidth === undefined) expect(range).toBeNull();
    else
      expect([range?.relativeHalfWidth.toDecimalPlaces(12).toNumber(), range?.general]).toEqual([Number(halfWidth.toFixed(12)), general]);
  });
});

describe('a lognormal figure', () => {
  it('has the standard deviation of its 90 % range: 5 % lie above the upper end', () => {
    const lnVariance = lnVarianceOf90PercentRange('0.35');
    expect(lnVariance.sqrt().mul('1.644853626951473').exp().toDecimalPlaces(12).toFixed()).toBe('1.35');
  });

  it('gives its geometric standard deviation back', () =>
    expect(gsdOfLnVariance(lnVarianceOfGsd('1.3')).toDecimalPlaces(20).toFixed()).toBe('1.3'));

  it('without variance is its own interval', () =>
    expect(intervalOf(new Decimal('12.5'), new Decimal(0))).toEqual({ low: '12.500000', high: '12.500000', gsd: '1.000000' }));

  it('of an unknown text is no pedigree', () => expect(isRefusal(parsePedigree('very good'))).toBe(true));
});
