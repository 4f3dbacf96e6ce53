import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clickhouse, listEntries, type LedgerEntry } from '#clickhouse';
import { pageOf, Refused, type entryView, type listEntries as listEntriesMessage } from '#contracts';
import { isRefusal, sourcesOfLine, type Organisation } from '#ghg';
import { inTenant } from '#postgres';
import { readOrganisation, refusedReading } from '../shared/organisation';
import { projectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';

type Question = z.infer<typeof listEntriesMessage.request>;
type EntryView = z.infer<typeof entryView>;

const cursor = z.string().regex(/^\d{1,19}$/);

/** The entries behind a figure, in the order of their ids. */
@Injectable()
export class ListEntriesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
  ) {}

  /** Refuses: `book_unknown`, `nothing_calculated`, `holding_conflict`, `request_invalid` (not the `next` of a page). */
  async list(question: Question): Promise<{ items: EntryView[]; next: string | null }> {
    const { tenantId, book, limit, after, sourceClass, tag, year, basis, leg, activityType, entity } = question;
    if (after !== undefined && !cursor.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    const { asOf, sources } = await inTenant(this.dataSource, tenantId, async ({ client }) => ({
      asOf: (await projectedBook(client, tenantId, book)).asOf,
      sources: question.line && sourcesBehind(await readOrganisation(client, tenantId), question.line, question),
    }));
    const filters = { after, year, basis, leg, activityType, entity, sourceClass, sources, tag: tag?.name, tagValue: tag?.value };
    const rows = await readable(listEntries(this.clickhouse, { ...asOf, ...filters, limit }));
    return pageOf(rows, limit, viewOf, ({ id }) => id);
  }
}

/** What stands behind a reported line, by the same table that draws it; without a year, whenever it did. */
function sourcesBehind(organisation: Organisation, line: NonNullable<Question['line']>, { approach, year }: Question): string[] {
  const [start, end] = year === undefined ? ['1900-01-01', '2199-12-31'] : [`${year}-01-01`, `${year}-12-31`];
  const sources = sourcesOfLine(organisation, line, approach, start, end);
  if (isRefusal(sources)) throw refusedReading(sources);
  return sources.map(({ entity, sourceClass }) => `${sourceClass} ${entity}`);
}

function viewOf({ factorSetId, factorCode, tagsText, tagsDecimal, tagsDate, tagsBoolean, ...entry }: LedgerEntry): EntryView {
  return {
    ...entry,
    basis: entry.basis as EntryView['basis'],
    factor: { setId: factorSetId, code: factorCode },
    tags: { ...tagsText, ...tagsDecimal, ...tagsDate, ...tagsBoolean },
  };
}
