import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export const ENTITIES = 50;
export const SECTORS_MAX = 1_000;

/** The mapping of the made-up file: spend by sector, one slot, one record per line. */
export const MAPPING = {
  source: 'ledger',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['voucher'],
  entity: { column: 'company' },
  period: { start: { column: 'day' } },
  tags: [{ column: 'cost_centre', tag: 'cost_centre', type: 'text' }],
  ignore: ['text', 'account'],
  slots: [
    {
      slot: 1,
      activityType: { constant: 'spend.goods' },
      operands: { quantity: { value: { column: 'amount' }, unit: { constant: 'USD' } } },
      attributes: { sector: { column: 'sector' }, price_year: { column: 'price_year' } },
    },
  ],
} as const;

export interface FileWish {
  readonly file: string;
  readonly rows: number;
  readonly sectors: readonly string[];
  /** `monotone`: vouchers rise with the line, as an export has them; `random`: in no order. */
  readonly ids: 'monotone' | 'random';
  /** Every n-th line alone, with another amount than before. */
  readonly correcting?: number;
}

/** Lines as an export of a purchase ledger has them, some 100 bytes each; the same wish gives the same bytes. */
export async function writeSpendFile({ file, rows, sectors, ids, correcting }: FileWish): Promise<void> {
  const out = createWriteStream(file);
  let block = 'voucher,company,day,account,sector,price_year,amount,cost_centre,text\n';
  for (let i = 0; i < rows; i += correcting ?? 1) {
    const mixed = (Math.imul(i, 0x9e3779b1) ^ (i >>> 3)) >>> 0;
    const voucher = ids === 'monotone' ? `V${String(i).padStart(10, '0')}` : `V${mixed.toString(36)}-${i}`;
    const year = 2023 + (mixed % 2);
    const day = `${year}-${String((i % 12) + 1).padStart(2, '0')}-${String((mixed % 28) + 1).padStart(2, '0')}`;
    const amount = `${(mixed % 99_991) + (correcting ? 7 : 0)}.${String(i % 100).padStart(2, '0')}`;
    const sector = sectors[mixed % sectors.length] as string;
    block += `${voucher},C${i % ENTITIES},${day},4${i % 900},${sector},${year},${amount},CC${mixed % 40},purchase order ${mixed % 100_000}\n`;
    if (block.length > 1 << 20) {
      if (!out.write(block)) await once(out, 'drain');
      block = '';
    }
  }
  out.end(block);
  await once(out, 'close');
}
