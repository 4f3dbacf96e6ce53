import type { MappingSpec } from '#contracts';
import { otherReportingYear, plain, refuse, type DateSpan, type ReportingCalendar } from '#ghg';
import { sha256Uuid } from '#platform';
import type { Fields, FileLine } from '../shared/cells';
import type { EntityOfRecord, ReadLine, RefusedRecord, StagedRecord, StagedSegment } from '../shared/records';
import { BoundCell, isTrouble, trouble, type Trouble } from './bound-cell';
import type { BoundHeader } from './header';
import { BoundPeriod } from './read-period';
import { BoundSlot, type SlotRecord } from './read-slot';
import { BoundTags, type TagValue } from './read-tags';
import { YearCuts } from './year-cuts';

const VALUE_MAX = 200;
const DETAIL_MAX = 500;

/** What the lines of one file are read against. */
export interface ReadingContext {
  readonly spec: MappingSpec;
  readonly header: BoundHeader;
  /** Cells per line. */
  readonly width: number;
  readonly fileSha256: string;
  readonly mappingName: string;
  readonly entities: ReadonlyMap<string, EntityOfRecord>;
  /** The tenant's reporting years: records are cut at their ends. */
  readonly calendar: ReportingCalendar;
}

/** What all slots of a line share. */
interface SharedFacts {
  readonly line: number;
  readonly fields: Fields;
  readonly entity: EntityOfRecord | Trouble;
  readonly period: DateSpan | Trouble;
  readonly tags: Readonly<Record<string, TagValue>> | Trouble;
  /** Null: the line has no identity in its source. */
  readonly identity: readonly string[] | null;
}

/**
 * Applies a mapping to the lines of one file. Every line × slot that applies ends as one record, staged or refused; a refused record has one
 * refusal, the first of: `line_malformed`, `no_slot_applies` (both of the line: slot 0), entity, activity type, dates, operands and their units,
 * the kernel's rules (period, unit against type, scale, attributes), supplier and country, tags.
 */
export class LineReader {
  private readonly entity: BoundCell;
  private readonly period: BoundPeriod;
  private readonly tags: BoundTags;
  private readonly identity: readonly BoundCell[];
  private readonly slots: readonly BoundSlot[];
  private readonly cuts: YearCuts;

  constructor(private readonly context: ReadingContext) {
    const { spec, header } = context;
    const { columns } = header;
    this.entity = new BoundCell(spec.entity, columns);
    this.period = new BoundPeriod(spec.period, spec.locale, columns);
    this.tags = new BoundTags(spec, columns);
    this.identity = spec.identity.map((column) => new BoundCell({ column }, columns));
    this.cuts = new YearCuts(context.calendar);
    this.slots = header.slots.map((slot) => new BoundSlot(slot, spec, columns, this.period));
  }

  read(line: FileLine): ReadLine {
    if ('malformed' in line) return wholeLineRefused(line.line, 'line_malformed', line.malformed);
    const { fields } = line;
    if (fields.length !== this.context.width)
      return wholeLineRefused(line.line, 'line_malformed', `the line has ${fields.length} cells, the header ${this.context.width}`);
    const slots = this.slots.filter((slot) => slot.applies(fields));
    if (slots.length === 0) return wholeLineRefused(line.line, 'no_slot_applies', this.whyNoSlot(fields));
    const facts = this.sharedFacts(line.line, fields);
    const staged: StagedRecord[] = [];
    const refused: RefusedRecord[] = [];
    for (const slot of slots) {
      if (slot.isAbsent(fields)) continue;
      const record = this.readRecord(slot, facts);
      if (isTrouble(record)) refused.push(refusedRecord(line.line, slot.slot, record));
      else staged.push(record);
    }
    return { line: line.line, staged, refused };
  }

  private whyNoSlot(fields: Fields): string {
    return `no condition of the mapping fits the line: ${this.slots.map((slot) => slot.unmetCondition(fields)).join('; ')}`;
  }

  private sharedFacts(line: number, fields: Fields): SharedFacts {
    const identity = this.identity.map((cell) => cell.text(fields) ?? '');
    return {
      line,
      fields,
      entity: this.readEntity(fields),
      period: this.period.read(fields),
      tags: this.tags.read(fields),
      identity: identity.some((text) => text !== '') ? identity : null,
    };
  }

  private readEntity(fields: Fields): EntityOfRecord | Trouble {
    const code = this.entity.text(fields);
    if (code === '') return trouble(refuse('value_missing', 'the entity is empty'), this.entity, fields);
    const named = code ?? this.entity.raw(fields) ?? '';
    const unknown = refuse('entity_unknown', `no entity has the code "${named.slice(0, 100)}"`);
    return (code === null ? undefined : this.context.entities.get(code)) ?? trouble(unknown, this.entity, fields);
  }

  private readRecord(slot: BoundSlot, facts: SharedFacts): StagedRecord | Trouble {
    const { entity, tags, fields } = facts;
    if (isTrouble(entity)) return entity;
    const type = slot.readType(fields);
    if (isTrouble(type)) return type;
    const period = slot.period ? slot.period.read(fields) : facts.period;
    if (isTrouble(period)) return period;
    const read = slot.read(fields, type, period);
    if (isTrouble(read)) return read;
    if (isTrouble(tags)) return tags;
    return {
      line: facts.line,
      slot: slot.slot,
      identity: this.identityOf(slot.identity, facts),
      content: contentOf(entity, period, read, tags),
      entityId: entity.id,
      flags: read.accepted.flags,
      stated: read.stated,
      tags,
      segments: segmentsOf(entity, period, read, this.cuts),
    };
  }

  /**
   * Without an identity in its source a record is named by its place in the file: never a duplicate inside one file, always in the same bytes. If
   * the mapping names no columns at all, that place is the mapping's own: what another mapping takes from the same line is another record.
   */
  private identityOf(slot: BoundSlot['identity'], { line, identity }: SharedFacts): string {
    const { spec, fileSha256, mappingName } = this.context;
    if (identity) return sha256Uuid(JSON.stringify(['source', spec.source, identity, ...slot]));
    return sha256Uuid(
      JSON.stringify(
        spec.identity.length === 0 ? ['mapping', fileSha256, mappingName, line, ...slot] : ['file', spec.source, fileSha256, line, ...slot],
      ),
    );
  }
}

/**
 * Lists in a fixed order, so that their JSON is canonical; attributes and tags come sorted by name from where they are read. Country and region
 * are those of the key: a record that is read again after its entity was corrected says something else.
 */
function contentOf(entity: EntityOfRecord, period: DateSpan, read: SlotRecord, tags: Readonly<Record<string, TagValue>>): string {
  const { accepted, operands, supplier } = read;
  const { country, region } = placeOf(entity, read);
  const { start, end } = period;
  const attributes = Object.entries(accepted.attributes);
  return sha256Uuid(
    JSON.stringify([entity.id, accepted.type.id, start, end, operands, attributes, supplier, country, region, Object.entries(tags)]),
  );
}

/** The region is that of the entity, and means nothing in another country. */
function placeOf(entity: EntityOfRecord, { country: stated }: SlotRecord): Pick<EntityOfRecord, 'country' | 'region'> {
  const country = stated ?? entity.country;
  return { country, region: country === entity.country ? entity.region : null };
}

function segmentsOf(entity: EntityOfRecord, period: DateSpan, read: SlotRecord, cuts: YearCuts): StagedSegment[] {
  const { accepted, supplier } = read;
  const { country, region } = placeOf(entity, read);
  const { type, unit, attributes } = accepted;
  return cuts.of(period, accepted.quantity).map(({ year, reportingYear, start, end, quantity }) => ({
    key: { activityType: type.id, unit, year, ...otherReportingYear({ year, reportingYear }), country, region, supplier, attributes },
    start,
    end,
    quantity: plain(quantity),
  }));
}

function wholeLineRefused(line: number, code: 'line_malformed' | 'no_slot_applies', detail: string): ReadLine {
  return { line, staged: [], refused: [{ line, slot: 0, column: null, code, detail: detail.slice(0, DETAIL_MAX), value: null }] };
}

function refusedRecord(line: number, slot: number, { refusal, detail, column, value }: Trouble): RefusedRecord {
  return { line, slot, column, code: refusal, detail: detail.slice(0, DETAIL_MAX), value: value?.slice(0, VALUE_MAX) ?? null };
}
