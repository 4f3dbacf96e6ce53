import {
  Decimal,
  gwpOf,
  isRefusal,
  kgCo2e,
  montrealKgCo2e,
  plain,
  resolveGas,
  validateFactorSet,
  type Factor,
  type FactorSet,
  type GwpSetId,
} from '#ghg';
import { factorOf, gases, pinned } from '../../../../test/golden/fixtures';

const setOf = (...factors: Factor[]): FactorSet => ({ ...pinned(factorOf('x')).set, factors });
const problems = (set: FactorSet) => validateFactorSet(set, gases).map((found) => found.problem);

describe('validateFactorSet', () => {
  it('finds nothing wrong with a good factor', () => expect(problems(setOf(factorOf('a')))).toEqual([]));

  it.each<[string, { readonly [name in keyof Factor]?: Factor[name] | undefined }, string[]]>([
    ['no code', { code: '' }, ['code_empty']],
    ['unknown type', { activityType: 'fuel.peat' }, ['activity_type_unknown']],
    ['a leg that the type does not have', { leg: 'combustion' }, ['leg_unknown']],
    ['unknown unit', { unit: 'ton' }, ['unit_unknown']],
    ['unit of another dimension', { unit: 't' }, ['unit_dimension_mismatch']],
    ['unit of one dimension too many', { unit: 't.km.km' }, ['unit_dimension_mismatch']],
    ['region in words', { region: 'Britain' }, ['region_malformed']],
    ['year out of reach', { year: 1899 }, ['year_malformed']],
    ['unknown attribute', { attributes: { colour: 'blue' } }, ['attribute_unknown']],
    ['neither gases nor a total', { kgco2e: undefined }, ['amount_missing']],
    ['a number in words', { kgco2e: '1e3' }, ['amount_malformed']],
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
