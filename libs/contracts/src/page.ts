/** A reply is one message of at most 1 MiB; this leaves room for the envelope. */
const PAGE_BYTES_MAX = 900_000;

/**
 * A page of a list: the rows that were found, up to the limit that was asked for, as far as they fit into one message. `next` leads on from the last
 * item that is shown; it is null once the list is known to end here.
 */
export function pageOf<R, V>(
  rows: readonly R[],
  limit: number,
  viewOf: (row: R) => V,
  cursorOf: (row: R) => string,
): { items: V[]; next: string | null } {
  const items: V[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, limit)) {
    const view = viewOf(row);
    bytes += Buffer.byteLength(JSON.stringify(view)) + 1;
    if (bytes > PAGE_BYTES_MAX && items.length > 0) break;
    items.push(view);
  }
  const last = rows[items.length - 1];
  const complete = rows.length < limit && items.length === rows.length;
  return { items, next: last === undefined || complete ? null : cursorOf(last) };
}
