/** Everything has a limit: what is beyond one is refused as soon as it can be seen, and costs no memory. */
export const LIMITS = {
  /** A line longer than this is malformed. */
  lineCharacters: 1024 * 1024,
  /** A line longer than this costs the file: it is no text with lines. */
  endlessLineCharacters: 64 * 1024 * 1024,
  columns: 16_384,
  /** Columns that one slot spreads over. */
  spreadColumns: 2_000,
  /** What a gzip stream unpacks to. */
  unpacked: { unpackedBytesMax: 100 * 1024 ** 3, ratioMax: 250, ratioFromBytes: 20 * 1024 * 1024 },
  /** A packed workbook or Parquet file is unpacked onto disk, since it is not read from its beginning. */
  spooled: { unpackedBytesMax: 2 * 1024 ** 3, ratioMax: 250, ratioFromBytes: 20 * 1024 * 1024 },
  workbook: {
    entriesMax: 2_000,
    entryBytesMax: 2 ** 32 - 2,
    unpackedBytesMax: 8 * 1024 ** 3,
    ratioMax: 200,
    ratioFromBytes: 20 * 1024 * 1024,
  },
  /** What of a workbook is held in memory: its list of texts, its styles. */
  sharedTextCharacters: 64 * 1024 * 1024,
  sharedTexts: 2_000_000,
  partBytes: 16 * 1024 * 1024,
  rowCharacters: 8 * 1024 * 1024,
  cellCharacters: 32_767,
  parquetFooterBytes: 16 * 1024 * 1024,
  /** Of one column in one row group. */
  parquetChunkBytes: 128 * 1024 * 1024,
  /** Of all columns that are read, in one row group. */
  parquetGroupBytes: 256 * 1024 * 1024,
  parquetPageBytes: 64 * 1024 * 1024,
  parquetPageValues: 4 * 1024 * 1024,
  /** Rows that any file may have; beyond them, so many per byte. */
  parquetRows: 10_000_000,
  parquetRowsPerByte: 200,
  /** Cells that are decoded at a time, and what the process that does it may take. */
  parquetSliceCells: 200_000,
  parquetHeapMegabytes: 400,
  parquetStepMs: 60_000,
} as const;
