/**
 * Decisions and their rates arrive by COPY, one temporary table each, empty again after the transaction: documents of some kilobytes by the ten
 * thousand cost several times as much as parameters of an INSERT.
 */
export const CREATE_STAGED_DECISIONS = `
create temporary table if not exists staged_decisions (
  match_key_id bigint not null,
  outcome      text   not null,
  digest       text   not null,
  effect       text   not null,
  body         jsonb  not null
) on commit delete rows;
create temporary table if not exists staged_rates (
  match_key_id   bigint   not null,
  place          smallint not null,
  leg            text     not null,
  basis          text     not null,
  source_class   text     not null,
  kgco2e         numeric  not null,
  biogenic_kgco2 numeric  not null,
  digest         text     not null,
  effect         text     not null,
  body           jsonb    not null
) on commit delete rows`;

export const COPY_STAGED_DECISIONS = 'copy staged_decisions (match_key_id, outcome, digest, effect, body) from stdin';

/** `place`: the how-manieth rate of its decision. */
export const COPY_STAGED_RATES =
  'copy staged_rates (match_key_id, place, leg, basis, source_class, kgco2e, biogenic_kgco2, digest, effect, body) from stdin';

/** Without it the planner takes the staged tables for empty. Their bodies are large and decide nothing. */
export const ANALYZE_STAGED_DECISIONS = 'analyze staged_decisions (match_key_id), staged_rates (match_key_id, place)';

/** `$1` tenant, `$2` book, `$3` run. */
export const INSERT_STAGED_DECISIONS = `
insert into calculation.decisions (tenant_id, book_id, run_id, match_key_id, outcome, digest, effect, body)
select $1, $2, $3, match_key_id, outcome, digest, effect, body from staged_decisions order by match_key_id`;

/** The rates of the run's decisions, in the order of keys and legs. `$1` tenant, `$2` book, `$3` run. */
export const INSERT_STAGED_RATES = `
insert into calculation.rates (tenant_id, decision_id, leg, basis, source_class, kgco2e, biogenic_kgco2, digest, effect, body)
select $1, d.id, r.leg, r.basis, r.source_class, r.kgco2e, r.biogenic_kgco2, r.digest, r.effect, r.body
from staged_rates r
join calculation.decisions d on d.tenant_id = $1 and d.book_id = $2 and d.run_id = $3 and d.match_key_id = r.match_key_id
order by r.match_key_id, r.place`;
