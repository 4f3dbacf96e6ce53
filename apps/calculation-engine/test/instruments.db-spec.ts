import { DeclarePoolsService } from '../src/declare-pools/declare-pools.service';
import { InstrumentsService } from '../src/instruments/instruments.service';
import { ProfilesService } from '../src/instruments/profiles.service';
import { SeededLedger } from '../../../test/support/seeded-ledger';
import { WIND } from '../../../test/support/dual-reporting';

describe('instruments, profiles and pools as they are put', () => {
  let ledger: SeededLedger;
  let instruments: InstrumentsService;
  beforeAll(async () => {
    ledger = await SeededLedger.open('instruments');
    instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
  });
  afterAll(() => ledger.close());

  it('shows what is allocated and what is left', async () => {
    const view = await instruments.allocate(ledger.tenantId, 'WIND', [
      { entity: 'HQ', year: 2025, mwh: '400' },
      { entity: 'HQ', year: 2024, mwh: '0.5' },
    ]);
    expect(view).toMatchObject({ code: 'WIND', retiredMwh: '600', allocatedMwh: '400.5', freeMwh: '199.5' });
    expect(view.allocations).toEqual([
      { entity: 'HQ', year: 2024, mwh: '0.5' },
      { entity: 'HQ', year: 2025, mwh: '400' },
    ]);
    expect(await instruments.get(ledger.tenantId, 'WIND')).toEqual(view);
    expect((await instruments.list(ledger.tenantId, undefined, 10)).items).toEqual([view]);
  });

  it.each([
    ['more than was retired', [{ entity: 'HQ', year: 2025, mwh: '600.000000000001' }], 'instrument_over_allocated'],
    ['an entity that is not there', [{ entity: 'MOON', year: 2025, mwh: '1' }], 'entity_unknown'],
    [
      'a year twice',
      [
        { entity: 'HQ', year: 2025, mwh: '1' },
        { entity: 'HQ', year: 2025, mwh: '1' },
      ],
      'request_invalid',
    ],
  ])('refuses to allocate %s, and keeps what stood', async (_what, allocations, code) => {
    const before = await instruments.get(ledger.tenantId, 'WIND');
    await expect(instruments.allocate(ledger.tenantId, 'WIND', allocations)).rejects.toMatchObject({ code });
    expect(await instruments.get(ledger.tenantId, 'WIND')).toEqual(before);
  });

  it.each([
    ['under a registry id that is taken', 'OTHER', WIND, 'instrument_used_twice'],
    ['with less retired than is allocated', 'WIND', { ...WIND, retiredMwh: '400' }, 'instrument_over_allocated'],
    ['whose vintage ends before it begins', 'OTHER', { ...WIND, registryId: 'GO-2', vintageEnd: '2024-12-31' }, 'instrument_invalid'],
    [
      'with two findings on a criterion',
      'OTHER',
      { ...WIND, registryId: 'GO-2', criteria: [...WIND.criteria, ...WIND.criteria] },
      'instrument_invalid',
    ],
  ])('refuses an instrument %s', async (_what, code, body, refusal) => {
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '400.5' }]);
    await expect(instruments.put(ledger.tenantId, code, body)).rejects.toMatchObject({ code: refusal });
  });

  it('refuses a gas that no table knows, by name and place', async () => {
    const gases = [
      { gas: 'CO2', kg: '0.1' },
      { gas: 'PHLOGISTON', kg: '0.1' },
    ];
    await expect(instruments.put(ledger.tenantId, 'GAS', { ...WIND, registryId: 'GO-GAS', gases })).rejects.toMatchObject({
      code: 'gas_unknown',
      places: [{ at: 'body.gases[1].gas', code: 'gas_unknown' }],
    });
  });

  it('says at once what would keep an instrument from counting', async () => {
    const sound = await instruments.put(ledger.tenantId, 'SOUND', { ...WIND, registryId: 'GO-SOUND' });
    expect(sound).toMatchObject({ wouldCount: true, warnings: [] });
    const faulty = {
      ...WIND,
      registryId: 'GO-FAULTY',
      market: 'England',
      markets: ['Wales'],
      retiredOn: '2024-12-31',
      criteria: WIND.criteria.slice(1),
    };
    const named = ['instrument_retired_before_vintage', 'instrument_criteria_failed', 'instrument_market_differs'];
    const put = await instruments.put(ledger.tenantId, 'FAULTY', faulty);
    expect(put.wouldCount).toBe(false);
    expect(put.warnings.map(({ refusal }) => refusal)).toEqual(named);
    expect(put.warnings[1]!.detail).toContain('criterion 1: no finding');
    expect(await instruments.get(ledger.tenantId, 'FAULTY')).toEqual(put);
    const joint = await instruments.put(ledger.tenantId, 'JOINT', { ...WIND, registryId: 'GO-JOINT', market: 'FR', markets: ['GB'] });
    expect(joint).toMatchObject({ wouldCount: true, market: 'FR', markets: ['GB'] });
    const late = await instruments.allocate(ledger.tenantId, 'JOINT', [{ entity: 'HQ', year: 2023, mwh: '1' }]);
    expect(late).toMatchObject({ wouldCount: false, warnings: [{ refusal: 'instrument_vintage_outside' }] });
  });

  it('lets two that claim one registry id at once not both have it', async () => {
    const puts = ['A', 'B', 'C'].map((code) => instruments.put(ledger.tenantId, code, { ...WIND, registryId: 'GO-SAME' }));
    const settled = await Promise.allSettled(puts);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps profiles by version, and refuses those without the hours of their year', async () => {
    const profiles = new ProfilesService(ledger.dataSource);
    const place = { of: 'entity', code: 'HQ', year: 2025 } as const;
    const hours = (count: number, kWh = '1') => ({ timeZone: 'Europe/London', kwh: Array<string>(count).fill(kWh) });
    expect(await profiles.put(ledger.tenantId, place, hours(8_760))).toMatchObject({ version: 1 });
    expect(await profiles.put(ledger.tenantId, place, hours(8_760))).toMatchObject({ version: 1 });
    expect(await profiles.put(ledger.tenantId, place, hours(8_760, '2'))).toMatchObject({ version: 2 });
    expect((await profiles.get(ledger.tenantId, place)).kwh[0]).toBe('2');
    await expect(profiles.put(ledger.tenantId, place, hours(8_784))).rejects.toMatchObject({ code: 'profile_invalid' });
    await expect(profiles.put(ledger.tenantId, place, { ...hours(8_760), timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'profile_invalid',
    });
    await expect(profiles.put(ledger.tenantId, { ...place, code: 'MOON' }, hours(8_760))).rejects.toMatchObject({ code: 'entity_unknown' });
    await expect(profiles.get(ledger.tenantId, { ...place, year: 2024 })).rejects.toMatchObject({ code: 'profile_unknown' });
  });

  it('refuses a pool that may take the rows of another of its kind, until that is retired', async () => {
    const pools = new DeclarePoolsService(ledger.dataSource);
    const balance = (attributes: Record<string, string>) => ({
      kind: 'mass-balance' as const,
      select: { activityTypes: ['refrigerant.movement'], attributes },
    });
    const put = (code: string, spec: object) => pools.put(ledger.tenantId, code, spec as never);
    expect(await put('cooling', balance({ gas: 'R-32' }))).toMatchObject({ version: 1, retired: false });
    await put('switchgear', balance({ gas: 'SF6' }));
    await expect(put('all-gases', balance({}))).rejects.toMatchObject({
      code: 'pool_overlaps',
      detail: expect.stringContaining('cooling') as string,
    });
    await put('cooling', balance({ gas: 'R-32' }));
    for (const code of ['cooling', 'switchgear'])
      expect(await pools.retire(ledger.tenantId, code)).toMatchObject({ version: 2, retired: true });
    expect(await pools.retire(ledger.tenantId, 'cooling')).toMatchObject({ version: 2 });
    expect(await put('all-gases', balance({}))).toMatchObject({ version: 1 });
    await expect(put('cooling', balance({ gas: 'R-32' }))).rejects.toMatchObject({ code: 'pool_overlaps' });
    await expect(pools.retire(ledger.tenantId, 'nothing')).rejects.toMatchObject({ code: 'pool_unknown' });
    await put('instruments', { kind: 'instruments', vintage: 'within', toleranceDays: 3 });
    expect(await pools.retire(ledger.tenantId, 'instruments')).toMatchObject({
      retired: false,
      spec: { kind: 'instruments', vintage: 'overlaps', toleranceDays: 0 },
    });
  });

  it('keeps pools by version, and refuses what contradicts itself', async () => {
    const pools = new DeclarePoolsService(ledger.dataSource);
    const select = { activityTypes: ['travel.car'] };
    const survey = { kind: 'survey' as const, select, populations: [{ entityCode: 'HQ', year: 2025, heads: '100', respondents: '40' }] };
    expect(await pools.put(ledger.tenantId, 'commute', survey)).toMatchObject({ code: 'commute', version: 1, kind: 'survey' });
    expect(await pools.put(ledger.tenantId, 'commute', survey)).toMatchObject({ version: 1 });
    expect(
      await pools.put(ledger.tenantId, 'commute', { ...survey, populations: [{ ...survey.populations[0]!, heads: '101' }] }),
    ).toMatchObject({ version: 2 });
    const refusals = [
      ['commute', { kind: 'mass-balance' as const, select }, 'pool_invalid'],
      ['instruments', survey, 'pool_invalid'],
      ['other', { kind: 'mass-balance' as const, select: { activityTypes: ['nothing.such'] } }, 'pool_invalid'],
      ['other', { ...survey, populations: [{ ...survey.populations[0]!, entityCode: 'MOON' }] }, 'entity_unknown'],
    ] as const;
    for (const [code, spec, refusal] of refusals)
      await expect(pools.put(ledger.tenantId, code, spec as never)).rejects.toMatchObject({ code: refusal });
    const tooMany = {
      ...survey,
      select: { activityTypes: ['travel.bus'] },
      populations: [{ ...survey.populations[0]!, respondents: '100.5' }],
    };
    await expect(pools.put(ledger.tenantId, 'other', tooMany)).rejects.toMatchObject({
      code: 'survey_respondents_above_heads',
      places: [{ at: 'body.populations[0]', detail: '100.5 of 100 heads in HQ 2025.' }],
    });
    await expect(pools.get(ledger.tenantId, 'other')).rejects.toMatchObject({ code: 'pool_unknown' });
  });
});
