import { Decimal, fitsDigits, INTEGER_DIGITS_MAX } from '../quantity/decimal';
import { refuse, type Refusal } from '../refusals';

/** How a mapping says its numbers are written: the decimal sign, and the sign between groups of thousands ('' for none). */
export interface NumberLocale {
  readonly decimal: '.' | ',';
  readonly group: '' | ',' | '.' | ' ' | "'";
}

const LENGTH_MAX = 80;
/** Files written by office programs use no-break and narrow no-break spaces between thousands. */
const SPACES = /[\u00a0\u202f]/g;
const EXPONENT = /^[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}$/;

/**
 * Reads a number exactly, in the declared locale and no other: group signs must stand at the thousands, and `1.234` is never guessed at.
 * An exponent is read only in its plain spelling with a decimal point (`1.2E+3`).
 * Refusals: `value_missing`, `number_malformed`, `number_too_large`.
 */
export function parseNumber(text: string, locale: NumberLocale): Decimal | Refusal {
  const trimmed = text.replace(SPACES, ' ').trim();
  if (trimmed === '') return refuse('value_missing', 'the number is empty');
  if (trimmed.length > LENGTH_MAX) return refuse('number_malformed', `longer than ${LENGTH_MAX} characters`);
  const spelled = plainSpelling(trimmed, locale);
  if (spelled === null) return refuse('number_malformed', `"${trimmed}" is no number written with "${locale.decimal}" as decimal sign`);
  const value = new Decimal(spelled);
  if (!fitsDigits(value))
    return refuse('number_too_large', `"${trimmed}" has more than ${INTEGER_DIGITS_MAX} digits before the decimal sign`);
  return value;
}

/** The number with a decimal point and without groups; null if it is not written in this locale. */
function plainSpelling(text: string, { decimal, group }: NumberLocale): string | null {
  if (group === decimal) return null;
  if (decimal === '.' && EXPONENT.test(text)) return text;
  const [whole = '', fraction, ...rest] = text.replace(/^[+-]/, '').split(decimal);
  if (rest.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const digits = ungrouped(whole, group, fraction !== undefined);
  if (digits === null) return null;
  return `${text.startsWith('-') ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** The digits before the decimal sign; `.5` is read as a half. */
function ungrouped(whole: string, group: string, hasFraction: boolean): string | null {
  if (whole === '') return hasFraction ? '0' : null;
  if (/^\d+$/.test(whole)) return whole;
  const groups = group === '' ? [] : whole.split(group);
  const atThousands = groups.length > 1 && groups.every((part, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  return atThousands ? groups.join('') : null;
}
