import { fileFormat, type FileFormat, type ImportView } from '#contracts';
import type { InspectedFormat } from './records';
import type { ImportRow } from './rows';

/** An import as the contracts show it. Counts of lines and records are far below 2^53. */
export function importViewOf(row: ImportRow): ImportView {
  const { id, ordinal, fileName, sha256, status } = row;
  return {
    id,
    ordinal,
    fileName,
    sha256,
    bytes: Number(row.bytes),
    mapping: { name: row.mappingName, version: row.mappingVersion },
    status,
    format: row.format && formatViewOf(row.format),
    refusal: row.refusalCode === null ? null : { code: row.refusalCode, detail: row.refusalDetail ?? '' },
    lines: Number(row.lines),
    records: Number(row.records),
    accepted: Number(row.accepted),
    refused: Number(row.refused),
    duplicate: Number(row.duplicate),
    corrected: Number(row.corrected),
    flagged: Number(row.flagged),
    receivedAt: row.receivedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Without what only the reader needs: ten thousand columns would fill the page. */
export function formatViewOf(format: InspectedFormat): FileFormat {
  return fileFormat.parse(format);
}
