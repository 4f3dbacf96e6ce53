import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse } from '#clickhouse';
import { Refused, type evaluateBaseYear as message, type evaluationView } from '#contracts';
import {
  evaluateBaseYear,
  NON_TRIGGERS,
  organisationForBaseYear,
  TRIGGERS,
  type GasRegister,
  type NonTrigger,
  type Trigger,
  type TriggerEffect,
} from '#ghg';
import { inTenant } from '#postgres';
import { BaseYearFigureRow, BaseYearRow } from '../shared/base-year-rows';
import { readOrganisation } from '../shared/organisation';
import { orderOf, pinnedPack } from '../shared/pinned-pack';
import { projectedBook } from '../shared/projected-book';
import { GAS_REGISTER } from '../shared/tokens';
import { findBaseYear } from './keep-base-year.service';
import { readBaseYear, type Stores } from './read-base-year';

type Question = z.infer<typeof message.request>;
type EvaluationView = z.infer<typeof evaluationView>;

/** Compares the base year as it was last stated with what book and organisation say of it now. */
@Injectable()
export class EvaluateBaseYearService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /** Refuses: `base_year_unknown`, `base_year_not_stated`, `book_unknown`, `nothing_calculated`, and as `readBaseYear`. */
  evaluate({ tenantId, name, structureOn }: Question): Promise<EvaluationView> {
    return inTenant(this.dataSource, tenantId, async ({ client, manager }) => {
      const { policy } = await findBaseYear(manager, tenantId, name);
      const { figure, statedPolicy } = await lastStated(manager, tenantId, name, policy.baseYear);
      const book = await projectedBook(client, tenantId, policy.book);
      const stores: Stores = { clickhouse: this.clickhouse, client, gases: this.gases };
      const statedAsOf = { tenantId, bookId: figure.bookId, runOrdinal: figure.runOrdinal };
      const stated = await readBaseYear(stores, statedAsOf, figure.organisation, statedPolicy);
      const organisation = organisationForBaseYear(await readOrganisation(client, tenantId), policy, structureOn);
      const current = await readBaseYear(stores, book.asOf, organisation, policy);
      const states = [stated.state(policy.gwp), current.state(statedPolicy.gwp)] as const;
      const { effects, notCounted, ...evaluation } = evaluateBaseYear(policy, ...states, orderOf(pinnedPack(book)));
      return {
        baseYear: name,
        year: policy.baseYear,
        figure: figure.ordinal,
        statedAsOfRun: figure.runOrdinal,
        asOfRun: book.run.ordinal,
        structureOn,
        ...evaluation,
        effects: effects.map(explained),
        notCounted: notCounted.map(explained),
      };
    });
  }
}

/** The last figure of the base year that the policy names: one of another year says nothing of it. Refuses: `base_year_not_stated`. */
async function lastStated(manager: EntityManager, tenantId: string, name: string, baseYear: number) {
  const policies = new Map((await manager.findBy(BaseYearRow, { tenantId, name })).map(({ version, policy }) => [version, policy]));
  const figures = await manager.find(BaseYearFigureRow, {
    select: { ordinal: true, policyVersion: true, bookId: true, runOrdinal: true, organisation: true },
    where: { tenantId, name },
    order: { ordinal: 'desc' },
  });
  for (const figure of figures) {
    const statedPolicy = policies.get(figure.policyVersion);
    if (statedPolicy?.baseYear === baseYear) return { figure, statedPolicy };
  }
  throw new Refused('base_year_not_stated', `No figure of ${baseYear} has been stated.`);
}

function explained<N extends Trigger | NonTrigger>(effect: TriggerEffect<N>) {
  const sentences: Readonly<Record<Trigger | NonTrigger, string>> = { ...TRIGGERS, ...NON_TRIGGERS };
  return { ...effect, because: sentences[effect.trigger], entities: [...effect.entities] };
}
