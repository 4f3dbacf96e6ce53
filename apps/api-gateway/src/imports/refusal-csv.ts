import type { z } from 'zod';
import type { refusalView } from '#contracts';

type Refusal = z.output<typeof refusalView>;
export interface RefusalPage {
  readonly items: readonly Refusal[];
  readonly next: string | null;
}

const COLUMNS = ['line', 'slot', 'column', 'code', 'detail', 'value'] as const;

/** The refusals as RFC 4180 text, a page at a time. */
export async function* refusalCsv(first: RefusalPage, pageAfter: (after: string) => Promise<RefusalPage>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let page = first; ; page = await pageAfter(page.next)) {
    yield page.items.map((refusal) => `${COLUMNS.map((column) => cell(refusal[column])).join(',')}\r\n`).join('');
    if (page.next === null) return;
  }
}

/**
 * One cell. Texts of the file are not ours: a spreadsheet would run one that begins like a formula, so an apostrophe goes before it
 * (OWASP, "CSV injection").
 */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
