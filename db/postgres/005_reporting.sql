-- What has been projected into the columnar store, and by which attempt.
set local role scopebook_owner;

create table reporting.projections (
  tenant_id    uuid    not null,
  run_id       uuid    not null,
  book_id      uuid    not null,
  run_ordinal  integer not null,
  status       text    not null check (status in ('projecting', 'projected', 'failed')),
  attempt      uuid,                                                      -- the one attempt whose rows count
  entries      bigint  not null default 0,
  kgco2e       numeric not null default 0,                                -- as summed in the columnar store; equals the run's control sum
  projected_at timestamptz,
  primary key (tenant_id, run_id)
);
alter table reporting.projections enable row level security;
alter table reporting.projections force row level security;
create policy tenant on reporting.projections using (tenant_id = (select messaging.current_tenant()));
grant select, insert, update on reporting.projections to scopebook_reporting;

-- Which imports a run took in: a reading says what went into it.
create view calculation.run_imports_v1 as select tenant_id, book_id, run_id, import_id from calculation.run_imports;
grant select on calculation.run_imports_v1 to scopebook_reporting;
