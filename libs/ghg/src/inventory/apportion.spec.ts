import fc from 'fast-check';
import {
  APPROACHES,
  Decimal,
  isRefusal,
  plain,
  readInventory,
  readQuality,
  readState,
  type Cell,
  type Exclusion,
  type Holding,
  type InventoryReading,
  type Organisation,
  type Rate,
  type RatedLeg,
} from '#ghg';
import { gases, keyOf } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';
import { legs as decided, RUN } from '../../../../test/support/inventory-reading';

// Rates of round figures, written by hand: what is asked here is when a pool's tonnes count, not how a rate is decided.
const POWER = { leg: 'generation', sourceClass: 'purchased-electricity', basis: 'market' } as const;
const key = keyOf({ activityType: 'electricity.grid', unit: 'kWh' });
const legOf = (rateId: string, changes: Partial<RatedLeg>, kgco2e: string, more: Partial<Rate> = {}): RatedLeg => {
  const { leg, basis, sourceClass } = { ...POWER, ...changes };
  const rate: Rate = { ...decided[0]!.rate, leg, basis, sourceClass, kgco2e, gases: [], notConvertible: null, fallbacks: [], ...more };
  return { rateId, leg, basis, sourceClass, rate, key, ...changes };
};
const LEGS = [
  legOf('residual', {}, '0.45', { biogenicKgco2: '0.01' }),
  legOf('grid', { basis: 'location' }, '0.2', { biogenicKgco2: '0.02' }),
  legOf('certificate', { key: null }, '0', { biogenicKgco2: '0.03' }),
  // The same figures decided again: rows of a later import stand under it.
  legOf('again', {}, '0.45', { biogenicKgco2: '0.01' }),
  legOf('refrigerant', { basis: 'all', leg: 'process', sourceClass: 'fugitive', key: null }, '1000'),
];
const rateOf = (rateId: string): Rate => LEGS.find((leg) => leg.rateId === rateId)!.rate;

/** A cell of entity S in 2025, whose shares change. */
const cell = (
  rateId: string,
  quantity: string,
  [periodStart, periodEnd]: readonly [string, string],
  changes: Partial<Cell> = {},
): Cell => ({
  entityCode: 'S',
  rateId,
  year: 2025,
  periodStart,
  periodEnd,
  quantity,
  kgco2e: plain(new Decimal(quantity).mul(rateOf(rateId).kgco2e)),
  group: null,
  activityType: 'electricity.grid',
  pool: '',
  matchKeyId: '7',
  ...changes,
});
const YEAR = ['2025-01-01', '2025-12-31'] as const;
const rows = (quantity: string, period: readonly [string, string]): Cell[] =>
  ['residual', 'grid'].map((rateId) => cell(rateId, quantity, period));
/** What the instruments' pool posts: the residual mix released, the certificate in its place. */
const covered = (quantity: string): Cell[] => [
  cell('residual', `-${quantity}`, YEAR, { pool: 'instruments-s-2025' }),
  cell('certificate', quantity, YEAR, { pool: 'instruments-s-2025' }),
];
const held = (share: string, validFrom: string, validTo: string | null, more: Partial<Holding> = {}): Holding => ({
  entity: 'S',
  holder: 'R',
  share,
  ...RUN,
  validFrom,
  validTo,
  ...more,
});
const group = (...holdings: Holding[]): Organisation => ({ entities: ['R', 'S'], holdings });
/** Sold on 30 June 2025. */
const SOLD = group(held('1', '2020-01-01', '2025-06-30'));

const choicesOf = (cells: readonly Cell[], organisation: Organisation): InventoryReading => ({
  pack: PACK,
  cells,
  legs: LEGS,
  organisation,
  year: 2025,
  approach: 'operational-control',
  gwp: 'AR5',
  gases,
});
function readOf(cells: readonly Cell[], organisation: Organisation, changes: Partial<InventoryReading> = {}) {
  const found = readInventory({ ...choicesOf(cells, organisation), ...changes });
  if (isRefusal(found)) throw new Error(found.refusal);
  return found;
}
/** The same cells, as the reading of the quality and as that of a bridge see them. */
function otherReadings(cells: readonly Cell[], organisation: Organisation) {
  const choices = choicesOf(cells, organisation);
  const quality = readQuality({
    ...choices,
    cells: cells.map((one) => ({ ...one, rowQuantity: one.pool === '' ? one.quantity : '0', rowSquares: '0', extrapolated: '0' })),
    gwpErrors: 'none',
    financed: [],
  });
  const state = readState({
    ...choices,
    cells: cells.map((one) => ({ ...one, poolKind: one.pool === '' ? null : 'instruments', country: 'GB' })),
  });
  if (isRefusal(quality) || isRefusal(state)) throw new Error('refused');
  const kg = (line: string, basis: string) =>
    [...state.sources.values()]
      .filter(({ identity }) => identity.basis === basis)
      .reduce((sum, { kgco2e }) => sum.add(kgco2e.get(line as 'scope2') ?? 0), new Decimal(0));
  return {
    quality: (line: string, basis: string) => quality.lines.find((one) => one.line === line && one.basis === basis)?.tco2e ?? '0',
    state: (line: string, basis: string) => plain(kg(line, basis).div(1000)),
  };
}

describe('what a pool posts where an entity changes inside the year', () => {
  // 100 MWh until the sale, 900 behind it, 1,000 certified: the 100 that are the seller's are covered.
  const sale = [...rows('100000', ['2025-01-01', '2025-06-30']), ...rows('900000', ['2025-07-01', '2025-12-31']), ...covered('1000000')];

  it('goes with the rows that it rests on, not with the days of the year', () => {
    const inventory = readOf(sale, SOLD);
    expect(inventory).toMatchObject({
      scope2Location: '20',
      scope2Market: '0',
      marketReconciliation: { gross: '0', reported: '0', othersShare: '0' },
    });
    expect(otherReadings(sale, SOLD).quality('scope2', 'market')).toBe('0');
    expect(otherReadings(sale, SOLD).state('scope2', 'market')).toBe('0');
  });

  it.each([
    ['again', 'residual'],
    ['residual', 'again'],
  ])('goes with rows that stand under two rates of one effect, %s before %s', (first, second) => {
    const two = [
      cell(first, '100000', ['2025-01-01', '2025-06-30']),
      cell(second, '900000', ['2025-07-01', '2025-12-31']),
      ...covered('1000000'),
    ];
    const bought = group(held('1', '2025-07-01', null));
    for (const organisation of [SOLD, bought]) {
      expect(readOf(two, organisation).scope2Market).toBe('0');
      expect(otherReadings(two, organisation).quality('scope2', 'market')).toBe('0');
      expect(otherReadings(two, organisation).state('scope2', 'market')).toBe('0');
    }
  });

  it('leaves uncovered what it does not cover, in the proportion of the rows', () => {
    // Half of 100 MWh: 50 × 0.45.
    const half = [...sale.slice(0, 4), ...covered('500000')];
    expect(readOf(half, SOLD).scope2Market).toBe('22.5');
    expect(otherReadings(half, SOLD).quality('scope2', 'market')).toBe('22.5');
    expect(otherReadings(half, SOLD).state('scope2', 'market')).toBe('22.5');
  });

  it('is apportioned by days where it has no key, or its key no rows there', () => {
    const leaked = cell('refrigerant', '365', YEAR, { pool: 'coolers', matchKeyId: null, activityType: 'refrigerant.balance' });
    expect(readOf([leaked], SOLD).scope1).toBe('181');
    const received = cell('residual', '365000', YEAR, { pool: 'shared', matchKeyId: '8' });
    expect(readOf([...rows('5', ['2025-01-01', '2025-01-31']), received], SOLD).scope2Market).toBe(
      plain(new Decimal('81.45').add('0.00225')),
    );
  });

  const quantity = fc.integer({ min: 1, max: 10_000_000 }).map((n) => plain(new Decimal(n).div(1000)));
  const day = fc.integer({ min: 0, max: 364 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
  const period = fc.tuple(day, day).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)));
  const bills = fc.array(fc.tuple(quantity, period), { minLength: 1, maxLength: 6 });
  const dayBefore = (date: string) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  const changes = fc
    .tuple(day, day, fc.constantFrom('0', '0.3', '1'), fc.constantFrom('0.6', '0.7'))
    .map(([a, b, first, second]): Organisation => {
      const [from, to] = a < b ? [a, b] : [b, a];
      if (from === to || from === '2025-01-01') return group(held(first, '2020-01-01', null));
      const run = { operationalControl: false };
      return group(held(first, '2020-01-01', dayBefore(from)), held(second, from, dayBefore(to), run), held(first, to, null));
    });
  const cellsOf = (given: readonly (readonly [string, readonly [string, string]])[]) => {
    const total = plain(given.reduce((sum, [one]) => sum.add(one), new Decimal(0)));
    return { total, cells: given.flatMap(([one, days]) => rows(one, days)) };
  };

  it('what is covered wholly comes to zero on every line, whatever changes when', () =>
    fc.assert(
      fc.property(bills, changes, fc.constantFrom(...APPROACHES), (given, organisation, approach) => {
        const { total, cells } = cellsOf(given);
        const { lines, marketReconciliation } = readOf([...cells, ...covered(total)], organisation, { approach });
        for (const { basis, tco2e } of lines) if (basis === 'market') expect(tco2e).toBe('0');
        expect(Object.values(marketReconciliation)).toEqual(['0', '0', '0', '0', '0']);
      }),
    ));

  it('comes to what it would without a change: nothing is lost, and the three readings say the same', () =>
    fc.assert(
      fc.property(bills, quantity, changes, (given, some, organisation) => {
        const cells = [...cellsOf(given).cells, ...covered(some)];
        const { scope2Market, reconciliation, marketReconciliation } = readOf(cells, organisation);
        const still = readOf(cells, group(held('1', '2020-01-01', null)));
        expect([reconciliation.gross, marketReconciliation.gross]).toEqual([still.reconciliation.gross, still.marketReconciliation.gross]);
        const { reported, othersShare, gross } = marketReconciliation;
        expect(plain(new Decimal(reported).add(othersShare))).toBe(gross);
        const others = otherReadings(cells, organisation);
        expect([others.quality('scope2', 'market'), others.state('scope2', 'market')]).toEqual([scope2Market, scope2Market]);
      }),
      { numRuns: 40 },
    ));

  it('no breakdown changes a figure', () =>
    fc.assert(
      fc.property(
        bills,
        quantity,
        changes,
        fc.array(fc.constantFrom('a', 'b', null), { minLength: 12, maxLength: 12 }),
        (given, some, organisation, groups) => {
          const cells = [...cellsOf(given).cells, ...covered(some)];
          const { groups: broken, ...figures } = readOf(
            cells.map((one, i) => ({ ...one, group: groups[i % 12] ?? null })),
            organisation,
          );
          expect(figures).toEqual(readOf(cells, organisation));
          expect(broken?.length ?? 0).toBeLessThanOrEqual(2);
        },
      ),
    ));
});

describe('tonnes that rest on a fallback', () => {
  const assumed = { fallbacks: ['grid_average_for_residual_mix'] } as const;
  const legs = [legOf('residual', {}, '0.45', assumed), legOf('grid', { basis: 'location' }, '0.2', assumed)];

  it('are net per rate and entity before they count by size: the same whatever they are broken down by', () => {
    const parts = [
      ['a', '1000'],
      ['b', '-400'],
    ] as const;
    const whole = group(held('1', '2020-01-01', null));
    const broken = readOf(
      parts.map(([name, quantity]) => cell('grid', quantity, YEAR, { group: name })),
      whole,
      { legs },
    );
    const together = readOf([cell('grid', '600', YEAR)], whole, { legs });
    expect(broken.fallbacks).toEqual([{ fallback: 'grid_average_for_residual_mix', tco2e: '0.12', marketTco2e: '0' }]);
    expect([broken.fallbacks, broken.factorSets]).toEqual([together.fallbacks, together.factorSets]);
  });

  it('are net over the rates of one effect: what was released is not relied on', () => {
    const again = legOf('again', {}, '0.45', assumed);
    const cells = [cell('residual', '1000', YEAR), cell('again', '-1000', YEAR)];
    const [figure] = readOf(cells, group(held('1', '2020-01-01', null)), { legs: [...legs, again] }).fallbacks;
    expect(figure?.marketTco2e ?? '0').toBe('0');
  });

  it('at two entities do not hide each other', () => {
    const cells = [cell('grid', '1000', YEAR), cell('grid', '-1000', YEAR, { entityCode: 'R' })];
    expect(readOf(cells, group(held('1', '2020-01-01', null)), { legs }).fallbacks).toMatchObject([{ tco2e: '0.4' }]);
  });

  it('are the same under any breakdown', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('residual', 'grid'), fc.integer({ min: -1000, max: 1000 }), fc.constantFrom('a', 'b', 'c')), {
          maxLength: 12,
        }),
        (given) => {
          const cells = given.map(([rateId, n, name]) => cell(rateId, String(n), YEAR, { group: name }));
          const { fallbacks, factorSets } = readOf(cells, SOLD, { legs });
          const plainly = readOf(
            cells.map((one) => ({ ...one, group: null })),
            SOLD,
            { legs },
          );
          expect([fallbacks, factorSets]).toEqual([plainly.fallbacks, plainly.factorSets]);
        },
      ),
    ));
});

describe('an exclusion of an activity type', () => {
  const exclusion: Exclusion = {
    code: 'E1',
    entity: null,
    activityType: 'electricity.grid',
    sourceClass: null,
    reason: 'small',
    validFrom: '2000-01-01',
    validTo: null,
  };
  it('reaches what a pool makes under a rate of its own', () => {
    const whole = group(held('1', '2020-01-01', null));
    const cells = [...rows('1000', YEAR), cell('certificate', '400', YEAR, { pool: 'instruments-s-2025' })];
    const legs = LEGS.map((leg) => (leg.rateId === 'certificate' ? { ...leg, rate: { ...leg.rate, kgco2e: '0.1' } } : leg));
    const dear = cells.map((one) => (one.rateId === 'certificate' ? { ...one, kgco2e: '40' } : one));
    expect(readOf(dear, whole, { legs }).scope2Market).toBe('0.49');
    const without = { ...whole, exclusions: [exclusion] };
    expect(readOf(dear, without, { legs })).toMatchObject({
      scope2Location: '0',
      scope2Market: '0',
      leftOut: [{ code: 'E1', tco2e: '0.2', marketTco2e: '0.49' }],
    });
    expect(otherReadings(cells, without).quality('scope2', 'market')).toBe('0');
    expect(otherReadings(cells, without).state('scope2', 'market')).toBe('0');
  });
});

describe('CO2 of biogenic origin', () => {
  it('stands beside every line, and scope 2 has it in both readings', () => {
    const cells = [...rows('1000000', YEAR), ...covered('400000')];
    // By location 1,000,000 × 0.02; by market 600,000 × 0.01 + 400,000 × 0.03.
    expect(readOf(cells, group(held('1', '2020-01-01', null)))).toMatchObject({
      biogenic: '20',
      marketBiogenic: '18',
      lines: [
        { line: 'scope2', basis: 'location', biogenic: '20' },
        { line: 'scope2', basis: 'market', biogenic: '18' },
      ],
    });
  });
});

describe('energy', () => {
  it('is summed over what both readings share and what each has alone', () => {
    const energy = (rateId: string, basis: RatedLeg['basis'], source: 'unknown' | 'renewable' | 'fossil') =>
      legOf(rateId, { leg: 'energy', sourceClass: 'energy-use', basis }, '0', { energy: { kwh: '1', source } } as Partial<Rate>);
    const legs = [
      energy('both', 'all', 'fossil'),
      energy('mix', 'location', 'unknown'),
      energy('left', 'market', 'unknown'),
      energy('vouched', 'market', 'renewable'),
    ];
    const cells = [
      ['both', '10000'],
      ['mix', '5000'],
      ['left', '5000'],
      ['left', '-3000'],
      ['vouched', '3000'],
    ] as const;
    const { energy: figures } = readOf(
      cells.map(([rateId, quantity]) => ({ ...cell('grid', quantity, YEAR), rateId, kgco2e: '0' })),
      group(held('1', '2020-01-01', null)),
      { legs },
    );
    expect(figures).toEqual([
      { source: 'fossil', origin: 'purchased', mwh: '10', marketMwh: '10' },
      { source: 'renewable', origin: 'purchased', mwh: '0', marketMwh: '3' },
      { source: 'unknown', origin: 'purchased', mwh: '5', marketMwh: '2' },
    ]);
  });
});

describe('the accounting group', () => {
  it('is told apart by days where financial control changes and nothing else does', () => {
    const directed = group(
      held('0.6', '2020-01-01', '2025-06-30', { relation: 'associate', financialControl: false }),
      held('0.6', '2025-07-01', null),
    );
    const inventory = readOf([cell('grid', '365000', YEAR)], directed);
    // 365 MWh × 0.2: 181 days with the other investees, 184 in the group.
    expect(inventory).toMatchObject({
      scope2Location: '73',
      otherInvestees: { scope2Location: '36.2' },
      accountingGroup: { scope2Location: '36.8' },
      apportioned: [
        { to: '2025-06-30', consolidated: '1', inAccountingGroup: false },
        { from: '2025-07-01', consolidated: '1', inAccountingGroup: true },
      ],
    });
  });
});

describe('the account of the market-based reading', () => {
  it('reconciles like the other, and per kind of source', () => {
    const { reconciliation, marketReconciliation, reconciliations } = readOf([...rows('1000', YEAR), ...covered('400')], SOLD, {
      approach: 'equity-share',
    });
    expect([reconciliation.gross, marketReconciliation.gross]).toEqual(['0.2', '0.27']);
    for (const { reported, apart, othersShare, excluded, gross } of [reconciliation, marketReconciliation])
      expect(plain([reported, apart, othersShare, excluded].reduce((sum, one) => sum.add(one), new Decimal(0)))).toBe(gross);
    expect(reconciliations).toEqual([{ sourceClass: 'purchased-electricity', location: reconciliation, market: marketReconciliation }]);
  });
});
