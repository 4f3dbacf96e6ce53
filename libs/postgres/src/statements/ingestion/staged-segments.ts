/** COPY is refused on tables with row policies, so a chunk lands here first. One table per connection, empty again after each transaction. */
export const CREATE_STAGED_SEGMENTS = `
create temporary table if not exists staged_segments (
  line         bigint   not null,
  slot         smallint not null,
  segment      smallint not null,
  segments     smallint not null,
  identity     uuid     not null,
  content      uuid     not null,
  entity_id    uuid     not null,
  match_key_id bigint   not null,
  period_start date     not null,
  period_end   date     not null,
  quantity     numeric  not null,
  stated       jsonb    not null,
  flags        text[]   not null,
  tags         jsonb    not null
) on commit delete rows`;

export const COPY_STAGED_SEGMENTS = `
copy staged_segments
  (line, slot, segment, segments, identity, content, entity_id, match_key_id, period_start, period_end, quantity, stated, flags, tags)
from stdin`;

/** Without it the planner believes the table of the chunk before, or that there is none, and joins row by row. */
export const ANALYZE_STAGED_SEGMENTS = 'analyze staged_segments';

/** Statistics on what was just staged; of the activities only what they are joined and found by. */
export const ANALYZE_ACTIVITIES =
  'analyze ingestion.activities (tenant_id, import_id, id, segment, match_key_id, entity_id, origin, version), ingestion.identities (tenant_id, identity)';
