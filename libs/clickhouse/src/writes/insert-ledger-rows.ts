import type { Readable } from 'node:stream';
import type { Clickhouse } from '../client';

/** The columns of `ledger_entries` in the order in which rows are sent. */
export const LEDGER_COLUMNS = [
  'tenant_id',
  'book_id',
  'run_id',
  'run_ordinal',
  'attempt',
  'entry_id',
  'activity_id',
  'segment',
  'import_ordinal',
  'line',
  'slot',
  'match_key_id',
  'rate_id',
  'reverses',
  'entity_code',
  'country',
  'activity_type',
  'leg',
  'basis',
  'source_class',
  'year',
  'period_start',
  'period_end',
  'quantity',
  'unit',
  'kgco2e',
  'biogenic_kgco2',
  'factor_set_id',
  'factor_code',
  'fallbacks',
  'flags',
  'tags_text',
  'tags_decimal',
  'tags_date',
  'tags_boolean',
  'pool',
  'withheld',
] as const;

/** Streams an attempt's rows in, as TabSeparated lines in the order of `LEDGER_COLUMNS`. They do not count before the attempt is committed. */
export function insertLedgerRows(clickhouse: Clickhouse, lines: Readable): Promise<void> {
  return clickhouse.insertTabSeparated('insert-ledger-rows', 'ledger_entries', LEDGER_COLUMNS, lines);
}
