import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BaseYearPolicyBody } from '#contracts';
import type { Inventory, Organisation, Trigger } from '#ghg';

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
  @Column('numeric') tco2e: string;
  @Column('text', { nullable: true }) trigger: Trigger | null;
  @Column('text') reason: string;
  @Column('text', { name: 'stated_by' }) statedBy: string;
  @Column('timestamptz', { name: 'stated_at', default: () => 'now()' }) statedAt: Date;
}

/** Base years are workflow state: few rows, only ever added. */
export const BASE_YEAR_ROWS = [BaseYearRow, BaseYearFigureRow];
