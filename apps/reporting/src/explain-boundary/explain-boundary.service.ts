import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, listEntries } from '#clickhouse';
import { Refused, type entryBoundaryView, type readEntryBoundary } from '#contracts';
import { BoundaryReader, checkReading, Decimal, isWithheld, plain, REASONS, rebase, type GasRegister } from '#ghg';
import { inTenant } from '#postgres';
import { ratedLegs } from '../shared/book-reading';
import { boundaryOf } from '../shared/entry-boundary';
import { readOrganisation, refusedReading } from '../shared/organisation';
import { pinnedPack } from '../shared/pinned-pack';
import { projectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';
import { GAS_REGISTER } from '../shared/tokens';

type Question = z.infer<typeof readEntryBoundary.request>;
type EntryBoundaryView = z.infer<typeof entryBoundaryView>;

/** What becomes of one entry in a reading: its lines, shares and reasons, and its kilograms under the GWP set that is asked for. */
@Injectable()
export class ExplainBoundaryService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /**
   * Refuses: `book_unknown`, `nothing_calculated`, `method_pack_unknown`, `approach_not_in_pack`, `gwp_set_not_in_pack`, `entry_unknown` (not in what is
   * projected of the book), `holding_conflict`, `lease_conflict`, `entity_unknown`.
   */
  read({ tenantId, book: name, entryId, approach, gwp: wanted }: Question): Promise<EntryBoundaryView> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const book = await projectedBook(client, tenantId, name);
      const gwp = wanted ?? book.gwpSet;
      const pack = pinnedPack(book);
      const refused = checkReading(pack, approach, gwp);
      if (refused) throw refusedReading(refused);
      const after = String(BigInt(entryId) - 1n);
      const [entry] = await readable(listEntries(this.clickhouse, { ...book.asOf, after, limit: 1 }));
      if (entry?.id !== entryId) throw new Refused('entry_unknown');
      const [leg] = await ratedLegs(client, tenantId, [entry]);
      if (!leg) throw new Error(`entry ${entryId}: no rate ${entry.rateId}`);
      const underBooks = gwp === leg.rate.gwpSet;
      const kgco2e = underBooks ? new Decimal(entry.kgco2e) : rebase(leg.rate, gwp, this.gases).kgco2e.mul(entry.quantity);
      const reader = new BoundaryReader(await readOrganisation(client, tenantId), approach, pack, book.calendar);
      const treatments = boundaryOf(entry, reader);
      const reasons = new Set(treatments.flatMap(({ portions }) => portions.map(({ reason }) => reason)));
      const sentences = Object.entries(REASONS).filter(([reason]) => reasons.has(reason));
      return { approach, gwp, kgco2e: isWithheld(leg.rate) ? null : plain(kgco2e), reasons: Object.fromEntries(sentences), treatments };
    });
  }
}
