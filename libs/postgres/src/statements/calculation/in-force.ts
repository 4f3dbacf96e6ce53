/**
 * Common table expressions that say which activities of a book are in force. `$1` tenant, `$2` book.
 *
 * `inputs`: the imports of the book. `latest`: the last version, within those imports, of each identity that was ever corrected; the key is the
 * activity of version 1. Corrections are few, so this is a small set, made once per statement and hashed: an activity is in force if its identity
 * has no later version in it.
 */
export const IN_FORCE = `
inputs as materialized (
  select import_id, import_ordinal, run_id from calculation.run_imports where tenant_id = $1 and book_id = $2
), latest as materialized (
  select n.origin, max(n.version) as version
  from ingestion.activities_v1 n join inputs i on i.import_id = n.import_id
  where n.tenant_id = $1 and n.origin is not null group by n.origin
)`;
