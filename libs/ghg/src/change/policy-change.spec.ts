import type { Exclusion } from '../boundary/boundary';
import { holding, organisationOf, stateOf, type Deed } from '../../../../test/support/change-states';
import { ORDER } from '../../../../test/support/default-pack';
import { TRIGGERS, type BaseYearPolicy, type Trigger } from './base-year';
import { organisationForBaseYear } from './base-year-structure';
import { evaluateBaseYear } from './evaluate';
import { changedChoices, comparedPolicy, withoutBaseYearRecords } from './policy-change';

const POLICY: BaseYearPolicy = {
  baseYear: 2020,
  book: 'main',
  approach: 'operational-control',
  gwp: 'AR5',
  reading: 'location',
  scope3: false,
  threshold: '0.05',
  midYear: 'all-year',
  triggers: Object.keys(TRIGGERS) as Trigger[],
};
const gas = (entity: string): Deed => ({ entity, quantity: '5000000', co2: '0.2' });

describe('a policy that changed since the figure was stated', () => {
  it.each<[string, Partial<BaseYearPolicy>, string[], string[]]>([
    ['nothing', {}, [], []],
    ['the triggers in another order', { triggers: [...POLICY.triggers].reverse() }, [], []],
    ['the approach', { approach: 'equity-share' }, ['approach'], []],
    ['what is in the total', { reading: 'market', scope3: true }, ['reading', 'scope3'], []],
    ['the GWP set and the book', { gwp: 'AR6', book: 'other' }, ['gwp', 'book'], ['gwp', 'book']],
    ['the threshold', { threshold: '0.1' }, ['threshold'], []],
  ])('says what differs: %s', (_, more, changed, inEffects) => {
    expect(changedChoices(POLICY, { ...POLICY, ...more })).toEqual({ changed, inEffects });
  });

  it('is compared as the figure was stated, with the threshold, triggers and GWP set in force', () => {
    const inForce: BaseYearPolicy = {
      ...POLICY,
      approach: 'equity-share',
      reading: 'market',
      scope3: true,
      midYear: 'pro-rata',
      threshold: '0.1',
      gwp: 'AR6',
      triggers: ['acquisition'],
    };
    expect(comparedPolicy(inForce, POLICY)).toEqual({ ...POLICY, threshold: '0.1', gwp: 'AR6', triggers: ['acquisition'] });
  });
});

describe('an effect of an exclusion', () => {
  const excluded = (more: Partial<Exclusion>): Exclusion => ({
    code: 'E1',
    entity: 'PLANT',
    activityType: null,
    sourceClass: null,
    reason: 'small',
    validFrom: '2000-01-01',
    validTo: null,
    ...more,
  });
  const group = organisationOf(holding('PLANT', '1'), holding('OTHER', '1'));
  const evaluate = (was: Exclusion[], is: Exclusion[]) =>
    evaluateBaseYear(
      POLICY,
      stateOf([gas('PLANT'), gas('OTHER')], { organisation: { ...group, exclusions: was } }),
      stateOf([gas('PLANT'), gas('OTHER')], { organisation: { ...group, exclusions: is } }),
      ORDER,
    ).effects.map(({ tco2e, exclusions }) => [tco2e, exclusions]);

  it.each<[string, Exclusion[], Exclusion[], unknown]>([
    ['that is new', [], [excluded({})], [['-1000', ['E1']]]],
    ['that has gone', [excluded({})], [], [['1000', ['E1']]]],
    ['of another source', [], [excluded({ activityType: 'fuel.diesel' })], []],
    ['under another code', [excluded({})], [excluded({ code: 'E2' })], []],
  ])('%s', (_, was, is, effects) => {
    expect(evaluate(was, is)).toEqual(effects);
  });
  it('names no exclusion where a holding alone changed', () => {
    const sold = organisationOf(holding('PLANT', '1', '2000-01-01', '2019-12-31'), holding('OTHER', '1'));
    const states = [group, sold].map((organisation) => stateOf([gas('PLANT'), gas('OTHER')], { organisation })) as [never, never];
    expect(evaluateBaseYear(POLICY, ...states, ORDER).effects).toMatchObject([{ trigger: 'divestment', tco2e: '-1000', exclusions: [] }]);
  });
});

describe('an entity that joined after the base year', () => {
  const joined = organisationOf(
    holding('PLANT', '1'),
    holding('NEW', '1', '2022-03-01'),
    holding('LATER', '1', '2024-01-01'),
    holding('GONE', '1', '2021-01-01', '2021-12-31'),
  );
  const named = (deeds: Deed[], asOf = '2023-12-31') =>
    withoutBaseYearRecords(joined, POLICY, asOf, stateOf(deeds, { organisation: organisationForBaseYear(joined, POLICY, asOf) }));

  it('is named while the base year has no records of it', () => {
    expect(named([gas('PLANT')])).toEqual(['NEW']);
    expect(named([gas('PLANT')], '2024-06-30')).toEqual(['LATER', 'NEW']);
    expect(named([gas('PLANT'), gas('NEW')])).toEqual([]);
  });
  it('is not one that was there in the base year', () => {
    expect(named([gas('NEW')])).toEqual([]);
  });
});
