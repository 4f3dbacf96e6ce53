import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a run is on its way into the columnar store. */
@Entity({ schema: 'reporting', name: 'projections' })
export class ProjectionRow {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId: string;
  @PrimaryColumn('uuid', { name: 'run_id' }) runId: string;
  @Column('uuid', { name: 'book_id' }) bookId: string;
  @Column('integer', { name: 'run_ordinal' }) runOrdinal: number;
  @Column('text') status: 'projecting' | 'projected' | 'failed';
  @Column('uuid', { nullable: true }) attempt: string | null;
  @Column('bigint', { default: 0 }) entries: string;
  @Column('numeric', { default: 0 }) kgco2e: string;
  @Column('timestamptz', { name: 'projected_at', nullable: true }) projectedAt: Date | null;
}
