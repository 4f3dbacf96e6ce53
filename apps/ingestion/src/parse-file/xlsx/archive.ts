import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { ZIP_LOCAL_BYTES, ZIP_TAIL_BYTES, zipDataAt, zipDirectory, zipRecords, type ZipRecord } from '#archives';
import { FileRefused } from '../../shared/records';
import { inWordsOfFiles, sliceOf, type FileBytes } from '../file-bytes';
import { LIMITS } from '../limits';

/** The parts of a workbook, each unpacked as a stream when it is asked for. */
export class WorkbookArchive {
  private constructor(
    private readonly bytes: FileBytes,
    private readonly records: ReadonlyMap<string, ZipRecord>,
  ) {}

  /** Reads the directory and nothing else. Refuses: `file_unreadable`, `file_too_large`. */
  static async open(bytes: FileBytes): Promise<WorkbookArchive> {
    try {
      const { count, at, bytes: length } = zipDirectory(await sliceOf(bytes, bytes.size - ZIP_TAIL_BYTES, bytes.size), LIMITS.workbook);
      const directory = await sliceOf(bytes, at, at + Math.min(length, LIMITS.partBytes));
      const records = zipRecords(directory, count, bytes.size, LIMITS.workbook);
      return new WorkbookArchive(bytes, new Map(records.map((record) => [record.name, record])));
    } catch (error) {
      throw inWordsOfFiles(error);
    }
  }

  has(name: string): boolean {
    return this.records.has(name);
  }

  /** The text of a small part; null if there is none. Refuses: `file_too_large`, and what `text` refuses. */
  async whole(name: string): Promise<string | null> {
    const record = this.records.get(name);
    if (!record) return null;
    if (record.unpackedBytes > LIMITS.partBytes)
      throw new FileRefused('file_too_large', `"${name}" in the workbook is larger than ${LIMITS.partBytes} bytes.`, 0);
    let text = '';
    for await (const part of this.text(name)) text += part;
    return text;
  }

  /** The text of a part, while it is unpacked. Refuses: `file_unreadable`. */
  async *text(name: string): AsyncGenerator<string> {
    const record = this.records.get(name);
    if (!record) throw new FileRefused('file_unreadable', `The workbook has no "${name}".`, 0);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of this.unpacked(record)) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    } catch (error) {
      if (error instanceof TypeError) throw new FileRefused('file_unreadable', `"${name}" in the workbook is no UTF-8.`, 0);
      throw inWordsOfFiles(error);
    }
  }

  private async *unpacked(record: ZipRecord): AsyncGenerator<Buffer> {
    const { name, isDeflated, packedBytes, unpackedBytes, localAt } = record;
    const start = zipDataAt(await sliceOf(this.bytes, localAt, localAt + ZIP_LOCAL_BYTES), record);
    const packed = this.bytes.stream(start, Math.min(start + packedBytes, this.bytes.size));
    const contradicts = (): FileRefused =>
      new FileRefused('file_unreadable', `"${name}" in the workbook does not unpack to the ${unpackedBytes} bytes that it states.`, 0);
    let bytes = 0;
    for await (const chunk of isDeflated ? inflated(packed) : packed) {
      bytes += chunk.length;
      if (bytes > unpackedBytes) throw contradicts();
      yield chunk;
    }
    if (bytes < unpackedBytes) throw contradicts();
  }
}

function inflated(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 128 * 1024 });
  // An error of either stream is thrown where the other one is read.
  pipeline(Readable.from(packed, { objectMode: false }), inflate, () => undefined);
  return inflate;
}
