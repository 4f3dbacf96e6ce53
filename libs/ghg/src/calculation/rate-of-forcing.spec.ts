import { Decimal, decideRates, factorIndex, plain, type Decision, type Factor, type GwpSetId, type MatchKey, type Rate } from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const decide = (key: MatchKey, factors: readonly Factor[], gwpSet: GwpSetId = 'AR5'): Decision =>
  decideRates(key, { pack: PACK, index: factorIndex(factors.map((factor) => pinned(factor))), gases, gwpSet });
const legOf = ({ rates }: Decision, leg: Rate['leg']): Rate => rates.find((rate) => rate.leg === leg) as Rate;

describe('radiative forcing', () => {
  const attributes = { haul: 'long-haul', radiative_forcing: 'with' };
  const key = keyOf({ activityType: 'freight.air', attributes });
  const air = (radiative_forcing: string, kgco2e: string, changes: Partial<Factor> = {}) =>
    factorOf(radiative_forcing, {
      activityType: 'freight.air',
      attributes: { ...attributes, radiative_forcing },
      gases: [{ gas: 'CH4', kg: '0.01' }],
      kgco2e,
      ...changes,
    });
  const outcomes = (decision: Decision) =>
    decision.legs.filter(({ leg }) => leg !== 'upstream').map(({ leg, outcome }) => `${leg}: ${outcome}`);

  it('stands apart, so that both legs are the published figure with it', () => {
    const decision = decide(key, [air('with', '1.7'), air('without', '1')]);
    const [operation, forcing] = [legOf(decision, 'operation'), legOf(decision, 'radiative-forcing')];
    expect(operation).toMatchObject({ kgco2e: '1', factor: { code: 'without' }, gases: [{ gas: 'CH4', kg: '0.01' }], fallbacks: [] });
    expect(forcing).toMatchObject({
      kgco2e: '0.7',
      gases: [],
      notConvertible: { kgco2e: '0.7', gwpSet: 'AR5' },
      boundary: 'optional',
      sourceClass: operation.sourceClass,
      factor: { code: 'with' },
      inputs: [
        { kind: 'rate', code: 'with', value: '1.7' },
        { kind: 'rate', code: 'without', value: '1' },
      ],
    });
    expect(decision.outcome).toBe('calculated');
  });

  it('is no gas: under another GWP set only the gases move', () => {
    const decision = decide(key, [air('with', '1.7'), air('without', '1')], 'AR6');
    // 0.72 in no gas + 0.01 kg CH4 × 27
    expect([legOf(decision, 'operation').kgco2e, legOf(decision, 'radiative-forcing').kgco2e]).toEqual(['0.99', '0.7']);
  });

  it('adds up to the last digit in another unit', () => {
    const perMile = (forcing: string, kgco2e: string) => air(forcing, kgco2e, { unit: 'short-ton.mi', gases: [] });
    const factors = [perMile('with', '1.7'), perMile('without', '1')];
    const decision = decide(key, factors);
    const sum = new Decimal(legOf(decision, 'operation').kgco2e).add(legOf(decision, 'radiative-forcing').kgco2e);
    expect(plain(sum)).toBe(legOf(decide(key, factors.slice(0, 1)), 'operation').kgco2e);
  });

  it.each<[string, Factor[]]>([
    ['no figure without it is published', [air('with', '1.7')]],
    ['the figure without it is of another country', [air('with', '1.7'), air('without', '1', { region: 'FR' })]],
    ['the figure without it is of another year', [air('with', '1.7'), air('without', '1', { year: 2023 })]],
    ['the figure without it is the larger one', [air('with', '1.7'), air('without', '1.8')]],
  ])('stands whole on the journey where %s', (_what, factors) => {
    const decision = decide(key, factors);
    expect(legOf(decision, 'operation')).toMatchObject({ kgco2e: '1.7', fallbacks: ['radiative_forcing_not_apart'] });
    expect(outcomes(decision)).toEqual(['operation: rated', 'radiative-forcing: not-published']);
  });

  it.each<[string, string, Factor[], string[]]>([
    ['asked for and not published', 'with', [air('without', '1')], ['operation: refused', 'radiative-forcing: not-published']],
    ['not asked for', 'without', [air('with', '1.7'), air('without', '1')], ['operation: rated']],
  ])('%s', (_what, radiative_forcing, factors, expected) =>
    expect(outcomes(decide({ ...key, attributes: { ...attributes, radiative_forcing } }, factors))).toEqual(expected),
  );
});
