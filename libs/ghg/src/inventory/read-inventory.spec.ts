import fc from 'fast-check';
import {
  APPROACHES,
  applyRate,
  Decimal,
  plain,
  readInventory,
  rebase,
  type Approach,
  type GwpSetId,
  type Organisation,
  type Relation,
} from '#ghg';
import { cellsOf, HELD, legs, organisation, read, RUN } from '../../../../test/support/inventory-reading';
import { gases } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

describe('readInventory', () => {
  it('puts every leg on its line; the two scope 2 totals are never added', () => {
    const inventory = read([...cellsOf('ROOT', 'gas', '1000'), ...cellsOf('ROOT', 'power', '10000'), ...cellsOf('JV', 'rail', '500')]);
    expect(inventory).toMatchObject({
      scope1: '2.1',
      scope2Location: '2',
      scope2Market: '2',
      scope3: '0.315',
      scope3ByCategory: { '3': '0.3', '4': '0.015' },
      biogenic: '1',
      montreal: '0',
      lines: [
        { line: 'scope1', basis: 'all', tco2e: '2.1' },
        { line: 'scope2', basis: 'location', tco2e: '2' },
        { line: 'scope2', basis: 'market', tco2e: '2' },
        { line: 'scope3.3', basis: 'all', tco2e: '0.3' },
        { line: 'scope3.4', basis: 'all', tco2e: '0.015' },
      ],
      fallbacks: [
        { fallback: 'grid_average_for_residual_mix', tco2e: '0', marketTco2e: '2' },
        { fallback: 'year_earlier', tco2e: '0.3', marketTco2e: '0.3' },
      ],
      factorSets: [{ setId: 'catalogue', title: 'P 2024 1', invented: true, tco2e: '4.415', marketTco2e: '4.415' }],
      reconciliation: { gross: '4.415', reported: '4.415', othersShare: '0', excluded: '0' },
    });
    expect(inventory.groups).toBeUndefined();
  });

  it('takes equity shares where the approach says so', () =>
    expect(read(cellsOf('JV', 'gas', '1000'), { approach: 'equity-share' })).toMatchObject({
      scope1: '1.26',
      scope3: '0.18',
      reconciliation: { gross: '2.4', reported: '1.44', othersShare: '0.96', excluded: '0' },
    }));

  it('apportions by days where a share begins inside the year, and reports an investee in category 15', () =>
    // 184 of 366 days at 0.25: 36.6 t of gas burned give 4.6 t; their upstream is the investee's scope 3.
    expect(read(cellsOf('STAKE', 'gas', plain(new Decimal('36600').div('2.1').toDecimalPlaces(0))))).toMatchObject({
      scope1: '0',
      scope3ByCategory: { '15': expect.stringMatching(/^4\.600/) as unknown },
    }));

  it('takes the whole share of a cell that lies behind the change', () =>
    expect(read(cellsOf('STAKE', 'gas', '1000', { periodStart: '2024-07-01', periodEnd: '2024-07-31' }))).toMatchObject({
      scope3: '0.525',
    }));

  it('counts an investee’s electricity in category 15 once in each reading', () =>
    expect(read(cellsOf('STAKE', 'power', '1000', { periodStart: '2024-07-01', periodEnd: '2024-07-31' }))).toMatchObject({
      scope2Location: '0',
      scope2Market: '0',
      scope3: '0.05',
      scope3Market: '0.05',
      fallbacks: [{ fallback: 'grid_average_for_residual_mix', tco2e: '0', marketTco2e: '0.05' }],
      factorSets: [{ tco2e: '0.05', marketTco2e: '0.05' }],
      reconciliation: { gross: '0.2', reported: '0.05' },
    }));

  it('reads under another GWP set, and says what could not be converted', () =>
    // 2 + 0.056 ÷ 28 × 27 + 0.044 in no gas; upstream is CO2e alone.
    expect(read(cellsOf('ROOT', 'gas', '1000'), { gwp: 'AR6' })).toMatchObject({
      gwp: 'AR6',
      scope1: '2.098',
      scope3: '0.3',
      notConvertible: '0.344',
      marketNotConvertible: '0.344',
    }));

  it('keeps gases of the Montreal Protocol outside the scopes', () =>
    // 10 kg R-402A: 6 kg HFC-125 × 3170 inside, 3.8 kg HCFC-22 × 1760 outside.
    expect(read(cellsOf('ROOT', 'leak', '10'))).toMatchObject({ scope1: '19.02', montreal: '6.688' }));

  it('breaks down by group', () => {
    const cells = [...cellsOf('ROOT', 'gas', '1000', { group: 'b' }), ...cellsOf('ROOT', 'gas', '500', { group: 'a' })];
    expect(read(cells)).toMatchObject({
      scope1: '3.15',
      groups: [
        { group: 'a', scope1: '1.05' },
        { group: 'b', scope1: '2.1' },
      ],
    });
  });

  it('refuses an entity that the organisation does not have', () =>
    expect(
      readInventory({
        pack: PACK,
        cells: cellsOf('NOBODY', 'gas', '1'),
        legs,
        organisation,
        year: 2024,
        approach: 'equity-share',
        gwp: 'AR5',
        gases,
      }),
    ).toMatchObject({ refusal: 'entity_unknown', at: 'NOBODY' }));

  const cell = fc
    .record({
      entity: fc.constantFrom('ROOT', 'JV', 'STAKE'),
      name: fc.constantFrom('gas', 'power', 'rail', 'leak'),
      quantity: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      group: fc.constantFrom(null, 'a', 'b'),
    })
    .map(({ entity, name, quantity, group }) => cellsOf(entity, name, plain(new Decimal(quantity).div(1000)), { group }));
  const approach = fc.constantFrom<Approach>(...APPROACHES);
  const gwp = fc.constantFrom<GwpSetId>(...gases.sets.map(({ id }) => id));

  it('gross = reported + the others’ share + excluded, and reported = the sum of the lines, exactly', () =>
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), approach, gwp, (cells, by, set) => {
        const inventory = read(cells.flat(), { approach: by, gwp: set });
        const { gross, reported, othersShare, excluded } = inventory.reconciliation;
        expect(plain(new Decimal(reported).add(othersShare).add(excluded))).toBe(gross);
        const byLocation = inventory.lines.filter(({ basis, line }) => basis !== 'market' && !line.startsWith('apart.'));
        expect(plain(byLocation.reduce((sum, line) => sum.add(line.tco2e), new Decimal(0)))).toBe(reported);
      }),
    ));

  it('apportioning by days loses nothing: gross is the sum of the ledger', () => {
    // Two parts always round to their sum; three need the last one to take the remainder.
    const stake = { entity: 'STAKE', holder: 'ROOT', ...HELD };
    const holdings = [
      { ...stake, share: '0.1', validFrom: '2000-01-01', validTo: '2024-04-09' },
      { ...stake, share: '0.2', validFrom: '2024-04-10', validTo: '2024-07-19' },
      { ...stake, share: '0.3', validFrom: '2024-07-20', validTo: null },
    ];
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), approach, (quantity, by) => {
        const cells = cellsOf('STAKE', 'gas', plain(new Decimal(quantity).div(1000)));
        const ledger = cells.reduce((sum, one) => sum.add(one.kgco2e), new Decimal(0));
        const inventory = read(cells, { approach: by, organisation: { entities: ['ROOT', 'STAKE'], holdings } });
        expect(inventory.reconciliation.gross).toBe(plain(ledger.div(1000)));
      }),
    );
  });

  it('does not depend on the order of the cells, and a reversal nets to zero', () =>
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), approach, (cells, by) => {
        const whole = read(cells.flat(), { approach: by });
        expect(read(cells.flat().reverse(), { approach: by })).toEqual(whole);
        const reversed = cells
          .flat()
          .map((one) => ({ ...one, quantity: plain(new Decimal(one.quantity).neg()), kgco2e: plain(new Decimal(one.kgco2e).neg()) }));
        const netted = read([...cells.flat(), ...reversed], { approach: by });
        for (const line of netted.lines) expect(line.tco2e).toBe('0');
        expect([netted.scope1, netted.scope2Location, netted.scope3, netted.biogenic, netted.reconciliation.gross]).toEqual([
          '0',
          '0',
          '0',
          '0',
          '0',
        ]);
      }),
    ));

  it('one book of every relation, lease and exclusion reconciles under all four approaches, from the same gross', () => {
    const from = { validFrom: '2000-01-01', validTo: null };
    const held = (entity: string, holder: string, share: string, relation: Relation, run: boolean) => ({
      entity,
      holder,
      share,
      relation,
      operationalControl: run,
      financialControl: run && relation === 'subsidiary',
      ...from,
    });
    const group: Organisation = {
      entities: ['ROOT', 'SUB', 'JV', 'JV-SUB', 'ASSOC', 'STAKE', 'SHOP', 'RENTED', 'LET'],
      holdings: [
        held('SUB', 'ROOT', '0.8', 'subsidiary', true),
        held('JV', 'SUB', '0.5', 'joint-venture', true),
        held('JV-SUB', 'JV', '0.9', 'subsidiary', true),
        { ...held('ASSOC', 'ROOT', '0.3', 'associate', false), validTo: '2024-05-05' },
        { ...held('ASSOC', 'ROOT', '0.35', 'associate', false), validFrom: '2024-05-06' },
        held('STAKE', 'SUB', '0.01', 'fixed-asset-investment', false),
        held('SHOP', 'ROOT', '0', 'franchise', false),
        held('RENTED', 'SUB', '1', 'subsidiary', true),
        held('LET', 'SUB', '1', 'subsidiary', true),
      ],
      leases: [
        { entity: 'RENTED', side: 'lessee', leaseClass: 'operating', lesseeControls: true, reason: '', ...from },
        { entity: 'LET', side: 'lessor', leaseClass: 'operating', lesseeControls: true, reason: '', ...from, validTo: '2024-09-30' },
      ],
      exclusions: [
        { code: 'E1', entity: 'SUB', activityType: 'refrigerant.top-up', sourceClass: null, reason: 'small', ...from },
        { code: 'E2', entity: null, activityType: null, sourceClass: 'upstream-transport', reason: 'no data', ...from },
      ],
    };
    const ofGroup = fc
      .record({
        entity: fc.constantFrom(...group.entities),
        name: fc.constantFrom('gas', 'power', 'rail', 'leak'),
        thousandths: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      })
      .map(({ entity, name, thousandths }) => cellsOf(entity, name, plain(new Decimal(thousandths).div(1000))));
    fc.assert(
      fc.property(fc.array(ofGroup, { minLength: 1, maxLength: 12 }), (cells) => {
        const readings = APPROACHES.map((by) => read(cells.flat(), { approach: by, organisation: group }));
        expect(new Set(readings.map(({ reconciliation }) => reconciliation.gross)).size).toBe(1);
        for (const { reconciliation, scope1, scope2Location, scope3, leftOut } of readings) {
          const sumOf = (...tonnes: string[]) => plain(tonnes.reduce((sum, one) => sum.add(one), new Decimal(0)));
          const { gross, reported, apart, othersShare, excluded } = reconciliation;
          expect(sumOf(reported, apart, othersShare, excluded)).toBe(gross);
          expect(sumOf(scope1, scope2Location, scope3)).toBe(reported);
          expect(sumOf(...leftOut.map(({ tco2e }) => tco2e))).toBe(excluded);
        }
      }),
    );
  });

  it('does not depend on how a quantity is split over cells', () => {
    const holdings = [
      { entity: 'STAKE', holder: 'ROOT', share: '0.1', ...HELD, validFrom: '2000-01-01', validTo: '2024-04-09' },
      { entity: 'STAKE', holder: 'ROOT', share: '0.7', ...RUN, validFrom: '2024-04-10', validTo: null },
    ];
    const reading = { organisation: { entities: ['ROOT', 'STAKE'], holdings } };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 6 }),
        approach,
        gwp,
        (parts, by, set) => {
          const whole = parts.reduce((sum, part) => sum + part, 0);
          const split = parts.flatMap((part) => cellsOf('STAKE', 'gas', plain(new Decimal(part).div(1000))));
          const one = cellsOf('STAKE', 'gas', plain(new Decimal(whole).div(1000)));
          expect(read(split, { approach: by, gwp: set, ...reading })).toEqual(read(one, { approach: by, gwp: set, ...reading }));
        },
      ),
    );
  });

  it('reads under another GWP set and back: the identity', () =>
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), gwp, (cells, set) => {
        const there = legs.map((leg) => ({
          ...leg,
          rate: { ...leg.rate, gwpSet: set, kgco2e: plain(rebase(leg.rate, set, gases).kgco2e) },
        }));
        const rates = new Map(there.map(({ rateId, rate }) => [rateId, rate]));
        const rebased = cells.flat().map((one) => ({ ...one, kgco2e: plain(applyRate(one.quantity, rates.get(one.rateId)!).kgco2e) }));
        // A book kept under the other set, read under the first one, and the other way round.
        expect(read(rebased, { legs: there, gwp: 'AR5' }).lines).toEqual(read(cells.flat(), { gwp: 'AR5' }).lines);
        expect(read(rebased, { legs: there, gwp: set }).lines).toEqual(read(cells.flat(), { gwp: set }).lines);
      }),
    ));

  it('the gases of a scope add up to its figure, under every GWP set', () =>
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 8 }), approach, gwp, (cells, by, set) => {
        const inventory = read(cells.flat(), { approach: by, gwp: set });
        for (const scope of ['scope1', 'scope2Location', 'scope2Market', 'scope3', 'scope3Market'] as const) {
          const rows = inventory.gases.filter((row) => row.scope === scope);
          expect(plain(rows.reduce((sum, row) => sum.add(row.tco2e), new Decimal(0)))).toBe(inventory[scope]);
        }
      }),
    ));
});
