import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { z } from 'zod';
import type { BaseYearPolicyBody, evaluationView, restatementTrigger } from '#contracts';
import type { Evaluation, Inventory, Organisation } from '#ghg';

@Entity({ schema: 'reporting', name: 'base_years' })
export class BaseYearRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('text') name: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') policy: BaseYearPolicyBody;
  @Column('text') digest: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

@Entity({ schema: 'reporting', name: 'base_year_figures' })
export class BaseYearFigureRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('text') name: string;
  @PrimaryColumn('integer') ordinal: number;
  @Column('integer', { name: 'policy_version' }) policyVersion: number;
  @Column('uuid', { name: 'book_id' }) bookId: string;
  @Column('integer', { name: 'run_ordinal' }) runOrdinal: number;
  @Column('date', { name: 'structure_on' }) structureOn: string;
  @Column('jsonb') organisation: Organisation;
  @Column('jsonb') inventory: Inventory;
  /** As it may be shown: null where it rests on one withheld figure alone. */
  @Column('numeric', { nullable: true }) tco2e: string | null;
  @Column('text', { nullable: true }) trigger: z.infer<typeof restatementTrigger> | null;
  @Column('text') reason: string;
  @Column('jsonb', { nullable: true }) evaluation: z.infer<typeof evaluationView> | null;
  @Column('text', { name: 'stated_by' }) statedBy: string;
  @Column('timestamptz', { name: 'stated_at', default: () => 'now()' }) statedAt: Date;
}

@Entity({ schema: 'reporting', name: 'base_year_evaluations' })
export class BaseYearEvaluationRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('text') name: string;
  @PrimaryColumn('uuid', { name: 'book_id' }) bookId: string;
  @PrimaryColumn('integer', { name: 'run_ordinal' }) runOrdinal: number;
  @Column('integer', { name: 'policy_version' }) policyVersion: number;
  @Column('integer', { nullable: true }) figure: number | null;
  @Column('date', { name: 'structure_on' }) structureOn: string;
  @Column('text') outcome: Evaluation['outcome'] | 'refused';
  @Column('text', { nullable: true }) refusal: string | null;
  @Column('numeric', { nullable: true }) absolute: string | null;
  @Column('timestamptz', { name: 'evaluated_at', default: () => 'now()' }) evaluatedAt: Date;
}

/** Base years are workflow state: few rows, only ever added. */
export const BASE_YEAR_ROWS = [BaseYearRow, BaseYearFigureRow, BaseYearEvaluationRow];
