import { ACTIVITY_TYPES, hasMarketLeg, INSTRUMENT_RULE_2015, isRetired, retired, selects } from '#ghg';
import type {
  AllocationSpec,
  HourlyProfile,
  Instrument,
  InstrumentAllocation,
  InstrumentRule,
  MassBalanceSpec,
  PoolKind,
  PoolMember,
  PoolSpec,
  SurveySpec,
} from '#ghg';
import { INSTRUMENTS_POOL } from '../shared/pool-codes';

/** What may be declared of the instruments' pool; whether hours are matched is a matter of the book's method pack. */
export interface InstrumentsDeclaration extends Omit<InstrumentRule, 'matching'> {
  readonly kind: 'instruments';
}

/** A pool as a tenant declares it; its code stands beside it. */
export type DeclaredSpec = InstrumentsDeclaration | Omit<AllocationSpec, 'code'> | Omit<MassBalanceSpec, 'code'> | Omit<SurveySpec, 'code'>;

/** What the pools of a run read, as pinned when it started. */
export interface PoolInputs {
  readonly pools: readonly { readonly code: string; readonly version: number; readonly spec: DeclaredSpec }[];
  readonly instruments: readonly Instrument[];
  readonly allocations: readonly InstrumentAllocation[];
  readonly profiles: readonly ProfileVersion[];
}

export interface ProfileVersion {
  readonly ofKind: 'entity' | 'instrument';
  readonly ofCode: string;
  readonly year: number;
  readonly version: number;
  /** Of its hours: what a seal covers is what was read, whatever number it bears. */
  readonly digest: string;
}

/** Where a result stands: a pool, and the entity and year that it is about, if it is about one. */
export interface Place {
  readonly pool: string;
  readonly entityCode: string | null;
  readonly year: number | null;
}

/** One calculation: a pool at one place, with the rows that it is about. */
export interface Bucket extends Place {
  readonly spec: PoolSpec;
  readonly members: readonly PoolMember[];
  /** What else the result rests on, kept with it. */
  readonly input: BucketInput;
}

export interface BucketInput {
  readonly allocations: readonly InstrumentAllocation[];
  readonly instruments: readonly Instrument[];
  readonly profiles: readonly ProfileVersion[];
}

const NO_INPUT: BucketInput = { allocations: [], instruments: [], profiles: [] };

export const placeKey = ({ pool, entityCode, year }: Place): string => `${pool}|${entityCode ?? ''}|${year ?? ''}`;

/**
 * The calculations of one kind in a run, in the order of their pools' codes, over the members as the kinds before it left them. Instruments, mass balances and surveys go entity by entity and year by year, so that a changed row moves the figures of its
 * own entity and year alone; an allocation goes across entities, year by year. Where a pool came to something before, it is calculated again, also if nothing
 * of it is left: what it had posted is to be taken back. A declared pool that selects no row anywhere is calculated once, at no place, and says so.
 */
export function bucketsOf(
  kind: PoolKind,
  inputs: PoolInputs,
  members: readonly PoolMember[],
  before: readonly Place[],
  matching: InstrumentRule['matching'],
): Bucket[] {
  if (kind === 'instruments') return instrumentBuckets(inputs, members, before, matching);
  const pools = inputs.pools.filter(({ spec }) => spec.kind === kind).sort((one, other) => (one.code < other.code ? -1 : 1));
  return pools.flatMap(({ code, spec }) => {
    if (spec.kind === 'instruments') return [];
    const placed =
      spec.kind === 'allocation'
        ? allocationBuckets({ ...spec, code }, members, before)
        : bucketsByYear({ ...spec, code }, members, before);
    return [...placed, ...bucketOfNoPlace({ ...spec, code }, placed.length > 0, before)];
  });
}

/** Where nothing is selected anywhere, the pool says so at no place; where something is again, that is taken back. */
function bucketOfNoPlace(spec: Exclude<PoolSpec, { kind: 'instruments' }>, placed: boolean, before: readonly Place[]): Bucket[] {
  const stood = before.some(({ pool, entityCode, year }) => pool === spec.code && entityCode === null && year === null);
  if (!stood && (placed || isRetired(spec))) return [];
  return [{ pool: spec.code, entityCode: null, year: null, spec: placed ? retired(spec) : spec, members: [], input: NO_INPUT }];
}

function instrumentBuckets(
  inputs: PoolInputs,
  members: readonly PoolMember[],
  before: readonly Place[],
  matching: InstrumentRule['matching'],
): Bucket[] {
  const rule = ruleOf(inputs, matching);
  const [rows, claims] = [byPlace(members), byPlace(inputs.allocations)];
  return instrumentPlaces(inputs.allocations, before).map((place) => {
    const allocations = claims.get(yearKey(place)) ?? [];
    const claimed = new Set(allocations.map(({ instrument }) => instrument));
    return {
      pool: INSTRUMENTS_POOL,
      ...place,
      spec: { kind: 'instruments', code: INSTRUMENTS_POOL, ...place, rule },
      members: rows.get(yearKey(place)) ?? [],
      input: {
        allocations,
        instruments: inputs.instruments.filter(({ code }) => claimed.has(code)),
        profiles: matching === 'annual' ? [] : inputs.profiles.filter((profile) => concerns(profile, place, claimed)),
      },
    };
  });
}

const concerns = ({ ofKind, ofCode, year }: ProfileVersion, place: EntityYear, claimed: ReadonlySet<string>): boolean =>
  year === place.year && (ofKind === 'entity' ? ofCode === place.entityCode : claimed.has(ofCode));

/** The rule in force, unless the tenant declares a stricter vintage; the book's method pack says whether hours are matched. */
function ruleOf({ pools }: PoolInputs, matching: InstrumentRule['matching']): InstrumentRule {
  const declared = pools.map(({ spec }) => spec).find((spec) => spec.kind === 'instruments');
  const { vintage, toleranceDays } = declared ?? INSTRUMENT_RULE_2015;
  return { matching, vintage, toleranceDays };
}

/** What is shared out in a year is shared among those who receive in that year. */
function allocationBuckets(spec: AllocationSpec, members: readonly PoolMember[], before: readonly Place[]): Bucket[] {
  const selectors = spec.receivingMembers ? [spec.sources, spec.receivingMembers] : [spec.sources];
  const rows = members.filter((member) => selectors.some((selector) => selects(selector, member)));
  const sources = rows.filter((member) => selects(spec.sources, member));
  const earlier = before.flatMap(({ pool, year }) => (pool === spec.code && year !== null ? [year] : []));
  return [...new Set([...sources.map(({ year }) => year), ...earlier])]
    .sort((one, other) => one - other)
    .map((year) => ({
      pool: spec.code,
      entityCode: null,
      year,
      spec: {
        ...spec,
        sources: { ...spec.sources, years: [year] },
        ...(spec.receivingMembers && { receivingMembers: { ...spec.receivingMembers, years: [year] } }),
      },
      members: rows.filter((member) => member.year === year),
      input: NO_INPUT,
    }));
}

function bucketsByYear(spec: MassBalanceSpec | SurveySpec, members: readonly PoolMember[], before: readonly Place[]): Bucket[] {
  const rows = byPlace(members.filter((member) => selects(spec.select, member)));
  const stated = spec.kind === 'survey' ? [...byPlace(spec.populations).keys()] : [];
  const earlier = before.filter(({ pool, entityCode, year }) => pool === spec.code && entityCode !== null && year !== null);
  const places = unique([...rows.keys(), ...stated, ...earlier.map(yearKey)]);
  return places.map((place) => ({
    pool: spec.code,
    ...place,
    spec: narrowed(spec, place),
    members: rows.get(yearKey(place)) ?? [],
    input: NO_INPUT,
  }));
}

function narrowed<S extends MassBalanceSpec | SurveySpec>(spec: S, { entityCode, year }: EntityYear): S {
  const select = { ...spec.select, entities: [entityCode], years: [year] };
  if (spec.kind !== 'survey') return { ...spec, select };
  const populations = spec.populations.filter((population) => population.entityCode === entityCode && population.year === year);
  return { ...spec, select, populations };
}

export interface EntityYear {
  readonly entityCode: string;
  readonly year: number;
}

const yearKey = ({ entityCode, year }: { readonly entityCode: string | null; readonly year: number | null }): string =>
  `${entityCode ?? ''} ${year ?? ''}`;

function byPlace<T extends EntityYear>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(yearKey(row));
    if (group) group.push(row);
    else groups.set(yearKey(row), [row]);
  }
  return groups;
}

/** Each place once, in one order. No code holds a blank. */
function unique(keys: readonly string[]): EntityYear[] {
  return [...new Set(keys)]
    .sort()
    .map((key) => ({ entityCode: key.slice(0, key.indexOf(' ')), year: Number(key.slice(key.indexOf(' ') + 1)) }));
}

/** The rows that the pools may ask for: by their activity types, and purchased energy at the places where instruments are or were claimed. */
export interface WantedRows {
  readonly activityTypes: readonly string[];
  readonly energyTypes: readonly string[];
  readonly places: readonly EntityYear[];
}

export function wantedRows({ pools, allocations }: PoolInputs, before: readonly Place[]): WantedRows {
  const selectors = pools.flatMap(({ spec }) => {
    if (spec.kind === 'instruments') return [];
    if (spec.kind === 'allocation') return spec.receivingMembers ? [spec.sources, spec.receivingMembers] : [spec.sources];
    return [spec.select];
  });
  const activityTypes = [...new Set(selectors.flatMap(({ activityTypes }) => activityTypes))].sort();
  return { activityTypes, energyTypes: ENERGY_TYPES, places: instrumentPlaces(allocations, before) };
}

const ENERGY_TYPES: readonly string[] = ACTIVITY_TYPES.map(({ id }) => id).filter(hasMarketLeg);

function instrumentPlaces(allocations: readonly EntityYear[], before: readonly Place[]): EntityYear[] {
  return unique([...allocations.map(yearKey), ...before.filter(({ pool }) => pool === INSTRUMENTS_POOL).map(yearKey)]);
}

/** Profiles as the kernel reads them. */
export interface ProfileRow {
  readonly of_kind: 'entity' | 'instrument';
  readonly of_code: string;
  readonly year: number;
  readonly time_zone: string;
  readonly kwh: readonly string[];
}

export const profileOf = ({ of_kind, of_code, year, time_zone, kwh }: ProfileRow): HourlyProfile => ({
  of: of_kind === 'entity' ? { entity: of_code } : { instrument: of_code },
  year,
  timeZone: time_zone,
  kwh,
});
