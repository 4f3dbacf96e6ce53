import type { EditionsRule, ExchangeRate, FuelProperty, GwpSetId, PriceIndex } from '#ghg';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FigureFlag } from '#factor-files';

/** Workflow state of the engine. Factors, decisions, rates and entries are written by plain statements and have no class here. */
@Entity({ schema: 'calculation', name: 'factor_sets' })
export class FactorSetRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') publisher: string;
  @Column('text') edition: string;
  @Column('text') version: string;
  @Column('text') title: string;
  @Column('text') licence: string;
  @Column('text') attribution: string;
  @Column('text', { name: 'gwp_set' }) gwpSet: GwpSetId;
  @Column('boolean') invented: boolean;
  @Column('text') digest: string;
  @Column('boolean') current: boolean;
  @Column('integer') factors: number;
  // Read where a run decides, never with a list of sets: they can be long.
  @Column('jsonb', { select: false, default: () => "'[]'" }) properties: FuelProperty[];
  @Column('jsonb', { name: 'exchange_rates', select: false, default: () => "'[]'" }) exchangeRates: ExchangeRate[];
  @Column('jsonb', { name: 'price_indices', select: false, default: () => "'[]'" }) priceIndices: PriceIndex[];
  @Column('boolean', { default: false }) withheld: boolean;
  /** Of a withheld set: what the digests of its figures are made with. It never leaves the engine. */
  @Column('text', { name: 'figures_key', nullable: true, select: false }) figuresKey: string | null;
  @Column('jsonb', { nullable: true, select: false }) report: object | null;
  @Column('uuid', { name: 'read_with', nullable: true, select: false }) readWith: string | null;
  @Column('jsonb', { select: false, default: () => "'[]'" }) flags: FigureFlag[];
  @Column('uuid', { name: 'flagged_against', nullable: true }) flaggedAgainst: string | null;
  /** Of the starter catalogue: the digest of its file and of the gases that it was checked against. */
  @Column('text', { name: 'file_digest', nullable: true, select: false }) fileDigest: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

@Entity({ schema: 'calculation', name: 'books' })
export class BookRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text', { name: 'method_pack' }) methodPack: string;
  @Column('text', { name: 'gwp_set' }) gwpSet: GwpSetId;
  /** Whether its runs pin the starter catalogue beside the tenant's own factor sets. */
  @Column('boolean', { default: true }) catalogue: boolean;
  /** Whether factor sets enter it by themselves, or only by a decision of a person. */
  @Column('text', { default: 'automatic' }) adoption: 'automatic' | 'on-request';
  /** Whose year's factors the parts of a reporting year take. */
  @Column('text', { default: 'blended' }) editions: EditionsRule;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

/** What a run stands on, fixed when it starts. */
export interface RunPins {
  readonly gwpSet: GwpSetId;
  readonly gasesDigest: string;
  readonly methodPack: string;
  /** Whose year's factors the parts of a reporting year take, and on which day (`MM-DD`) the tenant's reporting years begin. */
  readonly editions: EditionsRule;
  readonly reportingYearStartsOn: string;
  readonly factorSets: readonly { readonly tenantId: string; readonly id: string; readonly digest: string }[];
  /** Digest of what the run's pools read. */
  readonly poolInputs: string;
  /** Digest of what people had decided: choices of factors, classifications. */
  readonly decisionInputs: string;
}

export type RunStatus = 'deciding' | 'posting' | 'pooling' | 'sealing' | 'sealed' | 'failed';

@Entity({ schema: 'calculation', name: 'runs' })
export class RunRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'book_id' }) bookId: string;
  @Column('integer', { nullable: true }) ordinal: number | null;
  @Column('text') status: RunStatus;
  @Column('text', { nullable: true }) failure: string | null;
  @Column('text', { name: 'engine_version' }) engineVersion: string;
  @Column('jsonb') pins: RunPins;
  @Column('bigint', { name: 'keys_decided', default: 0 }) keysDecided: string;
  @Column('bigint', { name: 'keys_changed', default: 0 }) keysChanged: string;
  @Column('bigint', { default: 0 }) entries: string;
  @Column('bigint', { default: 0 }) reversals: string;
  @Column('bigint', { default: 0 }) activities: string;
  @Column('bigint', { default: 0 }) calculated: string;
  @Column('bigint', { default: 0 }) partly: string;
  @Column('bigint', { default: 0 }) refused: string;
  @Column('bigint', { default: 0 }) excluded: string;
  @Column('bigint', { name: 'pool_refusals', default: 0 }) poolRefusals: string;
  @Column('numeric', { default: 0 }) kgco2e: string;
  @Column('text', { name: 'content_digest', nullable: true }) contentDigest: string | null;
  @Column('text', { name: 'previous_seal', nullable: true }) previousSeal: string | null;
  @Column('text', { nullable: true }) seal: string | null;
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt: Date;
  @Column('timestamptz', { name: 'sealed_at', nullable: true }) sealedAt: Date | null;
}

@Entity({ schema: 'calculation', name: 'run_chunks' })
export class RunChunkRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid', { name: 'run_id' }) runId: string;
  @PrimaryColumn('integer') chunk: number;
  @Column('text') kind: 'post' | 'restate';
  @Column('uuid', { name: 'import_id' }) importId: string;
  @Column('bigint', { name: 'first_id' }) firstId: string;
  @Column('bigint', { name: 'last_id' }) lastId: string;
  @Column('bigint', { nullable: true }) entries: string | null;
  @Column('bigint', { nullable: true }) reversals: string | null;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt: Date | null;
}

export const ENGINE_ROWS = [FactorSetRow, BookRow, RunRow, RunChunkRow];
