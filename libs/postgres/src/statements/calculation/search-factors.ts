/** What leads to the factors of a block. `$1` tenant, `$2` set, `$3` block; `$4` fields, `$5` terms and `$6` numbers, row by row. */
export const INSERT_FACTOR_TERMS = `
insert into calculation.factor_terms (tenant_id, factor_set_id, block, field, term, numbers)
select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::bytea[])`;

/** `$1` tenant, `$2` words in order. */
export const INSERT_FACTOR_WORDS = `
insert into calculation.factor_words (tenant_id, letters, word)
select $1, length(word), word from unnest($2::text[]) with ordinality as t (word, n) order by n
on conflict do nothing`;

/**
 * Where some terms lead in some sets, by the place of the term in the question. Whatever is compared here is leakproof: only so is it looked up in the
 * index and not read row by row behind the policy. `$1` tenants, `$2` sets, `$3` fields and `$4` terms, pairwise.
 */
export const READ_FACTOR_TERMS = `
select w.n::integer as n, x.factor_set_id, x.block, x.numbers
from unnest($3::text[], $4::text[]) with ordinality as w (field, term, n)
cross join unnest($1::uuid[]) as t (tenant_id)
cross join lateral (
  select f.factor_set_id, f.block, f.numbers from calculation.factor_terms f
  where f.tenant_id = t.tenant_id and f.field = w.field and f.term = w.term) x
where x.factor_set_id = any ($2::uuid[])`;

/** The same of every term of a field that begins with a text. `$1` tenants, `$2` sets, `$3` field, `$4` beginning, `$5` the first text behind it. */
export const READ_FACTOR_TERMS_FROM = `
select x.factor_set_id, x.block, x.numbers
from unnest($1::uuid[]) as t (tenant_id)
cross join lateral (
  select f.factor_set_id, f.block, f.numbers from calculation.factor_terms f
  where f.tenant_id = t.tenant_id and f.field = $3 and f.term >= $4 and f.term < $5) x
where x.factor_set_id = any ($2::uuid[])`;

/**
 * The words that are most similar to one that no factor has, by their trigrams, best first. `$1` tenants, `$2` word, `$3` least similarity, `$4` how
 * many.
 */
export const SIMILAR_WORDS = `
select word, max(alike) as similarity from (
  select f.word, similarity(f.word, $2) as alike
  from unnest($1::uuid[]) as t (tenant_id)
  cross join generate_series(greatest(length($2) - 2, 1), length($2) + 2) as l (letters)
  join calculation.factor_words f on f.tenant_id = t.tenant_id and f.letters = l.letters::smallint
) w
where alike >= $3::real
group by word order by similarity desc, word limit $4`;

/** Some factors by their sets and numbers. `$1` tenants, `$2` sets and `$3` numbers, row by row. */
export const READ_FACTORS_BY_NUMBER = `
select w.n::integer as n, f.factor_set_id, f.body
from unnest($1::uuid[], $2::uuid[], $3::integer[]) with ordinality as w (tenant_id, factor_set_id, number, n)
join calculation.factors f on f.tenant_id = w.tenant_id and f.factor_set_id = w.factor_set_id and f.number = w.number
order by w.n`;
