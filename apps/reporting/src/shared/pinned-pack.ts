import type { PoolClient } from 'pg';
import { Refused } from '#contracts';
import { bridgeOrder, isRefusal, methodPack, type BridgeOrder, type MethodPack } from '#ghg';
import { READ_METHOD_PACK } from '#postgres';
import type { ProjectedBook } from './projected-book';

/** The rules that a book pins. Refuses: `method_pack_unknown` (opened by a version of scopebook that knew more). */
export function pinnedPack({ methodPack: id }: Pick<ProjectedBook, 'methodPack'>): MethodPack {
  const pack = methodPack(id);
  if (isRefusal(pack)) throw new Refused('method_pack_unknown', pack.detail);
  return pack;
}

/** The rules of the book that a seal is of. Refuses: `method_pack_unknown`. */
export async function packOfBook(client: PoolClient, { tenantId, bookId }: ProjectedBook['asOf']): Promise<MethodPack> {
  const { rows } = await client.query<{ method_pack: string }>(READ_METHOD_PACK, [tenantId, bookId]);
  if (!rows[0]) throw new Error(`book ${bookId} is not there`);
  return pinnedPack({ methodPack: rows[0].method_pack });
}

/** The order in which a bridge under these rules substitutes causes. */
export function orderOf({ bridgeOrder: id }: MethodPack): BridgeOrder {
  const order = bridgeOrder(id);
  if (isRefusal(order)) throw new Error(order.detail);
  return order;
}
