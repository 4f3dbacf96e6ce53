import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { METHOD_PACK_DEFAULT, type Basis, type FallbackCode, type LegId, type Rate, type SourceClass } from '#ghg';

/** What a test says of a leg; the rest of the rate is filled in. */
export interface LegWish {
  readonly leg?: LegId;
  readonly basis?: Basis;
  readonly sourceClass?: SourceClass;
  readonly kgco2e: string;
  readonly biogenicKgco2?: string;
  readonly fallbacks?: readonly FallbackCode[];
  readonly factorCode?: string;
}

export interface ActivityWish {
  readonly importId: string;
  readonly key: string;
  readonly entity: string;
  readonly quantity: string;
  readonly period?: readonly [string, string];
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly flags?: readonly string[];
}

export const FACTOR_SET = '11111111-2222-4333-8444-555555555555';

function rateOf(wish: LegWish, unit: string): Rate {
  return {
    leg: wish.leg ?? 'combustion',
    basis: wish.basis ?? 'all',
    sourceClass: wish.sourceClass ?? 'stationary-combustion',
    unit,
    kgco2e: wish.kgco2e,
    biogenicKgco2: wish.biogenicKgco2 ?? '0',
    gwpSet: 'AR5',
    gases: [{ gas: 'CO2', kg: wish.kgco2e }],
    notConvertible: null,
    factor: {
      setId: FACTOR_SET,
      publisher: 'Test',
      edition: '2025',
      version: '1',
      licence: 'none',
      invented: true,
      code: wish.factorCode ?? 'T1',
      region: 'GB',
      year: 2025,
      unit,
      source: { table: 'T', row: '1' },
    },
    method: 'test',
    conversion: [],
    fallbacks: wish.fallbacks ?? [],
    rounded: false,
    formula: 'quantity × rate',
  };
}

/**
 * A ledger of one tenant, written straight into the tables by the installing superuser, in the order in which ingestion and engine write it:
 * entities, import, activities, decisions with rates, entries, seal.
 */
export class SmallLedger {
  private readonly entities = new Map<string, string>();
  private readonly keys = new Map<string, { readonly decision: string; readonly unit: string }>();
  private imports = 0;
  private ordinal = 0;
  private line = 0;
  private run = randomUUID() as string;
  readonly bookId = randomUUID() as string;

  private constructor(
    private readonly client: Client,
    readonly tenantId: string,
  ) {}

  static async open(ownerUrl: string): Promise<SmallLedger> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    const ledger = new SmallLedger(client, randomUUID());
    const { tenantId } = ledger;
    await ledger.sql('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, 'Test']);
    await ledger.sql('insert into ingestion.mappings values ($1, $2, 1, $3, $4)', [tenantId, 'm', '{}', 'd']);
    await ledger.sql('insert into calculation.books values ($1, $2, $3, $4, $5)', [
      tenantId,
      ledger.bookId,
      'main',
      METHOD_PACK_DEFAULT,
      'AR5',
    ]);
    await ledger.openRun();
    return ledger;
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(text, [...values])).rows;
  }

  async entity(code: string, country = 'GB'): Promise<void> {
    this.entities.set(code, randomUUID());
    await this.sql('insert into gateway.entities (tenant_id, id, code, name, country) values ($1, $2, $3, $3, $4)', [
      this.tenantId,
      this.entities.get(code),
      code,
      country,
    ]);
  }

  async holding(entity: string, holder: string, share: string, control: boolean, from: string, to: string | null = null): Promise<void> {
    await this.sql(
      `insert into gateway.holdings (tenant_id, entity_id, holder_id, share, relation, operational_control, financial_control, valid_from, valid_to)
       values ($1, $2, $3, $4, 'subsidiary', $5, $5, $6, $7)`,
      [this.tenantId, this.entities.get(entity), this.entities.get(holder), share, control, from, to],
    );
  }

  async tag(name: string, type: string): Promise<void> {
    await this.sql('insert into ingestion.tags values ($1, $2, $3)', [this.tenantId, name, type]);
  }

  /** An import with these counts, taken in by the open run. */
  async import(accepted: number, refused = 0, duplicate = 0): Promise<string> {
    const id = randomUUID();
    this.imports += 1;
    await this.sql(
      `insert into ingestion.imports (tenant_id, id, ordinal, file_id, file_name, sha256, bytes, mapping_name, mapping_version, status, lines, records,
         accepted, refused, duplicate, finished_at)
       values ($1, $2::uuid, $3, 'f', 'f.csv', encode(sha256(uuid_send($2::uuid)), 'hex'), 1, 'm', 1, 'finished', $4, $4, $5, $6, $7, now())`,
      [this.tenantId, id, this.imports, accepted + refused + duplicate, accepted, refused, duplicate],
    );
    const taken = [this.tenantId, this.bookId, id, this.imports, this.run];
    await this.sql('insert into calculation.run_imports values ($1, $2, $3, $4, $5)', taken);
    return id;
  }

  /** A match key, and its decision by the open run. */
  async key(
    activityType: string,
    unit: string,
    legs: readonly LegWish[],
    { year = 2025, country = 'GB', attributes = {} as Readonly<Record<string, string>> } = {},
  ): Promise<string> {
    const [key] = await this.sql<{ id: string }>(
      `insert into ingestion.match_keys (tenant_id, digest, activity_type, unit, year, country, attributes)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $6) returning id`,
      [this.tenantId, activityType, unit, year, country, JSON.stringify(attributes)],
    );
    const [decision] = await this.sql<{ id: string }>(
      `insert into calculation.decisions (tenant_id, book_id, run_id, match_key_id, outcome, digest, effect, body)
       values ($1, $2, $3, $4, 'calculated', 'd', 'e', '{}') returning id`,
      [this.tenantId, this.bookId, this.run, key!.id],
    );
    for (const wish of legs) {
      const rate = rateOf(wish, unit);
      await this.sql(
        `insert into calculation.rates (tenant_id, decision_id, leg, basis, source_class, kgco2e, biogenic_kgco2, digest, effect, body)
         values ($1, $2, $3, $4, $5, $6, $7, 'd', 'e', $8)`,
        [this.tenantId, decision!.id, rate.leg, rate.basis, rate.sourceClass, rate.kgco2e, rate.biogenicKgco2, JSON.stringify(rate)],
      );
    }
    this.keys.set(key!.id, { decision: decision!.id, unit });
    return key!.id;
  }

  /** An activity, and its entries by the open run: one per leg of its key. */
  async activity({
    importId,
    key,
    entity,
    quantity,
    period = ['2025-01-01', '2025-12-31'],
    tags = {},
    flags = [],
  }: ActivityWish): Promise<string> {
    this.line += 1;
    const [row] = await this.sql<{ id: string }>(
      `insert into ingestion.activities (tenant_id, id, segment, segments, import_id, line, slot, version, entity_id, match_key_id, period_start,
         period_end, quantity, stated, flags, tags)
       values ($1, nextval('ingestion.activity_ids'), 1, 1, $2, $3, 1, 1, $4, $5, $6, $7, $8, '[]', $9, $10) returning id`,
      [this.tenantId, importId, this.line, this.entities.get(entity), key, ...period, quantity, flags, JSON.stringify(tags)],
    );
    await this.sql(
      `insert into calculation.entries (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e,
         biogenic_kgco2)
       select $1, $2, $3, $4, 1, 1, $5, 1, r.id, $6, $6 * r.kgco2e, $6 * r.biogenic_kgco2
       from calculation.rates r where r.tenant_id = $1 and r.decision_id = $7`,
      [this.tenantId, this.bookId, this.run, row!.id, this.line, quantity, this.keys.get(key)!.decision],
    );
    return row!.id;
  }

  /** Reverses every entry of an activity in the open run. */
  async reverse(activityId: string): Promise<void> {
    await this.sql(
      `insert into calculation.entries (tenant_id, book_id, run_id, activity_id, segment, import_ordinal, line, slot, rate_id, quantity, kgco2e,
         biogenic_kgco2, reverses)
       select tenant_id, book_id, $3, activity_id, segment, import_ordinal, line, slot, rate_id, -quantity, -kgco2e, -biogenic_kgco2, id
       from calculation.entries where tenant_id = $1 and activity_id = $2 and reverses is null`,
      [this.tenantId, activityId, this.run],
    );
  }

  /** Seals the open run with its own control figures, and opens the next one. */
  async seal(activities: number): Promise<string> {
    const sealed = this.run;
    this.ordinal += 1;
    await this.sql(
      `update calculation.runs r set status = 'sealed', ordinal = $3, seal = 's', sealed_at = now(), activities = $4, calculated = $4,
         entries = s.entries, kgco2e = s.kgco2e
       from (select count(*) as entries, coalesce(sum(kgco2e), 0) as kgco2e from calculation.entries where run_id = $2) s
       where r.tenant_id = $1 and r.id = $2`,
      [this.tenantId, sealed, this.ordinal, activities],
    );
    this.run = randomUUID();
    await this.openRun();
    return sealed;
  }

  private async openRun(): Promise<void> {
    await this.sql(
      `insert into calculation.runs (tenant_id, id, book_id, status, engine_version, pins) values ($1, $2, $3, 'posting', 'test', '{}')`,
      [this.tenantId, this.run, this.bookId],
    );
  }
}
