import { canonicalJson, effectOf, type PoolMember, type PoolPosting, type PoolResult, type Rate } from '#ghg';
import { INSERT_POOL_POSTINGS, INSERT_POOL_RATES, INSERT_POOL_RESULT, POST_POOL, REVERSE_POOL, type TenantTransaction } from '#postgres';
import { sha256Hex } from '#platform';
import { pinnedCalendar } from '../shared/reporting-calendar';
import type { RunRow } from '../shared/rows';
import type { Bucket } from './buckets';

/** The last result of a pool at a place. */
export interface StandingResult {
  readonly digest: string;
  readonly effect: string;
  /** All results of the pool at this place: the lines that stand may be of an earlier one. */
  readonly ids: readonly string[];
}

/**
 * Keeps what a pool came to, if it is not what it came to before; and if it does something else to the ledger, takes back what the pool had posted and
 * posts what it says now.
 */
export async function storeResult(
  transaction: TenantTransaction,
  run: RunRow,
  bucket: Bucket,
  result: PoolResult,
  standing: StandingResult | undefined,
): Promise<void> {
  const { client, tenantId } = transaction;
  const { pool, entityCode, year, spec, input } = bucket;
  if (!standing && result.members.length + result.postings.length + result.refusals.length === 0) return;
  const digest = sha256Hex(canonicalJson({ spec, input, result: nameable(result, bucket.members) }));
  if (digest === standing?.digest) return;
  const effect = sha256Hex(canonicalJson(result.postings.map((posting) => postingEffect(posting, bucket.members))));
  const moves = effect !== (standing?.effect ?? EFFECT_OF_NOTHING);
  const { members, figures, refusals } = result;
  const body = JSON.stringify({ spec, input, members, figures, refusals });
  const { rows } = await client.query<{ id: string }>(INSERT_POOL_RESULT, [
    tenantId,
    run.bookId,
    run.id,
    pool,
    result.kind,
    entityCode,
    year,
    digest,
    effect,
    body,
  ]);
  if (!moves) return;
  if (standing) await client.query(REVERSE_POOL, [tenantId, run.bookId, run.id, standing.ids]);
  await post(transaction, run, rows[0]!.id, bucket, result);
}

/** The result without ids that chance has given: keys and rates under digests of what they say. What is sealed can be made again elsewhere. */
function nameable(result: PoolResult, members: readonly PoolMember[]): object {
  const keys = new Map(members.map((member) => [member.matchKeyId, keyDigest(member)]));
  return {
    ...result,
    members: result.members.map((member) => ({ ...member, matchKeyId: keys.get(member.matchKeyId) })),
    postings: result.postings.map(({ of, matchKeyId, ...posting }) => ({
      ...posting,
      key: matchKeyId === null ? null : keys.get(matchKeyId),
      rate: rateDigest('rate' in of ? of.rate : standingRate(of.rateId, members)),
    })),
  };
}

function keyDigest({ activityType, unit, attributes, country, region, supplier, calendarYear }: PoolMember): string {
  return sha256Hex(canonicalJson({ activityType, unit, attributes, country, region, supplier, calendarYear }));
}

const EFFECT_OF_NOTHING = sha256Hex(canonicalJson([]));

async function post(
  { client, tenantId }: TenantTransaction,
  run: RunRow,
  resultId: string,
  bucket: Bucket,
  { postings }: PoolResult,
): Promise<void> {
  if (postings.length === 0) return;
  const made = await client.query<{ id: string; digest: string }>(INSERT_POOL_RATES, [tenantId, resultId, madeRates(postings)]);
  const ids = new Map(made.rows.map(({ id, digest }) => [digest, id]));
  const calendar = pinnedCalendar(run.pins);
  const lines = postings.map((posting) =>
    JSON.stringify({
      entityCode: posting.entityCode,
      year: posting.year,
      periodStart: calendar.startOf(posting.year),
      periodEnd: calendar.endOf(posting.year),
      quantity: posting.quantity,
      matchKeyId: posting.matchKeyId,
      because: posting.because,
      rateId: 'rateId' in posting.of ? posting.of.rateId : ids.get(rateDigest(posting.of.rate)),
      ...subjectOf(posting, bucket),
    }),
  );
  const stored = await client.query(INSERT_POOL_POSTINGS, [tenantId, resultId, lines]);
  if (stored.rowCount !== postings.length) throw new Error(`pool ${bucket.pool} posts for an entity that is not there`);
  await client.query(POST_POOL, [tenantId, run.bookId, run.id, resultId]);
}

/** The rates that the pool made, each once. */
function madeRates(postings: readonly PoolPosting[]): string[] {
  const rates = new Map(postings.flatMap(({ of }) => ('rate' in of ? [[rateDigest(of.rate), of.rate] as const] : [])));
  return [...rates].map(([digest, rate]) =>
    JSON.stringify({ ...rate, digest, effect: sha256Hex(canonicalJson([effectOf(rate)])), body: rate }),
  );
}

const rateDigest = (rate: Rate): string => sha256Hex(canonicalJson(rate));

/** What a line does to the ledger; ids of rates are no part of it, since a rate of the same effect may get another id. */
function postingEffect({ entityCode, year, quantity, matchKeyId, of }: PoolPosting, members: readonly PoolMember[]): object {
  const rate = 'rate' in of ? of.rate : standingRate(of.rateId, members);
  return { entityCode, year, quantity, matchKeyId, rate: effectOf(rate) };
}

function standingRate(rateId: string, members: readonly PoolMember[]): Rate {
  const found = members.flatMap(({ rates }) => rates).find((candidate) => candidate.rateId === rateId);
  if (!found) throw new Error(`a pool posts under rate ${rateId}, which none of its members has`);
  return found.rate;
}

/** What is counted: the key that the line adjusts says so; of a pool as a whole its members, where they agree. */
function subjectOf(
  { matchKeyId, of }: PoolPosting,
  { members, spec }: Bucket,
): { activityType: string; country: string | null; unit: string } {
  const key = members.find((member) => member.matchKeyId === matchKeyId);
  const unit = 'rate' in of ? of.rate.unit : standingRate(of.rateId, members).unit;
  if (key) return { activityType: key.activityType, country: key.country, unit };
  const types = new Set(members.map(({ activityType }) => activityType));
  return { activityType: types.size === 1 ? [...types][0]! : `pool.${spec.kind}`, country: null, unit };
}
