import type { FileFormat } from '#contracts';
import { CsvTable } from './csv-table';
import { decodeFile } from './decode-file';
import { gunzipped, spooled, type FileBytes } from './file-bytes';
import { NOTHING_TO_CLOSE, type FileTable } from './file-table';
import { JsonTable } from './json-table';
import { LIMITS } from './limits';
import { ParquetTable } from './parquet/parquet-table';
import { XlsxTable } from './xlsx/xlsx-table';

/** Opens a file as what it was found to be. `quoted`: false where its text is known to hold no quote. Whoever opens it closes it. */
export async function openTable(bytes: FileBytes, format: FileFormat, quoted = true): Promise<FileTable> {
  const isPacked = format.compression === 'gzip';
  if (format.kind === 'csv' || format.kind === 'ndjson') {
    const encoding = format.encoding ?? 'utf-8';
    const texts = (): AsyncIterable<string> => decodeFile(isPacked ? gunzipped(bytes.stream(), LIMITS.unpacked) : bytes.stream(), encoding);
    if (format.kind === 'ndjson') return new JsonTable(texts);
    return new CsvTable(texts, { delimiter: format.delimiter ?? ',', quote: format.quote ?? '"', quoted });
  }
  const whole = isPacked ? await spooled(gunzipped(bytes.stream(), LIMITS.spooled)) : { ...bytes, close: NOTHING_TO_CLOSE };
  try {
    return format.kind === 'xlsx' ? await XlsxTable.open(whole, format.sheet, whole.close) : await ParquetTable.open(whole, whole.close);
  } catch (error) {
    await whole.close();
    throw error;
  }
}
