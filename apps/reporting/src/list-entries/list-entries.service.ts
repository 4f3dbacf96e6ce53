import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Clickhouse, listEntries, type LedgerEntry } from '#clickhouse';
import { Refused, type entryView, type listEntries as listEntriesMessage } from '#contracts';
import { OWN_LINES } from '#ghg';
import { inTenant } from '#postgres';
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

  /** Refuses: `book_unknown`, `nothing_calculated`, `request_invalid` (no such line, or not the `next` of a page). */
  async list(question: Question): Promise<{ items: EntryView[]; next: string | null }> {
    const { tenantId, book, limit, after, line, sourceClass, tag, year, basis, leg, activityType, entity } = question;
    if (after !== undefined && !cursor.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    const sourceClasses = sourceClassesOf(line, sourceClass);
    const { asOf } = await inTenant(this.dataSource, tenantId, ({ client }) => projectedBook(client, tenantId, book));
    const filters = { after, year, basis, leg, activityType, entity, sourceClasses, tag: tag?.name, tagValue: tag?.value };
    const rows = await readable(listEntries(this.clickhouse, { ...asOf, ...filters, limit: limit + 1 }));
    const items = rows.slice(0, limit).map(viewOf);
    return { items, next: rows.length > limit ? items.at(-1)!.id : null };
  }
}

/**
 * The source classes that a reported line is made of, by the kernel's table for a controlled entity; narrowed to one class if that is asked for
 * too. Undefined: all of them.
 */
export function sourceClassesOf(line: string | undefined, sourceClass: string | undefined): string[] | undefined {
  if (line === undefined) return sourceClass === undefined ? undefined : [sourceClass];
  const classes = Object.entries(OWN_LINES).filter(([, own]) => own === line);
  if (classes.length === 0) throw new Refused('request_invalid', `line: there is no reported line "${line}".`);
  return classes.map(([name]) => name).filter((name) => sourceClass === undefined || name === sourceClass);
}

function viewOf({ factorSetId, factorCode, tagsText, tagsDecimal, tagsDate, tagsBoolean, ...entry }: LedgerEntry): EntryView {
  return {
    ...entry,
    basis: entry.basis as EntryView['basis'],
    factor: { setId: factorSetId, code: factorCode },
    tags: { ...tagsText, ...tagsDecimal, ...tagsDate, ...tagsBoolean },
  };
}
