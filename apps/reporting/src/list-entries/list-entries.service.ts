import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, listEntries, type LedgerEntry } from '#clickhouse';
import { bigId, pageOf, Refused, type entryView, type listEntries as listEntriesMessage } from '#contracts';
import {
  BoundaryReader,
  checkReading,
  Decimal,
  isRefusal,
  plain,
  rebase,
  reportedSources,
  sourcesOfLine,
  type GasRegister,
  type LineRules,
  type Organisation,
  type Refusal,
  type ReportingCalendar,
  type Source,
} from '#ghg';
import { inTenant, READ_RATES_WITH_GASES } from '#postgres';
import { ratedLegs } from '../shared/book-reading';
import { boundaryOf } from '../shared/entry-boundary';
import { organisationOf, refusedReading } from '../shared/organisation';
import { pinnedPack } from '../shared/pinned-pack';
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

  /**
   * Refuses: `request_invalid` (not the `next` of a page), `book_unknown`, `nothing_calculated`, `method_pack_unknown`, `approach_not_in_pack`,
   * `gwp_set_not_in_pack`, `holding_conflict`, `lease_conflict`.
   */
  async list(question: Question): Promise<{ items: EntryView[]; next: string | null }> {
    const { tenantId, book, limit, after, sourceClass, tag, year, basis, leg, activityType, entity, pool } = question;
    if (after !== undefined && !bigId.safeParse(after).success) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    const { asOf, calendar, pack, organisation, behind } = await inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { asOf, calendar, gwpSet, methodPack } = await projectedBook(client, tenantId, book);
      const pack = pinnedPack({ methodPack });
      const refused = checkReading(pack, question.approach, question.gwp ?? gwpSet);
      if (refused) throw refusedReading(refused);
      const organisation = await organisationOf(client, question);
      return { asOf, calendar, pack, organisation, behind: await this.behindFigure(client, pack, organisation, calendar, question) };
    });
    const filters = { after, year, basis, leg, activityType, entity, pool, sourceClass, ...behind, tag: tag?.name, tagValue: tag?.value };
    const rows = await readable(listEntries(this.clickhouse, { ...asOf, ...filters, limit }));
    const underGwp = await this.underGwp(question, rows);
    const reader = new BoundaryReader(organisation, question.approach, pack, calendar);
    return pageOf(
      rows,
      limit,
      (row) => ({ ...viewOf(row), underGwp: shownUnderGwp(row, underGwp(row)), boundary: boundaryOf(row, reader) }),
      ({ id }) => id,
    );
  }

  /** What each entry comes to under the GWP set that is asked for: the ledger's own figure under that of its rate, else quantity × re-based rate. */
  private async underGwp(
    { tenantId, gwp }: Question,
    rows: readonly LedgerEntry[],
  ): Promise<(entry: LedgerEntry) => EntryView['underGwp']> {
    if (gwp === undefined) return () => null;
    const legs = await inTenant(this.dataSource, tenantId, ({ client }) => ratedLegs(client, tenantId, rows));
    const rates = new Map(legs.map(({ rateId, rate }) => [rateId, { own: rate.gwpSet, perUnit: rebase(rate, gwp, this.gases).kgco2e }]));
    return ({ id, rateId, quantity, kgco2e }) => {
      const rate = rates.get(rateId);
      if (!rate) throw new Error(`entry ${id}: no rate ${rateId}`);
      return { gwp, kgco2e: rate.own === gwp ? kgco2e : plain(new Decimal(quantity).mul(rate.perUnit)) };
    };
  }

  private async behindFigure(
    client: PoolClient,
    rules: LineRules,
    organisation: Organisation,
    calendar: ReportingCalendar,
    question: Question,
  ): Promise<BehindFigure> {
    const { tenantId, line, outside } = question;
    if (line === undefined && outside === undefined) return {};
    const sources = sourcesBehind(rules, organisation, calendar, question);
    if (outside === undefined) return { sources };
    if (outside === 'biogenic') return { sources, biogenic: 'only' };
    const montreal = this.gases.gases.filter(({ kind }) => kind === 'montreal').map(({ id }) => id);
    const { rows } = await client.query<{ id: string }>(READ_RATES_WITH_GASES, [tenantId, montreal]);
    return { sources, rates: rows.map(({ id }) => id) };
  }
}

/** What stands behind a figure, by the same table that draws it; without a year, whenever it did. */
function sourcesBehind(
  rules: LineRules,
  organisation: Organisation,
  calendar: ReportingCalendar,
  { line, outside, approach, year }: Question,
): string[] {
  const [start, end] = year === undefined ? ['1900-01-01', '2199-12-31'] : [calendar.startOf(year), calendar.endOf(year)];
  const onLine = line && sourcesOfLine(rules, organisation, line, approach, start, end);
  const onAny: Source[] | Refusal | undefined = outside && reportedSources(rules, organisation, approach, start, end);
  const sources = onLine ?? onAny ?? [];
  if (isRefusal(sources)) throw refusedReading(sources);
  return sources.map(({ entity, sourceClass }) => `${sourceClass} ${entity}`);
}

/** A quantity stands beside it. */
function shownUnderGwp({ withheld }: LedgerEntry, underGwp: EntryView['underGwp']): EntryView['underGwp'] {
  return withheld === '' ? underGwp : underGwp && { ...underGwp, kgco2e: null };
}

function viewOf({
  factorSetId,
  factorCode,
  tagsText,
  tagsDecimal,
  tagsDate,
  tagsBoolean,
  rateId: _rate,
  withheld,
  ...entry
}: LedgerEntry): Omit<EntryView, 'boundary' | 'underGwp'> {
  return {
    ...entry,
    ...(withheld === '' ? { withheld: false } : { kgco2e: null, biogenicKgco2: null, withheld: true }),
    activityId: entry.pool === '' ? entry.activityId : null,
    pool: entry.pool === '' ? null : entry.pool,
    basis: entry.basis as EntryView['basis'],
    factor: { setId: factorSetId, code: factorCode },
    tags: { ...tagsText, ...tagsDecimal, ...tagsDate, ...tagsBoolean },
  };
}
