import { STORE_REFUSALS, type TenantTransaction } from '#postgres';
import type { RefusedRecord } from '../shared/records';

/** A refusal is about a kilobyte at most; one parameter of a statement stays below ten megabytes. */
const REFUSALS_AT_ONCE = 5_000;

/** Stores the refusals of an import. A text that was cut inside a character is mended: Postgres has no half characters. */
export async function storeRefusals(
  client: TenantTransaction['client'],
  tenantId: string,
  importId: string,
  refused: readonly RefusedRecord[],
): Promise<void> {
  for (let from = 0; from < refused.length; from += REFUSALS_AT_ONCE) {
    const part = refused.slice(from, from + REFUSALS_AT_ONCE).map(withWholeCharacters);
    await client.query(STORE_REFUSALS, [tenantId, importId, JSON.stringify(part)]);
  }
}

function withWholeCharacters(refused: RefusedRecord): RefusedRecord {
  const { column, detail, value } = refused;
  return { ...refused, column: column && whole(column), detail: whole(detail), value: value && whole(value) };
}

function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
