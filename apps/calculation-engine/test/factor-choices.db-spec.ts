import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { inTenant, postgresOptions } from '#postgres';
import { factorOf } from '../../../test/golden/fixtures';
import { testDatabase, type TestDatabase } from '../../../test/support/database';
import { FactorChoicesService } from '../src/factor-choices/factor-choices.service';
import { storeFactorSet } from '../src/factor-sets/store-factor-set';
import { keepDecisionInputs, pinnedDecisionInputs } from '../src/shared/decision-inputs';
import { ENGINE_ROWS } from '../src/shared/rows';

// Real: Postgres with the migrations and the engine's own role, the kernel's checks. Nothing is fake; the figures are invented.

describe('decisions about factors, as they are kept', () => {
  const tenantId = randomUUID();
  let database: TestDatabase;
  let dataSource: DataSource;
  let service: FactorChoicesService;
  const factor = { publisher: 'Test Press (invented)', edition: '2024', version: '1', code: 'a' };
  const head = {
    publisher: factor.publisher,
    edition: factor.edition,
    version: factor.version,
    title: 'Test',
    licence: 'invented',
    attribution: 'invented',
    gwpSet: 'AR5',
    invented: true,
  } as const;
  const signed = { author: 'Ada', reason: 'a reason' };
  const choose = (code: string, keys: object = {}, by = signed) =>
    service.choose(
      tenantId,
      { action: 'pin', keys: { activityType: 'freight.rail', ...keys }, leg: 'operation', factor: { ...factor, code } },
      by,
    );
  const inputs = () =>
    inTenant(dataSource, tenantId, async (transaction) => {
      const digest = await keepDecisionInputs(transaction);
      return { digest, choices: (await pinnedDecisionInputs(transaction, digest)).choices };
    });

  beforeAll(async () => {
    database = await testDatabase('factor_choices');
    dataSource = await new DataSource(
      postgresOptions(database.urlFor('scopebook_calculation'), 'factor-choices-test', ENGINE_ROWS, 5),
    ).initialize();
    service = new FactorChoicesService(dataSource);
    const power = { activityType: 'electricity.grid', leg: 'generation', unit: 'kWh' } as const;
    const factors = [
      ...['a', 'b'].map((code) => factorOf(code)),
      factorOf('of-supplier', { ...power, supplier: 'S' }),
      factorOf('residual', { ...power, attributes: { basis: 'market' } }),
    ];
    await inTenant(dataSource, tenantId, (transaction) => storeFactorSet(transaction, { ...head, factors }));
  }, 60_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('are an empty document at first, of one digest for all', async () => {
    const first = await inputs();
    expect(first.choices).toEqual([]);
    expect((await inputs()).digest).toBe(first.digest);
  });

  it('said ten times at once, are said once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => choose('a')));
    expect(new Set(answers.map(({ choice }) => choice.id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await choose('a', {}, { ...signed, reason: 'another' })).repeated).toBe(false);
    expect((await choose('a', { country: 'GB' })).repeated).toBe(false);
  });

  it('stand in the order of their writing, with times of one width', async () => {
    const { choices } = await inputs();
    expect(choices.map(({ keys, reason }) => [keys.country, reason])).toEqual([
      [undefined, 'a reason'],
      [undefined, 'another'],
      ['GB', 'a reason'],
    ]);
    const times = choices.map(({ decidedAt }) => decidedAt);
    for (const time of times) expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/);
    expect([...times].sort()).toEqual(times);
  });

  it('are taken back once, and may be said again; what a run pinned stays', async () => {
    const before = await inputs();
    const id = before.choices[2]!.id;
    const withdrawals = await Promise.allSettled(
      Array.from({ length: 5 }, () => service.withdraw(tenantId, id, { author: 'Ben', reason: 'error' })),
    );
    expect(withdrawals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of withdrawals) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'factor_choice_withdrawn' });
    const after = await inputs();
    expect(after.choices).toEqual(before.choices.slice(0, 2));
    expect(after.digest).not.toBe(before.digest);
    const pinned = await inTenant(dataSource, tenantId, (transaction) => pinnedDecisionInputs(transaction, before.digest));
    expect(pinned.choices).toEqual(before.choices);
    const again = await choose('a', { country: 'GB' });
    expect([again.repeated, again.choice.id === id]).toEqual([false, false]);
    const { items } = await service.list(tenantId, undefined, 100);
    expect(items.map(({ withdrawn }) => withdrawn && [withdrawn.author, withdrawn.reason])).toEqual([null, null, ['Ben', 'error'], null]);
  });

  it('cannot be taken back through a withdrawal, nor by another tenant', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ id: string }>(`select id from calculation.factor_choices where action = 'withdraw'`);
    await owner.end();
    const { items } = await service.list(tenantId, undefined, 1);
    for (const [tenant, id] of [
      [tenantId, rows[0]!.id],
      [randomUUID(), items[0]!.id],
    ] as const)
      await expect(service.withdraw(tenant, id, signed)).rejects.toMatchObject({ code: 'factor_choice_unknown' });
  });

  it('name a factor of a set that the tenant reads, and keys that there can be', async () => {
    await expect(choose('none')).rejects.toMatchObject({ code: 'factor_unknown' });
    await expect(choose('b', { country: 'XX', attributes: { colour: 'red' } })).rejects.toMatchObject({
      code: 'factor_choice_invalid',
      places: [
        { at: 'body.keys.country', code: 'country_unknown' },
        { at: 'body.keys.attributes.colour', code: 'attribute_unknown' },
      ],
    });
  });

  it('of the market side are for basis market alone', async () => {
    for (const code of ['of-supplier', 'residual']) {
      const body = {
        action: 'override',
        keys: { activityType: 'electricity.grid' },
        leg: 'generation',
        factor: { ...factor, code },
      } as const;
      await expect(service.choose(tenantId, body, signed)).rejects.toMatchObject({
        code: 'factor_choice_invalid',
        places: [{ at: 'body.basis', code: 'factor_of_market_side' }],
      });
    }
  });

  it('are said anew where a later one has overtaken them, and not otherwise', async () => {
    const tenant = randomUUID();
    await inTenant(dataSource, tenant, (transaction) =>
      storeFactorSet(transaction, { ...head, factors: ['a', 'b'].map((code) => factorOf(code)) }),
    );
    const says = async (action: 'pin' | 'refuse', code: string, country?: string) => {
      const keys = { activityType: 'freight.rail', ...(country ? { country } : {}) };
      const { choice, repeated } = await service.choose(tenant, { action, keys, leg: 'operation', factor: { ...factor, code } }, signed);
      return { id: choice.id, repeated };
    };
    const first = await says('pin', 'a');
    expect(await says('pin', 'a')).toEqual({ ...first, repeated: true });
    await says('pin', 'b', 'FR');
    await says('refuse', 'b');
    expect(await says('pin', 'a')).toEqual({ ...first, repeated: true });
    const second = await says('pin', 'b');
    const third = await says('pin', 'a');
    expect([second.repeated, third.repeated, third.id === first.id]).toEqual([false, false, false]);
    expect(await says('pin', 'a')).toEqual({ ...third, repeated: true });
    const refusal = await says('refuse', 'a');
    const fourth = await says('pin', 'a');
    expect([refusal.repeated, fourth.repeated]).toEqual([false, false]);
    for (const { id } of [fourth, refusal]) await service.withdraw(tenant, id, signed);
    expect(await says('pin', 'a')).toEqual({ ...third, repeated: true });
  });

  it('are paged', async () => {
    const first = await service.list(tenantId, undefined, 3);
    const rest = await service.list(tenantId, first.next!, 3);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, null]);
    await expect(service.list(tenantId, 'x', 3)).rejects.toMatchObject({ code: 'request_invalid' });
  });
});
