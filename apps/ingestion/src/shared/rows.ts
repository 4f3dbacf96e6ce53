import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MappingSpec } from '#contracts';
import type { InspectedFormat } from './records';

/** Workflow state of ingestion. Activities, identities, keys, refusals and duplicates are written by plain statements and have no class here. */
@Entity({ schema: 'ingestion', name: 'mappings' })
export class MappingRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('text') name: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') spec: MappingSpec;
  @Column('text') digest: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

export type ImportStatus = 'received' | 'staging' | 'finished' | 'refused' | 'failed';

@Entity({ schema: 'ingestion', name: 'imports' })
export class ImportRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('integer', { nullable: true }) ordinal: number | null;
  @Column('text', { name: 'file_id' }) fileId: string;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('text') sha256: string;
  @Column('bigint') bytes: string;
  @Column('text', { name: 'mapping_name' }) mappingName: string;
  @Column('integer', { name: 'mapping_version' }) mappingVersion: number;
  @Column('integer', { default: 1 }) round: number;
  @Column('text') status: ImportStatus;
  @Column('jsonb', { nullable: true }) format: InspectedFormat | null;
  @Column('text', { name: 'refusal_code', nullable: true }) refusalCode: string | null;
  @Column('text', { name: 'refusal_detail', nullable: true }) refusalDetail: string | null;
  @Column('bigint', { default: 0 }) lines: string;
  @Column('bigint', { default: 0 }) records: string;
  @Column('bigint', { default: 0 }) accepted: string;
  @Column('bigint', { default: 0 }) refused: string;
  @Column('bigint', { default: 0 }) duplicate: string;
  @Column('bigint', { default: 0 }) corrected: string;
  @Column('bigint', { default: 0 }) flagged: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' }) receivedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
}

@Entity({ schema: 'ingestion', name: 'import_chunks' })
export class ImportChunkRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid', { name: 'import_id' }) importId: string;
  @PrimaryColumn('integer') chunk: number;
  @Column('bigint', { name: 'first_line' }) firstLine: string;
  @Column('bigint', { name: 'last_line' }) lastLine: string;
  @Column('bigint') records: string;
  @Column('bigint') accepted: string;
  @Column('bigint') refused: string;
  @Column('bigint') duplicate: string;
  @Column('bigint') corrected: string;
  @Column('bigint') flagged: string;
}

@Entity({ schema: 'ingestion', name: 'tags' })
export class TagRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('text') name: string;
  @Column('text') type: 'text' | 'decimal' | 'date' | 'boolean';
}

export const INGESTION_ROWS = [MappingRow, ImportRow, ImportChunkRow, TagRow];
