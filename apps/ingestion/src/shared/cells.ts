/** A cell that says itself what it is: the cells of workbooks, Parquet and JSON. Its text is the same in every locale. */
export class TypedCell {
  constructor(
    /** `date`: `YYYY-MM-DD`; `time`: `YYYY-MM-DDTHH:mm:ss…`, with `Z` where it is a moment in UTC; `number`: a plain decimal. */
    readonly kind: 'number' | 'date' | 'time' | 'boolean',
    readonly text: string,
  ) {}
}

/** A cell of a line: a text, which the mapping says how to read, or typed. */
export type CellValue = string | TypedCell;
export type Fields = readonly CellValue[];

export const textOf = (cell: CellValue | undefined): string => (typeof cell === 'string' ? cell : (cell?.text ?? ''));

/** A line of a file, split; or why it cannot be. `line` is where the record begins. */
export type FileLine = { readonly line: number; readonly fields: Fields } | { readonly line: number; readonly malformed: string };

const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** The shortest decimal that is this number and no other, without an exponent; NaN and infinities are no numbers and stay texts. */
export function numberCell(value: number): CellValue {
  if (!Number.isFinite(value)) return String(value);
  const text = String(value);
  return new TypedCell('number', text.includes('e') ? withoutExponent(text) : text);
}

function withoutExponent(text: string): string {
  const [, sign = '', first = '', rest = '', exponent = '0'] = EXPONENT.exec(text) ?? [];
  const digits = first + rest;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point ? sign + digits.padEnd(point, '0') : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
