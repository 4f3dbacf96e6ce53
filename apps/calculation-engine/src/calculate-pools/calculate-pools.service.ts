import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calculatePools, sealRun } from '#contracts';
import {
  calculatePool,
  inCanonicalOrder,
  netAfter,
  POOL_ORDER,
  refusedPool,
  TakenMembers,
  type PoolContext,
  type PoolMember,
  type PoolResult,
  type Rate,
} from '#ghg';
import {
  enqueue,
  inTenant,
  LATEST_POOL_RESULTS,
  PINNED_POOL_INPUTS,
  PINNED_PROFILES,
  POOL_MEMBERS,
  POOL_RATES,
  type TenantTransaction,
} from '#postgres';
import type { WorkHandler } from '#messaging';
import type { PinnedGasRegister } from '../shared/gas-register';
import { markFailed } from '../shared/mark-failed';
import { pinnedPack } from '../shared/pinned-pack';
import { pinnedCalendar } from '../shared/reporting-calendar';
import { RunRow } from '../shared/rows';
import { GAS_REGISTER } from '../shared/tokens';
import { bucketsOf, placeKey, profileOf, wantedRows, type Bucket, type PoolInputs, type ProfileRow, type WantedRows } from './buckets';
import { storeResult, type StandingResult } from './store-result';

interface ResultRow extends StandingResult {
  readonly pool: string;
  readonly entity_code: string | null;
  readonly year: number | null;
}

interface MemberRow {
  readonly match_key_id: string;
  readonly entity_code: string;
  readonly year: number;
  readonly calendar_year: number;
  readonly activity_type: string;
  readonly unit: string;
  readonly attributes: Record<string, string>;
  readonly country: string;
  readonly region: string | null;
  readonly supplier: string | null;
  readonly quantity: string;
  readonly activities: string;
  readonly decision_id: string;
}

/**
 * Step of a run between posting and sealing: what depends on several rows at once. Pools read the net sums that the rows left behind, never the rows, and
 * post entries of their own; kind by kind, each on what the kinds before it left, and no row in two pools of one kind. One transaction: a killed engine leaves nothing of it or all of it, and whoever comes second finds the run further on.
 */
@Injectable()
export class CalculatePoolsService implements WorkHandler<typeof calculatePools.payload> {
  readonly work = calculatePools;
  readonly concurrency = 1;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  handle({ tenantId, runId }: { tenantId: string; runId: string }): Promise<void> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager, client } = transaction;
      const run = await manager.findOne(RunRow, { where: { tenantId, id: runId }, lock: { mode: 'pessimistic_write' } });
      if (!run || run.status !== 'pooling') return;
      if (run.pins.gasesDigest !== this.gases.digest) throw new Error('the GWP tables of this engine are not those that the run pinned');
      await this.calculate(transaction, run);
      await manager.update(RunRow, { tenantId, id: runId }, { status: 'sealing' });
      await enqueue(client, sealRun, tenantId, [{ tenantId, runId }]);
    });
  }

  exhausted({ tenantId, runId }: { tenantId: string; runId: string }, reason: string): Promise<void> {
    return markFailed(this.dataSource, tenantId, runId, reason);
  }

  private async calculate(transaction: TenantTransaction, run: RunRow): Promise<void> {
    const { client, tenantId } = transaction;
    const inputs = await pinnedInputs(transaction, run);
    const { rows } = await client.query<ResultRow>(LATEST_POOL_RESULTS, [tenantId, run.bookId]);
    const before = rows.map((row) => ({ ...row, entityCode: row.entity_code }));
    if (inputs.pools.length + inputs.allocations.length + before.length === 0) return;
    const members = await readMembers(transaction, run, wantedRows(inputs, before));
    const standing = new Map(before.map((result) => [placeKey(result), result]));
    const taken = new TakenMembers();
    let net: readonly PoolMember[] = members;
    for (const kind of POOL_ORDER) {
      const results: PoolResult[] = [];
      for (const bucket of bucketsOf(kind, inputs, net, before, pinnedPack(run.pins).instrumentMatching)) {
        const overlap = taken.take(bucket.spec, bucket.members);
        const result = overlap
          ? refusedPool(bucket.spec, inCanonicalOrder(bucket.members), overlap)
          : calculatePool(bucket.spec, bucket.members, await this.context(transaction, run, inputs, bucket));
        await storeResult(transaction, run, bucket, result, standing.get(placeKey(bucket)));
        results.push(result);
      }
      net = netAfter(net, results);
    }
  }

  /** Profiles are read pool by pool: those of a thousand meters at once would fill the memory. All claims on an instrument count, of whatever entity. */
  private async context({ client, tenantId }: TenantTransaction, run: RunRow, inputs: PoolInputs, { input }: Bucket): Promise<PoolContext> {
    const { instruments, profiles } = input;
    const hours =
      profiles.length === 0
        ? []
        : await client
            .query<ProfileRow>(PINNED_PROFILES, [tenantId, profiles.map((profile) => JSON.stringify(profile))])
            .then(({ rows }) => rows);
    const claimed = new Set(instruments.map(({ code }) => code));
    return {
      gases: this.gases.register,
      gwpSet: run.pins.gwpSet,
      instruments,
      allocations: inputs.allocations.filter(({ instrument }) => claimed.has(instrument)),
      profiles: hours.map(profileOf),
      calendar: pinnedCalendar(run.pins),
    };
  }
}

async function readMembers(
  { client, tenantId }: TenantTransaction,
  run: RunRow,
  { activityTypes, energyTypes, places }: WantedRows,
): Promise<PoolMember[]> {
  const [entities, years] = [places.map(({ entityCode }) => entityCode), places.map(({ year }) => year)];
  const { rows } = await client.query<MemberRow>(POOL_MEMBERS, [tenantId, run.bookId, activityTypes, entities, years, energyTypes]);
  const rates = await readRates({ client, tenantId }, [...new Set(rows.map(({ decision_id }) => decision_id))]);
  return rows.map((row) => ({
    matchKeyId: row.match_key_id,
    entityCode: row.entity_code,
    year: row.year,
    ...(row.calendar_year === row.year ? {} : { calendarYear: row.calendar_year }),
    activityType: row.activity_type,
    unit: row.unit,
    attributes: row.attributes,
    country: row.country,
    region: row.region,
    supplier: row.supplier,
    quantity: row.quantity,
    activities: Number(row.activities),
    rates: rates.get(row.decision_id) ?? [],
  }));
}

/** Rates by decision: cells of one key share them. */
async function readRates(
  { client, tenantId }: Pick<TenantTransaction, 'client' | 'tenantId'>,
  decisionIds: readonly string[],
): Promise<Map<string, { rateId: string; rate: Rate }[]>> {
  const { rows } = await client.query<{ id: string; decision_id: string; body: Rate }>(POOL_RATES, [tenantId, decisionIds]);
  const rates = new Map<string, { rateId: string; rate: Rate }[]>(decisionIds.map((id) => [id, []]));
  for (const { id, decision_id, body } of rows) rates.get(decision_id)?.push({ rateId: id, rate: body });
  return rates;
}

async function pinnedInputs({ client, tenantId }: TenantTransaction, run: RunRow): Promise<PoolInputs> {
  const { rows } = await client.query<{ body: PoolInputs }>(PINNED_POOL_INPUTS, [tenantId, run.pins.poolInputs]);
  if (!rows[0]) throw new Error(`the pinned input of run ${run.id}'s pools is not there`);
  return rows[0].body;
}
