import { numberCell, textOf } from '../../shared/cells';
import type { ColumnKind } from './column-type';

const DAY_MS = 86_400_000;
/** Beyond, no calendar of JavaScript has a day; the text is no date then, and refused as one. */
const DAY_MAX = 100_000_000;

/** The text of a decoded value, the same on every machine: null for an empty cell. */
export function cellText(value: unknown, type: ColumnKind): string | null {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'text':
    case 'boolean':
      return String(value);
    case 'number':
      return typeof value === 'bigint' ? value.toString() : textOf(numberCell(Number(value)));
    case 'float':
      return textOf(numberCell(shortestOfFloat(Number(value))));
    case 'decimal':
      return decimalText(value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint), type.scale);
    case 'date':
      return dayText(Number(value));
    case 'time':
      return momentText(BigInt(value as bigint), type);
  }
}

/** The shortest decimal that is this single-precision number and no other. */
function shortestOfFloat(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Two's complement, the first byte the highest. */
function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return unscaled.toString();
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function dayText(day: number): string {
  return Math.abs(day) > DAY_MAX ? String(day) : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function momentText(value: bigint, { perSecond, utc }: Extract<ColumnKind, { kind: 'time' }>): string {
  const rest = ((value % perSecond) + perSecond) % perSecond;
  const seconds = Number((value - rest) / perSecond);
  if (Math.abs(seconds) > (DAY_MAX * DAY_MS) / 1000) return value.toString();
  const digits = String(perSecond).length - 1;
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(digits, '0').replace(/0+$/, '')}`;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${fraction}${utc ? 'Z' : ''}`;
}
