import fc from 'fast-check';
import {
  applyRate,
  Decimal,
  isRefusal,
  plain,
  readInventory,
  readQuality,
  type MatchKey,
  type Organisation,
  type Quality,
  type QualityCell,
  type QualityReading,
  type Rate,
  type RatedLeg,
} from '#ghg';
import { gases, keyOf } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const RUN = { relation: 'subsidiary', operationalControl: true, financialControl: true } as const;
const HELD = { relation: 'associate', operationalControl: false, financialControl: false } as const;
const organisation: Organisation = {
  entities: ['ROOT', 'PLANT', 'STAKE'],
  holdings: [
    { entity: 'PLANT', holder: 'ROOT', share: '1', ...RUN, validFrom: '2000-01-01', validTo: null },
    { entity: 'STAKE', holder: 'ROOT', share: '0.25', ...HELD, validFrom: '2000-01-01', validTo: '2024-06-30' },
    { entity: 'STAKE', holder: 'ROOT', share: '0.5', ...RUN, validFrom: '2024-07-01', validTo: null },
  ],
};

const factor = (code: string): NonNullable<Rate['factor']> => ({
  setId: 'set',
  publisher: 'P',
  edition: '2024',
  version: '1',
  licence: 'none',
  invented: false,
  code,
  region: 'GB',
  year: 2024,
  unit: 'kWh',
  source: { table: 'T', row: code },
});

function legOf(rateId: string, key: MatchKey | null, more: Partial<Rate> & Pick<Rate, 'kgco2e'>): RatedLeg {
  const rate: Rate = {
    leg: 'combustion',
    basis: 'all',
    sourceClass: 'stationary-combustion',
    unit: 'kWh',
    biogenicKgco2: '0',
    gwpSet: 'AR5',
    gases: [{ gas: 'CO2', kg: more.kgco2e }],
    notConvertible: null,
    factor: factor(rateId),
    method: 'factor',
    conversion: [],
    fallbacks: [],
    rounded: false,
    formula: '',
    ...more,
  };
  return { rateId, leg: rate.leg, basis: rate.basis, sourceClass: rate.sourceClass, rate, key };
}

const attributes = (data_status: string) => ({ data_status });
const gasKey = keyOf({ activityType: 'fuel.natural-gas', unit: 'kWh', year: 2024, attributes: attributes('invoiced') });
const gridKey = keyOf({ activityType: 'electricity.grid', unit: 'kWh', year: 2024, attributes: { data_quality: '1-1-1-1-1' } });
const spendKey = keyOf({ activityType: 'spend.goods', unit: 'EUR', year: 2024, attributes: attributes('invoiced') });
const location = { leg: 'generation', basis: 'location', sourceClass: 'purchased-electricity' } as const;
const market = { leg: 'generation', basis: 'market', sourceClass: 'purchased-electricity' } as const;
const LEGS = [
  legOf('gas', gasKey, {
    kgco2e: '0.2',
    gases: [
      { gas: 'CO2', kg: '0.172' },
      { gas: 'CH4', kg: '0.001' },
    ],
    gsd: '1.05',
  }),
  legOf('gas-wtt', gasKey, { kgco2e: '0.03', leg: 'upstream', sourceClass: 'upstream-of-energy', gsd: '1.2' }),
  legOf('grid', gridKey, { kgco2e: '0.25', ...location, gsd: '1.1' }),
  legOf('residual', gridKey, { kgco2e: '0.4', ...market, gsd: '1.1' }),
  legOf('certificate', null, { kgco2e: '0', ...market, factor: null }),
  legOf('goods', spendKey, { kgco2e: '0.5', leg: 'supply', sourceClass: 'purchased-goods', unit: 'EUR', gsd: '1.5' }),
];
const legNamed = (rateId: string) => LEGS.find((leg) => leg.rateId === rateId) as RatedLeg;

/** A cell of rows with these quantities, and what pools have posted to it. */
function cell(entityCode: string, rateId: string, rows: readonly string[], pooled = '0', extrapolated = '0'): QualityCell {
  const sum = (values: readonly Decimal[]) => values.reduce((total, value) => total.add(value), new Decimal(0));
  const quantities = rows.map((row) => new Decimal(row));
  const quantity = plain(sum(quantities).add(pooled));
  return {
    entityCode,
    rateId,
    year: 2024,
    periodStart: null,
    periodEnd: null,
    quantity,
    kgco2e: plain(applyRate(quantity, legNamed(rateId).rate).kgco2e),
    rowQuantity: plain(sum(quantities)),
    rowSquares: plain(sum(quantities.map((q) => q.pow(2)))),
    extrapolated,
    activityType: legNamed(rateId).key?.activityType ?? 'electricity.grid',
    pool: '',
    matchKeyId: null,
  };
}

const CELLS = [
  cell('PLANT', 'gas', ['600', '400']),
  cell('PLANT', 'gas-wtt', ['600', '400']),
  cell('STAKE', 'gas', ['366']),
  cell('STAKE', 'gas-wtt', ['366']),
  cell('ROOT', 'grid', ['1000', '1000']),
  cell('ROOT', 'residual', ['1000', '1000'], '-500'),
  cell('ROOT', 'certificate', [], '500'),
  cell('ROOT', 'goods', ['100']),
];

function read(cells: readonly QualityCell[], more: Partial<QualityReading> = {}): Quality {
  const choices = { organisation, year: 2024, approach: 'operational-control', gwp: 'AR5', gwpErrors: 'published', gases } as const;
  const quality = readQuality({ pack: PACK, cells, legs: LEGS, financed: [], ...choices, ...more });
  if (isRefusal(quality)) throw new Error(quality.detail);
  return quality;
}
const line = (quality: Quality, name: string, basis = 'all') => {
  const found = quality.lines.find((one) => one.line === name && one.basis === basis);
  if (!found) throw new Error(`no line ${name} ${basis}`);
  return found;
};
const total = (quality: Quality, name: string, reading: string) =>
  quality.totals.find((one) => one.total === name && one.reading === reading) as Quality['totals'][number];

describe('the quality of an inventory', () => {
  it.each(['operational-control', 'financial-control', 'equity-share', 'esrs-set-1'] as const)(
    'states the tonnes of the inventory: %s',
    (approach) => {
      const inventory = readInventory({
        pack: PACK,
        cells: CELLS.map((one) => ({ ...one, group: null })),
        ...{ legs: LEGS, organisation, year: 2024, approach, gwp: 'AR6', gases },
      });
      if (isRefusal(inventory)) throw new Error(inventory.detail);
      const quality = read(CELLS, { approach, gwp: 'AR6' });
      expect(quality.lines.map((one) => [one.line, one.basis, one.tco2e])).toEqual(
        inventory.lines.map((one) => [one.line, one.basis, one.tco2e]),
      );
      const { scope1, scope2Location, scope2Market, scope3, scope3Market } = inventory;
      const sum = (...figures: string[]) => plain(figures.reduce((all, figure) => all.add(figure), new Decimal(0)));
      expect(quality.totals.map(({ tco2e }) => tco2e)).toEqual([
        scope3,
        scope3Market,
        sum(scope1, scope2Location, scope3),
        sum(scope1, scope2Market, scope3Market),
      ]);
    },
  );

  it('says how uncertain a line is, and what makes it so', () => {
    const { interval, explained, tco2e } = line(read([cell('PLANT', 'gas', ['600', '400'])]), 'scope1');
    expect(tco2e).toBe('0.2');
    // u: rows (2-1-1-1-1) 0.000595297, factor (GSD 1.05) 0.002383316, its fit (1-1-2) 0.000595297, GWP of methane (±40 %) 0.042732881; of 0.2 kg per
    // kWh 0.028 are methane. variance = 1.002383316 × 1.000595297 × (0.0002² + 0.000028² × 0.042732881) × (1000² + 0.000595297 × 520000) − 0.2²;
    // σ² = ln(1 + variance ÷ 0.2²)
    expect(interval).toEqual({ low: '0.175988', high: '0.226353', gsd: '1.066311' });
    const parts = Object.values(explained ?? {}).map(Number);
    expect(parts.every((part) => part >= 0)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 10);
  });

  it('takes the basic uncertainty of each gas where no deviation is stated', () => {
    const gas = legOf('gas', gasKey, { kgco2e: '0.2', gases: legNamed('gas').rate.gases });
    const quality = read([cell('PLANT', 'gas', ['600', '400'])], { legs: [gas], gwpErrors: 'none' });
    // u: factor (2-2) 0.000693396, fit 0.000595297, CO2 (1.05) 0.000595297, methane (1.5) 0.041956805; the rest as above
    expect(line(quality, 'scope1').interval?.gsd).toBe('1.054931');
    expect(line(quality, 'scope1').assumptions.map(({ assumption }) => assumption)).toEqual([
      'activity_quality_from_status',
      'factor_quality_from_lineage',
    ]);
  });

  // σ² = ln² 1.05 of the factor + ¼ Σ ln² U of its fit (technology 1.05, time 1.5, geography 1.1) + ¼ ln² 1.05 of the row
  it.each([
    ['of the year and the country', {}, gasKey, 1.061577],
    ['old, and of another country', { fallbacks: ['region_other_country'] }, { ...gasKey, year: 2050 }, 1.241924],
  ] as const)('counts the fit of a factor beside its stated deviation: %s', (_what, more, key, expected) => {
    const leg = legOf('gas', key, { kgco2e: '0.2', gsd: '1.05', ...more });
    const quality = read([cell('PLANT', 'gas', ['1000'])], { legs: [leg], gwpErrors: 'none' });
    const gsd = Number(line(quality, 'scope1').interval?.gsd);
    expect(gsd).toBeCloseTo(expected, 5);
    expect(line(quality, 'scope1').assumptions.map(({ assumption }) => assumption)).toContain('factor_fit_from_lineage');
  });

  it('names the tonnes for which no basic uncertainty is documented', () => {
    const goods = legOf('goods', spendKey, { kgco2e: '0.5', leg: 'supply', sourceClass: 'purchased-goods', unit: 'EUR' });
    expect(line(read([cell('ROOT', 'goods', ['100'])], { legs: [goods] }), 'scope3.1').assumptions).toContainEqual({
      assumption: 'basic_uncertainty_not_stated',
      tco2e: '0.05',
    });
  });

  it('takes GWPs as conventions, if that is asked for', () => {
    expect(line(read(CELLS, { gwpErrors: 'none' }), 'scope1').explained?.gwp).toBe('0.000000');
    expect(Number(line(read(CELLS), 'scope1').explained?.gwp)).toBeGreaterThan(0.1);
  });

  it('lets the rows of a key err together in all of its legs', () => {
    const own = { gsd: '1', gases: [{ gas: 'CO2', kg: '0.1' }], kgco2e: '0.1' };
    const wtt = { ...own, leg: 'upstream', sourceClass: 'upstream-of-energy' } as const;
    // The supplier's own figures: a stated deviation of 1, and no doubt whether they fit.
    const sameKey = { ...gasKey, supplier: 'same' };
    const gsdOf = (upstreamKey: MatchKey) => {
      const legs = [legOf('a', sameKey, own), legOf('b', upstreamKey, wtt)];
      const cells = legs.map(({ rateId }) => ({ ...cell('PLANT', 'gas', ['1000']), rateId, kgco2e: '100' }));
      return Number(total(read(cells, { legs }), 'scopes1-3', 'location').interval?.gsd);
    };
    const other = { ...gasKey, supplier: 'other' };
    expect(gsdOf(sameKey)).toBeCloseTo(1.024695, 6); // √1.05
    expect(gsdOf(other)).toBeCloseTo(1.017401, 6); // independent rows: the relative variance is half of 0.000595297
  });

  it('scales the rows of a leg by what an instrument took away', () => {
    const full = line(read([cell('ROOT', 'residual', ['1000', '1000'])]), 'scope2', 'market');
    const released = line(read([cell('ROOT', 'residual', ['1000', '1000'], '-500')]), 'scope2', 'market');
    expect([full.tco2e, released.tco2e]).toEqual(['0.8', '0.6']);
    expect(released.interval?.gsd).toBe(full.interval?.gsd);
  });

  it('says on what the tonnes rest', () => {
    const quality = read(CELLS);
    // gas 1000 × 0.2 at PLANT, and 366 × 184/366 × 0.2 in the half-year in which STAKE is run
    expect(line(quality, 'scope1').statuses).toEqual([{ status: 'invoiced', tco2e: '0.2368' }]);
    expect(line(quality, 'scope1').primaryDataShare).toBe('1');
    expect(line(quality, 'scope3.1')).toMatchObject({
      tco2e: '0.05',
      primaryDataShare: '0',
      statuses: [{ status: 'invoiced', tco2e: '0.05' }],
    });
    expect(line(quality, 'scope2', 'location')).toMatchObject({
      activityScores: { reliability: '1', mean: '1' },
      factorScores: { technology: '2', mean: '1.6' },
      statuses: [{ status: 'not-stated', tco2e: '0.5' }],
      assumptions: [{ assumption: 'factor_fit_from_lineage', tco2e: '0.5' }],
    });
    expect(line(quality, 'scope1').assumptions).toEqual([
      { assumption: 'activity_quality_from_status', tco2e: '0.2368' },
      { assumption: 'factor_fit_from_lineage', tco2e: '0.2368' },
    ]);
    // 35.52 kg upstream and 9.1 kg of STAKE in 3.15, of which 50 kg of goods are none: money is no primary data. 44.62 ÷ 94.62
    expect(total(quality, 'scope3', 'location').primaryDataShare).toBe('0.47157');
  });

  it('calls extrapolated what a survey adds, and keeps the sum', () => {
    const survey = line(read([cell('PLANT', 'gas', ['600', '400'], '500', '500')]), 'scope1');
    expect(survey).toMatchObject({
      tco2e: '0.3',
      primaryDataShare: '0.666667',
      statuses: [
        { status: 'extrapolated', tco2e: '0.1' },
        { status: 'invoiced', tco2e: '0.2' },
      ],
    });
  });

  it('has no interval of nothing, and nothing to say', () => {
    const empty = total(read([]), 'scopes1-3', 'market');
    expect(empty).toMatchObject({ tco2e: '0', explained: null, activityScores: null, primaryDataShare: null, statuses: [] });
  });

  it('scores what is financed by what is outstanding, per currency', () => {
    const financed = (['3', '5', '1'] as const).map((score, i) => ({
      entityCode: 'ROOT',
      key: keyOf({ activityType: 'investment.business-loan', attributes: { pcaf_score: score } }),
      outstanding: ['522425', '187449', '10'][i] as string,
      currency: i === 2 ? 'EUR' : 'USD',
    }));
    expect(read([], { financed }).pcaf).toEqual([
      { currency: 'EUR', outstanding: '10', score: '1' },
      { currency: 'USD', outstanding: '709874', score: '3.528119' }, // PCAF-DQ-OG
    ]);
  });

  it('refuses a cell of an entity that the organisation does not have', () => {
    const strange = readQuality({
      pack: PACK,
      cells: [cell('NOWHERE', 'gas', ['1'])],
      ...{ legs: LEGS, financed: [], organisation, year: 2024, approach: 'equity-share', gwp: 'AR5', gwpErrors: 'none', gases },
    });
    expect(strange).toMatchObject({ refusal: 'entity_unknown', at: 'NOWHERE' });
  });

  it('does not depend on the order of cells', () => {
    const whole = read(CELLS);
    fc.assert(
      fc.property(fc.shuffledSubarray(CELLS, { minLength: CELLS.length }), (cells) => expect(read(cells)).toEqual(whole)),
      { numRuns: 20 },
    );
  });
});
