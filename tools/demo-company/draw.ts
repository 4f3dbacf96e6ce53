/**
 * Draws from a fixed seed, in whole numbers only (the 32-bit generator of Marsaglia's xorshift, 2003): the same seed gives the same company on
 * every machine. Amounts are whole numbers of their last decimal and become text without ever being a fraction.
 */
export class Draw {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  private next(): number {
    this.state ^= this.state << 13;
    this.state >>>= 0;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + (this.next() % (max - min + 1));
  }

  /** True `perMille` times in a thousand. */
  chance(perMille: number): boolean {
    return this.int(1, 1000) <= perMille;
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.int(0, choices.length - 1)];
    if (chosen === undefined) throw new Error('there is nothing to pick from');
    return chosen;
  }

  /** A plain decimal with a point: `min` and `max` count the last decimal. */
  decimal(min: number, max: number, decimals: number): string {
    return decimalText(this.int(min, max), decimals);
  }
}

/** 12345 with two decimals is `123.45`. */
export function decimalText(count: number, decimals: number): string {
  if (decimals === 0) return String(count);
  const digits = String(Math.abs(count)).padStart(decimals + 1, '0');
  return `${count < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** A plain decimal as it is written with a decimal comma and points between thousands: `1234.5` is `1.234,5`. */
export function withDecimalComma(text: string): string {
  const [whole = '', fraction] = text.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return `${text.startsWith('-') ? '-' : ''}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

export const YEARS = [2024, 2025] as const;
export const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

const two = (n: number): string => String(n).padStart(2, '0');

export function monthText(year: number, month: number): string {
  return `${year}-${two(month)}`;
}

/** A day that every month has, so that no calendar is needed here. */
export function dayText(year: number, month: number, day: number): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** `2025-03-01` as `01.03.2025`, `01/03/2025` or, the American way, `03/01/2025`. */
export function spelled(day: string, format: 'DD.MM.YYYY' | 'DD/MM/YYYY' | 'MM/DD/YYYY'): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return format.replace('YYYY', year).replace('MM', month).replace('DD', date);
}

/** The last day of a month. */
export function monthEnd(year: number, month: number): string {
  const days = month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return dayText(year, month, days);
}
