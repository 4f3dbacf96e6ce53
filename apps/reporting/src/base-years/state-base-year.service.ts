import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse } from '#clickhouse';
import { Refused, type stateBaseYear, type statedFigureView } from '#contracts';
import { Decimal, organisationForBaseYear, totalOf, type GasRegister } from '#ghg';
import { inTenant, LOCK_UNTIL_COMMIT } from '#postgres';
import { BaseYearFigureRow } from '../shared/base-year-rows';
import { readOrganisation } from '../shared/organisation';
import { projectedBook } from '../shared/projected-book';
import { shownReading, type Scaling } from '../shared/withheld';
import { GAS_REGISTER } from '../shared/tokens';
import { requireEntries } from '../shared/year-with-entries';
import { evaluationOf, type EvaluationView } from './evaluation-of';
import { figureView, findBaseYear } from './keep-base-year.service';
import { readBaseYear, type Stores } from './read-base-year';

type Statement = z.infer<typeof stateBaseYear.request>;
type Evaluated = Parameters<typeof evaluationOf>[2];
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
   * Refuses: `base_year_unknown`, `book_unknown`, `nothing_calculated`, `restatement_without_reason`, `trigger_without_effect`, `year_without_entries`,
   * and as `readBaseYear`.
   */
  state({ tenantId, name, structureOn, statedBy, trigger, reason }: Statement): Promise<StatedFigure> {
    return inTenant(this.dataSource, tenantId, async ({ client, manager }) => {
      const { version, policy } = await findBaseYear(manager, tenantId, name);
      const book = await projectedBook(client, tenantId, policy.book);
      await client.query(LOCK_UNTIL_COMMIT, [`base-year|${tenantId}|${name}`]);
      const ordinal = (await manager.countBy(BaseYearFigureRow, { tenantId, name })) + 1;
      if (ordinal > 1 && (trigger === undefined || reason.trim() === '')) throw new Refused('restatement_without_reason');
      const storesWith = (scaling: Scaling): Stores => ({ clickhouse: this.clickhouse, client, gases: this.gases, scaling });
      const evaluation = await shownReading(async (scaling) => {
        const exact = ordinal === 1 ? null : await evaluationBefore(storesWith(scaling), manager, { tenantId, name, structureOn });
        if (exact && trigger !== undefined) requireEffect(trigger, exact);
        return exact;
      });
      const organisation = organisationForBaseYear(await readOrganisation(client, tenantId), policy, structureOn, book.calendar);
      const { inventory, tco2e } = await shownReading(async (scaling) => {
        const read = await readBaseYear(storesWith(scaling), book, organisation, policy);
        await requireEntries(this.clickhouse, book.asOf, policy.baseYear, read.cells);
        return { inventory: read.inventory(), tco2e: totalOf(read.state(policy.gwp), policy) as string | null };
      });
      await manager.insert(BaseYearFigureRow, {
        tenantId,
        name,
        ordinal,
        policyVersion: version,
        bookId: book.id,
        runOrdinal: book.run.ordinal,
        structureOn,
        organisation: organisation as object,
        inventory: { ...inventory, editions: book.editions } as object,
        tco2e,
        trigger: trigger ?? null,
        reason,
        evaluation: evaluation as object | null,
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

/** Null where no figure of the year has been stated: then there is nothing to compare with. Refuses: as `evaluationOf`. */
async function evaluationBefore(stores: Stores, manager: EntityManager, question: Evaluated): Promise<EvaluationView | null> {
  try {
    return await evaluationOf(stores, manager, question);
  } catch (error) {
    if (error instanceof Refused && error.code === 'base_year_not_stated') return null;
    throw error;
  }
}

/** A merger shows as an acquisition: nothing in the organisation tells them apart. Refuses: `trigger_without_effect`. */
function requireEffect(trigger: NonNullable<Statement['trigger']>, { effects, policyChanged }: EvaluationView): void {
  const moving = effects.filter(({ entities }) => entities.some(({ tco2e }) => !isNothing(tco2e)));
  const shown: string[] = moving.map((effect) => effect.trigger);
  if (policyChanged && !isNothing(policyChanged.tco2e)) shown.push('policy-changed');
  if (shown.includes('acquisition')) shown.push('merger');
  if (shown.includes(trigger)) return;
  const others = shown.length === 0 ? 'It shows no effect at all.' : `Those with an effect: ${shown.join(', ')}.`;
  throw new Refused('trigger_without_effect', `The evaluation shows no effect of ${trigger}. ${others}`);
}

/** A withheld effect is one. */
const isNothing = (tco2e: string | null): boolean => tco2e !== null && new Decimal(tco2e).isZero();

async function findFigure(manager: EntityManager, tenantId: string, name: string, ordinal: number): Promise<StatedFigure> {
  const row = await manager.findOneBy(BaseYearFigureRow, { tenantId, name, ordinal });
  if (!row) throw new Refused('base_year_not_stated');
  return { ...figureView(row), inventory: { ...row.inventory }, evaluation: row.evaluation };
}
