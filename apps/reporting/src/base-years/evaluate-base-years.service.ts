import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { evaluateBaseYears, Refused } from '#contracts';
import { TryLater, type WorkHandler } from '#messaging';
import { BASE_YEARS_OF_RUN, inTenant } from '#postgres';
import { BaseYearEvaluationRow } from '../shared/base-year-rows';
import { projectedBook, type ProjectedBook } from '../shared/projected-book';
import { EvaluateBaseYearService } from './evaluate-base-year.service';
import { findBaseYear } from './keep-base-year.service';

type Outcome = Pick<BaseYearEvaluationRow, 'outcome' | 'refusal' | 'figure' | 'absolute'>;

/** Evaluates every base year of a book when a run of it has been projected, and keeps what came of it. */
@Injectable()
export class EvaluateBaseYearsService implements WorkHandler<typeof evaluateBaseYears.payload> {
  readonly work = evaluateBaseYears;
  readonly concurrency = 1;
  private readonly logger = new Logger('base-years');

  constructor(
    private readonly dataSource: DataSource,
    private readonly evaluations: EvaluateBaseYearService,
  ) {}

  /** The structure is that of the day on which it is done. Done twice, the first outcome of a run stands. */
  async handle({ tenantId, runId }: z.infer<typeof evaluateBaseYears.payload>): Promise<void> {
    const structureOn = new Date().toISOString().slice(0, 10);
    const names = await inTenant(
      this.dataSource,
      tenantId,
      async ({ client }) => (await client.query<{ name: string }>(BASE_YEARS_OF_RUN, [tenantId, runId])).rows,
    );
    for (const { name } of names) await this.evaluate(tenantId, name, structureOn);
  }

  private async evaluate(tenantId: string, name: string, structureOn: string): Promise<void> {
    const { version, book } = await this.policyOf(tenantId, name);
    const outcome = await this.outcomeOf(tenantId, name, structureOn);
    const row = { tenantId, name, bookId: book.id, runOrdinal: book.run.ordinal, policyVersion: version, structureOn, ...outcome };
    await inTenant(this.dataSource, tenantId, async ({ manager }) => {
      await manager.createQueryBuilder().insert().into(BaseYearEvaluationRow).values(row).orIgnore().execute();
    });
    this.logger.log(`${name} after run ${book.run.ordinal}: ${outcome.refusal ?? outcome.outcome}`);
  }

  private policyOf(tenantId: string, name: string): Promise<{ version: number; book: ProjectedBook }> {
    return inTenant(this.dataSource, tenantId, async ({ client, manager }) => {
      const { version, policy } = await findBaseYear(manager, tenantId, name);
      return { version, book: await projectedBook(client, tenantId, policy.book) };
    });
  }

  private async outcomeOf(tenantId: string, name: string, structureOn: string): Promise<Outcome> {
    try {
      const { outcome, figure, cumulative } = await this.evaluations.evaluate({ tenantId, name, structureOn });
      return { outcome, refusal: null, figure, absolute: cumulative.absolute };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 'service_unavailable') throw new TryLater(error.message, { cause: error });
      return { outcome: 'refused', refusal: error.code, figure: null, absolute: null };
    }
  }
}
