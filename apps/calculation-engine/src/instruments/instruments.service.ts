import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { instrumentAllocation, instrumentView, pageOf, Refused, type InstrumentBody, type ProblemPlace } from '#contracts';
import {
  canonicalJson,
  Decimal,
  INSTRUMENT_RULE_2015,
  instrumentWarnings,
  kindOf,
  isRefusal,
  plain,
  type Instrument,
  type InstrumentRule,
  type ReportingCalendar,
} from '#ghg';
import {
  FIND_REGISTRY_ID,
  inTenant,
  LIST_INSTRUMENTS,
  LIST_POOLS,
  LOCK_INSTRUMENT,
  MARKETS_OF_TENANT,
  PUT_INSTRUMENT,
  REPLACE_ALLOCATIONS,
  SUM_ALLOCATIONS,
  UNKNOWN_ENTITIES,
  type TenantTransaction,
} from '#postgres';
import { sha256Hex } from '#platform';
import type { PinnedGasRegister } from '../shared/gas-register';
import { INSTRUMENTS_POOL } from '../shared/pool-codes';
import { reportingCalendarOf } from '../shared/reporting-calendar';
import { GAS_REGISTER } from '../shared/tokens';

type InstrumentView = z.infer<typeof instrumentView>;
type Allocation = z.infer<typeof instrumentAllocation>;

interface InstrumentRow {
  readonly code: string;
  readonly body: InstrumentBody;
  readonly retired_mwh: string;
  readonly allocated_mwh: string;
  readonly allocations: Allocation[];
}

const PLACES_MAX = 100;

/** Contractual instruments and what is claimed of them. A run pins them when it starts. */
@Injectable()
export class InstrumentsService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /**
   * Keeps an instrument, or its new body. Refuses, in this order: `instrument_invalid` (a vintage that ends before it begins, a criterion that stands
   * twice), `gas_unknown`, `instrument_used_twice`, `instrument_over_allocated` (less retired than is allocated already).
   */
  async put(tenantId: string, code: string, instrument: InstrumentBody): Promise<InstrumentView> {
    refuseUnlessSound(instrument);
    this.refuseUnknownGases(instrument);
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client } = transaction;
      // Two puts of one registry id wait for each other here, and the later one sees the earlier.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`instruments ${tenantId}`]);
      const twin = await client.query<{ code: string }>(FIND_REGISTRY_ID, [tenantId, instrument.registryId, code]);
      if (twin.rows[0]) {
        throw new Refused('instrument_used_twice', `${instrument.registryId} is the registry id of ${twin.rows[0].code} already.`);
      }
      await client.query(LOCK_INSTRUMENT, [tenantId, code]);
      await refuseUnlessCovered(transaction, code, instrument.retiredMwh);
      const body = JSON.stringify({ code, ...instrument });
      const digest = sha256Hex(canonicalJson({ code, ...instrument }));
      await client.query(PUT_INSTRUMENT, [tenantId, code, instrument.registryId, instrument.retiredMwh, body, digest]);
      return one(transaction, code);
    });
  }

  /**
   * Replaces all allocations of an instrument. Refuses, in this order: `instrument_unknown`, `request_invalid` (an entity's year stands twice),
   * `entity_unknown` (with places), `instrument_over_allocated`; then nothing is replaced.
   */
  allocate(tenantId: string, code: string, allocations: readonly Allocation[]): Promise<InstrumentView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const { client } = transaction;
      const { rows } = await client.query<{ retired_mwh: string }>(LOCK_INSTRUMENT, [tenantId, code]);
      if (!rows[0]) throw new Refused('instrument_unknown');
      refuseTwice(allocations);
      await refuseUnknownEntities(transaction, allocations);
      await client.query(REPLACE_ALLOCATIONS, [tenantId, code, allocations.map((allocation) => JSON.stringify(allocation))]);
      await refuseUnlessCovered(transaction, code, rows[0].retired_mwh);
      return one(transaction, code);
    });
  }

  /** Refuses: `instrument_unknown`. */
  get(tenantId: string, code: string): Promise<InstrumentView> {
    return inTenant(this.dataSource, tenantId, (transaction) => one(transaction, code));
  }

  /** In the order of their codes. */
  list(tenantId: string, after: string | undefined, limit: number): Promise<{ items: InstrumentView[]; next: string | null }> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { rows } = await client.query<InstrumentRow>(LIST_INSTRUMENTS, [tenantId, null, after ?? '', limit]);
      const checks = await checksOf({ client, tenantId });
      return pageOf(
        rows,
        limit,
        (row) => viewOf(row, checks),
        ({ code }) => code,
      );
    });
  }

  /** Whether the pinned GWP set of a book has a figure is a matter of the book; a gas that no table knows is none of any. */
  private refuseUnknownGases({ gases }: InstrumentBody): void {
    const places = gases.flatMap(({ gas }, index): ProblemPlace[] => {
      const kind = kindOf(this.gases.register, gas);
      return isRefusal(kind) ? [{ at: `body.gases[${index}].gas`, code: kind.refusal, detail: kind.detail }] : [];
    });
    if (places[0]) throw new Refused('gas_unknown', places[0].detail, places);
  }
}

async function one({ client, tenantId }: TenantTransaction, code: string): Promise<InstrumentView> {
  const { rows } = await client.query<InstrumentRow>(LIST_INSTRUMENTS, [tenantId, code, '', 1]);
  if (!rows[0]) throw new Refused('instrument_unknown');
  return viewOf(rows[0], await checksOf({ client, tenantId }));
}

/** What an instrument is held against before any consumption is: the places of the entities, and the rule of vintages as it is declared now. */
interface Checks {
  readonly places: ReadonlySet<string>;
  readonly rule: InstrumentRule;
  readonly calendar: ReportingCalendar;
}

async function checksOf({ client, tenantId }: Pick<TenantTransaction, 'client' | 'tenantId'>): Promise<Checks> {
  const markets = await client.query<{ place: string }>(MARKETS_OF_TENANT, [tenantId]);
  const declared = await client.query<{ spec: Omit<InstrumentRule, 'matching'> }>(LIST_POOLS, [tenantId, INSTRUMENTS_POOL, '', 1]);
  return {
    places: new Set(markets.rows.map(({ place }) => place)),
    rule: { ...INSTRUMENT_RULE_2015, ...declared.rows[0]?.spec },
    calendar: await reportingCalendarOf({ client, tenantId }),
  };
}

function viewOf({ code, body, retired_mwh, allocated_mwh, allocations }: InstrumentRow, checks: Checks): InstrumentView {
  const years = [...new Set(allocations.map(({ year }) => year))].sort((one, other) => one - other);
  const warnings = instrumentWarnings(instrumentOf(code, body), { ...checks, years }).map((warning) => ({ ...warning }));
  const freeMwh = plain(new Decimal(retired_mwh).sub(allocated_mwh));
  return {
    ...body,
    code,
    retiredMwh: retired_mwh,
    allocatedMwh: allocated_mwh,
    freeMwh,
    allocations,
    wouldCount: warnings.length === 0,
    warnings,
  };
}

/** The instrument as the kernel reads it. */
function instrumentOf(code: string, { covers, markets, ...body }: InstrumentBody): Instrument {
  return { ...body, code, ...(covers && { covers }), ...(markets && { markets }) };
}

function refuseUnlessSound({ vintageStart, vintageEnd, criteria }: InstrumentBody): void {
  if (vintageEnd < vintageStart)
    throw new Refused('instrument_invalid', `The vintage ends (${vintageEnd}) before it begins (${vintageStart}).`);
  const numbers = criteria.map(({ criterion }) => criterion);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined) throw new Refused('instrument_invalid', `Criterion ${twice} has two findings.`);
}

async function refuseUnlessCovered({ client, tenantId }: TenantTransaction, code: string, retiredMwh: string): Promise<void> {
  const { rows } = await client.query<{ mwh: string }>(SUM_ALLOCATIONS, [tenantId, code]);
  const allocated = new Decimal(rows[0]!.mwh);
  if (!allocated.greaterThan(retiredMwh)) return;
  throw new Refused(
    'instrument_over_allocated',
    `${plain(allocated)} MWh of ${code} would be allocated, ${plain(new Decimal(retiredMwh))} MWh were retired.`,
  );
}

function refuseTwice(allocations: readonly Allocation[]): void {
  const places = allocations.map(({ entity, year }) => `${entity} ${year}`);
  const twice = places.findIndex((place, index) => places.indexOf(place) !== index);
  if (twice !== -1) throw new Refused('request_invalid', `body[${twice}]: ${places[twice]} stands twice.`);
}

async function refuseUnknownEntities({ client, tenantId }: TenantTransaction, allocations: readonly Allocation[]): Promise<void> {
  const codes = [...new Set(allocations.map(({ entity }) => entity))];
  const { rows } = await client.query<{ code: string }>(UNKNOWN_ENTITIES, [tenantId, codes]);
  if (rows.length === 0) return;
  const unknown = new Set(rows.map(({ code }) => code));
  const places = allocations.flatMap(({ entity }, index): ProblemPlace[] =>
    unknown.has(entity) ? [{ at: `body[${index}].entity`, code: 'entity_unknown', detail: `No entity has the code ${entity}.` }] : [],
  );
  throw new Refused('entity_unknown', places[0]?.detail, places.slice(0, PLACES_MAX));
}
