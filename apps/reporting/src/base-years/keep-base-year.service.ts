import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Refused, type baseYearFigureView, type baseYearView, type BaseYearPolicyBody } from '#contracts';
import { canonicalJson, checkPolicy, isRefusal } from '#ghg';
import { sha256Hex } from '#platform';
import { inTenant, LOCK_UNTIL_COMMIT } from '#postgres';
import { BaseYearEvaluationRow, BaseYearFigureRow, BaseYearRow } from '../shared/base-year-rows';

type BaseYearView = z.infer<typeof baseYearView>;
type FigureView = z.infer<typeof baseYearFigureView>;

/** Keeps policies, each change as the next version of its name. */
@Injectable()
export class KeepBaseYearService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `base_year_invalid`. The book may be one that is still to be opened. */
  put(tenantId: string, name: string, policy: BaseYearPolicyBody): Promise<BaseYearView> {
    const checked = checkPolicy(policy);
    if (isRefusal(checked))
      throw new Refused('base_year_invalid', checked.detail, [
        { at: `policy.${checked.at}`, code: checked.refusal, detail: checked.detail },
      ]);
    const digest = sha256Hex(canonicalJson(policy));
    return inTenant(this.dataSource, tenantId, async ({ client, manager }) => {
      await client.query(LOCK_UNTIL_COMMIT, [`base-year|${tenantId}|${name}`]);
      const latest = await latestPolicy(manager, tenantId, name);
      if (latest?.digest !== digest)
        await manager.insert(BaseYearRow, { tenantId, name, version: (latest?.version ?? 0) + 1, policy, digest });
      return viewOf(manager, tenantId, name);
    });
  }

  /** Refuses: `base_year_unknown`. */
  get(tenantId: string, name: string): Promise<BaseYearView> {
    return inTenant(this.dataSource, tenantId, ({ manager }) => viewOf(manager, tenantId, name));
  }
}

async function latestPolicy(manager: EntityManager, tenantId: string, name: string): Promise<BaseYearRow | null> {
  return manager.findOne(BaseYearRow, { where: { tenantId, name }, order: { version: 'desc' } });
}

/** The policy in force. Refuses: `base_year_unknown`. */
export async function findBaseYear(manager: EntityManager, tenantId: string, name: string): Promise<BaseYearRow> {
  const found = await latestPolicy(manager, tenantId, name);
  if (!found) throw new Refused('base_year_unknown');
  return found;
}

async function viewOf(manager: EntityManager, tenantId: string, name: string): Promise<BaseYearView> {
  const { version, policy } = await findBaseYear(manager, tenantId, name);
  const figures = await manager.find(BaseYearFigureRow, { where: { tenantId, name }, order: { ordinal: 'asc' } });
  const last = await manager.findOne(BaseYearEvaluationRow, {
    where: { tenantId, name },
    order: { evaluatedAt: 'desc', runOrdinal: 'desc' },
  });
  return { name, version, policy, figures: figures.map(figureView), lastEvaluation: last && evaluationOf(last) };
}

function evaluationOf(row: BaseYearEvaluationRow): BaseYearView['lastEvaluation'] {
  const { outcome, refusal, runOrdinal, policyVersion, figure, structureOn, absolute, evaluatedAt } = row;
  return { outcome, refusal, asOfRun: runOrdinal, policyVersion, figure, structureOn, absolute, evaluatedAt: evaluatedAt.toISOString() };
}

export function figureView(row: BaseYearFigureRow): FigureView {
  const { ordinal, policyVersion, runOrdinal, structureOn, tco2e, trigger, reason, statedBy, statedAt } = row;
  const kind = ordinal === 1 ? 'stated' : 'restated';
  return {
    ordinal,
    kind,
    policyVersion,
    asOfRun: runOrdinal,
    structureOn,
    tco2e,
    trigger,
    reason,
    statedBy,
    statedAt: statedAt.toISOString(),
  };
}
