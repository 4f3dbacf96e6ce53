import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse } from '#clickhouse';
import { Refused, type stateBaseYear, type statedFigureView } from '#contracts';
import { organisationForBaseYear, totalOf, type GasRegister } from '#ghg';
import { inTenant, LOCK_UNTIL_COMMIT } from '#postgres';
import { BaseYearFigureRow } from '../shared/base-year-rows';
import { readOrganisation } from '../shared/organisation';
import { projectedBook } from '../shared/projected-book';
import { GAS_REGISTER } from '../shared/tokens';
import { figureView, findBaseYear } from './keep-base-year.service';
import { readBaseYear } from './read-base-year';

type Statement = z.infer<typeof stateBaseYear.request>;
type StatedFigure = z.infer<typeof statedFigureView>;

/** States the base year figure, once and again: earlier figures stay as they were said. */
@Injectable()
export class StateBaseYearService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /**
   * The figure as of now, under the structure of the stated day.
   * Refuses: `base_year_unknown`, `book_unknown`, `nothing_calculated`, `restatement_without_reason`, and as `readBaseYear`.
   */
  state({ tenantId, name, structureOn, statedBy, trigger, reason }: Statement): Promise<StatedFigure> {
    return inTenant(this.dataSource, tenantId, async ({ client, manager }) => {
      const { version, policy } = await findBaseYear(manager, tenantId, name);
      const book = await projectedBook(client, tenantId, policy.book);
      await client.query(LOCK_UNTIL_COMMIT, [`base-year|${tenantId}|${name}`]);
      const ordinal = (await manager.countBy(BaseYearFigureRow, { tenantId, name })) + 1;
      if (ordinal > 1 && (trigger === undefined || reason.trim() === '')) throw new Refused('restatement_without_reason');
      const organisation = organisationForBaseYear(await readOrganisation(client, tenantId), policy, structureOn);
      const read = await readBaseYear({ clickhouse: this.clickhouse, client, gases: this.gases }, book.asOf, organisation, policy);
      await manager.insert(BaseYearFigureRow, {
        tenantId,
        name,
        ordinal,
        policyVersion: version,
        bookId: book.id,
        runOrdinal: book.run.ordinal,
        structureOn,
        organisation: organisation as object,
        inventory: read.inventory() as object,
        tco2e: totalOf(read.state(policy.gwp), policy),
        trigger: trigger ?? null,
        reason,
        statedBy,
      });
      return findFigure(manager, tenantId, name, ordinal);
    });
  }

  /** Refuses: `base_year_unknown`, `base_year_not_stated`. */
  get(tenantId: string, name: string, ordinal: number): Promise<StatedFigure> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      await findBaseYear(manager, tenantId, name);
      return findFigure(manager, tenantId, name, ordinal);
    });
  }
}

async function findFigure(manager: EntityManager, tenantId: string, name: string, ordinal: number): Promise<StatedFigure> {
  const row = await manager.findOneBy(BaseYearFigureRow, { tenantId, name, ordinal });
  if (!row) throw new Refused('base_year_not_stated');
  return { ...figureView(row), inventory: { ...row.inventory } };
}
