import {
  Decimal,
  gwpOf,
  isRefusal,
  kgCo2e,
  montrealKgCo2e,
  plain,
  resolveGas,
  validateFactorSet,
  type ExchangeRate,
  type Factor,
  type FactorSet,
  type FuelProperty,
  type GwpSetId,
  type PriceIndex,
} from '#ghg';
import { factorOf, gases, pinned } from '../../../../test/golden/fixtures';

const setOf = (...factors: Factor[]): FactorSet => ({ ...pinned(factorOf('x')).set, factors });
/** As much CO2, and a little of the other gases of a flame, as CO2e. */
const FUEL_GASES = (co2: string): Factor['gases'] => [
  { gas: 'CO2', kg: co2 },
  { gas: 'CH4', kgco2e: '0.001' },
  { gas: 'N2O', kgco2e: '0.001' },
];
const problems = (set: FactorSet) => validateFactorSet(set, gases).map((found) => found.problem);

describe('validateFactorSet', () => {
  it('finds nothing wrong with a good factor', () => expect(problems(setOf(factorOf('a')))).toEqual([]));

  it.each([
    ['UK', 'UK; in ISO 3166-1 it is GB'],
    ['UK-NIR', 'UK-NIR; in ISO 3166-1 it is GB-NIR'],
    ['ZZ', 'ZZ'],
  ])('says what is known about the region %s', (region, detail) =>
    expect(validateFactorSet(setOf(factorOf('a', { region })), gases)).toEqual([
      { problem: 'region_malformed', factor: 'a', at: 'factors[0].region', detail },
    ]),
  );

  it.each<[string, { readonly [name in keyof Factor]?: Factor[name] | undefined }, string[]]>([
    ['no code', { code: '' }, ['code_empty']],
    ['unknown type', { activityType: 'fuel.peat' }, ['activity_type_unknown']],
    ['a leg that the type does not have', { leg: 'combustion' }, ['leg_unknown']],
    ['unknown unit', { unit: 'ton' }, ['unit_unknown']],
    ['unit of another dimension', { unit: 't' }, ['unit_dimension_mismatch']],
    ['unit of one dimension too many', { unit: 't.km.km' }, ['unit_dimension_mismatch']],
    ['region in words', { region: 'Britain' }, ['region_malformed']],
    ['a country that is none', { region: 'ZZ' }, ['region_malformed']],
    ['a subregion of no country', { region: 'ZZ-1' }, ['region_malformed']],
    ['a group of countries that is not registered', { region: 'EUROPE' }, ['region_malformed']],
    ['a registered group of countries', { region: 'EU' }, []],
    ['year out of reach', { year: 1899 }, ['year_malformed']],
    ['unknown attribute', { attributes: { colour: 'blue' } }, ['attribute_unknown']],
    ['neither gases nor a total', { kgco2e: undefined }, ['amount_missing']],
    ['a blank total', { kgco2e: ' ' }, ['amount_missing']],
    ['a blank gas', { gases: [{ gas: 'CO2', kg: '' }] }, ['amount_missing']],
    ['a number in words', { kgco2e: '1e3' }, ['amount_malformed']],
    ['a number that is only bounded', { kgco2e: '< 1' }, ['amount_malformed']],
    ['a negative total', { kgco2e: '-1' }, ['amount_negative']],
    ['unknown gas', { gases: [{ gas: 'XYZ', kg: '1' }] }, ['gas_unknown']],
    [
      'a gas twice',
      {
        gases: [
          { gas: 'CO2', kg: '1' },
          { gas: 'CO2', kg: '1' },
        ],
      },
      ['gas_duplicate'],
    ],
    ['mass and CO2e of one gas', { gases: [{ gas: 'CO2', kg: '1', kgco2e: '1' } as never] }, ['gas_amount_ambiguous']],
    [
      'a price year that is none',
      { activityType: 'spend.goods', leg: 'supply', unit: 'GBP', attributes: { sector: '1', price_year: '24' } },
      ['attribute_unknown'],
    ],
    ['a market basis outside generation', { attributes: { basis: 'market' } }, ['attribute_unknown']],
  ])('names %s', (_what, changes, expected) => expect(problems(setOf({ ...factorOf('a'), ...changes } as Factor))).toEqual(expected));

  it('names a code that stands twice', () => expect(problems(setOf(factorOf('a'), factorOf('a')))).toEqual(['code_duplicate']));
  it('names an unknown GWP set', () =>
    expect(problems({ ...setOf(factorOf('a')), gwpSet: 'AR9' as GwpSetId })).toEqual(['gwp_set_unknown']));
  it('wants a calorific basis for a fuel per unit of energy, and for no other unit', () => {
    const fuel = { activityType: 'fuel.natural-gas', leg: 'combustion' } as const;
    expect(problems(setOf(factorOf('a', { ...fuel, unit: 'kWh' })))).toEqual(['attribute_missing']);
    expect(problems(setOf(factorOf('a', { ...fuel, unit: 'm3' })))).toEqual([]);
  });
  it.each<[string, Partial<Factor>, string[]]>([
    [
      'a treatment',
      { activityType: 'waste.disposal', leg: 'service', unit: 't', attributes: { material: 'glass' } },
      ['attribute_missing'],
    ],
    ['a fuel', { activityType: 'fuel.mobile', leg: 'combustion', unit: 'L' }, ['attribute_missing']],
    ['both', { activityType: 'waste.disposal', leg: 'service', unit: 't' }, ['attribute_missing', 'attribute_missing']],
  ])('wants %s stated, which is decisive', (_what, changes, expected) => expect(problems(setOf(factorOf('a', changes)))).toEqual(expected));

  it.each<[string, Partial<Factor>, string[]]>([
    ['a gas as its share of the total', { kgco2e: '1', gases: [{ gas: 'CH4', kgco2e: '0.5' }] }, []],
    ['gases above the total by rounding', { kgco2e: '1', gases: [{ gas: 'CO2', kg: '1.009' }] }, []],
    ['gases above the total by a slip', { kgco2e: '1.00', gases: [{ gas: 'CO2', kg: '1.02' }] }, ['gases_above_total']],
    [
      // UK DESNZ prints five decimals: each line of a small figure may be off by half of the last.
      'small gases above a small total by rounding of each',
      {
        kgco2e: '0.00003',
        gases: [
          { gas: 'CH4', kgco2e: '0.00002' },
          { gas: 'N2O', kgco2e: '0.00002' },
        ],
      },
      [],
    ],
    ['a mass that is CO2e already', { kgco2e: '1', gases: [{ gas: 'CH4', kg: '0.5' }] }, ['gases_above_total']],
    ['gases below the total by rounding', { kgco2e: '1', gases: FUEL_GASES('0.95') }, []],
    ['gases below the total by a slip of unit', { kgco2e: '1', gases: FUEL_GASES('0.00095') }, ['residual_unclosed']],
    ['a split that names not all three', { kgco2e: '1', gases: FUEL_GASES('0.5').slice(0, 2) }, []],
    [
      'what radiative forcing adds',
      {
        activityType: 'freight.air',
        attributes: { haul: 'domestic', radiative_forcing: 'with' },
        kgco2e: '1.70',
        gases: FUEL_GASES('0.98'),
      },
      [],
    ],
    ['a total printed with fewer digits than its gases', { kgco2e: '0.5', gases: [{ gas: 'CO2', kg: '0.5449' }] }, []],
    ['a trailing zero as a printed digit', { kgco2e: '0.10', gases: [{ gas: 'CO2', kg: '0.15' }] }, ['gases_above_total']],
    ['a digit that is not printed', { kgco2e: '0.1', gases: [{ gas: 'CO2', kg: '0.2' }] }, []],
    ['a digit that is printed', { kgco2e: '0.1', gases: [{ gas: 'CO2', kg: '0.20' }] }, ['gases_above_total']],
    ['biogenic CO2 beside the total', { kgco2e: '1', gases: [{ gas: 'CO2_biogenic', kg: '100' }] }, []],
    ['more decimals than a rate keeps', { kgco2e: '0.1234567890123456789' }, ['amount_too_precise']],
    ['a true zero', { kgco2e: '0' }, []],
    ['a deviation', { gsd: '1.1' }, []],
    ['a deviation below one', { gsd: '0.9' }, ['gsd_below_one']],
    ['a deviation in words', { gsd: 'high' }, ['gsd_below_one']],
  ])('looks at %s', (_what, changes, expected) => expect(problems(setOf(factorOf('a', changes)))).toEqual(expected));

  it.each(['stated', 'energy', 'pooled'] as const)('knows no factor of the leg %s', (leg) => {
    const types = { stated: 'stated.waste', energy: 'electricity.grid', pooled: 'refrigerant.movement' };
    const units = { stated: 'tCO2e', energy: 'kWh', pooled: 'kg' };
    const attributes: Record<string, string> = leg === 'pooled' ? { gas: 'R-410A', movement: 'opening' } : {};
    expect(problems(setOf(factorOf('a', { activityType: types[leg], leg, unit: units[leg], attributes })))).toEqual(['leg_unknown']);
  });

  const source = { table: 'test', row: 'test' };
  const cv: FuelProperty = {
    code: 'cv',
    kind: 'net-cv',
    activityType: 'fuel.diesel',
    attributes: {},
    region: 'GB',
    year: 2024,
    value: '10',
    unit: 'kWh/L',
    source,
  };
  it.each<[string, FuelProperty, string[]]>([
    ['a calorific value', cv, []],
    ['a calorific value without its measure', { ...cv, unit: 'kWh' }, ['property_unit_mismatch']],
    ['a density upside down', { ...cv, kind: 'density', unit: 'L/kg' }, ['property_unit_mismatch']],
    ['an unknown kind', { ...cv, kind: 'colour' as never }, ['property_kind_unknown']],
    ['an unknown unit', { ...cv, unit: 'kWh/ton' }, ['unit_unknown']],
    ['nothing', { ...cv, value: '0' }, ['figure_not_positive']],
    ['a loss rate', { ...cv, kind: 'loss-of-generation', unit: '1', value: '0' }, []],
    ['a loss of everything', { ...cv, kind: 'loss-of-generation', unit: '1', value: '1' }, ['ratio_out_of_range']],
    ['a loss rate in percent', { ...cv, kind: 'loss-of-generation', unit: '%', value: '0.5' }, ['property_unit_mismatch']],
    ['a net value above the gross one', { ...cv, kind: 'net-of-gross', unit: '1', value: '1.1' }, ['ratio_out_of_range']],
    ['an unknown attribute', { ...cv, attributes: { colour: 'red' } }, ['attribute_unknown']],
    ['a property of no certain fuel', { ...cv, activityType: 'fuel.mobile' }, ['attribute_missing']],
    ['a place and a year that are none', { ...cv, region: 'Britain', year: 1066 }, ['region_malformed', 'year_malformed']],
  ])('looks at %s', (_what, property, expected) => expect(problems({ ...setOf(), properties: [property] })).toEqual(expected));

  const rate: ExchangeRate = { from: 'USD', to: 'EUR', year: 2024, rate: '0.9242', source };
  const index: PriceIndex = { series: 'CPI-U', currency: 'USD', year: 2024, index: '313.689', source };
  it.each<[string, Partial<FactorSet>, string[]]>([
    ['a set of rates and indices', { exchangeRates: [rate], priceIndices: [index] }, []],
    ['an empty set', {}, ['set_empty']],
    ['a currency of old', { exchangeRates: [{ ...rate, to: 'DEM' }] }, ['currency_unknown']],
    ['a currency as itself', { exchangeRates: [{ ...rate, to: 'USD' }] }, ['currency_same']],
    ['a rate of nothing', { exchangeRates: [{ ...rate, rate: '0' }] }, ['figure_not_positive']],
    ['a rate twice', { exchangeRates: [rate, { ...rate, rate: '0.9' }] }, ['exchange_rate_duplicate']],
    ['an index twice', { priceIndices: [index, index] }, ['price_index_duplicate']],
    ['an index of two sectors', { priceIndices: [index, { ...index, sector: '1' }] }, []],
    ['an index of no money', { priceIndices: [{ ...index, currency: 'kg' }] }, ['currency_unknown']],
  ])('looks at %s', (_what, tables, expected) => expect(problems({ ...setOf(), ...tables })).toEqual(expected));

  it('keeps the biogenic leg to biogenic CO2', () => {
    const wood = { activityType: 'fuel.wood-pellets', leg: 'biogenic', unit: 't' } as const;
    expect(problems(setOf(factorOf('a', wood)))).toEqual(['biogenic_misplaced']);
  });
});

describe('gases', () => {
  const gwp = (set: GwpSetId, gas: string) => {
    const found = gwpOf(gases, set, gas);
    return isRefusal(found) ? found.refusal : plain(found);
  };

  it.each<[GwpSetId, string, string]>([
    ['AR4', 'CH4', '25'],
    ['AR5', 'CH4', '28'],
    ['AR5', 'CH4_fossil', '30'],
    ['AR6', 'CH4', '27'],
    ['AR6', 'CH4_fossil', '29.8'],
    ['AR6', 'N2O', '273'],
    ['AR6', 'CO2_biogenic', '1'],
    ['AR4', 'HFC-41', 'gas_unknown'],
    ['AR5', 'XYZ', 'gas_unknown'],
  ])('%s %s is %s', (set, gas, expected) => expect(gwp(set, gas)).toBe(expected));

  it('takes every figure from the table, methane of unstated origin too', () => {
    const odd = { ...gases, sets: gases.sets.map((set) => ({ ...set, gwp100: { ...set.gwp100, CH4: '27.9' } })) };
    expect(gwpOf(odd, 'AR6', 'CH4')).toEqual(new Decimal('27.9'));
  });

  it('closes every blend', () => {
    for (const blend of gases.blends)
      expect([blend.id, plain(blend.parts.reduce((sum, part) => sum.add(part.massFraction), new Decimal(0)))]).toEqual([blend.id, '1']);
    for (const blend of gases.blends) expect(isRefusal(resolveGas(gases, blend.id))).toBe(false);
  });

  it('sums Kyoto gases, and the gases of the Montreal Protocol apart', () => {
    const masses = ['CO2', 'CO2_biogenic', 'HCFC-22', 'CH4'].map((gas) => ({ gas, kg: new Decimal(2) }));
    expect(kgCo2e(gases, 'AR5', masses)).toEqual(new Decimal(58));
    expect(montrealKgCo2e(gases, 'AR5', masses)).toEqual(new Decimal(3520));
  });
});
