import type { Cell } from '#contracts';
import { isRefusal, parseNumber, type Decimal, type NumberLocale, type Refusal } from '#ghg';
import { TypedCell, textOf, type Fields } from '../shared/cells';
import type { Columns } from './header';

/** Numbers in a mapping are written like numbers in code, whatever the locale of its files. Typed cells spell them so too. */
export const MAPPING_LOCALE: NumberLocale = { decimal: '.', group: '' };

type Part = (fields: Fields) => string | null;
type Split = NonNullable<Extract<Cell, { column: string }>['split']>;

/** A cell of the mapping, bound to the columns of one file. White space around a cell never counts. */
export class BoundCell {
  /** The column that a refusal names: the first one that is read. */
  readonly column: string | null;
  /** -1: not one whole column of the file. */
  private readonly whole: number;
  private readonly index: number;
  private readonly read: Part;
  private readonly values: ReadonlyMap<string, string> | undefined;

  constructor(cell: Cell, columns: Columns) {
    const first = columnsOf(cell)[0];
    this.column = first ?? null;
    this.index = first === undefined ? -1 : (columns.get(first) ?? -1);
    this.read = readerOf(cell, columns);
    this.values = 'values' in cell && cell.values ? new Map(Object.entries(cell.values)) : undefined;
    this.whole = 'column' in cell && !cell.split && !this.values ? this.index : -1;
  }

  /** The cell as the file has it, for a person who looks for it there; null for a constant. */
  raw(fields: Fields): string | null {
    return this.column === null ? null : textOf(fields[this.index]);
  }

  /** The cell as its file types it; null where it is a text, or the mapping makes another text of it. */
  typed(fields: Fields): TypedCell | null {
    const cell = this.whole < 0 ? undefined : fields[this.whole];
    return cell instanceof TypedCell ? cell : null;
  }

  /**
   * The value after the mapping's splitting, joining and table of values; null if it has no such part or is not listed there. An empty cell that is
   * not listed stays empty.
   */
  text(fields: Fields): string | null {
    const text = this.read(fields);
    if (!this.values || text === null) return text;
    return this.values.get(text) ?? (text === '' ? '' : null);
  }
}

/** The columns of the file that a cell reads. */
export function columnsOf(cell: Cell): string[] {
  if ('join' in cell) return cell.join.flatMap((part) => ('column' in part ? [part.column] : []));
  return 'column' in cell ? [cell.column] : [];
}

function readerOf(cell: Cell, columns: Columns): Part {
  if ('constant' in cell) return () => cell.constant;
  if ('header' in cell) throw new Error('a cell that reads a header outside of a spread slot');
  if ('join' in cell)
    return joined(
      cell.join.map((part) => new BoundCell(part, columns)),
      cell.with,
    );
  const index = columns.get(cell.column) ?? -1;
  if (cell.split) return splitter(index, cell.split);
  return (fields) => {
    const value = fields[index];
    return typeof value === 'string' ? value.trim() : textOf(value);
  };
}

/** Empty where every part of a column is: then nothing was stated, whatever constants stand between. */
function joined(parts: readonly BoundCell[], between: string): Part {
  return (fields) => {
    const texts: string[] = [];
    let stated = parts.every(({ column }) => column === null);
    for (const part of parts) {
      const text = part.text(fields);
      if (text === null) return null;
      if (part.column !== null && text !== '') stated = true;
      texts.push(text);
    }
    return stated ? texts.join(between) : '';
  };
}

function splitter(index: number, { at, part, of }: Split): Part {
  return (fields) => {
    const text = textOf(fields[index]).trim();
    if (text === '') return '';
    const parts = text.split(at);
    if (of !== undefined && parts.length !== of) return null;
    return parts[part - 1]?.trim() ?? null;
  };
}

/** A number, read in the file's locale if it stands in a column as a text. */
export class BoundNumber {
  readonly cell: BoundCell;
  private readonly constant: Decimal | Refusal | undefined;

  constructor(
    cell: { column: string; split?: Split | undefined } | { constant: string },
    columns: Columns,
    private readonly locale: NumberLocale,
  ) {
    this.cell = new BoundCell(cell, columns);
    this.constant = 'constant' in cell ? parseNumber(cell.constant, MAPPING_LOCALE) : undefined;
  }

  isEmpty(fields: Fields): boolean {
    return this.cell.text(fields) === '';
  }

  value(fields: Fields): Decimal | Refusal {
    if (this.constant) return this.constant;
    const typed = this.cell.typed(fields);
    if (typed?.kind === 'number') return parseNumber(typed.text, MAPPING_LOCALE);
    return parseNumber(this.cell.text(fields) ?? '', this.locale);
  }
}

/** A refusal, and the cell that it is about. */
export interface Trouble extends Refusal {
  readonly column: string | null;
  readonly value: string | null;
}

export function trouble({ refusal, detail }: Refusal, cell: BoundCell | null, fields: Fields): Trouble {
  return { refusal, detail, column: cell?.column ?? null, value: cell?.raw(fields) ?? null };
}

export function isTrouble<T>(result: T | Trouble): result is Trouble {
  return isRefusal(result) && 'column' in result;
}
