import { decideRates, factorIndex, type Decision, type Factor, type GwpSetId, type MatchKey, type Rate } from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const decide = (key: MatchKey, factors: readonly Factor[], gwpSet: GwpSetId = 'AR5'): Decision =>
  decideRates(key, { pack: PACK, index: factorIndex(factors.map((factor) => pinned(factor))), gases, gwpSet });
const legOf = ({ rates }: Decision, leg: Rate['leg']): Rate => rates.find((rate) => rate.leg === leg) as Rate;

describe('electricity that sold products take', () => {
  const grid = (kgco2e: string, attributes: Record<string, string> = {}) =>
    factorOf(kgco2e, { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', kgco2e, attributes });
  const factors = [grid('0.4'), grid('0.6', { basis: 'market' })];
  it.each<[string, string, Factor[], string | undefined, string[]]>([
    ['use.electricity', 'GB', [], '0.4', ['grid_factor_for_use']],
    ['use-indirect.electricity', 'GB', [], '0.4', ['grid_factor_for_use']],
    ['use.electricity', 'GB', [factorOf('own', { activityType: 'use.electricity', leg: 'use', unit: 'kWh', kgco2e: '0.3' })], '0.3', []],
    ['use.electricity', 'FR', [], undefined, []],
  ])('%s in %s', (activityType, country, own, kgco2e, fallbacks) => {
    const decision = decide(keyOf({ activityType, unit: 'kWh', country }), [...factors, ...own]);
    const rate = kgco2e === undefined ? undefined : legOf(decision, 'use');
    expect([rate?.kgco2e, rate?.fallbacks ?? [], rate?.basis ?? 'all', rate?.sourceClass ?? 'use-of-products']).toEqual([
      kgco2e,
      fallbacks,
      'all',
      'use-of-products',
    ]);
    if (kgco2e === undefined) expect(decision.legs[0]).toMatchObject({ leg: 'use', refusal: { code: 'factor_missing' } });
  });
});
