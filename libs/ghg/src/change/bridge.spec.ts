import fc from 'fast-check';
import { APPROACHES } from '../boundary/boundary';
import { Decimal, plain } from '../quantity/decimal';
import { readInventory } from '../inventory/read-inventory';
import { isRefusal } from '../refusals';
import { bridge, totalOf, type BridgeChoice } from './bridge';
import { METHOD_PACKS } from '../methods/pack';
import { joinBridges, sumOfFigures } from './join-bridges';
import { BRIDGE_ORDERS, bridgeOrder, CAUSES, type Cause } from './bridge-orders';
import { holding, organisationOf, readingOf, stateOf, type Deed } from '../../../../test/support/change-states';
import { ORDER } from '../../../../test/support/default-pack';

const YEARS: BridgeChoice = { comparison: 'years', reading: 'location', scope3: true, order: ORDER };
const between = (from: readonly Deed[], to: readonly Deed[], choice: Partial<BridgeChoice> = {}) =>
  bridge(stateOf(from, { year: 2020 }), stateOf(to, { year: 2021 }), { ...YEARS, ...choice });

const gas: Deed = { entity: 'PLANT', quantity: '1000000', co2: '0.2' };

describe('a bridge between two years', () => {
  it.each<[string, Deed[], Deed[], Record<string, string>]>([
    // 1,000 t.kWh-thousands throughout: 1,000,000 kWh × 0.2 kg = 200 t.
    ['nothing', [gas], [gas], {}],
    ['10 % more of it', [gas], [{ ...gas, quantity: '1100000' }], { activity: '20' }],
    ['another factor', [gas], [{ ...gas, co2: '0.19' }], { factor: '-10' }],
    // 200 → 1,100,000 × 0.19 = 209: activity at the old factor 20, factor at the new activity −11; the interaction of −1 is in the later one.
    ['both', [gas], [{ ...gas, quantity: '1100000', co2: '0.19' }], { activity: '20', factor: '-11' }],
    ['another method', [gas], [{ ...gas, co2: '0.21', method: 'composition' }], { method: '10' }],
    ['a source that begins', [gas], [gas, { ...gas, entity: 'SITE' }], { activity: '200' }],
    ['a source that ends', [gas, { ...gas, activityType: 'fuel.diesel' }], [gas], { activity: '-200' }],
    [
      'an actual for an estimate',
      [{ ...gas, status: 'estimated' }],
      [{ ...gas, quantity: '900000', status: 'measured' }],
      { 'estimate-to-actual': '-20' },
    ],
  ])('shows %s', (_, from, to, causes) => {
    const organisation = organisationOf(holding('PLANT', '1'), holding('SITE', '1'));
    const result = bridge(stateOf(from, { year: 2020, organisation }), stateOf(to, { year: 2021, organisation }), YEARS);
    expect(result.causes).toEqual(causes);
  });

  it('tells prices and exchange rates from quantities and factors', () => {
    // 100,000 EUR × 1.1 USD/EUR × 0.5 kg/USD = 55 t; 120,000 × 1.25 × 0.4 = 60 t.
    const spend: Deed = {
      entity: 'PLANT',
      quantity: '100000',
      co2: '0.55',
      exchangeRate: '1.1',
      sourceClass: 'purchased-goods',
      leg: 'supply',
    };
    const later: Deed = { ...spend, quantity: '120000', co2: '0.5', exchangeRate: '1.25' };
    // activity 20,000 × 1.1 × 0.5 = 11; price 120,000 × 0.15 × 0.5 = 9; factor 120,000 × 1.25 × −0.1 = −15
    expect(between([spend], [later])).toMatchObject({ from: '55', to: '60', causes: { activity: '11', 'price-fx': '9', factor: '-15' } });
  });

  it('tells the GWP set: 10 kg CH4 per thousand, 28 under AR5 and 27 under AR6', () => {
    const leak: Deed = { entity: 'PLANT', quantity: '1000', ch4: '10' };
    const result = bridge(stateOf([leak]), stateOf([{ ...leak, quantity: '1100' }], { year: 2021, gwp: 'AR6' }), YEARS);
    // activity 100 × 10 × 28 = 28 t; GWP 1,100 × 10 × (27 − 28) = −11 t
    expect(result).toMatchObject({ from: '280', to: '297', causes: { activity: '28', gwp: '-11' } });
  });

  it('tells instruments, in the market-based reading alone', () => {
    const grid = { entity: 'PLANT', quantity: '1000000', co2: '0.2', leg: 'generation', sourceClass: 'purchased-electricity' } as const;
    const both: Deed[] = [
      { ...grid, basis: 'location' },
      { ...grid, basis: 'market' },
    ];
    // A certificate over 400 MWh: what the rows posted is released, the certificate posts zero.
    const covered: Deed = { ...grid, basis: 'market', quantity: '-400000', pool: 'instruments' };
    expect(between(both, [...both, covered], { reading: 'market' })).toMatchObject({
      from: '200',
      to: '120',
      causes: { instruments: '-80' },
    });
    expect(between(both, [...both, covered])).toMatchObject({ from: '200', to: '200', causes: {} });
  });

  it('calls instruments what the instruments pool posted, and nothing else of a pool', () => {
    const rows: Deed = {
      entity: 'PLANT',
      quantity: '1000',
      co2: '1',
      basis: 'market',
      leg: 'generation',
      sourceClass: 'purchased-electricity',
    };
    const causes = (kind: NonNullable<Deed['poolKind']>, before: Partial<Deed>, after: Partial<Deed>) => {
      const pool = { ...rows, quantity: '500', pool: 'p', poolKind: kind };
      return between([rows, { ...pool, ...before }], [rows, { ...pool, ...after }], { reading: 'market' }).causes;
    };
    const kinds = ['instruments', 'allocation', 'survey'] as const;
    // 500 → 600 at 1 kg; 500 at 1 → 0.9 kg.
    expect(kinds.map((kind) => causes(kind, {}, { quantity: '600' }))).toEqual([
      { instruments: '0.1' },
      { activity: '0.1' },
      { activity: '0.1' },
    ]);
    expect(kinds.map((kind) => causes(kind, {}, { co2: '0.9' }))).toEqual([
      { instruments: '-0.05' },
      { factor: '-0.05' },
      { factor: '-0.05' },
    ]);
    expect(causes('survey', {}, { co2: '0.9', method: 'composition' })).toEqual({ method: '-0.05' });
  });

  it('knows the structure of rows under several rates: what is left over is rounding', () => {
    // 200 t until the acquisition on 1 July, 400 t from it on; the same quantities at 0.2 and 0.4 kg.
    const half = (co2: string, status: string, period: readonly [string, string]): Deed => ({ ...gas, co2, status, period });
    const rows = [half('0.2', 'estimated', ['2021-01-01', '2021-06-30']), half('0.4', 'measured', ['2021-07-01', '2021-12-31'])];
    const at = (...held: Parameters<typeof organisationOf>) => stateOf(rows, { year: 2021, organisation: organisationOf(...held) });
    const restated: BridgeChoice = { ...YEARS, comparison: 'restatement' };
    const result = bridge(at(holding('PLANT', '1', '2030-01-01')), at(holding('PLANT', '1', '2021-07-01')), restated);
    expect([result.from, result.to]).toEqual(['0', '400']);
    expect(result.causes).toEqual({ structure: '400' });
  });

  it('names its order and shows lines and sources that add up', () => {
    const travel: Deed = {
      entity: 'PLANT',
      quantity: '50',
      co2: '100',
      activityType: 'travel.air',
      leg: 'operation',
      sourceClass: 'business-travel',
    };
    const result = between(
      [gas, travel],
      [
        { ...gas, quantity: '1100000' },
        { ...travel, co2: '80' },
      ],
    );
    expect(result.order).toBe('2026-1');
    expect(result.lines).toEqual([
      { line: 'scope1', basis: 'all', from: '200', to: '220', causes: { activity: '20' } },
      { line: 'scope3.6', basis: 'all', from: '5', to: '4', causes: { factor: '-1' } },
    ]);
    expect(result.sources.map(({ entity, activityType, to }) => [entity, activityType, to])).toEqual([
      ['PLANT', 'fuel.natural-gas', '220'],
      ['PLANT', 'travel.air', '4'],
    ]);
    expect(between([gas, travel], [gas, travel], { scope3: false }).from).toBe('200');
  });
});

describe('structure in a bridge', () => {
  const acquired = organisationOf(holding('PLANT', '1'), holding('NEW', '1', '2021-07-01'));
  const year = (deeds: Deed[], at: number) => stateOf(deeds, { year: at, organisation: acquired });

  it('is what an acquired entity brings, at the share of days that it belonged', () => {
    // 184 of 365 days of 2021: 200 t × 184/365; the quantity is apportioned with 12 decimals
    const { causes, from, to } = bridge(year([gas], 2020), year([gas, { ...gas, entity: 'NEW' }], 2021), YEARS);
    const brought = plain(new Decimal(to).sub(from));
    expect(brought).toBe('100.821917808219178');
    const { structure, remainder = '0' } = causes;
    expect(plain(new Decimal(structure!).add(remainder))).toBe(brought);
    expect(new Decimal(remainder).abs().lt('1e-12')).toBe(true);
  });

  it('is valued at the earlier year where the entity has one: its growth is activity', () => {
    const whole = organisationOf(holding('PLANT', '1'), holding('NEW', '1', '2021-01-01'));
    const from = stateOf([{ ...gas, entity: 'NEW' }], { year: 2020, organisation: whole });
    const to = stateOf([{ ...gas, entity: 'NEW', quantity: '1500000' }], { year: 2021, organisation: whole });
    expect(bridge(from, to, YEARS)).toMatchObject({ from: '0', to: '300', causes: { structure: '200', activity: '100' } });
  });

  it('is what a divested entity takes with it', () => {
    const sold = organisationOf(holding('PLANT', '1'), holding('OLD', '1', '2000-01-01', '2020-12-31'));
    const from = stateOf([gas, { ...gas, entity: 'OLD' }], { year: 2020, organisation: sold });
    const to = stateOf([gas], { year: 2021, organisation: sold });
    expect(bridge(from, to, YEARS)).toMatchObject({ from: '400', to: '200', causes: { structure: '-200' } });
  });
});

// S is held from 1 July on; 0.2 kg/kWh, so that 5,000 kWh are a tonne. Quantities in tonnes at that factor.
describe('rows before and after a change of the boundary', () => {
  const half = (months: '1' | '2', tco2e: number, more: Partial<Deed> = {}): Deed => ({
    entity: 'S',
    quantity: String(tco2e * 5000),
    co2: '0.2',
    period: months === '1' ? ['2021-01-01', '2021-06-30'] : ['2021-07-01', '2021-12-31'],
    ...more,
  });
  const of = (share: string, from = '2000-01-01', to: string | null = null) => organisationOf(holding('S', share, from, to));
  const fromJuly = of('1', '2021-07-01');
  const compared = (from: Deed[], to: Deed[], before = fromJuly, after = fromJuly, gwp: 'AR5' | 'AR6' = 'AR5') =>
    bridge(stateOf(from, { year: 2021, organisation: before }), stateOf(to, { year: 2021, organisation: after, gwp }), YEARS);
  const leak = { co2: '0', ch4: '0.2' };

  it.each<[string, Deed[], Deed[], Record<string, string>]>([
    ['more of ours', [half('1', 200), half('2', 400)], [half('1', 200), half('2', 500)], { activity: '100' }],
    ['more of what was not ours', [half('1', 200), half('2', 400)], [half('1', 300), half('2', 400)], {}],
    ['another factor of what was not ours', [half('1', 200), half('2', 400)], [half('1', 200, { co2: '0.4' }), half('2', 400)], {}],
    ['another factor of ours', [half('1', 200), half('2', 400)], [half('1', 200), half('2', 400, { co2: '0.25' })], { factor: '100' }],
    ['rows that cancel over the year', [], [half('1', 100), half('2', -100)], { activity: '-100' }],
  ])('%s: no structure', (_, from, to, causes) => {
    expect(compared(from, to).causes).toEqual(causes);
  });
  it('another GWP set: no structure', () => {
    // 5 t CH4 in each half: 5 × (27 − 28), and as much that was not ours
    const rows = [half('1', 5, leak), half('2', 5, { ...leak, co2: '3' })];
    expect(compared(rows, rows, fromJuly, fromJuly, 'AR6').causes).toEqual({ gwp: '-5' });
  });

  const rows = [half('1', 200), half('2', 400, { co2: '0.4', quantity: '1000000' })];
  it.each<[string, typeof fromJuly, typeof fromJuly, string, string, string]>([
    ['held from July, then all year', fromJuly, of('1'), '400', '600', '200'],
    ['not held, then from July', of('1', '2030-01-01'), fromJuly, '0', '400', '400'],
    ['held all year, then to June', of('1'), of('1', '2000-01-01', '2021-06-30'), '600', '200', '-400'],
    ['from July, then to June', fromJuly, of('1', '2000-01-01', '2021-06-30'), '400', '200', '-200'],
  ])('%s: structure is the change of weight at the same quantities', (_, before, after, from, to, structure) => {
    expect(compared(rows, rows, before, after)).toMatchObject({ from, to, causes: { structure } });
    expect(Object.keys(compared(rows, rows, before, after).causes)).toEqual(['structure']);
  });
  it('the same by equity share: half from July, then four fifths all year', () => {
    const at = (organisation: typeof fromJuly) => stateOf(rows, { year: 2021, organisation, approach: 'equity-share' });
    const result = bridge(at(of('0.5', '2021-07-01')), at(of('0.8')), YEARS);
    expect(result).toMatchObject({ from: '200', to: '480', causes: { structure: '280' } });
  });
  it('is told from growth where both happen', () => {
    const grown = [half('1', 200), half('2', 500, { co2: '0.4', quantity: '1250000' })];
    expect(compared(rows, grown, fromJuly, of('1')).causes).toEqual({ structure: '200', activity: '100' });
  });
  it('a 29th of February that one year lacks is activity of a company that stays', () => {
    const day = (quantity: string): Deed => half('1', 0, { quantity, period: ['2020-02-29', '2020-02-29'] });
    const before = organisationOf(holding('S', '0.5', '2000-01-01', '2020-02-28'), holding('S', '0.8', '2020-02-29'));
    const after = organisationOf(holding('S', '0.8', '2000-01-01', '2021-02-28'), holding('S', '1', '2021-03-01'));
    const at = (deeds: Deed[], year: number, organisation: typeof before) =>
      stateOf(deeds, { year, organisation, approach: 'equity-share' });
    // 5,000,000 × 0.2 = 1,000 t, at 0.8 in 2020; the share of 2021 that stands for that day is the one of 1 March
    expect(bridge(at([day('5000000')], 2020, before), at([], 2021, after), YEARS).causes).toEqual({ structure: '200', activity: '-1000' });
    expect(bridge(at([], 2021, after), at([day('5000000')], 2020, before), YEARS).causes).toEqual({ activity: '800' });
  });
  it('a source whose rows end with the holding leaves as structure', () => {
    const sold = of('1', '2000-01-01', '2021-06-30');
    expect(compared(rows, [half('1', 200)], of('1'), sold).causes).toEqual({ structure: '-400' });
  });
});

describe('a restatement of one year', () => {
  it('calls a corrected quantity an error', () => {
    expect(between([gas], [{ ...gas, quantity: '900000' }], { comparison: 'restatement' }).causes).toEqual({ error: '-20' });
  });
});

describe('the orders of substitution', () => {
  it.each(METHOD_PACKS)('hold the one that the pack $id pins', ({ bridgeOrder: id }) => {
    expect(bridgeOrder(id)).toMatchObject({ id });
  });
  it('hold no other', () => {
    expect(bridgeOrder('1999-1')).toMatchObject({ refusal: 'bridge_order_unknown' });
  });
  it.each(BRIDGE_ORDERS)('$id names every cause once', ({ causes }) => {
    expect([...causes].sort()).toEqual(Object.keys(CAUSES).sort());
  });
});

const text = (max: number, decimals: number) => fc.integer({ min: 0, max }).map((n) => plain(new Decimal(n).div(10 ** decimals)));
const KINDS = [
  { sourceClass: 'stationary-combustion', basis: 'all' },
  { sourceClass: 'purchased-goods', basis: 'all' },
  { sourceClass: 'purchased-electricity', basis: 'location' },
  { sourceClass: 'purchased-electricity', basis: 'market' },
] as const;
const deed: fc.Arbitrary<Deed> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    entity: fc.constantFrom('PLANT', 'SITE', 'NEW'),
    quantity: text(10_000_000, 3),
    co2: fc.oneof(fc.constant('0.2'), text(1_000_000, 6)),
    ch4: fc.oneof(fc.constant('0.001'), text(1_000, 6)),
    activityType: fc.constantFrom('fuel.natural-gas', 'spend.goods'),
    method: fc.constantFrom('quantity-times-factor', 'composition'),
    status: fc.constantFrom('measured', 'estimated'),
    exchangeRate: fc.constantFrom('1', '1.1', '0.9242'),
    pool: fc.constantFrom('', 'certificates'),
    poolKind: fc.constantFrom('instruments' as const, 'survey' as const, 'mass-balance' as const),
    period: fc.constantFrom(['2021-01-01', '2021-03-31'] as const, ['2021-06-01', '2021-12-31'] as const),
  })
  .map(({ kind, ...rest }) => ({ ...rest, ...kind }));
const changing = organisationOf(
  holding('PLANT', '1'),
  holding('SITE', '0.7', '2000-01-01', '2021-06-14'),
  holding('SITE', '0.3', '2021-06-15'),
  holding('NEW', '1', '2021-04-02'),
);
const otherwise = organisationOf(
  holding('PLANT', '1', '2021-08-15'),
  holding('SITE', '0.7', '2000-01-01', '2021-02-28'),
  holding('SITE', '0.4', '2021-03-01'),
  holding('NEW', '1'),
);
const states = fc.record({
  from: fc.array(deed, { maxLength: 8 }),
  to: fc.array(deed, { maxLength: 8 }),
  order: fc.shuffledSubarray([...ORDER.causes], { minLength: ORDER.causes.length }),
  reading: fc.constantFrom('location' as const, 'market' as const),
});
const sum = (causes: Readonly<Partial<Record<Cause, string>>>) =>
  Object.values(causes).reduce((total, tco2e) => total.add(tco2e), new Decimal(0));

describe('a state', () => {
  it.each(APPROACHES)('has the totals of the inventory, digit for digit, under %s', (approach) => {
    fc.assert(
      fc.property(states, fc.constantFrom('AR5' as const, 'AR6' as const), ({ from, reading }, gwp) => {
        const given = readingOf(from, { year: 2021, organisation: changing, gwp, approach });
        const inventory = readInventory(given);
        if (isRefusal(inventory)) throw new Error(inventory.detail);
        const { scope1, scope2Location, scope2Market, scope3, scope3Market } = inventory;
        const [scope2, all] = reading === 'location' ? [scope2Location, scope3] : [scope2Market, scope3Market];
        const state = stateOf(from, { year: 2021, organisation: changing, gwp, approach });
        expect(totalOf(state, { reading, scope3: false })).toBe(plain(new Decimal(scope1).add(scope2)));
        expect(totalOf(state, { reading, scope3: true })).toBe(plain(new Decimal(scope1).add(scope2).add(all)));
      }),
      { numRuns: 25 },
    );
  });
});

describe('what a pool releases under the rate of the rows', () => {
  it('is split with them, so that the state still is the inventory', () => {
    const row: Deed = {
      entity: 'SITE',
      quantity: '1000',
      co2: '0.2',
      basis: 'market',
      leg: 'generation',
      sourceClass: 'purchased-electricity',
    };
    const deeds: Deed[] = [
      { ...row, period: ['2021-01-01', '2021-12-31'] },
      { ...row, quantity: '-333.333333333333', pool: 'certificates', period: ['2021-01-01', '2021-12-31'] },
    ];
    const wish = { year: 2021, organisation: changing, approach: 'equity-share' } as const;
    const inventory = readInventory(readingOf(deeds, wish));
    if (isRefusal(inventory)) throw new Error(inventory.detail);
    expect(totalOf(stateOf(deeds, wish), { reading: 'market', scope3: false })).toBe(inventory.scope2Market);
    // Rows and certificates, before and after the change of the share.
    expect(stateOf(deeds, wish).sources.size).toBe(4);
  });
});

describe('two bridges in a row', () => {
  it('are one: from the first beginning to the second end, causes added', () => {
    const site: Deed = { ...gas, entity: 'SITE' };
    const organisation = organisationOf(holding('PLANT', '1'), holding('SITE', '1'));
    const [stated, restated, later] = [
      stateOf([gas], { organisation }),
      stateOf([{ ...gas, quantity: '900000' }], { organisation }),
      stateOf([{ ...gas, quantity: '1000000', co2: '0.1' }, site], { year: 2021, organisation }),
    ] as const;
    const joined = joinBridges(bridge(stated, restated, { ...YEARS, comparison: 'restatement' }), bridge(restated, later, YEARS));
    expect(joined).toMatchObject({ from: '200', to: '300', causes: { error: '-20', activity: '220', factor: '-100' } });
    expect(joined.sources.map(({ entity, from, to }) => [entity, from, to])).toEqual([
      ['PLANT', '200', '100'],
      ['SITE', '0', '200'],
    ]);
    expect(sumOfFigures(joined.sources)).toEqual({ from: joined.from, to: joined.to, causes: joined.causes });
  });
});

describe('the causes of a bridge', () => {
  it('add up exactly, in total, per line and per source, whatever the states and the order', () => {
    fc.assert(
      fc.property(states, fc.constantFrom(changing, otherwise), ({ from, to, order, reading }, organisation) => {
        const wish = { year: 2021, organisation: changing };
        const result = bridge(stateOf(from, wish), stateOf(to, { ...wish, organisation, gwp: 'AR6' }), {
          ...YEARS,
          reading,
          order: { id: 'drawn', causes: order },
        });
        for (const figure of [result, ...result.lines, ...result.sources])
          expect(plain(new Decimal(figure.from).add(sum(figure.causes)))).toBe(figure.to);
        for (const parts of [result.lines, result.sources]) {
          expect(plain(parts.reduce((total, part) => total.add(part.from), new Decimal(0)))).toBe(result.from);
          expect(plain(parts.reduce((total, part) => total.add(part.to), new Decimal(0)))).toBe(result.to);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are of one difference, whatever the order; the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(states, ({ from, to, order, reading }) => {
        const [a, b] = [stateOf(from, { year: 2021, organisation: changing }), stateOf(to, { year: 2021, organisation: changing })];
        const published = bridge(a, b, { ...YEARS, reading });
        const drawn = bridge(a, b, { ...YEARS, reading, order: { id: 'drawn', causes: order } });
        expect([drawn.from, drawn.to]).toEqual([published.from, published.to]);
        const turned = stateOf([...from].reverse(), { year: 2021, organisation: changing });
        expect(bridge(turned, b, { ...YEARS, reading })).toEqual(published);
      }),
      { numRuns: 40 },
    );
  });

  it('end where they begin if nothing changes', () => {
    fc.assert(
      fc.property(states, ({ from, reading }) => {
        const state = stateOf(from, { year: 2021, organisation: changing });
        expect(bridge(state, state, { ...YEARS, reading }).causes).toEqual({});
      }),
      { numRuns: 20 },
    );
  });
});
