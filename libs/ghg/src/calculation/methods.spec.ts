import {
  applyRate,
  canonicalJson,
  decideRates,
  effectOf,
  factorIndex,
  plain,
  type Decision,
  type ExchangeRate,
  type Factor,
  type FuelProperty,
  type GwpSetId,
  type MatchKey,
  type Pinned,
  type PinnedTables,
  type PriceIndex,
  type Rate,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const { set } = pinned(factorOf('x'));
const source = { table: 'test', row: 'test' };
const owned = <Figure>(figure: Figure, own = false): Pinned<Figure> => ({ figure, setId: own ? 'own' : 'catalogue', set, own });
const propertyOf = (code: string, changes: Partial<FuelProperty>): FuelProperty => ({
  code,
  kind: 'net-cv',
  activityType: 'fuel.diesel',
  attributes: {},
  region: 'GB',
  year: 2024,
  value: '10',
  unit: 'kWh/L',
  source,
  ...changes,
});
const rateTo = (to: string, rate: string, year = 2024): ExchangeRate => ({ from: 'USD', to, year, rate, source });
const cpi = (year: number, index: string, sector?: string): PriceIndex => ({
  series: sector === undefined ? 'CPI' : 'IO',
  currency: 'USD',
  ...(sector === undefined ? {} : { sector }),
  year,
  index,
  source,
});
interface Tables {
  readonly properties?: readonly FuelProperty[];
  readonly exchangeRates?: readonly ExchangeRate[];
  readonly priceIndices?: readonly PriceIndex[];
}
const tablesOf = ({ properties = [], exchangeRates = [], priceIndices = [] }: Tables): PinnedTables => ({
  properties: properties.map((figure) => owned(figure)),
  exchangeRates: exchangeRates.map((figure) => owned(figure)),
  priceIndices: priceIndices.map((figure) => owned(figure)),
});
const decide = (key: MatchKey, factors: readonly Factor[], tables: Tables = {}, gwpSet: GwpSetId = 'AR5'): Decision =>
  decideRates(key, {
    pack: PACK,
    index: factorIndex(
      factors.map((factor) => pinned(factor)),
      tablesOf(tables),
    ),
    gases,
    gwpSet,
  });
const legOf = ({ rates }: Decision, leg: Rate['leg'], basis: Rate['basis'] = 'all'): Rate =>
  rates.find((rate) => rate.leg === leg && rate.basis === basis) as Rate;
const refusalOf = ({ legs }: Decision, leg: Rate['leg'], basis: Rate['basis'] = 'all') =>
  legs.find((decided) => decided.leg === leg && decided.basis === basis)?.refusal?.code;

const electricity = keyOf({ activityType: 'electricity.grid', unit: 'kWh' });
const grid = (leg: Factor['leg'], kgco2e: string, changes: Partial<Factor> = {}) =>
  factorOf(`${leg} ${kgco2e}`, { activityType: 'electricity.grid', leg, unit: 'kWh', kgco2e, ...changes });
const lossRate = (kind: FuelProperty['kind'], value: string) =>
  propertyOf(`${kind} ${value}`, { kind, value, unit: '1', activityType: 'electricity.grid' });

describe('losses', () => {
  const factors = [grid('generation', '0.4'), grid('upstream', '0.1'), grid('generation', '0.6', { attributes: { basis: 'market' } })];

  it('take the publisher’s own factor as it is, and say that it is not of the market', () => {
    const decision = decide(electricity, [...factors, grid('losses', '0.02')], { properties: [] });
    expect(legOf(decision, 'losses', 'location')).toMatchObject({ kgco2e: '0.02', method: 'quantity-times-factor', fallbacks: [] });
    expect(legOf(decision, 'losses', 'market')).toMatchObject({ kgco2e: '0.02', fallbacks: ['location_based_for_market'] });
  });

  it.each([
    // 0.05 × 0.4, 0.05 × 0.6, 0.05 × 0.1
    ['loss-of-consumption', '0.05', ['0.02', '0.03', '0.005']],
    // 0.2 ÷ 0.8 = 0.25
    ['loss-of-generation', '0.2', ['0.1', '0.15', '0.025']],
  ] as const)('come from a %s of %s on each basis', (kind, value, expected) => {
    const decision = decide(electricity, factors, { properties: [lossRate(kind, value)] });
    const legs = [
      legOf(decision, 'losses', 'location'),
      legOf(decision, 'losses', 'market'),
      legOf(decision, 'losses-upstream', 'location'),
    ];
    expect(legs.map(({ kgco2e }) => kgco2e)).toEqual(expected);
    expect(legs[0]?.inputs).toMatchObject([
      { kind: 'loss-rate', value },
      { kind: 'rate', value: '0.4' },
    ]);
    expect(legs[0]?.factor?.code).toBe('generation 0.4');
  });

  it('of the market take the loss rate although a publisher prints a location-based factor', () => {
    const decision = decide(electricity, [...factors, grid('losses', '0.02')], { properties: [lossRate('loss-of-consumption', '0.05')] });
    expect(legOf(decision, 'losses', 'location').kgco2e).toBe('0.02');
    expect(legOf(decision, 'losses', 'market')).toMatchObject({ kgco2e: '0.03', fallbacks: [] });
  });

  it('are refused without either, and never borrow a loss rate from abroad', () => {
    const abroad = { ...lossRate('loss-of-consumption', '0.05'), region: 'FR' };
    expect(refusalOf(decide(electricity, factors), 'losses', 'location')).toBe('factor_missing');
    expect(refusalOf(decide(electricity, factors, { properties: [abroad] }), 'losses', 'location')).toBe('factor_missing');
  });
});

describe('electricity of the own site', () => {
  const onSite = (certificates: string) => keyOf({ activityType: 'electricity.on-site', unit: 'kWh', attributes: { certificates } });
  const factors = [grid('generation', '0.4'), grid('generation', '0.6', { attributes: { basis: 'market' } })];

  it('is nothing in both readings where the certificates were kept', () => {
    const decision = decide(onSite('kept'), factors);
    expect([legOf(decision, 'generation', 'location').kgco2e, legOf(decision, 'generation', 'market').kgco2e]).toEqual(['0', '0']);
    expect(legOf(decision, 'energy').energy).toEqual({ kwh: '1', source: 'renewable' });
  });

  it('is the residual mix on the market where they were sold', () => {
    const decision = decide(onSite('sold'), factors);
    expect([legOf(decision, 'generation', 'location').kgco2e, legOf(decision, 'generation', 'market').kgco2e]).toEqual(['0', '0.6']);
  });
});

describe('stated emissions', () => {
  const stated = (attributes: Record<string, string>, unit = 'tCO2e') => keyOf({ activityType: 'stated.waste', unit, attributes });

  it('are one for one, and stand on their own GWP set', () =>
    expect(legOf(decide(stated({ gwp_set: 'AR4' }), []), 'stated')).toMatchObject({
      kgco2e: '1000',
      gases: [],
      notConvertible: { kgco2e: '1000', gwpSet: 'AR4' },
      fallbacks: [],
    }));

  it('take the book’s set for theirs only with a word', () =>
    expect(legOf(decide(stated({}), []), 'stated')).toMatchObject({ fallbacks: ['gwp_set_assumed'], notConvertible: { gwpSet: 'AR5' } }));

  it.each([
    ['a set that is none', stated({ gwp_set: 'AR9' }), 'gwp_set_unknown'],
    ['a mass that is not of CO2e', stated({}, 't'), 'unit_dimension_mismatch'],
  ])('refuse %s', (_what, key, expected) => expect(refusalOf(decide(key, []), 'stated')).toBe(expected));
});

describe('energy', () => {
  const diesel = (unit: string, attributes = {}) => keyOf({ activityType: 'fuel.diesel', unit, attributes });
  const net = propertyOf('net', {});
  const gross = propertyOf('gross', { kind: 'gross-cv', value: '10.5' });
  const ratio = propertyOf('ratio', { kind: 'net-of-gross', value: '0.94', unit: '1' });
  const perTonne = propertyOf('per tonne', { unit: 'GJ/t', value: '43.2' });
  const density = propertyOf('density', { kind: 'density', unit: 'kg/m3', value: '832' });

  it.each<[string, MatchKey, FuelProperty[], string]>([
    ['net energy as it is', diesel('MWh', { calorific_basis: 'net' }), [], '1000'],
    ['gross energy by the printed ratio', diesel('kWh', { calorific_basis: 'gross' }), [ratio, net, gross], '0.94'],
    // 10 ÷ 10.5
    ['gross energy by both calorific values', diesel('kWh', { calorific_basis: 'gross' }), [net, gross], '0.952380952380952381'],
    ['a volume by the net calorific value', diesel('L'), [net, gross], '10'],
    ['a volume by the gross one and the ratio', diesel('L'), [gross, ratio], '9.87'],
    // 43.2 GJ/t = 12 kWh/kg; 0.832 kg/L
    ['a volume over the density', diesel('L'), [perTonne, density], '9.984'],
    ['by two figures of the own country before one of another', diesel('L'), [{ ...net, region: 'US' }, perTonne, density], '9.984'],
    ['by one figure where both ways lead abroad', diesel('L'), [net, perTonne, density].map((one) => ({ ...one, region: 'US' })), '10'],
    ['a mass', diesel('kg'), [perTonne], '12'],
    ['a mass over the density', diesel('kg'), [net, { ...density, value: '800' }], '12.5'],
  ])('counts %s', (_what, key, properties, kwh) => {
    const rate = legOf(decide(key, [], { properties }), 'energy');
    expect(rate).toMatchObject({ energy: { kwh, source: 'fossil' }, kgco2e: '0', gases: [] });
  });

  it('is no gap where no property is known', () => {
    const decision = decide(diesel('L'), [factorOf('burn', { activityType: 'fuel.diesel', leg: 'combustion', unit: 'L' })]);
    expect(decision.legs.find(({ leg }) => leg === 'energy')).toMatchObject({
      outcome: 'not-published',
      refusal: { code: 'property_missing' },
    });
  });
});

describe('a factor per another dimension', () => {
  const key = keyOf({ activityType: 'fuel.diesel', unit: 'L' });
  const burn = (unit: string, attributes: Record<string, string> = {}, changes: Partial<Factor> = {}) =>
    factorOf(`per ${unit}`, { activityType: 'fuel.diesel', leg: 'combustion', unit, attributes, kgco2e: '0.25', ...changes });

  it('is reached by one pinned property, which is cited', () => {
    const decision = decide(key, [burn('kWh', { calorific_basis: 'net' })], { properties: [propertyOf('net', { year: 2023 })] });
    const rate = legOf(decision, 'combustion');
    expect(rate).toMatchObject({
      kgco2e: '2.5',
      fallbacks: ['fuel_property_used', 'year_earlier'],
      inputs: [{ code: 'net', value: '10' }],
    });
    expect(rate.conversion.map(({ from, to }) => `${from} → ${to}`)).toEqual(['L → kWh']);
  });

  it('is not looked for where a factor in the unit’s own dimension fits', () => {
    const factors = [burn('kWh', { calorific_basis: 'net' }), burn('US-gal', {}, { region: 'US' })];
    const rate = legOf(decide(key, factors, { properties: [propertyOf('net', {})] }), 'combustion');
    expect([rate.factor?.code, rate.fallbacks]).toEqual(['per US-gal', ['region_other_country']]);
  });

  it.each<[string, Factor[], FuelProperty[], string]>([
    ['two properties away', [burn('kg')], [propertyOf('net', {})], 'factor_unit_mismatch'],
    [
      'on the other calorific basis than the property',
      [burn('kWh', { calorific_basis: 'gross' })],
      [propertyOf('net', {})],
      'factor_attribute_mismatch',
    ],
    [
      'with a property of another fuel',
      [burn('kWh', { calorific_basis: 'net' })],
      [propertyOf('net', { activityType: 'fuel.petrol' })],
      'factor_unit_mismatch',
    ],
  ])('is refused %s', (_what, factors, properties, expected) =>
    expect(refusalOf(decide(key, factors, { properties }), 'combustion')).toBe(expected),
  );

  it.each<[string, string, FuelProperty[], string]>([
    ['gross', 'net', [propertyOf('r', { kind: 'net-of-gross', value: '0.9', unit: '1' })], '0.225'],
    ['net', 'gross', [propertyOf('r', { kind: 'net-of-gross', value: '0.5', unit: '1' })], '0.5'],
    ['gross', 'net', [propertyOf('n', { value: '9' }), propertyOf('g', { kind: 'gross-cv', value: '10' })], '0.225'],
  ])('on a %s basis takes a factor on a %s one by the ratio', (of, on, properties, expected) => {
    const energy = keyOf({ activityType: 'fuel.diesel', unit: 'kWh', attributes: { calorific_basis: of } });
    const factors = [burn('kWh', { calorific_basis: on })];
    expect(legOf(decide(energy, factors, { properties }), 'combustion')).toMatchObject({
      kgco2e: expected,
      fallbacks: ['calorific_basis_converted'],
    });
    expect(refusalOf(decide(energy, factors), 'combustion')).toBe('factor_calorific_basis_other');
  });
});

describe('spend', () => {
  const spend = (unit: string, priceYear = '2024', attributes: Record<string, string> = {}) =>
    keyOf({ activityType: 'spend.goods', unit, attributes: { sector: '1', price_year: priceYear, ...attributes } });
  const perUsd = (priceYear: string, attributes: Record<string, string> = {}) =>
    factorOf('usd', {
      activityType: 'spend.goods',
      leg: 'supply',
      unit: 'USD',
      attributes: { sector: '1', price_year: priceYear, ...attributes },
    });
  const supply = (key: MatchKey, factors: Factor[], tables: Tables) => legOf(decide(key, factors, tables), 'supply');

  it('in another currency is exchanged at the mean of its price year, then deflated in the currency of the factor', () => {
    // 1 EUR of 2024 = 1 ÷ 0.8 USD = 1.25 USD of 2024 = 1.25 × 120 ÷ 125 = 1.2 USD of 2022
    const tables = {
      exchangeRates: [rateTo('EUR', '0.8'), rateTo('EUR', '0.5', 2022)],
      priceIndices: [cpi(2022, '120'), cpi(2024, '125')],
    };
    const rate = supply(spend('EUR'), [perUsd('2022')], tables);
    expect(rate).toMatchObject({
      kgco2e: '1.2',
      fallbacks: ['currency_converted', 'price_year_adjusted', 'price_index_general'],
      rounded: false,
    });
    expect(rate.inputs?.map(({ kind, code }) => `${kind}: ${code}`)).toEqual([
      'exchange-rate: USD EUR 2024',
      'price-index: CPI 2024',
      'price-index: CPI 2022',
    ]);
    expect(rate.conversion.map(({ from, to }) => `${from} → ${to}`)).toEqual(['EUR → USD', 'USD of 2024 → USD of 2022']);
  });

  it('rounds the whole way once', () => {
    const tables = { exchangeRates: [rateTo('EUR', '0.9242')], priceIndices: [cpi(2022, '292.655'), cpi(2024, '313.689')] };
    // 1 ÷ 0.9242 × 292.655 ÷ 313.689 = 1.009464287988700…
    const rate = supply(spend('EUR'), [perUsd('2022')], tables);
    expect(rate.rounded).toBe(true);
    expect(plain(applyRate('0.9242', rate).kgco2e).slice(0, 14)).toBe('0.932946325819');
  });

  it('prefers the price index of the sector', () => {
    const priceIndices = [cpi(2022, '120'), cpi(2024, '125'), cpi(2022, '100', '1'), cpi(2024, '200', '1')];
    const ofSector = supply(spend('USD'), [perUsd('2022')], { priceIndices });
    expect([ofSector.kgco2e, ofSector.fallbacks]).toEqual(['0.5', ['price_year_adjusted']]);
    const general = supply(spend('USD'), [perUsd('2022')], { priceIndices: priceIndices.slice(0, 2) });
    expect([general.kgco2e, general.fallbacks]).toEqual(['0.96', ['price_year_adjusted', 'price_index_general']]);
  });

  it('stays as it is without an index, and says so', () =>
    expect(supply(spend('USD'), [perUsd('2022')], {})).toMatchObject({ kgco2e: '1', fallbacks: ['price_year_not_adjusted'] }));

  it('through two rates of a common currency', () =>
    expect(
      supply(spend('CHF'), [{ ...perUsd('2024'), unit: 'EUR' }], { exchangeRates: [rateTo('EUR', '0.9'), rateTo('CHF', '0.75')] }),
    ).toMatchObject({ kgco2e: '1.2', fallbacks: ['currency_converted'] }));

  it.each<[string, MatchKey, Factor[], Tables, string]>([
    ['a currency without rate', spend('GBP'), [perUsd('2024')], { exchangeRates: [rateTo('EUR', '0.9')] }, 'currency_without_rate'],
    ['a rate of another year', spend('EUR'), [perUsd('2024')], { exchangeRates: [rateTo('EUR', '0.9', 2023)] }, 'currency_without_rate'],
    ['a missing price year', { ...spend('USD'), attributes: { sector: '1' } }, [perUsd('2024')], {}, 'price_year_missing'],
    ['another price basis', spend('USD', '2024', { price_basis: 'basic' }), [perUsd('2024')], {}, 'factor_attribute_mismatch'],
    [
      'a price basis across currencies',
      spend('EUR', '2024', { price_basis: 'basic' }),
      [perUsd('2024', { price_basis: 'purchaser' })],
      { exchangeRates: [rateTo('EUR', '0.9')] },
      'factor_attribute_mismatch',
    ],
  ])('is refused for %s', (_what, key, factors, tables, expected) =>
    expect(refusalOf(decide(key, factors, tables), 'supply')).toBe(expected),
  );
});

describe('a gas that escapes', () => {
  const leak = (gas: string, gwpSet: GwpSetId) =>
    legOf(decide(keyOf({ activityType: 'refrigerant.top-up', unit: 'kg', attributes: { gas } }), [], {}, gwpSet), 'leak');

  it.each<[string, GwpSetId, string]>([
    ['R-410A', 'AR5', '1923.5'],
    // GLEC v3 prints 2,225.5, from 711 for HFC-32 where AR6 has 771.
    ['R-410A', 'AR6', '2255.5'],
    // US EPA 2025 prints 3,104, which its own composition does not give.
    ['R-424A', 'AR5', '2211.85'],
    // 13 % HFC-152a; what is left is under the Montreal Protocol.
    ['R-401A', 'AR5', '17.94'],
    ['HCFC-22', 'AR5', '0'],
    ['NF3', 'AR6', '17400'],
    ['SF6', 'AR5-feedback', '26087'],
  ])('%s under %s is %s', (gas, gwpSet, expected) => expect(leak(gas, gwpSet).kgco2e).toBe(expected));
});

describe('upstream of electricity', () => {
  it('is the supplier’s own on the market where it is known, else the location’s, and says so', () => {
    const key = { ...electricity, supplier: 'S' };
    const upstream = (factors: Factor[]) => {
      const decision = decide(key, factors);
      return (['location', 'market'] as const).map((basis) => legOf(decision, 'upstream', basis));
    };
    const [general, own] = [grid('upstream', '0.1'), grid('upstream', '0.02', { supplier: 'S' })];
    expect(upstream([general]).map(({ kgco2e, fallbacks }) => [kgco2e, fallbacks])).toEqual([
      ['0.1', []],
      ['0.1', ['supplier_general', 'location_based_for_market']],
    ]);
    expect(upstream([general, own]).map(({ kgco2e, fallbacks }) => [kgco2e, fallbacks])).toEqual([
      ['0.1', []],
      ['0.02', []],
    ]);
  });
});

describe('what a rate carries', () => {
  it('is the deviation of the factor, what it leaves out, and whether the leg is optional', () => {
    const operation = factorOf('a', { gsd: '1.2', partial: true });
    const decision = decide(keyOf(), [operation, factorOf('b', { leg: 'upstream' })]);
    expect(legOf(decision, 'operation')).toMatchObject({ gsd: '1.2', fallbacks: ['factor_partial'] });
    expect(legOf(decision, 'operation')).not.toHaveProperty('boundary');
    expect(legOf(decision, 'upstream')).toMatchObject({ boundary: 'optional' });
  });

  it('is nothing of how the figure of the activity came about', () => {
    const key = keyOf({ attributes: { data_status: 'estimated', data_quality: '1-2-1-1-3' } });
    const [plainly, marked] = [decide(keyOf(), [factorOf('a')]), decide(key, [factorOf('a')])];
    expect(marked).toEqual(plainly);
  });

  it('is methane by the origin of the fuel', () => {
    const burnt = (fuel: string, gwpSet: GwpSetId) => {
      const key = keyOf({ activityType: 'fuel.stationary', unit: 't', attributes: { fuel } });
      const factor = factorOf('f', {
        activityType: 'fuel.stationary',
        leg: 'combustion',
        unit: 't',
        attributes: { fuel },
        gases: [{ gas: 'CH4', kgco2e: '28' }],
        kgco2e: '28',
      });
      return legOf(decide(key, [factor], {}, gwpSet), 'combustion').kgco2e;
    };
    const sets = ['AR5', 'AR5-fossil-30', 'AR6', 'AR6-fossil-29.8', 'AR6-27.9'] as const;
    expect(sets.map((gwpSet) => burnt('coal', gwpSet))).toEqual(['28', '30', '27', '29.8', '27.9']);
    expect(sets.map((gwpSet) => burnt('biogas', gwpSet))).toEqual(['28', '28', '27', '27', '27.9']);
  });

  it('is left to a pool where a pool decides', () => {
    const key = keyOf({ activityType: 'refrigerant.movement', unit: 'kg', attributes: { gas: 'R-410A', movement: 'opening' } });
    expect(decide(key, [])).toMatchObject({ outcome: 'calculated', rates: [], legs: [{ leg: 'pooled', outcome: 'pooled' }] });
  });
});

describe('effectOf', () => {
  const rate = legOf(decide(keyOf(), [factorOf('a')]), 'operation');
  const moves = (changes: Partial<Rate>) => canonicalJson(effectOf({ ...rate, ...changes })) !== canonicalJson(effectOf(rate));

  it.each<[string, Partial<Rate>, boolean]>([
    ['energy', { energy: { kwh: '1', source: 'fossil' } }, true],
    ['whether the leg is optional', { boundary: 'optional' }, true],
    ['a fallback', { fallbacks: ['factor_partial'] }, true],
    ['what the figure rests on', { inputs: [{ kind: 'rate', code: 'x', setId: null, value: '1', unit: '1', source }] }, false],
    ['how certain it is', { gsd: '1.1' }, false],
    ['how it is written', { formula: '' }, false],
  ])('%s', (_what, changes, expected) => expect(moves(changes)).toBe(expected));
});
