import { REFUSALS } from '#ghg';
import type { RefusedRecord } from './records';

/** How many records were refused for one reason in one column, with the sentence that says what the reason is. */
export interface CountedRefusal {
  readonly code: string;
  readonly sentence: string;
  readonly column: string | null;
  records: number;
}

export function sentenceOf(code: string): string {
  return (REFUSALS as Readonly<Record<string, string>>)[code] ?? code;
}

/** Adds refusals to counts by code and column. */
export function refusalCounts(refused: readonly RefusedRecord[], counts: Map<string, CountedRefusal>): void {
  for (const { code, column } of refused) {
    const name = `${code} ${column ?? ''}`;
    const count = counts.get(name) ?? { code, sentence: sentenceOf(code), column, records: 0 };
    count.records += 1;
    counts.set(name, count);
  }
}
