import { Client } from 'pg';
import type { InventoryView, RunView } from '#contracts';
import { canonicalJson } from '#ghg';
import { RUN_DECISIONS, RUN_INPUTS, RUN_POOLS } from '#postgres';
import { sha256Hex } from '#platform';
import { sealedPins } from '../../apps/calculation-engine/src/seal-run/seal-run.service';
import type { RunPins } from '../../apps/calculation-engine/src/shared/rows';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// A company with a plant in Britain and one in Germany that burn gas by the kilowatt-hour (gross). Its own factors, all invented: editions 2024 and
// 2025 with 0.2 and 0.19 kg CO2e per kWh for both countries, and one for a subregion abroad. People decide otherwise, and take it back.

const factor = (code: string, region: string, year: number, kgco2e: string) => ({
  code,
  activityType: 'fuel.natural-gas',
  leg: 'combustion',
  region,
  year,
  attributes: { calorific_basis: 'gross' },
  unit: 'kWh',
  kgco2e,
  source: { table: 'invented', row: code },
});
const edition = (name: string, factors: readonly object[], version = '1') => ({
  publisher: 'Choice Ltd',
  edition: name,
  version,
  title: `Gas of Choice Ltd, ${name} (invented)`,
  licence: 'invented',
  attribution: 'Choice Ltd',
  gwpSet: 'AR5',
  invented: true,
  factors,
});
const OF_2024 = [factor('gb', 'GB', 2024, '0.2'), factor('de', 'DE', 2024, '0.2')];
const OF_2025 = [factor('gb', 'GB', 2025, '0.19'), factor('de', 'DE', 2025, '0.19'), factor('camx', 'US-CAMX', 2025, '0.1')];
const MAPPING = {
  source: 'meters',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      operands: { quantity: { value: { column: 'kwh' }, unit: { constant: 'kWh' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
  ],
};
const CSV = ['bill,site,kwh,from,to', 'B,BRITAIN,"1,000",2025-01-01,2025-12-31', 'G,GERMANY,"1,000",2025-01-01,2025-12-31', ''].join('\n');

interface Choice {
  readonly id: string;
  readonly author: string;
  readonly decidedAt: string;
  readonly withdrawn: object | null;
}
interface Entry {
  readonly id: string;
  readonly entity: string;
  readonly leg: string;
  readonly kgco2e: string;
  readonly reverses: string | null;
}

describe('a person decides about factors', () => {
  let services: RunningServices;
  let company: TestTenant;
  const named = (code: string, of = '2024', version = '1') => ({ publisher: 'Choice Ltd', edition: of, version, code });
  const body = (action: string, factor: object, keys: object = {}) => ({
    action,
    keys: { activityType: 'fuel.natural-gas', ...keys },
    leg: 'combustion',
    factor,
    reason: `${action}, since the supplier says so`,
  });
  const choose = async (...said: Parameters<typeof body>): Promise<Choice> =>
    (await company.post('/v1/factor-choices', { ...body(...said), author: 'Ada Weber' }).expect(201)).body as Choice;
  const withdraw = async ({ id }: Choice): Promise<Choice> =>
    (await company.post(`/v1/factor-choices/${id}/withdrawal`, { reason: 'it was an error', author: 'Ben' }).expect(200)).body as Choice;
  const refusal = async (said: object, status: number) =>
    ((await company.post('/v1/factor-choices', said).expect(status)).body as { code: string; places?: { at: string; code: string }[] }) ??
    {};
  const scope1 = async (): Promise<InventoryView> => company.inventory({ year: 2025 });
  /** The entries that stand, by entity. */
  const standing = async (): Promise<Record<string, Entry>> => {
    const entries = (await company.all<Entry>('/v1/entries', { year: 2025 })).filter(({ leg }) => leg === 'combustion');
    const reversed = entries.map(({ reverses }) => reverses);
    const stand = entries.filter(({ id, reverses }) => reverses === null && !reversed.includes(id));
    return Object.fromEntries(stand.map((entry) => [entry.entity, entry]));
  };
  const explain = async (entity: string) =>
    (await company.get(`/v1/entries/${(await standing())[entity]!.id}/explanation`).expect(200)).body as {
      choice: object | null;
      rate: { factor: { code: string; edition: string }; fallbacks: string[] };
      candidates: { code: string; reason: string; choice?: object }[];
    };
  const openKeys = async (): Promise<string[]> => {
    const keys = await company.all<{ country: string; refusals: { leg: string; code: string }[] }>('/v1/books/main/open-keys');
    return keys.flatMap(({ country, refusals }) =>
      refusals.filter(({ leg }) => leg === 'combustion').map(({ code }) => `${country}: ${code}`),
    );
  };

  beforeAll(async () => {
    services = await startServices('choices');
    company = await TestTenant.create(services, 'Choice Ltd');
    await company
      .put('/v1/entities', [
        { code: 'BRITAIN', name: 'Works in Britain', country: 'GB' },
        { code: 'GERMANY', name: 'Works in Germany', country: 'DE' },
      ])
      .expect(succeeded);
    await company.put('/v1/books/main', { gwpSet: 'AR5', catalogue: false }).expect(succeeded);
    await company.post('/v1/factor-sets', edition('2024', OF_2024)).expect(succeeded);
    await company.post('/v1/factor-sets', edition('2025', OF_2025)).expect(succeeded);
    await company.put('/v1/mappings/meters', MAPPING).expect(succeeded);
    expect(await company.import('meters', 'gas.csv', CSV)).toMatchObject({ accepted: 2, refused: 0 });
    await company.calculate();
  }, 180_000);
  afterAll(() => services?.stop());

  it('refuses at once what can never work', async () => {
    expect(await refusal(body('pin', named('none')), 404)).toMatchObject({ code: 'factor_unknown' });
    expect(await refusal(body('pin', named('gb', '2024', '9')), 404)).toMatchObject({ code: 'factor_unknown' });
    expect(await refusal(body('pin', named('gb'), { activityType: 'fuel.unobtainium' }), 422)).toMatchObject({
      code: 'factor_choice_invalid',
      places: expect.arrayContaining([expect.objectContaining({ at: 'body.keys.activityType', code: 'activity_type_unknown' })]) as object,
    });
    expect(await refusal({ ...body('pin', named('gb')), leg: 'generation' }, 422)).toMatchObject({ code: 'factor_choice_invalid' });
    expect(await refusal(body('pin', named('gb'), { attributes: { colour: 'red' } }), 422)).toMatchObject({
      code: 'factor_choice_invalid',
    });
    expect(await refusal({ ...body('pin', named('gb')), reason: ' ' }, 400)).toMatchObject({ code: 'request_invalid' });
    expect(await refusal({ ...body('pin', named('gb')), reason: 'x'.repeat(1_001) }, 400)).toMatchObject({ code: 'request_invalid' });
    expect(await company.all('/v1/factor-choices')).toEqual([]);
  });

  let pin: Choice;
  it('pins an older edition for one country: only its key is restated', async () => {
    expect(await scope1()).toMatchObject({ scope1: '0.38' });
    const before = await standing();
    pin = await choose('pin', named('gb'), { country: 'GB' });
    expect(pin).toMatchObject({ author: 'Ada Weber (API key "test")', reason: 'pin, since the supplier says so', withdrawn: null });
    expect(await company.calculate()).toMatchObject({ keysChanged: 1, entries: 2, reversals: 1 });
    expect(await scope1()).toMatchObject({ scope1: '0.39' });
    const { BRITAIN, GERMANY } = await standing();
    expect([BRITAIN?.kgco2e, GERMANY?.id]).toEqual(['200', before.GERMANY?.id]);
    const { choice, rate, candidates } = await explain('BRITAIN');
    expect(choice).toEqual({
      id: pin.id,
      action: 'pin',
      author: pin.author,
      reason: 'pin, since the supplier says so',
      decidedAt: pin.decidedAt,
    });
    expect(rate).toMatchObject({ factor: { code: 'gb', edition: '2024' }, fallbacks: ['year_earlier'] });
    expect(candidates[0]).toMatchObject({ code: 'gb', reason: 'pinned_by_person' });
    expect(await explain('GERMANY')).toMatchObject({ choice: null });
  });

  it('said again it is the same, and a run without news moves nothing', async () => {
    const again = { ...body('pin', named('gb'), { country: 'GB' }), author: 'Ada Weber' };
    expect((await company.post('/v1/factor-choices', again).expect(200)).body).toMatchObject({ id: pin.id });
    expect(await company.calculate()).toMatchObject({ keysChanged: 0, entries: 0 });
  });

  let override: Choice;
  it('overrides with a factor from abroad, whose tonnes every inventory counts', async () => {
    override = await choose('override', named('camx', '2025'), { country: 'DE' });
    expect(await company.calculate()).toMatchObject({ keysChanged: 1, reversals: 1 });
    const inventory = await scope1();
    expect(inventory).toMatchObject({ scope1: '0.3' }); // 1,000 × 0.2 + 1,000 × 0.1
    expect(inventory.fallbacks.find(({ fallback }) => fallback === 'chosen_by_person')).toMatchObject({ tco2e: '0.1' });
    const { choice, rate, candidates } = await explain('GERMANY');
    expect(choice).toMatchObject({ id: override.id, action: 'override' });
    expect(rate.fallbacks).toEqual(['chosen_by_person', 'region_other_country']);
    expect(candidates[0]).toMatchObject({ code: 'de', reason: 'overridden_by_person' });
  });

  it('takes back, with author and reason, and once only', async () => {
    expect(await withdraw(override)).toMatchObject({
      id: override.id,
      withdrawn: { author: 'Ben (API key "test")', reason: 'it was an error' },
    });
    const twice = await company.post(`/v1/factor-choices/${override.id}/withdrawal`, { reason: 'again' }).expect(409);
    expect(twice.body).toMatchObject({ code: 'factor_choice_withdrawn' });
    await company.post('/v1/factor-choices/00000000-0000-4000-8000-000000000000/withdrawal', { reason: 'x' }).expect(404);
    expect(await company.calculate()).toMatchObject({ keysChanged: 1, reversals: 1 });
    expect(await scope1()).toMatchObject({ scope1: '0.39' });
    expect(await explain('GERMANY')).toMatchObject({ choice: null });
    const listed = await company.all<Choice>('/v1/factor-choices', { limit: 1 });
    expect(listed.map(({ id, withdrawn }) => [id, withdrawn === null])).toEqual([
      [pin.id, true],
      [override.id, false],
    ]);
  });

  it('refuses the winner: the cascade goes on; with the last one gone the key is open and says why', async () => {
    const first = await choose('refuse', named('de', '2025'), { country: 'DE' });
    await company.calculate();
    expect((await standing()).GERMANY?.kgco2e).toBe('200');
    const { choice, rate, candidates } = await explain('GERMANY');
    expect([choice, rate.factor.edition]).toEqual([expect.objectContaining({ id: first.id, action: 'refuse' }), '2024']);
    expect(candidates[0]).toMatchObject({ code: 'de', reason: 'refused_by_person', choice: { id: first.id, author: first.author } });
    const others = [await choose('refuse', named('de', '2024'), { country: 'DE' })];
    for (const year of ['2024', '2025']) others.push(await choose('refuse', named('gb', year), { country: 'DE' }));
    await company.calculate();
    expect(await openKeys()).toEqual(['DE: factor_refused_by_person']);
    for (const one of [first, ...others]) await withdraw(one);
    await company.calculate();
    expect(await openKeys()).toEqual([]);
  });

  it('names what a person chose and no set has any more, and takes nothing else', async () => {
    await company.post('/v1/factor-sets', edition('2024', OF_2024.slice(1), '2')).expect(succeeded);
    await company.calculate();
    expect(await openKeys()).toEqual(['GB: chosen_factor_missing']);
    await withdraw(pin);
    await company.calculate();
    expect(await openKeys()).toEqual([]);
    expect(await scope1()).toMatchObject({ scope1: '0.38' });
  });

  it('shows a decision that changes no figure, and moves nothing for it', async () => {
    const same = await choose('pin', named('gb', '2025'), { country: 'GB' });
    expect(await company.calculate()).toMatchObject({ keysChanged: 0, entries: 0 });
    expect(await explain('BRITAIN')).toMatchObject({ choice: { id: same.id } });
  });

  it('is covered by the seal: other decisions would make another', async () => {
    const run = await company.calculate();
    const owner = new Client({ connectionString: services.database.ownerUrl });
    await owner.connect();
    try {
      const read = async <T extends object>(sql: string, parameters: unknown[]) => (await owner.query<T>(sql, parameters)).rows;
      const [pinned] = await read<{ digest: string; body: { choices: { id: string }[] } }>(
        `select d.digest, d.body from calculation.runs r
         join calculation.decision_inputs d on d.tenant_id = r.tenant_id and d.digest = r.pins ->> 'decisionInputs' where r.id = $1`,
        [run.id],
      );
      const stand = (await company.all<Choice>('/v1/factor-choices')).filter(({ withdrawn }) => withdrawn === null);
      expect(pinned!.body.choices.map(({ id }) => id)).toEqual(stand.map(({ id }) => id));
      const { previousSeal, ordinal, contentDigest, kgco2e, entries } = run satisfies RunView;
      const ofRun = [company.tenantId, run.id];
      const [{ pins }] = (await read<{ pins: RunPins }>('select pins from calculation.runs where id = $1', [run.id])) as [
        { pins: RunPins },
      ];
      const [{ digest: decisions }] = (await read<{ digest: string }>(RUN_DECISIONS, ofRun)) as [{ digest: string }];
      const rest = { inputs: await read(RUN_INPUTS, ofRun), decisions, pools: await read(RUN_POOLS, ofRun) };
      const sealOf = (over: RunPins) =>
        sha256Hex(
          canonicalJson({ previousSeal, ordinal, ...rest, pins: sealedPins(over), contentDigest, entries: String(entries), kgco2e }),
        );
      expect(pins.decisionInputs).toBe(pinned!.digest);
      expect(sealOf(pins)).toBe(run.seal);
      expect(sealOf({ ...pins, decisionInputs: sha256Hex('') })).not.toBe(run.seal);
      expect(sealOf({ ...pins, factorSets: pins.factorSets.slice(1) })).not.toBe(run.seal);
    } finally {
      await owner.end();
    }
  });

  it('shows nobody else what was decided', async () => {
    const other = await TestTenant.create(services, 'Other Ltd');
    expect(await other.all('/v1/factor-choices')).toEqual([]);
    await other.post(`/v1/factor-choices/${pin.id}/withdrawal`, { reason: 'mine' }).expect(404);
    expect((await other.post('/v1/factor-choices', body('pin', named('gb'))).expect(404)).body).toMatchObject({ code: 'factor_unknown' });
  });
});
