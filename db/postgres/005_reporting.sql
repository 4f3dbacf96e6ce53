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

-- What a company has decided about its base year. A changed policy is a new version; figures name the one that they were stated under.
create table reporting.base_years (
  tenant_id  uuid    not null,
  name       text    not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  version    integer not null check (version > 0),
  policy     jsonb   not null,                                            -- as the kernel reads it (libs/ghg, BaseYearPolicy)
  digest     text    not null,                                            -- sha-256 of the canonical policy: an unchanged one makes no version
  created_at timestamptz not null default now(),
  primary key (tenant_id, name, version)
);

-- The base year as it was stated, and as it was restated: what was said once stays said.
create table reporting.base_year_figures (
  tenant_id      uuid    not null,
  name           text    not null,
  ordinal        integer not null check (ordinal > 0),                    -- 1: stated; above: restated
  policy_version integer not null,
  book_id        uuid    not null,
  run_ordinal    integer not null,                                        -- the book as of this seal
  structure_on   date    not null,                                        -- the day whose structure the year was read under
  organisation   jsonb   not null,                                        -- as it was read: entities, holdings, leases, exclusions
  inventory      jsonb   not null,
  tco2e          numeric,                                                 -- the total that the policy draws; null: rests on one withheld figure alone
  trigger        text,
  reason         text    not null default '',
  evaluation     jsonb,                                                   -- of a restatement: what was compared when it was made
  stated_by      text    not null check (length(stated_by) between 1 and 200),
  stated_at      timestamptz not null default now(),
  primary key (tenant_id, name, ordinal),
  foreign key (tenant_id, name, policy_version) references reporting.base_years (tenant_id, name, version),
  check (ordinal = 1 or (trigger is not null and reason <> ''))
);

-- What became of a base year when a run of its book was projected. Nothing is restated by it: a person does that, with a reason.
create table reporting.base_year_evaluations (
  tenant_id      uuid    not null,
  name           text    not null,
  book_id        uuid    not null,
  run_ordinal    integer not null,                                        -- the book as of this seal
  policy_version integer not null,
  figure         integer,                                                 -- the stated figure that was compared
  structure_on   date    not null,
  outcome        text    not null check (outcome in ('recalculate', 'below-threshold', 'refused')),
  refusal        text,                                                    -- why nothing could be said
  absolute       numeric,                                                 -- sum of the sizes of the effects, t CO2e; null: refused or withheld
  evaluated_at   timestamptz not null default now(),
  primary key (tenant_id, name, book_id, run_ordinal),
  foreign key (tenant_id, name, policy_version) references reporting.base_years (tenant_id, name, version),
  check ((outcome = 'refused') = (refusal is not null)),
  check ((outcome = 'refused') = (figure is null)),
  check (outcome <> 'refused' or absolute is null)
);

do $$
declare t text;
begin
  foreach t in array array['base_years', 'base_year_figures', 'base_year_evaluations'] loop
    execute format('alter table reporting.%I enable row level security', t);
    execute format('alter table reporting.%I force row level security', t);
    execute format('create policy tenant on reporting.%I using (tenant_id = (select messaging.current_tenant()))', t);
    execute format('grant select, insert on reporting.%I to scopebook_reporting', t);
  end loop;
end $$;

-- Which imports a run took in: a reading says what went into it.
create view calculation.run_imports_v1 as select tenant_id, book_id, run_id, import_id from calculation.run_imports;
grant select on calculation.run_imports_v1 to scopebook_reporting;
