import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { bigId, pageOf, poolResultView, poolSpec, poolView, Refused, type ProblemPlace } from '#contracts';
import {
  activityType,
  canonicalJson,
  Decimal,
  INSTRUMENT_RULE_2015,
  isRetired,
  mayOverlap,
  retired,
  type PoolSpec as KernelSpec,
} from '#ghg';
import { inTenant, LIST_POOL_RESULTS, LIST_POOLS, PUT_POOL, UNKNOWN_ENTITIES, type TenantTransaction } from '#postgres';
import { sha256Hex } from '#platform';
import { INSTRUMENTS_POOL } from '../shared/pool-codes';
import { BookRow } from '../shared/rows';
import { shownMembers, SHOWN_MAX, type PoolResultBody } from '../shared/pool-result-body';

type PoolView = z.infer<typeof poolView>;
type PoolSpec = z.infer<typeof poolSpec>;
type PoolResultView = z.infer<typeof poolResultView>;

interface PoolRow {
  readonly code: string;
  readonly version: number;
  readonly kind: PoolView['kind'];
  readonly spec: PoolSpec;
}

interface PoolResultRow {
  readonly id: string;
  readonly pool: string;
  readonly kind: PoolView['kind'];
  readonly entity_code: string | null;
  readonly year: number | null;
  readonly digest: string;
  readonly body: PoolResultBody;
  readonly run: number;
  readonly postings: PoolResultView['postings'];
}

/** Pools as they are declared, and what they came to. A new spec is a new version; a run pins versions. */
@Injectable()
export class DeclarePoolsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Refuses, in this order: `pool_invalid` (the code `instruments` and the kind of that name belong together; a pool keeps its kind; an activity type
   * outside the vocabulary), `survey_respondents_above_heads`, `entity_unknown`, `pool_overlaps` (another pool of the kind may take the same rows).
   */
  put(tenantId: string, code: string, spec: PoolSpec): Promise<PoolView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client } = transaction;
      if ((code === INSTRUMENTS_POOL) !== (spec.kind === 'instruments')) {
        throw new Refused('pool_invalid', `The pool of instruments has the code "${INSTRUMENTS_POOL}", and no other pool has.`);
      }
      // All pools of a tenant: two that overlap and are declared at once must not both find the other missing.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`pools ${tenantId}`]);
      const { rows } = await client.query<PoolRow>(LIST_POOLS, [tenantId, code, '', 1]);
      if (rows[0] && rows[0].kind !== spec.kind)
        throw new Refused('pool_invalid', `The pool is of kind ${rows[0].kind}; another kind is another pool.`);
      refuseUnknownTypes(spec);
      refuseAboveHeads(spec);
      await refuseUnknownEntities(transaction, spec);
      await refuseOverlap(transaction, code, spec);
      await client.query(PUT_POOL, [tenantId, code, spec.kind, JSON.stringify(spec), sha256Hex(canonicalJson(spec))]);
      return one(transaction, code);
    });
  }

  /** A new version that selects nothing: the next run takes back what the pool posted. Refuses: `pool_unknown`. */
  retire(tenantId: string, code: string): Promise<PoolView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client } = transaction;
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`pools ${tenantId}`]);
      const { rows } = await client.query<PoolRow>(LIST_POOLS, [tenantId, code, '', 1]);
      if (!rows[0]) throw new Refused('pool_unknown');
      const spec = retiredSpec(rows[0].spec);
      await client.query(PUT_POOL, [tenantId, code, rows[0].kind, JSON.stringify(spec), sha256Hex(canonicalJson(spec))]);
      return one(transaction, code);
    });
  }

  /** Refuses: `pool_unknown`. */
  get(tenantId: string, code: string): Promise<PoolView> {
    return inTenant(this.dataSource, tenantId, (transaction) => one(transaction, code));
  }

  /** In the order of their codes. */
  list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: PoolView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { rows } = await client.query<PoolRow>(LIST_POOLS, [tenantId, null, after ?? '', limit]);
      return pageOf(rows, limit, viewOf, ({ code }) => code);
    });
  }

  /** What a pool came to in a book, each result as it stands. Refuses, in this order: `request_invalid` (not the `next` of a page), `book_unknown`. */
  async results(
    tenantId: string,
    bookName: string,
    code: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: PoolResultView[]; next: string | null }> {
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const book = await manager.findOneBy(BookRow, { tenantId, name: bookName });
      if (!book) throw new Refused('book_unknown');
      const { rows } = await client.query<PoolResultRow>(LIST_POOL_RESULTS, [tenantId, book.id, code, after ?? '0', limit]);
      return pageOf(rows, limit, resultOf, ({ id }) => id);
    });
  }
}

async function one({ client, tenantId }: TenantTransaction, code: string): Promise<PoolView> {
  const { rows } = await client.query<PoolRow>(LIST_POOLS, [tenantId, code, '', 1]);
  if (!rows[0]) throw new Refused('pool_unknown');
  return viewOf(rows[0]);
}

const viewOf = ({ code, version, kind, spec }: PoolRow): PoolView => ({
  code,
  version,
  kind,
  retired: spec.kind !== 'instruments' && isRetired(kernelSpec(code, spec)),
  spec,
});

/** As the kernel reads it; a stored spec has no code. */
function kernelSpec(code: string, spec: Exclude<PoolSpec, { kind: 'instruments' }>): KernelSpec {
  return { ...spec, code } as KernelSpec;
}

/** A pool that selects nothing; of instruments there is always a pool, so that theirs goes back to the rule in force. */
function retiredSpec(spec: PoolSpec): object {
  if (spec.kind === 'instruments') {
    const { vintage, toleranceDays } = INSTRUMENT_RULE_2015;
    const inForce: PoolSpec = { kind: spec.kind, vintage, toleranceDays };
    return inForce;
  }
  return Object.fromEntries(Object.entries(retired(kernelSpec('', spec))).filter(([name]) => name !== 'code'));
}

function resultOf({ id, pool, kind, entity_code, year, digest, body, run, postings }: PoolResultRow): PoolResultView {
  return {
    id,
    pool,
    kind,
    entity: entity_code,
    year,
    run,
    digest,
    ...shownMembers(body),
    figures: { ...body.figures },
    refusals: [...body.refusals],
    postings: postings.slice(0, SHOWN_MAX),
    postingCount: postings.length,
  };
}

function selectorsOf(spec: PoolSpec) {
  if (spec.kind === 'instruments') return [];
  if (spec.kind === 'allocation') return [spec.sources, ...(spec.receivingMembers ? [spec.receivingMembers] : [])];
  return [spec.select];
}

function refuseUnknownTypes(spec: PoolSpec): void {
  const unknown = selectorsOf(spec)
    .flatMap(({ activityTypes }) => activityTypes)
    .filter((type) => !activityType(type));
  if (unknown.length === 0) return;
  const places = unknown.map((type): ProblemPlace => ({
    at: 'activityTypes',
    code: 'activity_type_unknown',
    detail: `"${type}" is not in the vocabulary.`,
  }));
  throw new Refused('pool_invalid', places[0]?.detail, places);
}

function refuseAboveHeads(spec: PoolSpec): void {
  if (spec.kind !== 'survey') return;
  const places = spec.populations.flatMap(({ entityCode, year, heads, respondents }, index): ProblemPlace[] =>
    new Decimal(respondents).greaterThan(heads)
      ? [
          {
            at: `body.populations[${index}]`,
            code: 'survey_respondents_above_heads',
            detail: `${respondents} of ${heads} heads in ${entityCode} ${year}.`,
          },
        ]
      : [],
  );
  if (places[0]) throw new Refused('survey_respondents_above_heads', places[0].detail, places);
}

async function refuseOverlap({ client, tenantId }: TenantTransaction, code: string, spec: PoolSpec): Promise<void> {
  if (spec.kind === 'instruments') return;
  const declared = kernelSpec(code, spec);
  for (let after = ''; ;) {
    const { rows } = await client.query<PoolRow>(LIST_POOLS, [tenantId, null, after, POOLS_AT_ONCE]);
    const other = rows.find(
      (row) => row.code !== code && row.spec.kind !== 'instruments' && mayOverlap(declared, { ...row.spec, code: row.code } as KernelSpec),
    );
    if (other) throw new Refused('pool_overlaps', `The ${spec.kind} ${other.code} may take the same rows: a row is in one pool of a kind.`);
    if (rows.length < POOLS_AT_ONCE) return;
    after = rows.at(-1)!.code;
  }
}

const POOLS_AT_ONCE = 500;

async function refuseUnknownEntities({ client, tenantId }: TenantTransaction, spec: PoolSpec): Promise<void> {
  const selected = selectorsOf(spec).flatMap(({ entities }) => entities ?? []);
  const receiving = spec.kind === 'allocation' ? spec.receivers.flatMap(({ entityCode }) => entityCode ?? []) : [];
  const asked = spec.kind === 'survey' ? spec.populations.map(({ entityCode }) => entityCode) : [];
  const { rows } = await client.query<{ code: string }>(UNKNOWN_ENTITIES, [tenantId, [...new Set([...selected, ...receiving, ...asked])]]);
  if (rows[0]) throw new Refused('entity_unknown', `No entity has the code ${rows[0].code}.`);
}
