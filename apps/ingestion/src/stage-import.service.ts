import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { stageImport } from '#contracts';
import type { WorkHandler } from '#messaging';
import { ANALYZE_ACTIVITIES } from '#postgres';
import { ParseFileService, type FileToRead } from './parse-file/parse-file.service';
import type { IngestionConfig } from './shared/config';
import { FileRefused, type InspectedFormat, type ReadLine, type RefusedRecord, type StagedRecord } from './shared/records';
import { CONFIG } from './shared/tokens';
import { ImportState, type OpenImport } from './stage-activities/import-state';
import { MatchKeyIds } from './stage-activities/match-key-ids';
import { stageChunk, type Chunk } from './stage-activities/stage-chunk';

/** Fewer do not change what the planner should think of the tables; looking costs more than it saves. */
const ROWS_FOR_STATISTICS = 1_000;

interface ImportId {
  readonly tenantId: string;
  readonly importId: string;
}

/**
 * Stages an import: reads its file as a stream and stages it chunk by chunk, each one transaction. Killed anywhere, it goes on after the last
 * chunk that is committed.
 */
@Injectable()
export class StageImportService implements WorkHandler<typeof stageImport.payload> {
  readonly work = stageImport;
  readonly concurrency: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly files: ParseFileService,
    private readonly state: ImportState,
    @Inject(CONFIG) private readonly config: Pick<IngestionConfig, 'CHUNK_LINES' | 'IMPORTS_AT_ONCE'>,
  ) {
    this.concurrency = config.IMPORTS_AT_ONCE;
  }

  async handle({ tenantId, importId }: ImportId): Promise<void> {
    const open = await this.state.open(tenantId, importId);
    if (!open) return;
    const format = open.chunks > 0 && open.row.format ? open.row.format : await this.inspect(open);
    if (format instanceof FileRefused) return this.state.refuse(tenantId, importId, format);
    await this.state.keepFormat(tenantId, importId, format);
    const lines = await this.stage(tenantId, open, format);
    await this.state.finish(tenantId, importId, lines);
  }

  exhausted({ tenantId, importId }: ImportId, reason: string): Promise<void> {
    return this.state.fail(tenantId, importId, reason);
  }

  private async inspect(open: OpenImport): Promise<InspectedFormat | FileRefused> {
    try {
      return await this.files.inspect(fileOf(open));
    } catch (error) {
      if (error instanceof FileRefused) return error;
      throw error;
    }
  }

  /** Reads one chunk ahead while the chunk before is being staged; returns the number of data lines of the file. */
  private async stage(tenantId: string, open: OpenImport, format: InspectedFormat): Promise<number> {
    const keys = new MatchKeyIds(this.dataSource, tenantId);
    const gathering = new Gathering(open, this.config.CHUNK_LINES);
    let staging: Promise<void> = Promise.resolve();
    const stage = async (chunk: Chunk): Promise<void> => {
      await staging;
      staging = stageChunk(this.dataSource, tenantId, chunk, keys).then(() => this.lookAtTables(chunk));
      // Its failure is thrown where it is awaited next.
      staging.catch(() => undefined);
    };
    try {
      for await (const lines of this.read(open, format)) {
        for (const line of lines) {
          const full = gathering.add(line);
          if (full) await stage(full);
        }
      }
      const rest = gathering.take();
      if (rest) await stage(rest);
      await staging;
    } finally {
      // Broken off, nothing of it may go on while it is taken up again.
      await staging.catch(() => undefined);
    }
    return gathering.lines;
  }

  /** After the first chunk, the second, the fourth: while a table doubles, what the planner thinks of it is soon wrong. */
  private async lookAtTables({ chunk, staged }: Chunk): Promise<void> {
    const isPowerOfTwo = (chunk & (chunk - 1)) === 0;
    if (isPowerOfTwo && staged.length >= ROWS_FOR_STATISTICS) await this.dataSource.query(ANALYZE_ACTIVITIES);
  }

  /** What is staged cannot be taken back: a file that was whole at the inspection and is not now has been tampered with. */
  private async *read(open: OpenImport, format: InspectedFormat): AsyncGenerator<readonly ReadLine[]> {
    try {
      yield* this.files.read(fileOf(open), format, open.entities, open.lastLine);
    } catch (error) {
      throw error instanceof FileRefused ? new Error('the file changed after it was inspected', { cause: error }) : error;
    }
  }
}

/** Gathers lines into chunks. A wide line has many records, staged or refused, so either count makes a chunk full. */
class Gathering {
  lines = 0;
  private chunk: number;
  private firstLine = 0;
  private lastLine = 0;
  private count = 0;
  private staged: StagedRecord[] = [];
  private refused: RefusedRecord[] = [];

  constructor(
    private readonly open: OpenImport,
    private readonly linesMax: number,
  ) {
    this.chunk = open.chunks;
  }

  add({ line, staged, refused }: ReadLine): Chunk | null {
    this.lines += 1;
    if (line <= this.open.lastLine) return null;
    if (this.count === 0) this.firstLine = line;
    this.lastLine = line;
    this.count += 1;
    this.staged.push(...staged);
    this.refused.push(...refused);
    return this.count >= this.linesMax || this.staged.length + this.refused.length >= this.linesMax ? this.take() : null;
  }

  take(): Chunk | null {
    if (this.count === 0) return null;
    this.chunk += 1;
    const { chunk, firstLine, lastLine, staged, refused } = this;
    this.count = 0;
    this.staged = [];
    this.refused = [];
    return { importId: this.open.row.id, chunk, firstLine, lastLine, staged, refused };
  }
}

function fileOf({ row, mapping, calendar }: OpenImport): FileToRead {
  return { fileId: row.fileId, sha256: row.sha256, mappingName: mapping.name, spec: mapping.spec, calendar };
}
