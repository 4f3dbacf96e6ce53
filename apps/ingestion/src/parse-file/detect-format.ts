import type { FileFormat, MappingSpec, StatedFormat } from '#contracts';
import { FileRefused } from '../shared/records';
import { beginsWith, encodingOf, looksLikeJson, markOf, sampleOf, separatorsOf } from './detect-text';
import { gunzipped, headOf, type FileBytes } from './file-bytes';
import { columnsRead } from './header';
import { LIMITS } from './limits';

const HEAD_BYTES = 64 * 1024;
const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const PARQUET = [0x50, 0x41, 0x52, 0x31];

/** First bytes of what people upload by mistake: [bytes, what they stand for]. */
const OTHER_KINDS: readonly (readonly [readonly number[], string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old office document (.xls)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x50, 0x41, 0x52, 0x45], 'an encrypted Parquet file'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [GZIP, 'compressed with gzip twice'],
];
const KIND_NAMES = { csv: 'CSV', ndjson: 'JSON', xlsx: 'an .xlsx workbook (a ZIP archive)', parquet: 'a Parquet file' } as const;

type Kind = FileFormat['kind'];

/**
 * What a file is, by its first bytes and lines, as far as the mapping leaves it open. Nothing of it is ever taken from the name of the file.
 * Refuses: `file_empty`, `file_not_of_stated_kind`, and what unpacking refuses.
 */
export async function detectFormat(bytes: FileBytes, spec: MappingSpec): Promise<FileFormat> {
  const stated: StatedFormat = spec.format === 'auto' ? {} : spec.format;
  const packed = await headOf(bytes.stream(0, Math.min(bytes.size, HEAD_BYTES)), HEAD_BYTES);
  const isPacked = beginsWith(packed, GZIP);
  const head = isPacked ? await headOf(gunzipped(bytes.stream(), LIMITS.unpacked), HEAD_BYTES) : packed;
  if (head.length === 0) throw new FileRefused('file_empty', 'The file has no line.');
  const compression = isPacked ? 'gzip' : 'none';
  const binary = binaryKind(head);
  if (binary) return ofKind(binary, stated, { compression, encoding: null, delimiter: null, quote: null });
  const mark = markOf(head);
  if (mark && stated.encoding && mark !== stated.encoding)
    throw new FileRefused('file_not_of_stated_kind', `The file says that it is ${mark}; the mapping says ${stated.encoding}.`);
  const encoding = mark ?? stated.encoding ?? encodingOf(head);
  const sample = sampleOf(head, encoding);
  if ((stated.kind ?? 'ndjson') === 'ndjson' && looksLikeJson(sample))
    return ofKind('ndjson', stated, { compression, encoding, delimiter: null, quote: null });
  const { delimiter, quote } = separatorsOf(sample, stated, columnsRead(spec));
  return ofKind('csv', stated, { compression, encoding, delimiter, quote });
}

function binaryKind(head: Buffer): Kind | null {
  if (beginsWith(head, ZIP)) return 'xlsx';
  if (beginsWith(head, PARQUET)) return 'parquet';
  const other = OTHER_KINDS.find(([magic]) => beginsWith(head, magic));
  if (other) throw new FileRefused('file_not_of_stated_kind', `The file is ${other[1]}: no table that is read.`);
  return null;
}

function ofKind(kind: Kind, stated: StatedFormat, found: Pick<FileFormat, 'compression' | 'encoding' | 'delimiter' | 'quote'>): FileFormat {
  if (stated.kind !== undefined && stated.kind !== kind)
    throw new FileRefused('file_not_of_stated_kind', `The file is ${KIND_NAMES[kind]}; the mapping says ${KIND_NAMES[stated.kind]}.`);
  const sheet = kind === 'xlsx' ? (stated.sheet ?? null) : null;
  const open = { kind: true, encoding: found.encoding !== null, delimiter: kind === 'csv', quote: kind === 'csv', sheet: kind === 'xlsx' };
  const detected = (['kind', 'encoding', 'delimiter', 'quote', 'sheet'] as const).filter(
    (what) => open[what] && stated[what] === undefined,
  );
  return { kind, ...found, sheet, detected };
}
