import type { z } from 'zod';
import type { LedgerEntry } from '#clickhouse';
import type { entryView } from '#contracts';
import { isRefusal, plain, type BoundaryReader, type SourceClass } from '#ghg';
import { refusedReading } from './organisation';

/** What the boundary makes of an entry, by days of its period. An entry lies within one reporting year. */
export function boundaryOf(
  { entity, sourceClass, activityType, periodStart, periodEnd }: LedgerEntry,
  reader: BoundaryReader,
): z.infer<typeof entryView>['boundary'] {
  const source = { entity, sourceClass: sourceClass as SourceClass, activityType };
  const treatments = reader.treatments(source, periodStart, periodEnd);
  if (isRefusal(treatments)) throw refusedReading(treatments);
  return treatments.map(({ portions, othersShare, ...days }) => ({
    ...days,
    portions: portions.map(({ share, exclusion, ...place }) => ({ ...place, share: plain(share), exclusion: exclusion?.code ?? null })),
    othersShare: plain(othersShare),
  }));
}
