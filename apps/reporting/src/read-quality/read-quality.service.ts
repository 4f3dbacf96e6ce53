import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse, sumSquares } from '#clickhouse';
import type { QualityView, readQuality as readQualityMessage } from '#contracts';
import {
  ASSUMPTIONS,
  isRefusal,
  parseNumber,
  plain,
  readQuality,
  type Financed,
  type GasRegister,
  type NumberLocale,
  type Quality,
} from '#ghg';
import { inTenant, READ_FINANCED, READ_SCORED_KEYS, READ_SURVEY_POOLS } from '#postgres';
import { keyOf, ratedLegs, type KeyRow } from '../shared/book-reading';
import { changingEntities, readOrganisation, refusedReading } from '../shared/organisation';
import { pinnedPack } from '../shared/pinned-pack';
import { projectedBook, type ProjectedBook } from '../shared/projected-book';
import { readable } from '../shared/readable';
import { GAS_REGISTER } from '../shared/tokens';
import { shownReading } from '../shared/withheld';
import { requireEntries } from '../shared/year-with-entries';

type Question = z.infer<typeof readQualityMessage.request>;

interface FinancedRow extends KeyRow {
  readonly entity_code: string;
  readonly text: string;
  readonly currency: string;
  readonly locale: NumberLocale;
}

/** Reads how good the figures of an inventory are: sums and squares from the columnar store, the meaning of both from the kernel. */
@Injectable()
export class ReadQualityService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /**
   * Refuses: `book_unknown`, `nothing_calculated`, `method_pack_unknown`, `holding_conflict`, `year_without_entries`, `approach_not_in_pack`,
   * `gwp_set_not_in_pack`, `entity_unknown`.
   */
  read(question: Question): Promise<QualityView> {
    const { tenantId, year, approach, gwp, gwpErrors } = question;
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const book = await projectedBook(client, tenantId, question.book);
      const organisation = await readOrganisation(client, tenantId);
      const surveys = await surveyPools(client, tenantId, book);
      const changing = changingEntities(organisation, book.calendar, year);
      const cells = await readable(sumSquares(this.clickhouse, { ...book.asOf, year, changing, surveys }));
      await requireEntries(this.clickhouse, book.asOf, year, cells);
      const sums = { cells, legs: await ratedLegs(client, tenantId, cells) };
      const financed = await whatIsFinanced(client, question, book);
      const pack = pinnedPack(book);
      return shownReading(async (scaling) => {
        const quality = readQuality({
          pack,
          ...scaling.of(sums),
          organisation,
          year,
          calendar: book.calendar,
          approach,
          gwp,
          gwpErrors,
          gases: this.gases,
          financed,
        });
        if (isRefusal(quality)) throw refusedReading(quality);
        return viewOf(quality, question, book);
      });
    });
  }
}

async function surveyPools(client: PoolClient, tenantId: string, { id }: ProjectedBook): Promise<string[]> {
  const { rows } = await client.query<{ pool: string }>(READ_SURVEY_POOLS, [tenantId, id]);
  return rows.map(({ pool }) => pool);
}

/** What activities with a PCAF score state as outstanding. The number was read at staging in the same locale, so it reads again. */
async function whatIsFinanced(client: PoolClient, { tenantId, year }: Question, { id, run }: ProjectedBook): Promise<Financed[]> {
  const keys = await client.query<{ id: string }>(READ_SCORED_KEYS, [tenantId, year]);
  if (keys.rows.length === 0) return [];
  const { rows } = await client.query<FinancedRow>(READ_FINANCED, [tenantId, id, run.ordinal, keys.rows.map((key) => key.id)]);
  return rows.map((row) => {
    const outstanding = parseNumber(row.text, row.locale);
    if (isRefusal(outstanding)) throw new RangeError(`an outstanding amount reads no more: ${outstanding.detail}`);
    return { entityCode: row.entity_code, key: keyOf(row), outstanding: plain(outstanding), currency: row.currency };
  });
}

function viewOf({ lines, totals, pcaf, ...choices }: Quality, { book }: Question, { run, editions }: ProjectedBook): QualityView {
  return {
    ...choices,
    book,
    editions,
    asOfRun: run.ordinal,
    asOf: run.sealedAt.toISOString(),
    lines: lines.map((line) => ({ ...line, ...lists(line) })),
    totals: totals.map((total) => ({ ...total, ...lists(total) })),
    pcaf: [...pcaf],
  };
}

function lists({ statuses, assumptions }: Quality['lines'][number] | Quality['totals'][number]) {
  return {
    statuses: [...statuses],
    assumptions: assumptions.map((one) => ({ ...one, sentence: ASSUMPTIONS[one.assumption] })),
  };
}
