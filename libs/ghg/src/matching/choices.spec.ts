import fc from 'fast-check';
import {
  canonicalJson,
  CHOICE_PROBLEMS,
  decideRates,
  factorChoices,
  factorIndex,
  saidAbout,
  specificityOf,
  validateChoice,
  type Decision,
  type Factor,
  type FactorChoice,
  type FuelProperty,
  type LegDecision,
  type MatchKey,
  type Pinned,
  type PinnedFactor,
  type Rate,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const of = (code: string, changes: Partial<Factor> = {}, set: Parameters<typeof pinned>[1] = {}) => pinned(factorOf(code, changes), set);
const name = (code: string, version = '1') => ({ publisher: 'P', edition: '2024', version, code });
let choices = 0;
type Changes = Partial<Omit<FactorChoice, 'keys'>> & { readonly keys?: Partial<FactorChoice['keys']> };
const says = (action: FactorChoice['action'], code: string, { keys, ...changes }: Changes = {}): FactorChoice => ({
  id: `c${(choices += 1)}`,
  action,
  keys: { activityType: 'freight.rail', ...keys },
  leg: 'operation',
  factor: name(code),
  author: 'Ada',
  reason: `${action} ${code}`,
  decidedAt: '2026-01-01T00:00:00.000000Z',
  ...changes,
});
const decide = (
  key: MatchKey,
  factors: readonly PinnedFactor[],
  said: readonly FactorChoice[],
  properties: readonly Pinned<FuelProperty>[] = [],
): Decision =>
  decideRates(key, {
    pack: PACK,
    index: factorIndex(factors, { properties, exchangeRates: [], priceIndices: [] }),
    gases,
    gwpSet: 'AR5',
    choices: factorChoices(said),
  });
const legOf = (decision: Decision, leg: string, basis = 'all'): LegDecision =>
  decision.legs.find((one) => one.leg === leg && one.basis === basis) as LegDecision;
const rateOf = (decision: Decision, leg: string, basis = 'all'): Rate | undefined =>
  decision.rates.find((rate) => rate.leg === leg && rate.basis === basis);
/** Code, fallbacks and decision of the winner, or the refusal. */
const outcome = (decision: Decision, leg = 'operation', basis = 'all'): string => {
  const rate = rateOf(decision, leg, basis);
  if (!rate) return legOf(decision, leg, basis).refusal?.code ?? 'none';
  return [rate.factor?.code, ...rate.fallbacks, ...(rate.choice ? [`by ${rate.choice.action}`] : [])].join(' + ');
};

describe('a decision of a person', () => {
  const newer = of('newer', { year: 2024 }, { version: '2', setId: 'v2' });
  const older = of('older', { year: 2022 });
  const abroad = of('abroad', { region: 'FR' });
  const union = of('eu', { region: 'EU' });
  const california = of('ca', { region: 'US-CAMX' });
  const ofSupplier = of('s', { supplier: 'S' });
  const perKm = of('km', { unit: 'km' });
  const factors = [newer, older, abroad, union, california, ofSupplier, perKm, of('road', { activityType: 'freight.road' })];
  it.each<[string, FactorChoice[], string]>([
    ['nothing said: the cascade', [], 'newer'],
    ['pins an older year over a newer one, and the year still shows', [says('pin', 'older')], 'older + year_earlier + by pin'],
    ['pins what would have won anyway', [says('pin', 'newer', { factor: name('newer', '2') })], 'newer + by pin'],
    ['pins a further rung', [says('pin', 'abroad')], 'abroad + region_other_country + by pin'],
    ['cannot pin a group to which the country does not belong', [says('pin', 'eu')], 'chosen_factor_unfit'],
    ['cannot pin a foreign subregion', [says('pin', 'ca')], 'chosen_factor_unfit'],
    ['cannot pin another supplier', [says('pin', 's')], 'chosen_factor_unfit'],
    ['cannot pin another unit', [says('pin', 'km')], 'chosen_factor_unfit'],
    ['cannot pin another activity type', [says('pin', 'road')], 'chosen_factor_unfit'],
    ['cannot pin what no set has', [says('pin', 'gone')], 'chosen_factor_missing'],
    ['cannot pin another version', [says('pin', 'newer')], 'chosen_factor_missing'],
    ['overrides with a foreign subregion', [says('override', 'ca')], 'ca + chosen_by_person + region_other_country + by override'],
    ['overrides with another supplier', [says('override', 's')], 's + chosen_by_person + by override'],
    ['overrides with another activity type', [says('override', 'road')], 'road + chosen_by_person + by override'],
    [
      'overrides with what would serve: all rungs show',
      [says('override', 'abroad')],
      'abroad + chosen_by_person + region_other_country + by override',
    ],
    ['refuses a code in every version of its edition', [says('refuse', 'newer')], 'older + year_earlier + by refuse'],
    ['refuses no other edition', [says('refuse', 'newer', { factor: { ...name('newer'), edition: '2023' } })], 'newer'],
    ['cannot override with another version', [says('override', 'newer')], 'chosen_factor_missing'],
    ['cannot override with what no unit leads to', [says('override', 'km')], 'chosen_factor_unfit'],
    ['cannot override with what no set has', [says('override', 'gone')], 'chosen_factor_missing'],
    ['refuses the winner: the next', [says('refuse', 'newer', { factor: name('newer', '2') })], 'older + year_earlier + by refuse'],
    [
      'refuses the winner and the next',
      [says('refuse', 'newer', { factor: name('newer', '2') }), says('refuse', 'older')],
      'abroad + region_other_country + by refuse',
    ],
    [
      'refuses all that serve',
      [says('refuse', 'newer', { factor: name('newer', '2') }), says('refuse', 'older'), says('refuse', 'abroad')],
      'factor_refused_by_person',
    ],
    ['refuses what would have lost: nothing changes', [says('refuse', 'older')], 'newer'],
    ['refuses what no set has: nothing changes', [says('refuse', 'gone')], 'newer'],
    ['about another leg says nothing', [says('pin', 'older', { leg: 'upstream' })], 'newer'],
    ['about another type says nothing', [says('pin', 'older', { keys: { activityType: 'freight.road' } })], 'newer'],
    ['about another basis says nothing', [says('pin', 'older', { basis: 'market' })], 'newer'],
  ])('%s', (_what, said, expected) => expect(outcome(decide(keyOf(), factors, said))).toBe(expected));

  it('takes a factor of the leg alone', () => {
    const upstream = of('wtt', { leg: 'upstream' });
    expect(outcome(decide(keyOf(), [newer, upstream], [says('override', 'wtt')]))).toBe('chosen_factor_unfit');
  });

  it('takes the own set where a catalogue set has the same name', () => {
    const same = [of('x', { kgco2e: '1' }), of('x', { kgco2e: '2' }, { own: true, setId: 'own' })];
    expect(rateOf(decide(keyOf(), same, [says('pin', 'x')]), 'operation')?.kgco2e).toBe('2');
    expect(outcome(decide(keyOf(), same, [says('refuse', 'x')]))).toBe('factor_refused_by_person');
  });

  it('stands in the rate with its author, reason and time, and why each other lost', () => {
    const pin = says('pin', 'older');
    const rate = rateOf(decide(keyOf(), factors, [pin]), 'operation');
    const { id, author, reason, decidedAt } = pin;
    expect(rate?.choice).toEqual({ id, action: 'pin', author, reason, decidedAt });
    const reasons = (said: FactorChoice[]) =>
      legOf(decide(keyOf(), factors, said), 'operation').lost.map((lost) => `${lost.code}: ${lost.reason}`);
    expect(reasons([pin]).slice(0, 2)).toEqual(['newer: pinned_by_person', 'abroad: pinned_by_person']);
    expect(reasons([says('override', 'ca')])[0]).toBe('newer: overridden_by_person');
    const refusal = says('refuse', 'newer', { factor: name('newer', '2') });
    const [refused] = legOf(decide(keyOf(), factors, [refusal]), 'operation').lost;
    expect(refused).toMatchObject({ code: 'newer', reason: 'refused_by_person', choice: { id: refusal.id, author: 'Ada' } });
  });

  it('says in the refusal which decision it was, and what would have served', () => {
    const pin = says('pin', 'gone');
    const leg = legOf(decide(keyOf(), factors, [pin]), 'operation');
    expect(leg.refusal?.detail).toContain(`pin ${pin.id} by Ada`);
    expect(leg.lost[0]).toMatchObject({ code: 'newer', reason: 'pinned_by_person' });
  });
});

describe('which decision counts', () => {
  const factors = ['a', 'b', 'c'].map((code) => of(code, { supplier: 'S', region: 'GB-SCT' }));
  const key = keyOf({ supplier: 'S', region: 'GB-SCT', attributes: { figure: 'stated' } });
  const early = { decidedAt: '2026-01-01T00:00:00.000001Z' };
  const late = { decidedAt: '2026-01-01T00:00:00.000002Z' };
  it.each<[string, FactorChoice[], string]>([
    ['more fields go first, whatever the time', [says('pin', 'a', { keys: { supplier: 'S' }, ...early }), says('pin', 'b', late)], 'a'],
    ['a basis is a field', [says('pin', 'a', { basis: 'all', ...early }), says('pin', 'b', late)], 'a'],
    [
      'each attribute is a field',
      [says('pin', 'a', { keys: { attributes: { figure: 'stated' } }, ...early }), says('pin', 'b', late)],
      'a',
    ],
    ['among equals the later', [says('pin', 'a', late), says('pin', 'b', early)], 'a'],
    ['at one time the greater id', [says('pin', 'a', { id: 'y' }), says('pin', 'b', { id: 'x' })], 'a'],
    ['a refusal before a pin of the same factor', [says('refuse', 'b', { keys: { country: 'GB' } }), says('pin', 'b')], 'a'],
    [
      'then the next pin',
      [
        says('refuse', 'b', { keys: { country: 'GB', year: { from: 2024 } } }),
        says('pin', 'b', { keys: { country: 'GB' } }),
        says('pin', 'c'),
      ],
      'c',
    ],
    [
      'a refusal of another version before a pin',
      [says('refuse', 'b', { factor: name('b', '0'), keys: { country: 'GB' } }), says('pin', 'b')],
      'a',
    ],
    ['a refusal behind a pin of the same factor says nothing', [says('refuse', 'b'), says('pin', 'b', { keys: { country: 'GB' } })], 'b'],
    ['a refusal of another factor leaves the pin', [says('refuse', 'a', { keys: { country: 'GB' } }), says('pin', 'b')], 'b'],
  ])('%s', (_what, said, expected) => expect(rateOf(decide(key, factors, said), 'operation')?.factor?.code).toBe(expected));

  it.each<[Partial<FactorChoice['keys']>, boolean]>([
    [{ unit: 't.km' }, true],
    [{ unit: 'short-ton.mi' }, false],
    [{ year: { from: 2024, to: 2024 } }, true],
    [{ year: { from: 2025 } }, false],
    [{ year: { to: 2023 } }, false],
    [{ country: 'GB' }, true],
    [{ country: 'FR' }, false],
    [{ region: 'GB-SCT' }, true],
    [{ region: 'GB-WLS' }, false],
    [{ supplier: 'S' }, true],
    [{ supplier: 'T' }, false],
    [{ attributes: { figure: 'stated' } }, true],
    [{ attributes: { figure: 'stated', other: 'x' } }, false],
  ])('keys %j', (keys, expected) => {
    const { taken } = saidAbout(factorChoices([says('pin', 'a', { keys })]), key, { leg: 'operation', basis: 'all' });
    expect(taken !== null).toBe(expected);
  });

  it('counts the stated fields', () =>
    expect(
      specificityOf({
        keys: { activityType: 'x', unit: 'kg', year: { from: 2024, to: 2025 }, country: 'GB', attributes: { a: '1', b: '2' } },
        basis: 'all',
      }),
    ).toBe(6));

  it('is the same in whatever order decisions and factors come', () => {
    const field = <T>(value: T) => fc.constantFrom(undefined, value);
    const one = fc.record({
      action: fc.constantFrom('pin' as const, 'override' as const, 'refuse' as const),
      code: fc.constantFrom('a', 'b', 'c', 'gone'),
      country: field('GB'),
      supplier: field('S'),
      from: field(2024),
      second: fc.integer({ min: 0, max: 2 }),
      id: fc.uuid(),
    });
    const drawn = fc
      .uniqueArray(one, { maxLength: 8, selector: ({ id }) => id })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })));
    fc.assert(
      fc.property(drawn, ([list, shuffled]) => {
        const said = (chosen: typeof list) =>
          chosen.map(({ action, code, country, supplier, from, second, id }) =>
            says(action, code, {
              id,
              decidedAt: `2026-01-01T00:00:0${second}.000000Z`,
              keys: { ...(country ? { country } : {}), ...(supplier ? { supplier } : {}), ...(from ? { year: { from } } : {}) },
            }),
          );
        expect(canonicalJson(decide(key, [...factors].reverse(), said(shuffled)))).toBe(canonicalJson(decide(key, factors, said(list))));
      }),
    );
  });

  it('changes nothing for keys that it does not name', () => {
    const without = canonicalJson(decide(key, factors, []));
    const elsewhere = [says('pin', 'b', { keys: { country: 'FR' } }), says('refuse', 'a', { keys: { supplier: 'T' } })];
    expect(canonicalJson(decide(key, factors, elsewhere))).toBe(without);
  });

  it('looks at the decisions of a type and leg alone', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => says('pin', 'a', { keys: { activityType: `other-${i}` } }));
    const laidOut = factorChoices([...many, says('pin', 'b')]);
    expect(laidOut.byLeg.get('freight.rail operation')).toHaveLength(1);
  });
});

describe('a decision and what stands in for a factor', () => {
  const loss: Pinned<FuelProperty> = {
    figure: {
      code: 'loss',
      kind: 'loss-of-consumption',
      activityType: 'electricity.grid',
      attributes: {},
      region: 'GB',
      year: 2024,
      value: '0.1',
      unit: '1',
      source: { table: 'test', row: 'loss' },
    },
    ...(({ setId, set, own }) => ({ setId, set, own }))(of('x')),
  };
  const power = (code: string, changes: Partial<Factor> = {}) =>
    of(code, { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh', ...changes });
  const grid = keyOf({ activityType: 'electricity.grid', unit: 'kWh' });
  const onGrid = { keys: { activityType: 'electricity.grid' } };

  it('a chosen factor of the losses goes before a loss rate, and a missing one is not replaced by it', () => {
    const factors = [power('grid'), power('td', { leg: 'losses' })];
    const losses = (said: FactorChoice[]) => outcome(decide(grid, factors, said, [loss]), 'losses', 'market');
    expect(losses([])).toMatch(/^grid/);
    expect(losses([says('pin', 'td', { ...onGrid, leg: 'losses' })])).toMatch(/^td.* by pin$/);
    expect(losses([says('pin', 'gone', { ...onGrid, leg: 'losses' })])).toBe('chosen_factor_missing');
  });

  it('a factor of the market side never comes into the location-based figure', () => {
    const factors = [power('grid'), power('own', { supplier: 'S' }), power('residual', { attributes: { basis: 'market' } })];
    for (const code of ['own', 'residual'])
      for (const action of ['pin', 'override'] as const) {
        const said = [says(action, code, { ...onGrid, leg: 'generation' })];
        expect(outcome(decide({ ...grid, supplier: 'S' }, factors, said), 'generation', 'location')).toBe('chosen_factor_unfit');
        const market = [{ ...said[0]!, basis: 'market' as const }];
        const decision = decide({ ...grid, supplier: 'S' }, factors, market);
        expect(outcome(decision, 'generation', 'location')).toBe('grid');
        expect(outcome(decision, 'generation', 'market')).toMatch(new RegExp(`^${code}.* by ${action}$`));
      }
  });

  it('the losses carry the generation that a person chose', () => {
    const factors = [power('grid'), power('old', { year: 2020, kgco2e: '2' })];
    const decision = decide(grid, factors, [says('pin', 'old', { ...onGrid, leg: 'generation' })], [loss]);
    const rate = rateOf(decision, 'losses', 'location');
    expect([rate?.kgco2e, rate?.choice?.action]).toEqual(['0.2', 'pin']);
  });

  it('the grid never stands in silently for the use that a person chose', () => {
    const key = keyOf({ activityType: 'use.electricity', unit: 'kWh' });
    const use = { keys: { activityType: 'use.electricity' }, leg: 'use' as const };
    expect(outcome(decide(key, [power('grid')], []), 'use')).toBe('grid + grid_factor_for_use');
    expect(outcome(decide(key, [power('grid')], [says('pin', 'gone', use)]), 'use')).toBe('chosen_factor_missing');
    expect(outcome(decide(key, [power('grid'), power('old', { year: 2023 })], [says('refuse', 'grid', use)]), 'use')).toBe(
      'old + year_earlier + grid_factor_for_use + by refuse',
    );
  });

  it('both readings of radiative forcing are of the publication that a person chose', () => {
    const attributes = { haul: 'long-haul', radiative_forcing: 'with' };
    const key = keyOf({ activityType: 'freight.air', attributes });
    const air = (year: number) =>
      ['with', 'without'].map((forcing, i) =>
        of(`${forcing}-${year}`, {
          activityType: 'freight.air',
          year,
          attributes: { ...attributes, radiative_forcing: forcing },
          kgco2e: i === 0 ? '1.7' : '1',
        }),
      );
    const pin = says('pin', 'with-2022', { keys: { activityType: 'freight.air' } });
    const decision = decide(key, [...air(2024), ...air(2022)], [pin]);
    expect(outcome(decision, 'operation')).toBe('without-2022 + year_earlier + by pin');
    expect(rateOf(decision, 'radiative-forcing')).toMatchObject({ kgco2e: '0.7', factor: { code: 'with-2022' }, choice: { id: pin.id } });
    const alone = decide(key, [...air(2024), air(2022)[0] as PinnedFactor], [pin]);
    expect(outcome(alone, 'operation')).toBe('with-2022 + year_earlier + radiative_forcing_not_apart + by pin');
    expect(rateOf(alone, 'radiative-forcing')).toBeUndefined();
  });

  it('a calorific basis is a matter of the unit: an override keeps it', () => {
    const gas = (code: string, basis: string) =>
      of(code, { activityType: 'fuel.natural-gas', leg: 'combustion', unit: 'kWh', attributes: { calorific_basis: basis } });
    const key = keyOf({ activityType: 'fuel.natural-gas', unit: 'kWh', attributes: { calorific_basis: 'net' } });
    const override = says('override', 'gross', { keys: { activityType: 'fuel.natural-gas' }, leg: 'combustion' });
    const factors = [gas('net', 'net'), gas('gross', 'gross')];
    expect(outcome(decide(key, factors, [override]), 'combustion')).toBe('chosen_factor_unfit');
    const ratio: Pinned<FuelProperty> = {
      ...loss,
      figure: { ...loss.figure, code: 'ratio', kind: 'net-of-gross', activityType: 'fuel.natural-gas', value: '0.9' },
    };
    expect(outcome(decide(key, factors, [override], [ratio]), 'combustion')).toMatch(
      /^gross \+ chosen_by_person .*calorific_basis_converted/,
    );
  });
});

describe('a decision that could never have an effect', () => {
  const problems = (changes: Changes, factor: Partial<Factor> = {}, action: FactorChoice['action'] = 'pin') =>
    validateChoice(says(action, 'x', changes), { activityType: 'freight.rail', leg: 'operation', attributes: {}, ...factor }).map(
      ({ problem, at }) => `${at}: ${problem}`,
    );
  it.each<[Changes, string[]]>([
    [{}, []],
    [{ keys: { activityType: 'freight.rocket' } }, ['keys.activityType: activity_type_unknown', 'factor: factor_of_other_type']],
    [{ leg: 'combustion' }, ['leg: leg_unknown', 'factor: factor_of_other_leg']],
    [{ leg: 'radiative-forcing' }, ['leg: leg_unknown', 'factor: factor_of_other_leg']],
    [{ basis: 'market' }, ['basis: basis_unknown']],
    [{ keys: { unit: 'furlong' } }, ['keys.unit: unit_unknown']],
    [{ keys: { unit: 'kWh' } }, ['keys.unit: unit_dimension_mismatch']],
    [{ keys: { year: {} } }, ['keys.year: year_malformed']],
    [{ keys: { year: { from: 2025, to: 2024 } } }, ['keys.year: year_malformed']],
    [{ keys: { country: 'UK' } }, ['keys.country: country_unknown']],
    [{ keys: { region: 'GB' } }, ['keys.region: region_malformed']],
    [{ keys: { country: 'GB', region: 'US-CAMX' } }, ['keys.region: region_malformed']],
    [{ keys: { attributes: { colour: 'red' } } }, ['keys.attributes.colour: attribute_unknown']],
  ])('%j: %j', (changes, expected) => expect(problems(changes)).toEqual(expected));

  it('may override with another activity type, and refuse of any leg', () => {
    expect(problems({}, { activityType: 'freight.road' }, 'override')).toEqual([]);
    expect(problems({}, { activityType: 'freight.road' })).toEqual(['factor: factor_of_other_type']);
    expect(problems({}, { leg: 'upstream' }, 'refuse')).toEqual([]);
    expect(problems({}, { leg: 'upstream' }, 'override')).toEqual(['factor: factor_of_other_leg']);
  });

  it.each<[Partial<Factor>, FactorChoice['action'], FactorChoice['basis'], string[]]>([
    [{}, 'pin', undefined, []],
    [{ supplier: 'S' }, 'pin', undefined, ['basis: factor_of_market_side']],
    [{ supplier: 'S' }, 'override', 'location', ['basis: factor_of_market_side']],
    [{ attributes: { basis: 'market' } }, 'override', undefined, ['basis: factor_of_market_side']],
    [{ attributes: { basis: 'market' } }, 'pin', 'market', []],
    [{ supplier: 'S' }, 'refuse', undefined, []],
  ])('of a generation factor %j, %s on basis %s: %j', (changes, action, basis, expected) => {
    const ofPower = { activityType: 'electricity.grid', leg: 'generation' } as const;
    const wanted = { keys: { activityType: 'electricity.grid' }, leg: 'generation', ...(basis ? { basis } : {}) } as const;
    expect(problems(wanted, { ...ofPower, ...changes }, action)).toEqual(expected);
  });

  it('has a sentence for every problem', () => {
    for (const sentence of Object.values(CHOICE_PROBLEMS)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});
