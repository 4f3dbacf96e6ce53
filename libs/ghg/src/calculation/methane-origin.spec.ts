import { decideRates, factorIndex, type Decision, type Factor, type GwpSetId, type MatchKey, type Rate } from '#ghg';
import { gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const decide = (key: MatchKey, factors: readonly Factor[], gwpSet: GwpSetId = 'AR5'): Decision =>
  decideRates(key, { pack: PACK, index: factorIndex(factors.map((factor) => pinned(factor))), gases, gwpSet });
const legOf = ({ rates }: Decision, leg: Rate['leg']): Rate => rates.find((rate) => rate.leg === leg) as Rate;

describe('methane', () => {
  const SETS = ['AR5', 'AR5-fossil-30', 'AR6', 'AR6-fossil-29.8', 'AR6-27.9'] as const;
  const CH4 = [{ gas: 'CH4', kg: '1' }];
  const FOSSIL = [{ gas: 'CH4_fossil', kg: '1' }];
  const ANY = ['28', '28', '27', '27', '27.9'];
  const FUEL = ['28', '30', '27', '29.8', '27.9'];
  const STATED = ['30', '30', '29.8', '29.8', '27.9'];

  it.each<[string, string, Rate['leg'], Record<string, string>, Factor['gases'], string[]]>([
    ['leaks as fossil gas', 'fugitive.natural-gas', 'process', {}, CH4, ['28', '30', '29.8', '29.8', '27.9']],
    ['of a burnt fossil fuel', 'fuel.stationary', 'combustion', { fuel: 'coal' }, CH4, FUEL],
    ['upstream of a fossil fuel', 'fuel.diesel', 'upstream', {}, CH4, FUEL],
    ['upstream of a vehicle', 'vehicle.distance', 'upstream', { vehicle: 'v', fuel: 'diesel' }, CH4, FUEL],
    ['upstream of a battery', 'vehicle.distance-electricity', 'upstream', { vehicle: 'v', fuel: 'battery-electric' }, CH4, ANY],
    ['of the grid behind a hybrid', 'vehicle.distance-electricity', 'generation', { vehicle: 'v', fuel: 'plug-in-hybrid' }, CH4, ANY],
    ['of a vehicle on biodiesel', 'vehicle.distance', 'combustion', { vehicle: 'v', fuel: 'biodiesel' }, FOSSIL, ANY],
    ['of sold fuel', 'use.fuel', 'use', { fuel: 'coal' }, CH4, FUEL],
    ['of fuel that a carrier burns', 'freight.fuel', 'operation', { fuel: 'diesel' }, CH4, FUEL],
    ['of a journey whose fuel is not named', 'freight.rail', 'operation', {}, CH4, ANY],
    ['of a process, which the factor states', 'process.output', 'process', { process: 'p' }, CH4, ANY],
    ['of a burnt biofuel, whatever is stated', 'fuel.stationary', 'combustion', { fuel: 'biogas' }, FOSSIL, ANY],
    ['of a biofuel that a carrier burns', 'freight.fuel', 'operation', { fuel: 'biodiesel' }, FOSSIL, ANY],
    ['of sold biofuel', 'use.fuel', 'use', { fuel: 'wood-logs' }, FOSSIL, ANY],
    ['upstream of a biofuel, as stated', 'fuel.stationary', 'upstream', { fuel: 'biogas' }, FOSSIL, STATED],
    ['upstream of a biofuel, not stated', 'fuel.stationary', 'upstream', { fuel: 'biogas' }, CH4, ANY],
  ])('%s', (_what, activityType, leg, attributes, masses, expected) => {
    const unit = { 'vehicle.distance': 'km', 'vehicle.distance-electricity': 'km', 'freight.rail': 't.km' }[activityType] ?? 't';
    const source = { table: 'test', row: 'f' };
    const factor: Factor = { code: 'f', activityType, leg, region: 'GB', year: 2024, attributes, unit, gases: masses, source };
    const under = (gwpSet: GwpSetId) => legOf(decide(keyOf({ activityType, unit, attributes }), [factor], gwpSet), leg).kgco2e;
    expect(SETS.map(under)).toEqual(expected);
  });
});
