import { interestSegments } from '../boundary/shares';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal } from '../refusals';
import { checkPolicy, isSignificant, NON_TRIGGERS, TRIGGERS, type BaseYearPolicy, type Trigger } from './base-year';
import { organisationForBaseYear, organisationForCurrentYear } from './base-year-structure';
import { holding, organisationOf, stateOf, type Deed } from '../../../../test/support/change-states';
import { evaluateBaseYear } from './evaluate';
import { ORDER } from '../../../../test/support/default-pack';

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
const gas = (entity: string, tco2e: string, more: Partial<Deed> = {}): Deed => ({
  entity,
  quantity: plain(new Decimal(tco2e).mul(5000)),
  co2: '0.2',
  ...more,
});
const GROUP = organisationOf(holding('PLANT', '1'), holding('OTHER', '1'));
const evaluate = (stated: Deed[], current: Deed[], more: Partial<BaseYearPolicy> = {}, organisation = GROUP) =>
  evaluateBaseYear(
    { ...POLICY, ...more },
    stateOf(stated, { organisation }),
    stateOf(current, { organisation, gwp: more.gwp ?? 'AR5' }),
    ORDER,
  );
const trigger = (result: ReturnType<typeof evaluate>) => result.effects.map((effect) => [effect.trigger, effect.tco2e]);

describe('a policy', () => {
  it.each(['1.01', '-0.1', '5 %', '', '0.0000000000001'])('with the threshold "%s" is refused', (threshold) => {
    const checked = checkPolicy({ ...POLICY, threshold });
    expect(isRefusal(checked) && checked.refusal).toBe('threshold_malformed');
  });
  it.each(['0', '0.05', '1'])('may have the threshold %s', (threshold) => {
    expect(isRefusal(checkPolicy({ ...POLICY, threshold }))).toBe(false);
  });
  it('never calls one thing a trigger and no trigger', () => {
    expect(Object.keys(TRIGGERS).filter((name) => name in NON_TRIGGERS)).toEqual([]);
  });
  it.each([
    ['50', '1000', true],
    ['49.999', '1000', false],
    ['-50', '1000', true],
    ['0', '1000', false],
    ['0', '0', false],
    ['0.001', '0', true],
  ])('finds an effect of %s on %s significant at 5 %%: %s', (effect, stated, significant) => {
    expect(isSignificant(new Decimal(effect), new Decimal(stated), '0.05')).toBe(significant);
  });
});

describe('the evaluation of a base year (Corporate Standard, chapter 5)', () => {
  it('finds nothing where nothing changed', () => {
    expect(evaluate([gas('PLANT', '1000')], [gas('PLANT', '1000')])).toMatchObject({
      outcome: 'below-threshold',
      statedTco2e: '1000',
      currentTco2e: '1000',
      effects: [],
      cumulative: { net: '0', absolute: '0', netShare: '0', absoluteShare: '0' },
      thresholdTco2e: '50',
    });
  });

  it.each<[string, Partial<Deed>, string, string]>([
    ['a corrected quantity', { quantity: '4700000' }, 'discovered-error', '-60'],
    ['an actual for an estimate', { quantity: '5200000', status: 'measured' }, 'better-data', '40'],
    ['a better factor for the year', { co2: '0.21' }, 'better-factor', '50'],
    ['a better method', { co2: '0.21', method: 'composition' }, 'better-method', '50'],
  ])('names %s', (_, more, name, effect) => {
    const stated = gas('PLANT', '1000', more.status ? { status: 'estimated' } : {});
    const result = evaluate([stated], [{ ...stated, ...more }]);
    expect(trigger(result)).toEqual([[name, effect]]);
    expect(result.effects[0]!.entities).toEqual([{ entity: 'PLANT', tco2e: effect }]);
    expect(result.outcome).toBe(name === 'better-data' ? 'below-threshold' : 'recalculate');
  });

  it('does not count the next year’s edition of a factor', () => {
    const result = evaluate([gas('PLANT', '1000')], [gas('PLANT', '1000', { co2: '0.1', factorYear: 2021 })]);
    expect(result).toMatchObject({ outcome: 'below-threshold', effects: [], notCounted: [{ trigger: 'next-edition', tco2e: '-500' }] });
  });

  it('counts a change of the GWP set as one of methodology', () => {
    const leak: Deed = { entity: 'PLANT', quantity: '1000', ch4: '10' };
    expect(trigger(evaluate([leak], [leak], { gwp: 'AR6' }))).toEqual([['gwp-set', '-10']]);
  });

  it('counts what is significant only together', () => {
    // Three corrections of 2 % each.
    const stated = [gas('PLANT', '500'), gas('OTHER', '480'), gas('OTHER', '20', { activityType: 'fuel.diesel' })];
    const current = [gas('PLANT', '520'), gas('OTHER', '500'), gas('OTHER', '40', { activityType: 'fuel.diesel' })];
    expect(evaluate(stated, [current[0]!, stated[1]!, stated[2]!])).toMatchObject({
      outcome: 'below-threshold',
      cumulative: { net: '20' },
    });
    expect(evaluate(stated, current)).toMatchObject({ outcome: 'recalculate', cumulative: { net: '60', absoluteShare: '0.06' } });
  });

  it('does not let an acquisition hide an error: sizes are added', () => {
    const before = organisationOf(holding('PLANT', '1'), holding('NEW', '0'));
    const stated = stateOf([gas('PLANT', '1000')], {
      organisation: { ...before, holdings: [holding('PLANT', '1'), holding('NEW', '1', '2021-07-01')] },
    });
    const now = { ...before, holdings: [holding('PLANT', '1'), holding('NEW', '1')] };
    const current = stateOf([gas('PLANT', '960'), gas('NEW', '40')], { organisation: now });
    const result = evaluateBaseYear(POLICY, stated, current, ORDER);
    expect(trigger(result)).toEqual([
      ['acquisition', '40'],
      ['discovered-error', '-40'],
    ]);
    expect(result).toMatchObject({ outcome: 'recalculate', currentTco2e: '1000', cumulative: { net: '0', absolute: '80' } });
  });

  it('calls it an acquisition where an investee comes under control and brings its records', () => {
    const investee = { ...holding('NEW', '0.4'), relation: 'associate' as const, operationalControl: false, financialControl: false };
    const states = (scope3: boolean) =>
      evaluateBaseYear(
        { ...POLICY, scope3 },
        stateOf([gas('PLANT', '1000')], { organisation: organisationOf(holding('PLANT', '1'), investee) }),
        stateOf([gas('PLANT', '1000'), gas('NEW', '80')], { organisation: organisationOf(holding('PLANT', '1'), holding('NEW', '1')) }),
        ORDER,
      );
    expect(trigger(states(false))).toEqual([['acquisition', '80']]);
    // Where investments count, its records of the base year were missing from category 15.
    expect(trigger(states(true))).toEqual([['discovered-error', '80']]);
  });

  it('does not let errors at two entities hide each other', () => {
    const result = evaluate([gas('PLANT', '500'), gas('OTHER', '500')], [gas('PLANT', '540'), gas('OTHER', '460')]);
    expect(trigger(result)).toEqual([['discovered-error', '0']]);
    expect(result).toMatchObject({ outcome: 'recalculate', cumulative: { net: '0', absolute: '80', absoluteShare: '0.08' } });
  });

  it('shows a trigger that the policy leaves out, and does not count it', () => {
    const result = evaluate([gas('PLANT', '1000')], [gas('PLANT', '1100')], { triggers: ['acquisition'] });
    expect(result).toMatchObject({ outcome: 'below-threshold', effects: [], notCounted: [{ trigger: 'discovered-error', tco2e: '100' }] });
  });
});

describe('outsourcing', () => {
  const lease = {
    entity: 'PLANT',
    side: 'lessee',
    leaseClass: 'operating',
    lesseeControls: false,
    reason: 'run by the landlord',
    validFrom: '2021-01-01',
    validTo: null,
  } as const;
  const after = organisationForBaseYear({ ...GROUP, leases: [lease] }, POLICY, '2021-12-31');
  const states = [
    stateOf([gas('PLANT', '100'), gas('OTHER', '900')], { organisation: GROUP }),
    stateOf([gas('PLANT', '100'), gas('OTHER', '900')], { organisation: after }),
  ] as const;

  it('is a trigger if it leaves the scopes that the base year counts', () => {
    const result = evaluateBaseYear(POLICY, ...states, ORDER);
    expect([result.outcome, trigger(result)]).toEqual(['recalculate', [['insourcing-outsourcing', '-100']]]);
  });

  it('is none if the base year counts the scope that it moves to', () => {
    const result = evaluateBaseYear({ ...POLICY, scope3: true }, ...states, ORDER);
    expect([result.outcome, trigger(result)]).toEqual(['below-threshold', [['insourcing-outsourcing', '0']]]);
  });
});

// The company has two business units and acquires company C on 1 July of year 3; C has emitted since before the base year.
describe('an acquisition in the middle of the year', () => {
  const organisation = organisationOf(holding('A', '1'), holding('B', '1'), holding('C', '1', '2022-07-01'));
  const baseYear = [gas('A', '25'), gas('B', '25'), gas('C', '15', { period: ['2020-01-01', '2020-12-31'] })];
  const policy = (midYear: BaseYearPolicy['midYear']): BaseYearPolicy => ({ ...POLICY, midYear });
  const read = (midYear: BaseYearPolicy['midYear'], asOf: string, deeds = baseYear) =>
    evaluateBaseYear(
      policy(midYear),
      stateOf(deeds, { organisation: organisationForBaseYear(organisation, policy(midYear), '2021-12-31') }),
      stateOf(deeds, { organisation: organisationForBaseYear(organisation, policy(midYear), asOf) }),
      ORDER,
    );

  it('is added to the whole base year', () => {
    expect(read('all-year', '2022-12-31')).toMatchObject({
      outcome: 'recalculate',
      statedTco2e: '50',
      currentTco2e: '65',
      effects: [{ trigger: 'acquisition', tco2e: '15', share: '0.3', entities: [{ entity: 'C', tco2e: '15' }] }],
    });
  });

  it('is added pro rata first, and to the whole in the year after', () => {
    // 1 July to 31 December: 184 of the base year’s 366 days
    expect(read('pro-rata', '2022-12-31').currentTco2e).toBe('57.540983606557377');
    expect(read('pro-rata', '2023-12-31').currentTco2e).toBe('65');
  });

  it('adds nothing of a company that did not exist in the base year', () => {
    expect(read('all-year', '2022-12-31', baseYear.slice(0, 2))).toMatchObject({ outcome: 'below-threshold', effects: [] });
  });

  it('is taken into the whole current year too, or as dated', () => {
    const current = [gas('A', '30'), gas('C', '20', { period: ['2022-01-01', '2022-12-31'] })];
    const total = (midYear: BaseYearPolicy['midYear']) =>
      stateOf(current, { year: 2022, organisation: organisationForCurrentYear(organisation, policy(midYear), '2022-12-31') });
    const kg = (state: ReturnType<typeof total>) =>
      [...state.sources.values()].reduce((sum, { kgco2e }) => sum.add(kgco2e.get('scope1') ?? 0), new Decimal(0));
    expect(plain(kg(total('all-year')))).toBe('50000');
    expect(plain(kg(total('pro-rata')))).toMatch(/^40082\.19178/); // 30,000 + 20,000 × 184/365
  });
});

describe('the structure laid over the base year', () => {
  const policy = { ...POLICY, midYear: 'pro-rata' } as const;
  const daysOf = (validFrom: string, validTo: string | null, asOf: string) =>
    organisationForBaseYear(organisationOf(holding('C', '1', validFrom, validTo)), { ...policy, baseYear: 2021 }, asOf).holdings.map(
      (held) => [held.share, held.validFrom, held.validTo],
    );
  it.each<[string, string, string | null, string, unknown[]]>([
    ['held throughout', '2010-01-01', null, '2024-12-31', [['1', '1900-01-01', null]]],
    ['from a leap day on', '2024-02-29', null, '2024-12-31', [['1', '2021-02-28', null]]],
    ['to a day of the year', '2010-01-01', '2024-06-30', '2024-12-31', [['1', '1900-01-01', '2021-06-30']]],
    ['sold before the year', '2010-01-01', '2023-06-30', '2024-12-31', [['0', '1900-01-01', null]]],
    ['bought after the year', '2025-01-01', null, '2024-12-31', [['0', '1900-01-01', null]]],
  ])('pro rata: %s', (_, validFrom, validTo, asOf, holdings) => {
    expect(daysOf(validFrom, validTo, asOf)).toEqual(holdings);
  });

  it.each<[string, [string, string | null][], number, string, (string | null)[][]]>([
    // 29 February 2020 belongs to whoever had the last day of February.
    [
      'into a leap year without a gap',
      [
        ['2000-01-01', '2025-02-28'],
        ['2025-03-01', null],
      ],
      2020,
      '2025-12-31',
      [
        ['1900-01-01', '2020-02-29'],
        ['2020-03-01', null],
      ],
    ],
    [
      'out of a leap year without an overlap',
      [
        ['2000-01-01', '2024-02-28'],
        ['2024-02-29', null],
      ],
      2021,
      '2024-12-31',
      [
        ['1900-01-01', '2021-02-27'],
        ['2021-02-28', null],
      ],
    ],
  ])('pro rata: what follows day after day still does, %s', (_, periods, year, asOf, expected) => {
    const organisation = organisationOf(...periods.map(([from, to]) => holding('C', '1', from, to)));
    const moved = organisationForBaseYear(organisation, { ...policy, baseYear: year }, asOf);
    expect(moved.holdings.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual(expected);
    const segments = interestSegments(moved, `${year}-01-01`, `${year}-12-31`);
    if (isRefusal(segments)) throw new Error(segments.detail);
    expect(segments.get('C')!.map(({ equityShare }) => plain(equityShare))).toEqual(['1']);
  });

  it('pro rata: a lease begins in the base year when it began in the year', () => {
    const lease = (entity: string, validFrom: string, validTo: string | null) =>
      ({ entity, side: 'lessee', leaseClass: 'operating', lesseeControls: true, reason: '', validFrom, validTo }) as const;
    const leases = [lease('A', '2018-01-01', '2020-12-31'), lease('A', '2022-07-01', null), lease('B', '2018-01-01', '2020-12-31')];
    const laid = organisationForBaseYear({ ...GROUP, leases }, policy, '2022-12-31').leases!;
    expect(laid.map(({ entity, validFrom, validTo }) => [entity, validFrom, validTo])).toEqual([
      ['A', '2020-07-01', null],
      ['B', '2018-01-01', '2020-12-31'],
    ]);
  });

  it('all-year: a lease of that day goes before earlier ones, an ended one keeps its days', () => {
    const lease = (entity: string, validFrom: string, validTo: string | null) =>
      ({ entity, side: 'lessee', leaseClass: 'operating', lesseeControls: true, reason: '', validFrom, validTo }) as const;
    const leases = [lease('A', '2018-01-01', '2020-12-31'), lease('A', '2021-01-01', null), lease('B', '2018-01-01', '2020-12-31')];
    const laid = organisationForBaseYear({ ...GROUP, leases }, POLICY, '2022-12-31').leases!;
    expect(laid.map(({ entity, validFrom, validTo }) => [entity, validFrom, validTo])).toEqual([
      ['A', '1900-01-01', null],
      ['B', '2018-01-01', '2020-12-31'],
    ]);
  });
});

// S came in the middle of the base year itself; what changes of its records is no structure.
describe('a base year within which the boundary changed', () => {
  const organisation = organisationOf(holding('A', '1'), holding('S', '1', '2020-07-01'));
  const half = (tco2e: string, period: readonly [string, string], more: Partial<Deed> = {}) => gas('S', tco2e, { period, ...more });
  const first = (tco2e: string, more: Partial<Deed> = {}) => half(tco2e, ['2020-01-01', '2020-06-30'], more);
  const second = (tco2e: string, more: Partial<Deed> = {}) => half(tco2e, ['2020-07-01', '2020-12-31'], more);
  it.each<[string, Deed[], string[][]]>([
    ['a correction of ours', [first('200'), second('500')], [['discovered-error', '100']]],
    ['a correction of what was not ours', [first('300'), second('400')], []],
    ['a better factor of ours', [first('200'), second('400', { co2: '0.25' })], [['better-factor', '100']]],
    ['a better factor of what was not ours', [first('200', { co2: '0.4' }), second('400')], []],
  ])('%s is neither acquisition nor divestment', (_, current, expected) => {
    const result = evaluate([first('200'), second('400')], current, {}, organisation);
    expect([trigger(result), result.notCounted, result.remainder]).toEqual([expected, [], '0']);
  });
  it('an acquisition laid over the whole of it is one', () => {
    const deeds = [first('200'), second('400')];
    const all = organisationForBaseYear(organisation, POLICY, '2021-12-31');
    const result = evaluateBaseYear(POLICY, stateOf(deeds, { organisation }), stateOf(deeds, { organisation: all }), ORDER);
    expect([trigger(result), result.remainder]).toEqual([[['acquisition', '200']], '0']);
  });
  it('an acquisition of the next year laid over it pro rata is one, of the days that it counts, and no error', () => {
    const deeds = [first('200'), second('400', { co2: '0.4', quantity: '1000000' })];
    const bought = organisationOf(holding('A', '1'), holding('S', '1', '2021-07-01'));
    const laid = organisationForBaseYear(bought, { ...POLICY, midYear: 'pro-rata' }, '2021-12-31');
    const result = evaluateBaseYear(POLICY, stateOf(deeds, { organisation: bought }), stateOf(deeds, { organisation: laid }), ORDER);
    expect([trigger(result), result.notCounted, result.remainder]).toEqual([[['acquisition', '400']], [], '0']);
  });
});

// A company sells a unit in year 3 and had it in the base year.
describe('a divestment', () => {
  const organisation = organisationOf(holding('A', '1'), holding('OLD', '1', '2000-01-01', '2022-06-30'));
  const deeds = [gas('A', '60'), gas('OLD', '40', { period: ['2020-01-01', '2020-12-31'] })];
  const at = (asOf: string) => stateOf(deeds, { organisation: organisationForBaseYear(organisation, POLICY, asOf) });

  it('leaves the base year', () => {
    expect(evaluateBaseYear(POLICY, at('2021-12-31'), at('2022-12-31'), ORDER)).toMatchObject({
      outcome: 'recalculate',
      statedTco2e: '100',
      currentTco2e: '60',
      effects: [{ trigger: 'divestment', tco2e: '-40', share: '-0.4' }],
    });
  });
});
