/**
 * COPY takes no parameters: the run and the attempt travel as settings of the transaction. `$1` run, `$2` attempt, `$3` entries of the run.
 *
 * A run that was just posted has no statistics yet; the planner takes its million entries for a handful, and a nested loop over them took 129 s
 * where hash joins take 3. A small run keeps the loop: it must not read every activity for the sake of a hundred.
 */
export const SET_COPIED_RUN = `
select set_config('scopebook.run_id', $1, true), set_config('scopebook.attempt', $2, true), set_config('datestyle', 'ISO, YMD', true),
  set_config('enable_nestloop', case when $3::bigint > 1000 then 'off' else 'on' end, true)`;

/**
 * The entries of one run with everything that a reader groups by, as lines of COPY text, which ClickHouse reads as TabSeparated.
 *
 * Lists and maps are spelled as ClickHouse's literals. COPY escapes backslashes and control characters on top, and ClickHouse undoes exactly
 * one level, so a literal must not escape anything itself: quotes in it are doubled.
 * A tag that its column cannot hold exactly (more than 12 decimals, a date before 1900) stays text: nothing is cut.
 * Free text stands under the activity type that it was classified as: the rate says so. Rates and sets of tags are spelled once each, not once per entry. Entries of pools come behind those of rows; they are of no activity.
 */
export const COPY_RUN = `
copy (
  with run as materialized (
    select r.tenant_id, r.book_id, r.id, r.ordinal, current_setting('scopebook.attempt')::uuid as attempt
    from calculation.runs_v1 r
    where r.tenant_id = (select messaging.current_tenant()) and r.id = current_setting('scopebook.run_id')::uuid
  ), rated as materialized (
    select r.id, r.leg, r.basis, r.source_class, r.body #>> '{classification,activityType}' as classified_as, r.body -> 'factor' ->> 'setId' as factor_set_id,
      coalesce(r.body -> 'factor' ->> 'code', '') as factor_code,
      (select '[' || coalesce(string_agg('''' || replace(f, '''', '''''') || '''', ',' order by f), '') || ']'
       from jsonb_array_elements_text(r.body -> 'fallbacks') f) as fallbacks,
      case when r.withheld then (
        select string_agg(w #>> '{}', ' ' order by w #>> '{}')
        from (select jsonb_path_query(r.body, '$.factor.withheld') union select jsonb_path_query(r.body, '$.inputs[*].withheld')) of_rate (w)) else '' end as withheld
    from calculation.rates_v1 r join run on r.tenant_id = run.tenant_id and r.book_id = run.book_id
  ), tag_sets as materialized (
    select distinct a.tags
    from calculation.entries_v1 e
    join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
    where e.tenant_id = (select messaging.current_tenant()) and e.run_id = current_setting('scopebook.run_id')::uuid
  ), types as materialized (
    select coalesce(jsonb_object_agg(name, type), '{}') as types from ingestion.tags_v1 where tenant_id = (select messaging.current_tenant())
  ), spelled as materialized (
    select s.tags, l.tags_text, l.tags_decimal, l.tags_date, l.tags_boolean
    from tag_sets s cross join lateral (
      select
        '{' || coalesce(string_agg(quoted || ':''' || replace(value, '''', '''''') || '''', ',') filter (where type = 'text'), '') || '}' as tags_text,
        '{' || coalesce(string_agg(quoted || ':' || value, ',') filter (where type = 'decimal'), '') || '}' as tags_decimal,
        '{' || coalesce(string_agg(quoted || ':''' || value || '''', ',') filter (where type = 'date'), '') || '}' as tags_date,
        '{' || coalesce(string_agg(quoted || ':' || value, ',') filter (where type = 'boolean'), '') || '}' as tags_boolean
      from (
        select '''' || replace(t.key, '''', '''''') || '''' as quoted, t.value,
          case (select types from types) ->> t.key
            when 'decimal' then case when t.value ~ '^-?[0-9]{1,26}([.][0-9]{1,12})?$' then 'decimal' else 'text' end
            when 'date' then case when t.value ~ '^(19|20|21|22)[0-9]{2}-[0-9]{2}-[0-9]{2}$' then 'date' else 'text' end
            when 'boolean' then case when t.value in ('true', 'false') then 'boolean' else 'text' end
            else 'text'
          end as type
        from jsonb_each_text(s.tags) t where t.value is not null
      ) tag
    ) l
  )
  select
    e.tenant_id, e.book_id, e.run_id, run.ordinal as run_ordinal, run.attempt, e.id as entry_id, e.activity_id, e.segment, e.import_ordinal,
    e.line, e.slot, a.match_key_id, e.rate_id, e.reverses, n.code as entity_code, k.country,
    coalesce(r.classified_as, k.activity_type) as activity_type, r.leg, r.basis, r.source_class,
    k.reporting_year as year, a.period_start, a.period_end, e.quantity, k.unit, e.kgco2e, e.biogenic_kgco2, r.factor_set_id, r.factor_code, r.fallbacks,
    case when a.flags = '{}' then '[]' else '[''' || array_to_string(a.flags, ''',''') || ''']' end as flags,
    t.tags_text, t.tags_decimal, t.tags_date, t.tags_boolean, '' as pool, r.withheld
  from run
  join calculation.entries_v1 e on e.tenant_id = run.tenant_id and e.run_id = run.id
  join ingestion.activities_v1 a on a.tenant_id = e.tenant_id and a.id = e.activity_id and a.segment = e.segment
  join ingestion.match_keys_v1 k on k.tenant_id = a.tenant_id and k.id = a.match_key_id
  join gateway.entities_v1 n on n.tenant_id = a.tenant_id and n.id = a.entity_id
  join rated r on r.id = e.rate_id
  join spelled t on t.tags = a.tags
  union all
  select
    e.tenant_id, e.book_id, e.run_id, run.ordinal, run.attempt, e.id, 0, 0, 0,
    0, 0, coalesce(g.match_key_id, 0), e.rate_id, e.reverses, n.code, g.country, g.activity_type, r.leg, r.basis, r.source_class,
    g.year, g.period_start, g.period_end, e.quantity, g.unit, e.kgco2e, e.biogenic_kgco2, r.factor_set_id, r.factor_code,
    r.fallbacks, '[]', '{}', '{}', '{}', '{}', g.pool, r.withheld
  from run
  join calculation.entries_v1 e on e.tenant_id = run.tenant_id and e.run_id = run.id and e.import_ordinal is null
  join calculation.pool_postings_v1 g on g.tenant_id = e.tenant_id and g.pool_result_id = e.pool_result_id and g.posting = e.posting
  join gateway.entities_v1 n on n.tenant_id = g.tenant_id and n.id = g.entity_id
  join rated r on r.id = e.rate_id
) to stdout`;
