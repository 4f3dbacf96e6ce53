import { listYears, type Clickhouse } from '#clickhouse';
import { Refused } from '#contracts';
import type { ProjectedBook } from './projected-book';
import { readable } from './readable';

/**
 * A year of which nothing was found has entries all the same where they net to nothing; without any entry it has no figure, not even zero.
 * Refuses: `year_without_entries`.
 */
export async function requireEntries(
  clickhouse: Clickhouse,
  asOf: ProjectedBook['asOf'],
  year: number,
  found: readonly unknown[],
): Promise<void> {
  if (found.length > 0) return;
  const years = (await readable(listYears(clickhouse, asOf))).map((row) => row.year);
  if (years.includes(year)) return;
  throw new Refused('year_without_entries', `The book has no entry of ${year}; it has of ${years.sort().join(', ') || 'no year'}.`);
}
