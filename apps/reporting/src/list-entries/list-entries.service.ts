import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, listEntries, type LedgerEntry } from '#clickhouse';
import { bigId, pageOf, Refused, type entryView, type listEntries as listEntriesMessage } from '#contracts';
import { isRefusal, reportedSources, sourcesOfLine, type GasRegister, type Organisation, type Refusal, type Source } from '#ghg';
import { inTenant, READ_RATES_WITH_GASES } from '#postgres';
import { readOrganisation, refusedReading } from '../shared/organisation';
import { projectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';
import { GAS_REGISTER } from '../shared/tokens';

type Question = z.infer<typeof listEntriesMessage.request>;
type EntryView = z.infer<typeof entryView>;

/** The filters that a figure of the report stands for. */
interface BehindFigure {
  readonly sources?: string[];
  readonly biogenic?: 'only';
  readonly rates?: string[];
}

/** The entries behind a figure, in the order of their ids. */
@Injectable()
export class ListEntriesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /** Refuses: `book_unknown`, `nothing_calculated`, `holding_conflict`, `request_invalid` (not the `next` of a page). */
  async list(question: Question): Promise<{ items: EntryView[]; next: string | null }> {
    const { tenantId, book, limit, after, sourceClass, tag, year, basis, leg, activityType, entity } = question;
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    const { asOf, behind } = await inTenant(this.dataSource, tenantId, async ({ client }) => ({
      asOf: (await projectedBook(client, tenantId, book)).asOf,
      behind: await this.behindFigure(client, question),
    }));
    const filters = { after, year, basis, leg, activityType, entity, sourceClass, ...behind, tag: tag?.name, tagValue: tag?.value };
    const rows = await readable(listEntries(this.clickhouse, { ...asOf, ...filters, limit }));
    return pageOf(rows, limit, viewOf, ({ id }) => id);
  }

  private async behindFigure(client: PoolClient, question: Question): Promise<BehindFigure> {
    const { tenantId, line, outside } = question;
    if (line === undefined && outside === undefined) return {};
    const sources = sourcesBehind(await readOrganisation(client, tenantId), question);
    if (outside === undefined) return { sources };
    if (outside === 'biogenic') return { sources, biogenic: 'only' };
    const montreal = this.gases.gases.filter(({ kind }) => kind === 'montreal').map(({ id }) => id);
    const { rows } = await client.query<{ id: string }>(READ_RATES_WITH_GASES, [tenantId, montreal]);
    return { sources, rates: rows.map(({ id }) => id) };
  }
}

/** What stands behind a figure, by the same table that draws it; without a year, whenever it did. */
function sourcesBehind(organisation: Organisation, { line, outside, approach, year }: Question): string[] {
  const [start, end] = year === undefined ? ['1900-01-01', '2199-12-31'] : [`${year}-01-01`, `${year}-12-31`];
  const onLine = line && sourcesOfLine(organisation, line, approach, start, end);
  const onAny: Source[] | Refusal | undefined = outside && reportedSources(organisation, approach, start, end);
  const sources = onLine ?? onAny ?? [];
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
