import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { explanation, Refused } from '#contracts';
import {
  amountFormula,
  type ChoiceMade,
  Decimal,
  divide,
  isWithheld,
  type LegDecision,
  plain,
  quantitySteps,
  type Rate,
  shownRate,
  WITHHELD_FORMULA,
} from '#ghg';
import { EXPLAIN_ENTRY, EXPLAIN_POOL_ENTRY, inTenant, POOL_ADJUSTMENTS, POOL_REFUSALS_OF_ENTRY } from '#postgres';
import type { z } from 'zod';
import { shownMembers, type PoolResultBody } from '../shared/pool-result-body';

type Explanation = z.infer<typeof explanation>;
type Entry = Explanation['entry'];
type Activity = NonNullable<Explanation['activity']>;
type Adjustments = Explanation['adjustedBy'];
type PoolRefusals = Explanation['poolRefusals'];

/** What an entry of a row and one of a pool have in common. */
interface EntryRow {
  id: string;
  book: string;
  run: number;
  seal: string;
  engine_version: string;
  gwp_set: Explanation['gwpSet'];
  editions: Explanation['editions'];
  method_pack: string;
  leg: string;
  basis: Entry['basis'];
  source_class: string;
  rate: Rate;
  unit: string;
  quantity: string;
  kgco2e: string;
  biogenic_kgco2: string;
  reverses: string | null;
  reversed_by: string | null;
}

interface RowEntryRow extends EntryRow {
  /** The decision of a person that now stands behind the same figure. */
  standing_choice: ChoiceMade | null;
  decision: { legs: LegDecision[] };
  import_id: string;
  file_name: string;
  sha256: string;
  mapping_name: string;
  mapping_version: number;
  activity_id: string;
  line: string;
  slot: number;
  version: number;
  supersedes: string | null;
  segment: number;
  segments: number;
  period_start: string;
  period_end: string;
  reporting_year: number;
  activity_quantity: string;
  whole_start: string;
  whole_end: string;
  whole_quantity: string;
  stated: Activity['stated'];
  flags: string[];
  tags: Activity['tags'];
  activity_type: string;
  supplier: string | null;
  attributes: Record<string, string>;
  entity_code: string;
  entity_name: string;
  entity_country: string;
  entity_region: string | null;
}

interface PoolEntryRow extends EntryRow {
  posting: number;
  because: string;
  pool: string;
  kind: NonNullable<Explanation['pool']>['kind'];
  entity_code: string | null;
  year: number | null;
  digest: string;
  body: PoolResultBody;
}

interface AdjustmentRow {
  entry_id: string;
  pool: string;
  quantity: string;
  kgco2e: string | null;
  because: string;
}

interface PoolRefusalRow {
  pool: string;
  refusal: string;
  detail: string;
  at: string | null;
}

@Injectable()
export class ExplainEntryService {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes an entry of a sealed run apart. Refuses: `entry_unknown`, for another tenant's entry too. */
  explain(tenantId: string, entryId: string): Promise<Explanation> {
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const ofRow = await client.query<RowEntryRow>(EXPLAIN_ENTRY, [tenantId, entryId]);
      if (ofRow.rows[0]) {
        const { rows } = await client.query<AdjustmentRow>(POOL_ADJUSTMENTS, [tenantId, entryId]);
        const refused = await client.query<PoolRefusalRow>(POOL_REFUSALS_OF_ENTRY, [tenantId, entryId]);
        return explanationOfRow(ofRow.rows[0], rows.map(adjustmentOf), refused.rows.map(poolRefusalOf));
      }
      const ofPool = await client.query<PoolEntryRow>(EXPLAIN_POOL_ENTRY, [tenantId, entryId]);
      if (!ofPool.rows[0]) throw new Refused('entry_unknown');
      return explanationOfPool(ofPool.rows[0]);
    });
  }
}

function explanationOfRow(row: RowEntryRow, adjustedBy: Adjustments, poolRefusals: PoolRefusals): Explanation {
  return {
    ...explanationOf(row),
    file: {
      importId: row.import_id,
      name: row.file_name,
      sha256: row.sha256,
      line: Number(row.line),
      slot: row.slot,
      mapping: { name: row.mapping_name, version: row.mapping_version },
    },
    activity: activityOf(row),
    pool: null,
    poolRefusals,
    adjustedBy,
    candidates: lostCandidates(row),
    choice: row.rate.choice ?? row.standing_choice,
  };
}

/** The members lead on: each is a key at an entity in a year, whose activities a list shows. */
function explanationOfPool(row: PoolEntryRow): Explanation {
  const { pool, kind, entity_code, year, posting, because, digest, body } = row;
  return {
    ...explanationOf(row),
    file: null,
    activity: null,
    pool: {
      code: pool,
      kind,
      entity: entity_code,
      year,
      posting,
      because,
      ...shownMembers(body),
      figures: { ...body.figures },
      refusals: [...body.refusals],
      input: { spec: body.spec, ...body.input },
      digest,
    },
    poolRefusals: [],
    adjustedBy: [],
    candidates: [],
    choice: row.rate.choice ?? null,
  };
}

const adjustmentOf = ({ entry_id, ...adjustment }: AdjustmentRow): Adjustments[number] => ({ entryId: entry_id, ...adjustment });

const poolRefusalOf = ({ at, ...refusal }: PoolRefusalRow): PoolRefusals[number] => (at === null ? refusal : { ...refusal, at });

function explanationOf(
  row: EntryRow,
): Pick<
  Explanation,
  'entry' | 'rate' | 'withheld' | 'classification' | 'gwpSet' | 'editions' | 'method' | 'engineVersion' | 'formula' | 'amount'
> {
  return {
    entry: entryOf(row),
    rate: shownRate(row.rate),
    withheld: isWithheld(row.rate),
    classification: classificationOf(row.rate),
    gwpSet: row.gwp_set,
    editions: row.editions,
    method: `${row.method_pack}: ${row.rate.method}`,
    engineVersion: row.engine_version,
    ...figuresOf(row),
  };
}

/** The quantity is the company's own and stands in its file: beside it an amount would give a withheld figure away. */
function figuresOf({ rate, quantity, kgco2e, biogenic_kgco2 }: EntryRow): Pick<Explanation, 'formula' | 'amount'> {
  if (isWithheld(rate)) return { formula: WITHHELD_FORMULA, amount: null };
  return {
    formula: amountFormula(rate, quantity, kgco2e, biogenic_kgco2),
    amount: { kgco2e, tco2e: tonnes(kgco2e), biogenicKgco2: biogenic_kgco2, biogenicTco2: tonnes(biogenic_kgco2) },
  };
}

/** Of a pool's entry: that of the key whose rows it stands on. */
function classificationOf({ classification }: Rate): Explanation['classification'] {
  if (!classification) return null;
  const { attributes, score, ...decided } = classification;
  return { ...decided, attributes: { ...attributes }, score: score ?? null };
}

/** An amount has at most 30 decimals: three more keep it exact. */
function tonnes(kg: string): string {
  return plain(divide(new Decimal(kg), new Decimal(1_000), 33).value);
}

function stepsOf(row: RowEntryRow): string[] {
  return quantitySteps({
    activityType: row.activity_type,
    stated: row.stated,
    unit: row.unit,
    rounded: row.flags.includes('rounded'),
    divided: row.flags.includes('divided'),
    whole: { start: row.whole_start, end: row.whole_end, quantity: new Decimal(row.whole_quantity) },
    part: {
      segment: row.segment,
      segments: row.segments,
      start: row.period_start,
      end: row.period_end,
      quantity: new Decimal(row.activity_quantity),
    },
  });
}

function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    book: row.book,
    run: row.run,
    seal: row.seal,
    leg: row.leg,
    basis: row.basis,
    sourceClass: row.source_class,
    quantity: row.quantity,
    unit: row.unit,
    kgco2e: isWithheld(row.rate) ? null : row.kgco2e,
    biogenicKgco2: isWithheld(row.rate) ? null : row.biogenic_kgco2,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
  };
}

function activityOf(row: RowEntryRow): Activity {
  return {
    id: row.activity_id,
    version: row.version,
    supersedes: row.supersedes,
    segment: row.segment,
    segments: row.segments,
    entity: { code: row.entity_code, name: row.entity_name, country: row.entity_country, region: row.entity_region },
    activityType: row.activity_type,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    reportingYear: row.reporting_year,
    stated: row.stated,
    quantity: row.activity_quantity,
    unit: row.unit,
    quantitySteps: stepsOf(row),
    supplier: row.supplier,
    attributes: row.attributes,
    flags: row.flags,
    tags: row.tags,
  };
}

function lostCandidates(row: RowEntryRow): Explanation['candidates'] {
  const leg = row.decision.legs.find(({ leg, basis }) => leg === row.leg && basis === row.basis);
  return (leg?.lost ?? []).map(({ choice, ...lost }) => (choice ? { ...lost, choice } : lost));
}
