import { gunzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refused, type DryRunResult, type MappingSpec } from '#contracts';
import type { ReportingCalendar } from '#ghg';
import { sha256Hex } from '#platform';
import { inTenant, READ_ENTITIES } from '#postgres';
import { checkMapping } from './keep-mapping/check-mapping';
import { bytesInMemory } from './parse-file/file-bytes';
import { inspectBytes, readBytes } from './parse-file/parse-file.service';
import { formatViewOf } from './shared/import-view';
import { FileRefused, type EntityOfRecord, type ReadLine, type StagedRecord } from './shared/records';
import { refusalCounts, type CountedRefusal } from './shared/refusal-counts';
import { reportingCalendarOf } from './shared/reporting-calendar';
import { MappingRow } from './shared/rows';

type MappingOfRun = { readonly name: string } | { readonly spec: MappingSpec };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const PLACES_MAX = 100;
const BYTES_MAX = 1024 * 1024;
/** A packed file of a megabyte may have millions. */
const LINES_MAX = 50_000;
const RECORDS_SHOWN = 100;
const REFUSALS_SHOWN = 300;
const COLUMNS_SHOWN = 1_000;
/** Two lists of this size, a header and the counts are one message. */
const LIST_BYTES_MAX = 300_000;
const NAME_MAX = 200;

/** What an entity is called, beside what a record needs of it. */
interface NamedEntity extends EntityOfRecord {
  readonly code: string;
}

/** What would become of the first lines of a file: read as an import reads them, and stored nowhere. */
@Injectable()
export class DryRunService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `mapping_unknown`, `mapping_invalid`, `body_too_large`, `request_invalid`. */
  async run(tenantId: string, mapping: MappingOfRun, gzipBase64: string): Promise<DryRunResult> {
    const bytes = unpacked(gzipBase64);
    const { name, version, spec, entities, calendar } = await this.context(tenantId, mapping);
    const result: Mutable<DryRunResult> = {
      mapping: { name, version },
      format: null,
      header: [],
      refusal: null,
      lines: 0,
      accepted: 0,
      refused: 0,
      records: [],
      refusals: [],
      counts: [],
    };
    try {
      const format = await inspectBytes(bytesInMemory(bytes), spec, (found, header) => {
        result.format = found;
        if (header) result.header = header.names.slice(0, COLUMNS_SHOWN).map((column) => column.slice(0, NAME_MAX));
      });
      result.format = formatViewOf(format);
      const reading = { spec, sha256: sha256Hex(bytes), mappingName: name ?? '', calendar };
      const outcome = new Outcome(entities);
      const byCode = new Map(entities.map((entity) => [entity.code, entity]));
      for await (const lines of readBytes(bytesInMemory(bytes), reading, format, byCode, 0)) {
        for (const line of lines) outcome.add(line);
        if (outcome.lines >= LINES_MAX) break;
      }
      return { ...result, ...outcome.result() };
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      const { code, detail, line, column } = error;
      return { ...result, refusal: { code, detail, line, column } };
    }
  }

  private async context(
    tenantId: string,
    mapping: MappingOfRun,
  ): Promise<{ name: string | null; version: number | null; spec: MappingSpec; entities: NamedEntity[]; calendar: ReportingCalendar }> {
    if ('spec' in mapping) {
      const places = checkMapping(mapping.spec);
      if (places.length > 0)
        throw new Refused('mapping_invalid', `${places.length} places contradict the vocabulary.`, places.slice(0, PLACES_MAX));
    }
    return inTenant(this.dataSource, tenantId, async ({ manager, client }) => {
      const kept =
        'name' in mapping
          ? await manager.findOne(MappingRow, { where: { tenantId, name: mapping.name }, order: { version: 'desc' } })
          : null;
      if ('name' in mapping && !kept) throw new Refused('mapping_unknown');
      const spec = 'spec' in mapping ? mapping.spec : kept!.spec;
      const { rows } = await client.query<NamedEntity>(READ_ENTITIES, [tenantId]);
      const calendar = await reportingCalendarOf(client, tenantId);
      return { name: kept?.name ?? null, version: kept?.version ?? null, spec, entities: rows, calendar };
    });
  }
}

function unpacked(gzipBase64: string): Buffer {
  try {
    return gunzipSync(Buffer.from(gzipBase64, 'base64'), { maxOutputLength: BYTES_MAX });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refused('body_too_large', `A dry run takes at most ${BYTES_MAX} bytes.`);
    throw new Refused('request_invalid', 'gzipBase64: no gzip in base64.');
  }
}

/** Counts everything and shows the first of it. */
class Outcome {
  private readonly codes: ReadonlyMap<string, string>;
  private readonly counts = new Map<string, CountedRefusal>();
  private readonly records = new Shown<DryRunResult['records'][number]>(RECORDS_SHOWN);
  private readonly refusals = new Shown<DryRunResult['refusals'][number]>(REFUSALS_SHOWN);
  lines = 0;
  private accepted = 0;
  private refused = 0;

  constructor(entities: readonly NamedEntity[]) {
    this.codes = new Map(entities.map(({ id, code }) => [id, code]));
  }

  add({ staged, refused }: ReadLine): void {
    this.lines += 1;
    this.accepted += staged.length;
    this.refused += refused.length;
    for (const record of staged) this.records.add(() => this.recordOf(record));
    for (const refusal of refused) this.refusals.add(() => refusal);
    refusalCounts(refused, this.counts);
  }

  result(): Pick<DryRunResult, 'lines' | 'accepted' | 'refused' | 'records' | 'refusals' | 'counts'> {
    const { lines, accepted, refused } = this;
    const counts = [...this.counts.values()].sort((a, b) => b.records - a.records).slice(0, COLUMNS_SHOWN);
    return { lines, accepted, refused, records: this.records.items, refusals: this.refusals.items, counts };
  }

  private recordOf({ line, slot, entityId, flags, stated, tags, segments }: StagedRecord): DryRunResult['records'][number] {
    return {
      line,
      slot,
      entity: this.codes.get(entityId) ?? '',
      periodStart: segments[0]!.start,
      periodEnd: segments.at(-1)!.end,
      flags: [...flags],
      stated: [...stated],
      tags: { ...tags },
      segments: segments.map(({ start, end, quantity, key }) => ({ start, end, quantity, key: { ...key } })),
    };
  }
}

/** The first items of a list, as far as one message holds them. */
class Shown<T> {
  readonly items: T[] = [];
  private bytes = 0;

  constructor(private readonly max: number) {}

  add(make: () => T): void {
    if (this.items.length >= this.max || this.bytes > LIST_BYTES_MAX) return;
    const item = make();
    this.bytes += Buffer.byteLength(JSON.stringify(item));
    if (this.bytes <= LIST_BYTES_MAX) this.items.push(item);
  }
}
