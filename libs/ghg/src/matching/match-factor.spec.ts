import fc from 'fast-check';
import {
  activityType,
  decideRates,
  factorIndex,
  matchFactor,
  type ActivityType,
  type Factor,
  type LegSpec,
  type MatchKey,
  type PinnedFactor,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const legOf = (key: MatchKey, leg: string, basis = 'all'): [ActivityType, LegSpec] => {
  const type = activityType(key.activityType) as ActivityType;
  return [type, type.legs.find((spec) => spec.leg === leg && spec.basis === basis) as LegSpec];
};
/** Code and fallbacks of the winner, or the refusal. */
const choice = (key: MatchKey, factors: readonly PinnedFactor[], leg = 'operation', basis = 'all') => {
  const match = matchFactor(key, ...legOf(key, leg, basis), factorIndex(factors));
  return 'refusal' in match ? match.refusal.refusal : [match.pinned.factor.code, ...match.fallbacks].join(' + ');
};
const of = (code: string, changes: Partial<Factor> = {}, set: Parameters<typeof pinned>[1] = {}) => pinned(factorOf(code, changes), set);

describe('the cascade', () => {
  it.each<[string, Partial<MatchKey>, PinnedFactor[], string]>([
    ['the supplier before anyone', { supplier: 'S' }, [of('any'), of('own', { supplier: 'S' }), of('other', { supplier: 'T' })], 'own'],
    ['anyone for a supplier of whom nothing is known, and says so', { supplier: 'S' }, [of('any')], 'any + supplier_general'],
    ['another supplier never', { supplier: 'S' }, [of('other', { supplier: 'T' })], 'factor_supplier_missing'],
    ['a supplier never where none is named', {}, [of('other', { supplier: 'T' })], 'factor_supplier_missing'],
    ['the subregion before the country', { region: 'GB-SCT' }, [of('gb'), of('sct', { region: 'GB-SCT' })], 'sct'],
    ['the country for a subregion', { region: 'GB-SCT' }, [of('gb'), of('wls', { region: 'GB-WLS' })], 'gb'],
    ['the globe before another country', {}, [of('fr', { region: 'FR' }), of('world', { region: 'GLOBAL' })], 'world + region_global'],
    [
      'a group of countries before the globe',
      { country: 'DE' },
      [of('eu', { region: 'EU' }), of('world', { region: 'GLOBAL' })],
      'eu + region_group',
    ],
    ['the country before its group', { country: 'DE' }, [of('eu', { region: 'EU' }), of('de', { region: 'DE' })], 'de'],
    [
      'the narrower group first',
      { country: 'DE' },
      [of('a', { region: 'EEA' }), of('b', { region: 'EU', year: 2015 })],
      'b + region_group + year_earlier',
    ],
    [
      'the wider group outside the narrower',
      { country: 'NO' },
      [of('a', { region: 'EU' }), of('b', { region: 'EEA' })],
      'b + region_group',
    ],
    ['a group to which the country does not belong never', {}, [of('eu', { region: 'EU' })], 'factor_region_missing'],
    ['another country last', {}, [of('fr', { region: 'FR' })], 'fr + region_other_country'],
    ['a foreign subregion never', {}, [of('ca', { region: 'US-CAMX' })], 'factor_region_missing'],
    ['the region before the own set', {}, [of('own', { region: 'FR' }, { own: true }), of('gb')], 'gb'],
    ['the own set before the catalogue', {}, [of('a'), of('b', {}, { own: true, setId: 'own' })], 'b'],
    ['the same unit before a converted one', {}, [of('a', { unit: 'short-ton.mi' }), of('b')], 'b'],
    ['a converted unit if there is no other', {}, [of('a', { unit: 'short-ton.mi' })], 'a'],
    [
      'the nearest year before',
      { year: 2025 },
      [of('a', { year: 2022 }), of('b', { year: 2024 }), of('c', { year: 2026 })],
      'b + year_earlier',
    ],
    ['the nearest year after, if none is before', { year: 2020 }, [of('a', { year: 2024 }), of('b', { year: 2023 })], 'b + year_later'],
    ['the later version', {}, [of('a', {}, { version: '1.9' }), of('b', {}, { version: '1.10', setId: 'later' })], 'b'],
    ['nothing where nothing is', {}, [], 'factor_missing'],
    ['nothing of another leg', {}, [of('a', { leg: 'upstream' })], 'factor_missing'],
    ['nothing in another dimension', { unit: 'km' }, [of('a')], 'factor_unit_mismatch'],
  ])('takes %s', (_what, key, factors, expected) => expect(choice(keyOf(key), factors)).toBe(expected));

  it('takes the nearer year before the same unit', () => {
    const diesel = (code: string, unit: string, year: number) => of(code, { activityType: 'fuel.diesel', leg: 'combustion', unit, year });
    const key = keyOf({ activityType: 'fuel.diesel', unit: 'L', year: 2024 });
    expect(choice(key, [diesel('litre', 'L', 2015), diesel('gallon', 'US-gal', 2024)], 'combustion')).toBe('gallon');
    expect(choice(key, [diesel('litre', 'L', 2024), diesel('gallon', 'US-gal', 2024)], 'combustion')).toBe('litre');
  });

  it('takes no grid of a group of countries', () => {
    const grid = of('eu', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', region: 'EU' });
    const key = keyOf({ activityType: 'electricity.grid', unit: 'kWh', country: 'DE' });
    expect(choice(key, [grid], 'generation', 'location')).toBe('factor_region_missing');
  });

  it('notes a national grid where the entity has a grid subregion', () => {
    const grid = { activityType: 'electricity.grid', leg: 'generation' as const, unit: 'kWh' };
    const key = keyOf({ activityType: 'electricity.grid', unit: 'kWh', region: 'GB-SCT' });
    expect(choice(key, [of('gb', grid)], 'generation', 'location')).toBe('gb + region_national');
    expect(choice(key, [of('gb', grid), of('sct', { ...grid, region: 'GB-SCT' })], 'generation', 'location')).toBe('sct');
  });

  const car = (changes: Partial<MatchKey> = {}) => keyOf({ activityType: 'travel.car', unit: 'km', ...changes });
  const forCar = (code: string, fuel?: string, changes: Partial<Factor> = {}) =>
    of(code, { activityType: 'travel.car', unit: 'km', attributes: fuel ? { fuel } : {}, ...changes });
  it.each<[string, MatchKey, PinnedFactor[], string]>([
    [
      'the specific factor',
      car({ attributes: { fuel: 'diesel' } }),
      [forCar('any'), forCar('diesel', 'diesel'), forCar('petrol', 'petrol')],
      'diesel',
    ],
    ['the general factor', car({ attributes: { fuel: 'hybrid' } }), [forCar('any'), forCar('diesel', 'diesel')], 'any + attribute_general'],
    ['no factor of another attribute', car({ attributes: { fuel: 'hybrid' } }), [forCar('diesel', 'diesel')], 'factor_attribute_mismatch'],
    ['the default, and says so', car(), [forCar('any'), forCar('unknown', 'unknown')], 'unknown + attribute_default'],
    ['the general factor without a default', car(), [forCar('any')], 'any'],
    [
      'the country before the attribute',
      car({ attributes: { fuel: 'diesel' } }),
      [forCar('any'), forCar('fr', 'diesel', { region: 'FR' })],
      'any + attribute_general',
    ],
  ])('with attributes takes %s', (_what, key, factors, expected) => expect(choice(key, factors)).toBe(expected));

  it('never lets a calorific basis cross, nor a factor without one stand in', () => {
    const key = keyOf({ activityType: 'fuel.natural-gas', unit: 'kWh', attributes: { calorific_basis: 'net' } });
    const fuel = (code: string, attributes: Record<string, string>) =>
      of(code, { activityType: 'fuel.natural-gas', leg: 'combustion', unit: 'kWh', attributes });
    expect(choice(key, [fuel('gross', { calorific_basis: 'gross' }), fuel('none', {})], 'combustion')).toBe('factor_calorific_basis_other');
    expect(choice(key, [fuel('none', {})], 'combustion')).toBe('factor_attribute_mismatch');
    expect(choice(key, [fuel('gross', { calorific_basis: 'gross' }), fuel('net', { calorific_basis: 'net' })], 'combustion')).toBe('net');
  });

  it.each<[string, string, Partial<Factor>, Record<string, string>]>([
    [
      'waste.disposal',
      'treatment',
      { leg: 'service', unit: 't', attributes: { material: 'glass' } },
      { material: 'glass', treatment: 'landfill' },
    ],
    [
      'waste.disposal',
      'material',
      { leg: 'service', unit: 't', attributes: { treatment: 'landfill' } },
      { material: 'glass', treatment: 'landfill' },
    ],
    ['goods.material', 'material', { leg: 'supply', unit: 't' }, { material: 'glass' }],
    ['spend.goods', 'sector', { leg: 'supply', unit: 'GBP' }, { sector: '1', price_year: '2024' }],
    ['freight.air', 'haul', { attributes: { radiative_forcing: 'with' } }, { haul: 'domestic', radiative_forcing: 'with' }],
    ['freight.air', 'radiative_forcing', { attributes: { haul: 'domestic' } }, { haul: 'domestic', radiative_forcing: 'with' }],
  ])('%s: never a factor that leaves the %s open', (activityType, _name, general, attributes) => {
    const factor = of('general', { activityType, ...general });
    const key = keyOf({ activityType, unit: factor.factor.unit, attributes });
    expect(choice(key, [factor], factor.factor.leg)).toBe('factor_attribute_mismatch');
  });

  it.each([
    ['Nm3', 'm3', 'volume_conditions_differ'],
    ['m3', 'Sm3', 'volume_conditions_differ'],
    ['Nm3', 't', 'factor_unit_mismatch'],
  ])('a gas in %s never takes a factor per %s: %s', (unit, per, expected) => {
    const key = keyOf({ activityType: 'fuel.natural-gas', unit });
    expect(choice(key, [of('gas', { activityType: 'fuel.natural-gas', leg: 'combustion', unit: per })], 'combustion')).toBe(expected);
  });

  it('takes the nearest price year, in the currency of the amount alone', () => {
    const spend = (unit: string) => keyOf({ activityType: 'spend.goods', unit, attributes: { sector: '1', price_year: '2024' } });
    const priced = (year: string) =>
      of(year, { activityType: 'spend.goods', leg: 'supply', unit: 'USD', attributes: { sector: '1', price_year: year } });
    expect(choice(spend('USD'), [priced('2019'), priced('2022'), priced('2025')], 'supply')).toBe('2022 + price_year_not_adjusted');
    expect(choice(spend('EUR'), [priced('2022')], 'supply')).toBe('currency_without_rate');
  });
});

describe('the two bases of purchased electricity', () => {
  const grid = of('grid', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh' });
  const residual = of('residual', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', attributes: { basis: 'market' } });
  const rate = of('rate', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', supplier: 'S' });
  const abroad = of('fr', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', region: 'FR' });
  const world = of('world', { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', region: 'GLOBAL' });
  it.each<[string, string | null, PinnedFactor[], string]>([
    ['location', 'S', [rate, residual, grid], 'grid'],
    ['location', 'S', [rate, residual], 'factor_missing'],
    ['market', 'S', [rate, residual, grid], 'rate'],
    ['market', 'T', [rate, residual, grid], 'residual + supplier_general'],
    ['market', 'T', [rate, grid], 'grid + supplier_general + grid_average_for_residual_mix'],
    ['market', null, [rate, grid], 'grid + grid_average_for_residual_mix'],
    ['location', null, [abroad, world], 'factor_region_missing'],
    ['market', null, [abroad], 'factor_region_missing'],
  ])('%s, supplier %s', (basis, supplier, factors, expected) =>
    expect(choice(keyOf({ activityType: 'electricity.grid', unit: 'kWh', supplier }), factors, 'generation', basis)).toBe(expected),
  );
});

describe('the candidates that lost', () => {
  it('says why, best first', () => {
    const factors = [
      of('won'),
      of('own', { region: 'FR' }, { own: true }),
      of('older', { year: 2020 }),
      of('miles', { unit: 'short-ton.mi' }),
      of('supplier', { supplier: 'T' }),
      of('ca', { region: 'US-CAMX' }),
    ];
    const match = matchFactor(keyOf(), ...legOf(keyOf(), 'operation'), factorIndex(factors));
    expect(match.lost.map(({ code, reason }) => `${code}: ${reason}`)).toEqual([
      'miles: unit_converted',
      'older: year_further',
      'own: region_further',
      'ca: region_other',
      'supplier: supplier_other',
    ]);
  });
  it('keeps at most twenty', () => {
    const factors = Array.from({ length: 50 }, (_, i) => of(`f${i}`, { year: 1990 + i }));
    expect(matchFactor(keyOf(), ...legOf(keyOf(), 'operation'), factorIndex(factors)).lost).toHaveLength(20);
  });
});

describe('any set of factors', () => {
  const factor = fc.record({
    code: fc.constantFrom('a', 'b', 'c'),
    region: fc.constantFrom('GB', 'GB-SCT', 'FR', 'EU', 'EEA', 'GLOBAL', 'US-CAMX'),
    year: fc.integer({ min: 2020, max: 2026 }),
    unit: fc.constantFrom('t.km', 'short-ton.mi', 'km'),
    supplier: fc.constantFrom(undefined, 'S', 'T'),
    vessel: fc.constantFrom(undefined, 'container', 'bulk'),
    own: fc.boolean(),
    version: fc.constantFrom('1.9', '1.10'),
  });
  const key = fc.record({
    country: fc.constantFrom('GB', 'DE', 'NO'),
    region: fc.constantFrom(null, 'GB-SCT'),
    supplier: fc.constantFrom(null, 'S'),
    attributes: fc.constantFrom<Record<string, string>>({}, { vessel: 'bulk' }),
  });

  it('gives one factor for one key, whatever order the factors come in', () =>
    fc.assert(
      fc.property(
        fc
          .array(factor, { maxLength: 25 })
          .chain((factors) =>
            fc.tuple(fc.constant(factors), fc.shuffledSubarray(factors, { minLength: factors.length, maxLength: factors.length })),
          ),
        key,
        ([factors, shuffled], changes) => {
          const build = (list: typeof factors) =>
            list.map(({ own, version, supplier, vessel, ...rest }) => {
              const attributes: Record<string, string> = vessel ? { vessel } : {};
              return of(
                rest.code,
                { ...rest, activityType: 'freight.sea', attributes, ...(supplier ? { supplier } : {}) },
                { own, version, setId: `${own} ${version}` },
              );
            });
          const wanted = keyOf({ activityType: 'freight.sea', ...changes });
          const decide = (list: typeof factors) =>
            decideRates(wanted, { pack: PACK, index: factorIndex(build(list)), gases, gwpSet: 'AR5' });
          expect(decide(shuffled)).toEqual(decide(factors));
        },
      ),
    ));

  it('decides 20,000 keys against 100,000 factors by look-ups', () => {
    const sectors = 2_000;
    const countries = ['US', 'GB', 'FR', 'DE', 'PL'];
    const factors = countries.flatMap((region) =>
      Array.from({ length: sectors * 10 }, (_, i) => {
        const year = 2015 + (i % 10);
        const attributes = { sector: String((i - (i % 10)) / 10), price_year: String(year) };
        return of(`f${i}`, { activityType: 'spend.goods', leg: 'supply', unit: 'USD', region, year, attributes });
      }),
    );
    expect(factors).toHaveLength(100_000);
    const index = factorIndex(factors);
    const started = performance.now();
    for (let i = 0; i < 20_000; i += 1) {
      const wanted = keyOf({
        activityType: 'spend.goods',
        unit: 'USD',
        country: 'GB',
        attributes: { sector: String(i % (sectors + 100)), price_year: '2024' },
      });
      decideRates(wanted, { pack: PACK, index, gases, gwpSet: 'AR5' });
    }
    // A scan would be two thousand million comparisons; the bound is wide, so that a busy machine does not fail it.
    expect(performance.now() - started).toBeLessThan(30_000);
  }, 60_000);
});
