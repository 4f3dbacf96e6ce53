import { z } from 'zod';
import { EDITIONS_RULES, isRefusal, reportingCalendar } from '#ghg';

export const tenantId = z.uuid();
/** A bigint of the database; text on the wire, since JavaScript numbers end at 2^53. Eighteen digits always fit: int8 ends within the nineteenth. */
export const bigId = z.string().regex(/^\d{1,18}$/);
/** An exact decimal as text: no exponent. */
export const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
export const isoDate = z.iso.date();
export const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
export const entityCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
export const approach = z.enum(['operational-control', 'financial-control', 'equity-share', 'esrs-set-1']);
export const gwpSet = z.enum(['AR4', 'AR5', 'AR5-feedback', 'AR5-fossil-30', 'AR6', 'AR6-27.9', 'AR6-fossil-29.8']);
/** The rules that a figure was made by; a draft says so wherever its figures stand. */
export const methodPackHead = z.object({ id: name, title: z.string(), status: z.enum(['in-force', 'draft']) });
export const basis = z.enum(['all', 'location', 'market']);
/** Whose year's factors the parts of a reporting year take: `EDITIONS` in libs/ghg. */
export const editionsRule = z
  .enum(EDITIONS_RULES)
  .describe(
    'whose year’s factors the parts of a reporting year that is no calendar year take: `blended`: those of the calendar year of the part; `majority`: those of the calendar year in which most of the reporting year lies',
  );
/** A day of every year. */
export const monthDay = z
  .string()
  .refine((text) => !isRefusal(reportingCalendar(text)), 'must be a day that every year has, as MM-DD')
  .meta({ pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
  .describe('MM-DD, not the 29th of February');
/** The days of a reporting year. */
export const reportingPeriod = z
  .object({ from: isoDate, to: isoDate.describe('last day, inclusive') })
  .describe('the days of the reporting year');

const UNREADABLE = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/**
 * The first place in a value, `at` being its own name, that holds a character which no name, code or text of ours may hold: a control character
 * other than tab and line ends, or half of a surrogate pair; or the name `__proto__`. Postgres keeps neither NUL nor such a half. Undefined: there is none.
 */
export function unreadableCharacterAt(value: unknown, at: string): string | undefined {
  if (typeof value === 'string') return UNREADABLE.test(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    // An unreadable key is no name for a place: the place is what holds it. This one would be lost on the way instead of kept.
    if (UNREADABLE.test(key) || key === '__proto__') return at;
    const place = unreadableCharacterAt(inner, Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Cursor paging: `after` is the `next` of the page before. */
export const pageRequest = { after: z.string().max(64).optional(), limit: z.number().int().min(1).max(1000).default(100) };
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
