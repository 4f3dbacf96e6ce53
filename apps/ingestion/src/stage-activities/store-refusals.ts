import { COUNT_REFUSALS, STORE_REFUSALS, type TenantTransaction } from '#postgres';
import type { RefusedRecord } from '../shared/records';

/** A refusal is about a kilobyte at most; one parameter of a statement stays below ten megabytes. */
const REFUSALS_AT_ONCE = 5_000;

/** Stores the refusals of a chunk of an import (0: of its file as a whole), and how many of which they are. A text that was cut inside a character is mended: Postgres has no half characters. */
export async function storeRefusals(
  client: TenantTransaction['client'],
  tenantId: string,
  importId: string,
  chunk: number,
  refused: readonly RefusedRecord[],
): Promise<void> {
  for (let from = 0; from < refused.length; from += REFUSALS_AT_ONCE) {
    const part = refused.slice(from, from + REFUSALS_AT_ONCE).map(withWholeCharacters);
    await client.query(STORE_REFUSALS, [tenantId, importId, JSON.stringify(part)]);
  }
  if (refused.length > 0) await client.query(COUNT_REFUSALS, [tenantId, importId, chunk, JSON.stringify(countsOf(refused))]);
}

/** How many of which: the file may have more of them than anybody goes through. */
function countsOf(refused: readonly RefusedRecord[]): { code: string; column: string; records: number }[] {
  const counts = new Map<string, { code: string; column: string; records: number }>();
  for (const { code, column: stated } of refused) {
    const column = whole(stated ?? '');
    const name = `${code} ${column}`;
    const count = counts.get(name) ?? { code, column, records: 0 };
    count.records += 1;
    counts.set(name, count);
  }
  return [...counts.values()];
}

function withWholeCharacters(refused: RefusedRecord): RefusedRecord {
  const { column, detail, value } = refused;
  return { ...refused, column: column && whole(column), detail: whole(detail), value: value && whole(value) };
}

function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
