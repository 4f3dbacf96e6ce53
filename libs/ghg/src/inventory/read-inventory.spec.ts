import fc from 'fast-check';
import {
  applyRate,
  Decimal,
  decideRates,
  factorIndex,
  isRefusal,
  plain,
  readInventory,
  type Approach,
  type Cell,
  type Factor,
  type GwpSetId,
  type Inventory,
  type InventoryReading,
  type MatchKey,
  type Organisation,
  type RatedLeg,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';

const organisation: Organisation = {
  entities: ['ROOT', 'JV', 'STAKE'],
  holdings: [
    { entity: 'JV', holder: 'ROOT', share: '0.6', operationalControl: true, validFrom: '2000-01-01', validTo: null },
    { entity: 'STAKE', holder: 'ROOT', share: '0.25', operationalControl: false, validFrom: '2024-07-01', validTo: null },
  ],
};
const factors: Factor[] = [
  factorOf('gas', {
    activityType: 'fuel.natural-gas',
    leg: 'combustion',
    unit: 'm3',
    kgco2e: '2.1',
    gases: [
      { gas: 'CO2', kg: '2' },
      { gas: 'CH4', kgco2e: '0.056' },
    ],
  }),
  factorOf('gas-wtt', { activityType: 'fuel.natural-gas', leg: 'upstream', unit: 'm3', kgco2e: '0.3', year: 2023 }),
  factorOf('grid', {
    activityType: 'electricity.grid',
    leg: 'generation',
    unit: 'kWh',
    kgco2e: '0.2',
    gases: [
      { gas: 'CO2', kg: '0.2' },
      { gas: 'CO2_biogenic', kg: '0.1' },
    ],
  }),
  factorOf('rail', { leg: 'operation', kgco2e: '0.03' }),
];
const index = factorIndex(factors.map((factor) => pinned(factor)));
const keys: Readonly<Record<string, MatchKey>> = {
  gas: keyOf({ activityType: 'fuel.natural-gas', unit: 'm3' }),
  power: keyOf({ activityType: 'electricity.grid', unit: 'kWh' }),
  rail: keyOf(),
  leak: keyOf({ activityType: 'refrigerant.top-up', unit: 'kg', attributes: { gas: 'R-402A' } }),
};
const legs: RatedLeg[] = Object.entries(keys).flatMap(([name, key]) =>
  decideRates(key, { index, gases, gwpSet: 'AR5' }).rates.map((rate) => {
    const { leg, basis, sourceClass } = rate;
    return { rateId: `${name} ${leg} ${basis}`, leg, basis, sourceClass, rate };
  }),
);
const cellsOf = (entityCode: string, name: string, quantity: string, changes: Partial<Cell> = {}): Cell[] =>
  legs
    .filter((leg) => leg.rateId.startsWith(`${name} `))
    .map(({ rateId, rate }) => ({
      entityCode,
      rateId,
      year: 2024,
      periodStart: null,
      periodEnd: null,
      quantity,
      kgco2e: plain(applyRate(quantity, rate).kgco2e),
      group: null,
      ...changes,
    }));
const read = (cells: readonly Cell[], changes: Partial<InventoryReading> = {}): Inventory => {
  const found = readInventory({ cells, legs, organisation, year: 2024, approach: 'operational-control', gwp: 'AR5', gases, ...changes });
  if (isRefusal(found)) throw new Error(found.refusal);
  return found;
};

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

  it('counts an investee’s electricity in category 15 once, by location', () =>
    expect(read(cellsOf('STAKE', 'power', '1000', { periodStart: '2024-07-01', periodEnd: '2024-07-31' }))).toMatchObject({
      scope2Location: '0',
      scope2Market: '0',
      scope3: '0.05',
      fallbacks: [{ fallback: 'grid_average_for_residual_mix', tco2e: '0', marketTco2e: '0' }],
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
      readInventory({ cells: cellsOf('NOBODY', 'gas', '1'), legs, organisation, year: 2024, approach: 'equity-share', gwp: 'AR5', gases }),
    ).toMatchObject({ refusal: 'entity_unknown', at: 'NOBODY' }));

  const cell = fc
    .record({
      entity: fc.constantFrom('ROOT', 'JV', 'STAKE'),
      name: fc.constantFrom('gas', 'power', 'rail', 'leak'),
      quantity: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      group: fc.constantFrom(null, 'a', 'b'),
    })
    .map(({ entity, name, quantity, group }) => cellsOf(entity, name, plain(new Decimal(quantity).div(1000)), { group }));
  const approach = fc.constantFrom<Approach>('operational-control', 'equity-share');
  const gwp = fc.constantFrom<GwpSetId>('AR4', 'AR5', 'AR6');

  it('gross = reported + the others’ share + excluded, and reported = the sum of the lines, exactly', () =>
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), approach, gwp, (cells, by, set) => {
        const inventory = read(cells.flat(), { approach: by, gwp: set });
        const { gross, reported, othersShare, excluded } = inventory.reconciliation;
        expect(plain(new Decimal(reported).add(othersShare).add(excluded))).toBe(gross);
        const byLocation = inventory.lines.filter(({ basis }) => basis !== 'market');
        expect(plain(byLocation.reduce((sum, line) => sum.add(line.tco2e), new Decimal(0)))).toBe(reported);
      }),
    ));

  it('apportioning by days loses nothing: gross is the sum of the ledger', () => {
    // Two parts always round to their sum; three need the last one to take the remainder.
    const stake = { entity: 'STAKE', holder: 'ROOT', operationalControl: false };
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
});
