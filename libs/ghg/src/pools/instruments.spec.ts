import {
  allocateInstruments,
  applyRate,
  Decimal,
  instrumentWarnings,
  plain,
  reportingCalendar,
  type Instrument,
  type PoolContext,
  type PoolMember,
  type PoolResult,
  type RefusalCode,
  type ReportingCalendar,
} from '#ghg';
import { allocated, annual, certificate, contextOf, electricity, kgOn, rateOf } from '../../../../test/support/pool-members';

const refusalsOf = ({ refusals }: PoolResult): RefusalCode[] => refusals.map(({ refusal }) => refusal);
const quantitiesUnder = ({ postings }: PoolResult, rateId: string): string[] =>
  postings.filter(({ of }) => 'rateId' in of && of.rateId === rateId).map(({ quantity }) => quantity);

describe('instruments on the market basis', () => {
  it('PUB-S2-DUAL: 600 MWh of certificates against 1 GWh leave 180,000 kg by market and 200,000 kg by location', () => {
    const members = [electricity('1', '1000000')];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '600')]));
    expect(kgOn('location', members, result)).toBe('200000');
    expect(kgOn('market', members, result)).toBe('180000');
    expect(result.figures).toMatchObject({
      consumed_kwh: '1000000',
      covered_kwh: '600000',
      uncovered_kwh: '400000',
      allocated_kwh: '600000',
      surplus_kwh: '0',
      refused_kwh: '0',
      'covered_kwh:GO-1': '600000',
    });
    expect(result.refusals).toEqual([]);
    expect(result.postings[0]).toMatchObject({
      quantity: '-600000',
      of: { rateId: '1-market' },
      because: 'Released: certificate GO-1 (registry-GO-1) covers 600000 kWh of the 1000000 kWh of this key.',
    });
    expect(result.postings[1]).toMatchObject({ quantity: '600000', of: { rate: { leg: 'generation', basis: 'market', kgco2e: '0' } } });
  });

  it('PUB-S2-DUAL without a residual mix: the grid average stands in, 80,000 kg, and the uncovered part is disclosed', () => {
    const market = rateOf('generation', 'market', '0.2', { fallbacks: ['grid_average_for_residual_mix'] });
    const members = [electricity('1', '1000000', { rates: [{ rateId: 'm', rate: market }] })];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '600')]));
    expect(kgOn('market', members, result)).toBe('80000');
    expect(result.figures.uncovered_without_residual_mix_kwh).toBe('400000');
  });

  it('cites the instrument in its rate', () => {
    const result = allocateInstruments(annual, [electricity('1', '5')], contextOf([certificate('GO-1')], [allocated('GO-1', '1')]));
    expect(result.postings[1]?.of).toMatchObject({
      rate: {
        method: 'contractual-instrument',
        inputs: [
          {
            kind: 'instrument',
            code: 'GO-1',
            value: '0',
            source: {
              table: 'certificate, onshore wind, GB, vintage 2024-01-01 to 2024-12-31',
              row: 'registry-GO-1',
              printed: '600 MWh retired on 2025-01-31',
            },
          },
        ],
      },
    });
  });

  it('moves the energy of what it covers to its own source', () => {
    const result = allocateInstruments(annual, [electricity('1', '1000')], contextOf([certificate('GO-1')], [allocated('GO-1', '0.4')]));
    // in the market-based reading alone: the rows' own energy leg, which both readings share, is never released
    expect(quantitiesUnder(result, '1-energy')).toEqual([]);
    expect(result.postings.at(-2)).toMatchObject({
      quantity: '-400',
      of: { rate: { leg: 'energy', basis: 'market', sourceClass: 'energy-use', energy: { kwh: '1', source: 'unknown' } } },
    });
    expect(result.postings.at(-1)).toMatchObject({
      quantity: '400',
      of: { rate: { leg: 'energy', basis: 'market', sourceClass: 'energy-use', kgco2e: '0', energy: { kwh: '1', source: 'renewable' } } },
    });
  });

  it('shares out over keys in proportion to their quantities, the last taking the remainder', () => {
    const members = ['1', '2', '3'].map((id) => electricity(id, '1', { supplier: `supplier-${id}` }));
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '0.001')]));
    expect(members.flatMap(({ matchKeyId }) => quantitiesUnder(result, `${matchKeyId}-market`))).toEqual([
      '-0.333333333333',
      '-0.333333333334',
      '-0.333333333333',
    ]);
  });

  it('counts megawatt-hours, gigajoules and kilowatt-hours as one consumption', () => {
    const members = [electricity('1', '1', { unit: 'MWh' }), electricity('2', '3.6', { unit: 'GJ' }), electricity('3', '1000')];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '1.5')]));
    expect(result.figures).toMatchObject({ consumed_kwh: '3000', covered_kwh: '1500' });
    expect(quantitiesUnder(result, '1-market')).toEqual(['-0.5']);
    expect(quantitiesUnder(result, '2-market')).toEqual(['-1.8']);
    expect(quantitiesUnder(result, '3-market')).toEqual(['-500']);
  });

  it('takes certificates before contracts before supplier rates, and shows what is too much as surplus', () => {
    const instruments = [
      certificate('a', { kind: 'supplier-rate', gases: [{ gas: 'CO2', kg: '0.3' }] }),
      certificate('b', { kind: 'contract', gases: [{ gas: 'CO2', kg: '0.1' }] }),
      certificate('c'),
    ];
    const members = [electricity('1', '1000')];
    const allocations = ['a', 'b', 'c'].map((code) => allocated(code, '0.4'));
    const result = allocateInstruments(annual, members, contextOf(instruments, allocations));
    expect(result.figures).toMatchObject({
      covered_kwh: '1000',
      uncovered_kwh: '0',
      surplus_kwh: '200',
      'covered_kwh:c': '400',
      'covered_kwh:b': '400',
      'covered_kwh:a': '200',
      'surplus_kwh:a': '200',
    });
    expect(kgOn('market', members, result)).toBe('100');
  });

  it('reads the instrument’s gases per unit of the key under the book’s GWP set, biogenic CO2 outside the scopes', () => {
    const biomass = certificate('GO-1', {
      gases: [
        { gas: 'CO2_biogenic', kg: '1.1' },
        { gas: 'CH4', kg: '0.001' },
        { gas: 'N2O', kg: '0.0001' },
      ],
    });
    const result = allocateInstruments(annual, [electricity('1', '2', { unit: 'MWh' })], contextOf([biomass], [allocated('GO-1', '1')]));
    const rate = result.postings.flatMap(({ of }) => ('rate' in of && of.rate.leg === 'generation' ? [of.rate] : []))[0];
    expect(rate).toMatchObject({
      unit: 'MWh',
      kgco2e: '54.5',
      biogenicKgco2: '1100',
      gases: [
        { gas: 'CO2_biogenic', kg: '1100' },
        { gas: 'CH4_nonfossil', kg: '1' },
        { gas: 'N2O', kg: '0.1' },
      ],
      formula: '(0.001 kg CH4_nonfossil × 28 + 0.0001 kg N2O × 265) kgCO2e/kWh × 1000 kWh/MWh = 54.5 kgCO2e/MWh',
    });
  });

  it('leaves alone what needs no instrument: generation on site with its certificates kept', () => {
    const kept = electricity('1', '500', { activityType: 'electricity.on-site', attributes: { certificates: 'kept' } });
    const sold = electricity('2', '500', { activityType: 'electricity.on-site', attributes: { certificates: 'sold' } });
    const result = allocateInstruments(annual, [kept, sold], contextOf([certificate('GO-1')], [allocated('GO-1', '600')]));
    expect(result.figures).toMatchObject({ consumed_kwh: '500', covered_kwh: '500', surplus_kwh: '599500' });
    expect(result.members.map(({ matchKeyId }) => matchKeyId)).toEqual(['2']);
  });

  it('leaves alone what is not consumed: electricity that is sold on', () => {
    const rates = [{ rateId: 'r', rate: rateOf('generation', 'market', '0.45', { sourceClass: 'upstream-of-energy' }) }];
    const resold = electricity('1', '500', { activityType: 'electricity.resold', rates });
    const result = allocateInstruments(annual, [resold], contextOf([certificate('GO-1')], [allocated('GO-1', '600')]));
    expect(result).toMatchObject({ members: [], postings: [], refusals: [{ refusal: 'instrument_market_differs' }] });
  });

  it('covers heat only with an instrument of heat, and says so in figures of its own', () => {
    const rates = [{ rateId: 'h', rate: rateOf('generation', 'market', '0.18', { sourceClass: 'purchased-heat' }) }];
    const members = [electricity('1', '1000'), electricity('2', '1000', { activityType: 'heat.district', rates })];
    const context = contextOf(
      [certificate('GO-1'), certificate('H', { covers: 'purchased-heat' })],
      [allocated('GO-1', '2'), allocated('H', '0.3')],
    );
    const result = allocateInstruments(annual, members, context);
    expect(quantitiesUnder(result, 'h')).toEqual(['-300']);
    expect(result.figures).toMatchObject({ covered_kwh: '1000', surplus_kwh: '1000', heat_consumed_kwh: '1000', heat_covered_kwh: '300' });
  });

  it('lets a credit in the same grid take from what can be covered', () => {
    const members = [electricity('1', '1000'), electricity('2', '-300', { supplier: 'X' })];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '1')]));
    expect(result.figures).toMatchObject({ consumed_kwh: '700', covered_kwh: '700', surplus_kwh: '300' });
  });

  it('matches the market: a grid subregion covers itself, a country its subregions, and neither anything abroad', () => {
    const members = [
      electricity('1', '100', { country: 'US', region: 'US-CAMX' }),
      electricity('2', '100', { country: 'US', region: 'US-ERCT' }),
      electricity('3', '100', { country: 'CA' }),
    ];
    const instruments = [certificate('camx', { market: 'US-CAMX' }), certificate('us', { market: 'US' })];
    const result = allocateInstruments(annual, members, contextOf(instruments, [allocated('camx', '0.15'), allocated('us', '0.15')]));
    expect(quantitiesUnder(result, '1-market')).toEqual(['-100']);
    expect(quantitiesUnder(result, '2-market')).toEqual(['-100']);
    expect(quantitiesUnder(result, '3-market')).toEqual([]);
    expect(result.figures).toMatchObject({ covered_kwh: '200', surplus_kwh: '100', uncovered_kwh: '100' });
  });

  it('covers the consumption of every country of a joint market, and says so where there is none', () => {
    const joint = certificate('GO-1', { market: 'DE', markets: ['FR'] });
    const members = ['DE', 'FR', 'GB'].map((country, i) => electricity(`${i}`, '100', { country }));
    const result = allocateInstruments(annual, members, contextOf([joint], [allocated('GO-1', '0.25')]));
    expect(result.figures).toMatchObject({ covered_kwh: '200', surplus_kwh: '50', uncovered_kwh: '100' });
    expect(result.postings.flatMap(({ of }) => ('rate' in of ? (of.rate.inputs ?? []) : []))[0]?.source.table).toContain('DE and FR');
    const abroad = allocateInstruments(annual, [members[2] as PoolMember], contextOf([joint], [allocated('GO-1', '0.25')]));
    expect(abroad.refusals[0]).toMatchObject({ refusal: 'instrument_market_differs' });
    expect(abroad.refusals[0]?.detail).toContain('DE and FR');
  });

  it.each([
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ])(
    'serves the narrower market first, whatever the instruments are called: region %s, country %s, joint market %s',
    (region, country, joint) => {
      const members = [
        electricity('1', '100', { country: 'US', region: 'US-CAMX' }),
        electricity('2', '100', { country: 'US', region: 'US-ERCT' }),
        electricity('3', '100', { country: 'CA' }),
      ];
      const instruments = [
        certificate(joint, { market: 'US', markets: ['CA'] }),
        certificate(country, { market: 'US' }),
        certificate(region, { market: 'US-CAMX' }),
      ];
      const result = allocateInstruments(
        annual,
        members,
        contextOf(instruments, [allocated(region, '0.1'), allocated(country, '0.1'), allocated(joint, '0.1')]),
      );
      expect(result.figures).toMatchObject({ covered_kwh: '300', surplus_kwh: '0', uncovered_kwh: '0' });
    },
  );

  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('takes the vintage that ends first, then the registry id, whatever the instruments are called: %s, %s', (first, second) => {
    const covers = (changes: Partial<Instrument>, others: Partial<Instrument>): string | undefined =>
      allocateInstruments(
        annual,
        [electricity('1', '100')],
        contextOf([certificate(second, others), certificate(first, changes)], [allocated(first, '0.1'), allocated(second, '0.1')]),
      ).figures[`covered_kwh:${first}`];
    expect(covers({ vintageEnd: '2024-06-30', registryId: '9' }, { registryId: '1' })).toBe('100');
    expect(covers({ registryId: '1' }, { registryId: '9' })).toBe('100');
  });

  it('names the consumption that has no market-based rate, and covers the rest', () => {
    const located = electricity('2', '500', { supplier: 'X' }).rates.filter(({ rate }) => rate.basis !== 'market');
    const members = [
      electricity('1', '1000'),
      electricity('2', '500', { supplier: 'X', rates: located }),
      electricity('3', '1', { activityType: 'electricity.on-site', attributes: { certificates: 'kept' }, rates: located }),
    ];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '1.2')]));
    expect(result.refusals).toEqual([
      {
        refusal: 'instrument_member_unrated',
        detail: '500 kWh of S 2024 electricity.grid GB X in kWh have no market-based rate',
        at: 'S 2024 electricity.grid GB X in kWh',
      },
    ]);
    expect(result.members.map(({ matchKeyId, refusal }) => [matchKeyId, refusal])).toEqual([
      ['2', 'instrument_member_unrated'],
      ['1', undefined],
    ]);
    expect(result.figures).toMatchObject({ consumed_kwh: '1000', covered_kwh: '1000', surplus_kwh: '200' });
    expect(allocateInstruments(annual, members, contextOf()).refusals).toEqual([]);
  });

  it('warns of all that is known to hinder an instrument before consumption is looked at', () => {
    const rule = annual.rule;
    const warned = (changes: Partial<Instrument>, years: number[] = [2024], places: string[] = ['GB', 'US-CAMX']): RefusalCode[] =>
      instrumentWarnings(certificate('GO-1', changes), { places: new Set(places), years, rule }).map(({ refusal }) => refusal);
    expect(warned({})).toEqual([]);
    expect(warned({ market: 'US-CAMX' })).toEqual([]);
    expect(warned({ market: 'FR', markets: ['GB'] })).toEqual([]);
    expect(warned({ market: 'England' })).toEqual(['instrument_market_differs']);
    expect(warned({}, [2022, 2024])).toEqual(['instrument_vintage_outside']);
    expect(warned({ vintageStart: '2024' })).toEqual(['date_malformed']);
    expect(warned({ retiredOn: '2023-12-31', criteria: [] })).toEqual([
      'instrument_retired_before_vintage',
      ...Array<RefusalCode>(6).fill('instrument_criteria_failed'),
    ]);
  });

  it('asks for a vintage of the reporting year, whatever its calendar years', () => {
    const calendar = reportingCalendar('04-01') as ReportingCalendar;
    const early = certificate('GO-1', { vintageStart: '2025-02-01', vintageEnd: '2025-03-31', retiredOn: '2025-04-15' });
    const members = [electricity('1', '1000')];
    const covered = (context: Partial<PoolContext>) =>
      allocateInstruments(annual, members, { ...contextOf([early], [allocated('GO-1', '1')]), ...context }).figures['covered_kwh'];
    // A day of 1 April 2024 to 31 March 2025, and none of 2024.
    expect([covered({ calendar }), covered({})]).toEqual(['1000', '0']);
    const wish = { places: new Set(['GB']), years: [2024], rule: annual.rule };
    expect(instrumentWarnings(early, { ...wish, calendar })).toEqual([]);
  });

  it('tells keys of one reporting year by their calendar years, never by an id that chance has given', () => {
    const quantities = (ids: readonly [string, string]) => {
      const members = [electricity(ids[0], '1'), electricity(ids[1], '2', { calendarYear: 2025 })];
      const both = [members, [...members].reverse()].map((some) => allocateInstruments(annual, some, contextOf()).members);
      return both.map((cited) => cited.map(({ year, calendarYear, quantity }) => [year, calendarYear, quantity]));
    };
    const expected = [
      [2024, undefined, '1'],
      [2024, 2025, '2'],
    ];
    expect([...quantities(['1', '2']), ...quantities(['2', '1'])]).toEqual([expected, expected, expected, expected]);
    const unrated = allocateInstruments(
      annual,
      [electricity('1', '1', { calendarYear: 2025, rates: [] })],
      contextOf([certificate('GO-1')], [allocated('GO-1', '1')]),
    );
    expect(unrated.refusals.map(({ at }) => at)).toContain('S 2024, of 2025, electricity.grid GB in kWh');
  });

  it.each<[string, Partial<Instrument>, RefusalCode]>([
    ['a retirement before the vintage began', { retiredOn: '2023-12-31' }, 'instrument_retired_before_vintage'],
    ['a retirement on no date', { retiredOn: 'soon' }, 'date_malformed'],
    ['more allocated than retired', { retiredMwh: '0.5' }, 'instrument_over_allocated'],
    ['an amount that is no number', { retiredMwh: 'much' }, 'number_malformed'],
    ['no finding on a criterion', { criteria: [] }, 'instrument_criteria_failed'],
    ['a vintage of another year', { vintageStart: '2022-01-01', vintageEnd: '2022-12-31' }, 'instrument_vintage_outside'],
    ['a vintage that ends before it begins', { vintageStart: '2024-12-31', vintageEnd: '2024-01-01' }, 'period_reversed'],
    ['a vintage that is no date', { vintageStart: '2024' }, 'date_malformed'],
    ['another market', { market: 'FR' }, 'instrument_market_differs'],
    ['a gas that nobody knows', { gases: [{ gas: 'X', kg: '1' }] }, 'gas_unknown'],
    ['over-allocation before a failed criterion', { retiredMwh: '0', criteria: [] }, 'instrument_over_allocated'],
  ])('refuses %s, and the instrument covers nothing', (_, changes, refusal) => {
    const members = [electricity('1', '1000')];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1', changes)], [allocated('GO-1', '1')]));
    expect(refusalsOf(result)).toEqual([refusal]);
    expect(result.postings).toEqual([]);
    expect(result.figures).toMatchObject({ covered_kwh: '0', surplus_kwh: '0', refused_kwh: '1000' });
  });

  it('counts what is allocated to other entities and years against what was retired', () => {
    const allocations = [allocated('GO-1', '400'), allocated('GO-1', '200.000001', { entityCode: 'T', year: 2023 })];
    const result = allocateInstruments(annual, [electricity('1', '1000')], contextOf([certificate('GO-1')], allocations));
    expect(result.refusals).toEqual([
      { refusal: 'instrument_over_allocated', detail: '600.000001 MWh of GO-1 are allocated, 600 MWh are retired', at: 'GO-1' },
    ]);
  });

  it('refuses both of two instruments with one registry id', () => {
    const instruments = [certificate('a', { registryId: 'X' }), certificate('b', { registryId: 'X' })];
    const result = allocateInstruments(annual, [electricity('1', '1')], contextOf(instruments, [allocated('a', '1'), allocated('b', '1')]));
    expect(refusalsOf(result)).toEqual(['instrument_used_twice', 'instrument_used_twice']);
  });

  it('refuses what is allocated of an instrument that is not there', () => {
    expect(refusalsOf(allocateInstruments(annual, [], contextOf([], [allocated('X', '1')])))).toEqual(['instrument_unknown']);
  });

  it.each<[string, Instrument['criteria'], string]>([
    ['failed', [{ criterion: 2, finding: 'fail', evidence: 'claim sold' }], 'criterion 2: found to fail'],
    [
      'not applicable though asked',
      [{ criterion: 5, finding: 'not-applicable', evidence: '-' }],
      'criterion 5: asked of every certificate',
    ],
    ['without evidence', [{ criterion: 3, finding: 'pass', evidence: ' ' }], 'criterion 3: no evidence'],
  ])('names the criterion that is %s', (_, changed, detail) => {
    const { criteria } = certificate('GO-1');
    const with_ = criteria.map((finding) => changed.find(({ criterion }) => criterion === finding.criterion) ?? finding);
    const result = allocateInstruments(
      annual,
      [electricity('1', '1')],
      contextOf([certificate('GO-1', { criteria: with_ })], [allocated('GO-1', '1')]),
    );
    expect(result.refusals[0]?.detail).toContain(detail);
  });

  it('asks criterion 6 of supplier rates and 7 of contracts alone', () => {
    const without = certificate('GO-1').criteria.filter(({ criterion }) => criterion !== 6 && criterion !== 7);
    const refused = (kind: Instrument['kind']): string | undefined =>
      allocateInstruments(
        annual,
        [electricity('1', '1')],
        contextOf([certificate('x', { kind, criteria: without })], [allocated('x', '1')]),
      ).refusals[0]?.detail;
    expect(refused('certificate')).toBeUndefined();
    expect(refused('supplier-rate')).toContain('criterion 6: no finding');
    expect(refused('contract')).toContain('criterion 7: no finding');
  });

  it('widens the year by the declared tolerance, and can ask that the whole vintage lies within', () => {
    const early = certificate('GO-1', { vintageStart: '2023-10-01', vintageEnd: '2023-12-01' });
    const refused = (rule: Partial<typeof annual.rule>): RefusalCode[] =>
      refusalsOf(
        allocateInstruments(
          { ...annual, rule: { ...annual.rule, ...rule } },
          [electricity('1', '1')],
          contextOf([early], [allocated('GO-1', '1')]),
        ),
      );
    expect(refused({ toleranceDays: 30 })).toEqual(['instrument_vintage_outside']);
    expect(refused({ toleranceDays: 31 })).toEqual([]);
    expect(refused({ toleranceDays: 31, vintage: 'within' })).toEqual(['instrument_vintage_outside']);
    expect(refused({ toleranceDays: 92, vintage: 'within' })).toEqual([]);
  });

  it('releases under the standing rate exactly what it posts under its own', () => {
    const members = [electricity('1', '7.3'), electricity('2', '0.000000000001', { supplier: 'X' })];
    const result = allocateInstruments(annual, members, contextOf([certificate('GO-1')], [allocated('GO-1', '0.005')]));
    const sum = result.postings.reduce((all, { quantity }) => all.add(quantity), new Decimal(0));
    expect(plain(sum)).toBe('0');
    for (const { quantity, of } of result.postings) if ('rate' in of) expect(applyRate(quantity, of.rate).kgco2e.isZero()).toBe(true);
  });
});
