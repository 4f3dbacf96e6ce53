import { DeclarePoolsService } from '../src/declare-pools/declare-pools.service';
import { ExplainEntryService } from '../src/explain-entry/explain-entry.service';
import { InstrumentsService } from '../src/instruments/instruments.service';
import { ProfilesService } from '../src/instruments/profiles.service';
import { OpenKeysService } from '../src/open-keys/open-keys.service';
import { SeededLedger, type SeedRecord } from '../../../test/support/seeded-ledger';
import { GRID, power, WIND } from '../../../test/support/dual-reporting';

/** Net kgCO2e of purchased electricity and net kWh of the energy leg, per basis. */
const SUMS = `
select r.leg, r.basis, trim_scale(sum(e.kgco2e))::text as kgco2e, trim_scale(sum(e.quantity))::text as quantity
from calculation.entries e join calculation.rates r on r.id = e.rate_id and r.leg in ('generation', 'energy')
group by r.leg, r.basis order by r.leg, r.basis`;

const COUNTS = `
select activities::int, calculated::int, partly::int, refused::int, excluded::int, pool_refusals::int as "poolRefusals"
from calculation.runs where status = 'sealed' order by ordinal desc limit 1`;

const gas = (movement: string, kg: string, substance = 'CH4'): SeedRecord => ({
  name: `${substance} ${movement}`,
  activityType: 'refrigerant.movement',
  unit: 'kg',
  quantity: kg,
  attributes: { gas: substance, movement },
});

describe('pools over the same rows of a ledger', () => {
  let ledger: SeededLedger;
  let instruments: InstrumentsService;
  let pools: DeclarePoolsService;
  beforeEach(async () => {
    ledger = await SeededLedger.open('pool_order');
    instruments = new InstrumentsService(ledger.dataSource, ledger.gases);
    pools = new DeclarePoolsService(ledger.dataSource);
    await ledger.addFactorSet(GRID);
  });
  afterEach(() => ledger.close());

  const put = (code: string, spec: object) => pools.put(ledger.tenantId, code, spec as never);
  const results = async (code: string) => (await pools.results(ledger.tenantId, 'main', code, undefined, 50)).items;
  const counts = async () => (await ledger.query<Record<string, number>>(COUNTS))[0];
  const openKeys = async () => (await new OpenKeysService(ledger.dataSource).list(ledger.tenantId, 'main', undefined, 50)).items;
  const balance = (attributes: Record<string, string> = {}) => ({
    kind: 'mass-balance',
    select: { activityTypes: ['refrigerant.movement'], attributes },
  });
  const building = {
    kind: 'allocation',
    sources: { activityTypes: ['electricity.grid'], entities: ['HQ'] },
    basis: 'area',
    receivers: [
      { name: 'own floors', entityCode: 'HQ', weight: '300', unit: 'm2' },
      { name: 'tenant', entityCode: null, weight: '700', unit: 'm2' },
    ],
  };

  it('600 MWh of certificates cover the 300 of 1,000 MWh that are the own floors’, and nothing of the tenant’s', async () => {
    await ledger.addImport([power('meter', '1000000')]);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '600' }]);
    await put('building', building);
    await ledger.run();
    expect(await ledger.query(SUMS)).toEqual([
      { leg: 'energy', basis: 'all', kgco2e: '0', quantity: '300000' },
      { leg: 'energy', basis: 'market', kgco2e: '0', quantity: '0' },
      { leg: 'generation', basis: 'location', kgco2e: '60000', quantity: '300000' },
      { leg: 'generation', basis: 'market', kgco2e: '0', quantity: '300000' },
    ]);
    expect((await results('instruments'))[0]!.figures).toMatchObject({
      consumed_kwh: '300000',
      covered_kwh: '300000',
      surplus_kwh: '300000',
    });
    expect((await results('building'))[0]!.figures).toMatchObject({ 'weight_years:own floors': 'every year' });
    await ledger.run();
    expect(await ledger.query('select from calculation.pool_results')).toHaveLength(2);
  });

  it('a receiver claims what it consumes, although no row of it is there; the path leads to the rows of the meter', async () => {
    await ledger.addEntity('NORTH');
    await ledger.addImport([power('meter', '1000')]);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'NORTH', year: 2025, mwh: '0.2' }]);
    await put('building', { ...building, receivers: [{ ...building.receivers[0]!, entityCode: 'NORTH' }, building.receivers[1]!] });
    await ledger.run();
    const [claimed] = await results('instruments');
    expect(claimed).toMatchObject({ entity: 'NORTH', figures: { consumed_kwh: '300', covered_kwh: '200' }, refusals: [] });
    const [member] = claimed!.members;
    expect(member).toMatchObject({ entityCode: 'NORTH', quantity: '300', attributes: {} });
    expect(member!.path).toBe(`/v1/activities?matchKey=${member!.matchKeyId}&year=2025`);
    const [shared] = await results('building');
    expect(shared!.members[0]!.path).toBe(`/v1/activities?matchKey=${member!.matchKeyId}&entity=HQ&year=2025`);
    const market = (await ledger.query<{ leg: string; basis: string; kgco2e: string }>(SUMS)).find(
      ({ leg, basis }) => leg === 'generation' && basis === 'market',
    );
    expect(market!.kgco2e).toBe('45'); // 100 kWh uncovered × 0.45
  });

  it('two surveys that take one row: the later by code is refused, also where their declarations could not be held against each other', async () => {
    await ledger.addImport([power('meter', '1000')]);
    const survey = {
      kind: 'survey',
      select: { activityTypes: ['electricity.grid'] },
      populations: [{ entityCode: 'HQ', year: 2025, heads: '20', respondents: '10' }],
    };
    await put('a', survey);
    await expect(put('b', survey)).rejects.toMatchObject({ code: 'pool_overlaps' });
    await ledger.query(
      "insert into calculation.pools (tenant_id, code, version, kind, spec, digest) select tenant_id, 'b', 1, kind, spec, digest from calculation.pools",
    );
    await ledger.run();
    expect((await results('b'))[0]).toMatchObject({ postingCount: 0, refusals: [{ refusal: 'pool_overlaps', at: 'a' }] });
    expect((await ledger.query<{ quantity: string }>(SUMS)).at(-1)!.quantity).toBe('2000');
    expect(await counts()).toMatchObject({ poolRefusals: 1 });
  });

  it('a retired pool takes back what it posted, and says nothing any more', async () => {
    await ledger.addImport([power('meter', '1000')]);
    await put('building', building);
    await ledger.run();
    const generation = async () => (await ledger.query<{ quantity: string }>(SUMS)).at(-1)!.quantity;
    expect(await generation()).toBe('300');
    await pools.retire(ledger.tenantId, 'building');
    await ledger.run();
    expect(await generation()).toBe('1000');
    expect((await results('building'))[0]).toMatchObject({ memberCount: 0, postingCount: 0, refusals: [] });
    await put('building', building);
    await ledger.run();
    expect(await generation()).toBe('300');
  });

  it('a pool that selects no row says so, until a row comes', async () => {
    await ledger.addImport([power('meter', '1000')]);
    await put('cooling', balance());
    await put('boiler', { ...building, sources: { activityTypes: ['heat.district'] } });
    await ledger.run();
    expect(await results('cooling')).toMatchObject([{ entity: null, year: null, refusals: [{ refusal: 'pool_without_members' }] }]);
    expect(await results('boiler')).toMatchObject([{ entity: null, year: null, refusals: [{ refusal: 'pool_without_members' }] }]);
    await ledger.addImport([gas('opening', '9'), gas('closing', '4')]);
    await ledger.run();
    expect((await results('cooling')).map(({ entity, refusals }) => [entity, refusals])).toEqual([
      ['HQ', []],
      [null, []],
    ]);
    expect(await counts()).toMatchObject({ poolRefusals: 1 });
  });

  it('rows that only a pool can count are refused and listed until one counts them', async () => {
    await ledger.addImport([power('meter', '1000'), gas('opening', '9'), gas('closing', '4'), gas('opening', '1', 'CO2')]);
    await ledger.run();
    const partly = (await counts())!.partly;
    expect(await counts()).toMatchObject({ activities: 4, calculated: 1 - partly!, refused: 3, poolRefusals: 0 });
    const missing = (await openKeys()).filter(({ activityType }) => activityType === 'refrigerant.movement');
    expect(missing).toHaveLength(3);
    expect(missing[0]).toMatchObject({
      outcome: 'refused',
      activities: 1,
      refusals: [{ leg: 'pooled', basis: 'all', code: 'pool_missing', detail: 'Only a pool can count these rows, and none takes them.' }],
    });
    await put('cooling', balance());
    await ledger.run();
    // methane closes; of carbon dioxide nobody stated the closing stock
    expect(await counts()).toMatchObject({ activities: 4, calculated: 3 - partly!, refused: 1, poolRefusals: 1 });
    const open = (await openKeys()).filter(({ activityType }) => activityType === 'refrigerant.movement');
    expect(open).toMatchObject([{ attributes: { gas: 'CO2' }, refusals: [{ code: 'mass_balance_open' }] }]);
    expect(open[0]!.refusals[0]!.detail).toContain('cooling');
    const [result] = await results('cooling');
    expect(result!.members.map(({ attributes, refusal }) => [attributes.gas, attributes.movement, refusal])).toEqual(
      expect.arrayContaining([
        ['CH4', 'opening', undefined],
        ['CH4', 'closing', undefined],
        ['CO2', 'opening', 'mass_balance_open'],
      ]),
    );
  });

  it('shows on a bill why an instrument covers nothing of it', async () => {
    await ledger.addImport([power('meter', '1000')]);
    await instruments.put(ledger.tenantId, 'WIND', { ...WIND, criteria: [] });
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '1' }]);
    await ledger.run();
    expect(await counts()).toMatchObject({ poolRefusals: 1 });
    const [entry] = await ledger.query<{ id: string }>(
      "select e.id from calculation.entries e join calculation.rates r on r.id = e.rate_id and r.basis = 'market' and r.leg = 'generation'",
    );
    const explained = await new ExplainEntryService(ledger.dataSource).explain(ledger.tenantId, entry!.id);
    expect(explained).toMatchObject({
      adjustedBy: [],
      poolRefusals: [{ pool: 'instruments', refusal: 'instrument_criteria_failed', at: 'WIND' }],
    });
  });

  it('names consumption without a market-based rate in the result', async () => {
    await ledger.addImport([power('meter', '1000'), { ...power('heat', '50'), name: 'heat', activityType: 'heat.district' }]);
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '1' }]);
    await ledger.run();
    expect((await results('instruments'))[0]).toMatchObject({
      memberCount: 2,
      figures: { covered_kwh: '1000' },
      refusals: [{ refusal: 'instrument_member_unrated', at: 'HQ 2025 heat.district GB in kWh' }],
    });
  });

  it('rests on what the hours say, not on the number of their version', async () => {
    await ledger.addImport([power('meter', '8760')]);
    const profiles = new ProfilesService(ledger.dataSource);
    const flat = { timeZone: 'Europe/London', kwh: Array<string>(8_760).fill('1') };
    await instruments.put(ledger.tenantId, 'WIND', WIND);
    await instruments.allocate(ledger.tenantId, 'WIND', [{ entity: 'HQ', year: 2025, mwh: '8.76' }]);
    await profiles.put(ledger.tenantId, { of: 'entity', code: 'HQ', year: 2025 }, flat);
    await profiles.put(ledger.tenantId, { of: 'instrument', code: 'WIND', year: 2025 }, flat);
    await ledger.query(
      "insert into calculation.books (tenant_id, id, name, method_pack, gwp_set) values ($1, gen_random_uuid(), 'main', 'ghg-protocol-2015-hourly', 'AR5')",
      [ledger.tenantId],
    );
    await ledger.run();
    const stored = await ledger.query<{ digest: string }>('select digest from calculation.profiles order by of_kind, of_code');
    const digests = () =>
      ledger.query<{ digest: string; profiles: { digest: string }[] }>(
        "select digest, body -> 'input' -> 'profiles' as profiles from calculation.pool_results order by id",
      );
    expect((await digests())[0]!.profiles.map(({ digest }) => digest)).toEqual(stored.map(({ digest }) => digest));
    // other hours of the same sum under the same number: what is covered stays, what was read does not
    await ledger.query(
      "update calculation.profiles set kwh = jsonb_set(jsonb_set(kwh, '{0}', '\"2\"'), '{1}', '\"0\"'), digest = 'other hours'",
    );
    await ledger.run();
    const [before, after] = await digests();
    expect(after!.digest).not.toBe(before!.digest);
    expect(after!.profiles.map(({ digest }) => digest)).toEqual(['other hours', 'other hours']);
  });
});
