import { plain, type Factor, type FuelProperty, type GasAmount } from '#ghg';
import type { Cell, Omission, OmissionReason } from '../../factor-file';
import { figureOf, letterOf, meaningOf, rateText, textOf } from '../shared/figures';

/** A row of a sheet; rows count from 1. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** A column of one gas: what a printed figure is in kilograms, and per what. */
export interface GasColumn {
  readonly column: number;
  readonly gas: 'CO2' | 'CH4' | 'N2O';
  /** Kilograms in one printed unit of mass. */
  readonly kg: string;
  /** The unit of mass as printed. */
  readonly mass: string;
  /** What stands below the line, as printed. */
  readonly per: string;
}

/** A mass may be kilograms for one gas and grams for the next: each header says its own. Pounds are international pounds. */
const MASSES: Readonly<Record<string, string>> = { kg: '1', g: '0.001', lb: '0.45359237' };

/** Not available, as US EPA writes it. */
const NOT_AVAILABLE = /^(NA|N\/A)$/;

/** Gas, mass and what is below the line, out of the lines of a header: `CO2 Factor` over `kg CO2 per mmBtu`, `CH4 Factor (g / mile)`. */
export function gasColumnOf(header: string, column: number): GasColumn | null {
  const gas = /\b(CO2|CH4|N2O)\b/.exec(header)?.[1];
  const ratio = /\b(kg|g|lb)\b[^/]*?(?:\/|\bper\b) *([A-Za-z][A-Za-z -]*)/.exec(header);
  const kg = MASSES[ratio?.[1] ?? ''];
  if (gas !== 'CO2' && gas !== 'CH4' && gas !== 'N2O') return null;
  if (!ratio || kg === undefined) return null;
  return { column, gas, kg, mass: ratio[1] ?? '', per: ratio[2]?.trim() ?? '' };
}

/** A figure of a cell; `NA` is as good as blank, and a number kept as text (`"0 "`) is what it says. */
export function usFigure(cells: readonly Cell[], column: number): ReturnType<typeof figureOf> {
  const text = textOf(cells, column);
  if (cells[column]?.kind === 'error') return { reason: 'value_not_a_number' };
  return figureOf(NOT_AVAILABLE.test(text) ? '' : text);
}

/** The gases of one group of figures as masses, with what is printed; or the first figure that is none. */
export type GasLine =
  | {
      readonly gases: readonly { readonly gas: GasColumn['gas']; readonly kg: string }[];
      readonly printed: string;
      readonly reason?: never;
    }
  | { readonly reason: OmissionReason; readonly column: number; readonly detail: string };

export function gasLineOf(cells: readonly Cell[], columns: readonly GasColumn[]): GasLine {
  const gases: { gas: GasColumn['gas']; kg: string }[] = [];
  const printed: string[] = [];
  for (const { column, gas, kg, mass } of columns) {
    const { value, reason } = usFigure(cells, column);
    if (value === undefined) return { reason, column, detail: `${gas}: "${textOf(cells, column)}"` };
    gases.push({ gas, kg: rateText(value.mul(kg)) });
    printed.push(`${plain(value)} ${mass} ${gas}`);
  }
  return { gases, printed: `${printed.join(', ')} per ${columns[0]?.per ?? ''}` };
}

/** CO2 of biological origin stands outside the scopes, on a leg of its own; the methane beside it is not fossil. */
export function biogenicSplit(gases: readonly { readonly gas: string; readonly kg: string }[]): {
  readonly combustion: readonly GasAmount[];
  readonly biogenic: readonly GasAmount[];
} {
  const combustion = gases.filter(({ gas }) => gas !== 'CO2').map(({ gas, kg }) => ({ gas: gas === 'CH4' ? 'CH4_nonfossil' : gas, kg }));
  const biogenic = gases.filter(({ gas }) => gas === 'CO2').map(({ kg }) => ({ gas: 'CO2_biogenic', kg }));
  return { combustion, biogenic };
}

/**
 * Accounts for the figures of stacked and wide tables line by line: a line is one group of figures of a row (per mmBtu and per gallon are two, so
 * are total output and non-baseload, so is each treatment of a waste), or a row without figures. Every line ends in a factor or a property, or in
 * one named omission.
 */
export class LineAccount {
  readonly factors: Factor[] = [];
  readonly apart: Factor[] = [];
  readonly properties: FuelProperty[] = [];
  readonly omissions: Omission[] = [];
  /** Where each factor stands, by its code. */
  readonly places = new Map<string, { readonly sheet: string; readonly row: number }>();
  private used = 0;
  private readonly meanings = new Map<string, string>();
  private readonly codes = new Set<string>();

  constructor(private readonly sheet: string) {}

  /** A line became these factors; `apart` in a set of its own. What another line of the file says already is omitted by name. */
  take({ row }: SheetRow, factors: readonly Factor[], { column, apart = false }: { column?: number; apart?: boolean } = {}): void {
    const again = factors.find((factor) => this.meanings.has(meaningOf(factor)) || this.codes.has(factor.code));
    if (again) return this.omit(row, column, 'duplicate_id', `${again.code} was read before: ${again.source.row}`);
    for (const factor of factors) {
      this.meanings.set(meaningOf(factor), factor.code);
      this.codes.add(factor.code);
      (apart ? this.apart : this.factors).push(factor);
      this.places.set(factor.code, { sheet: this.sheet, row });
    }
    this.used += 1;
  }

  /** A line became properties. */
  takeProperties({ row }: SheetRow, properties: readonly FuelProperty[], column: number): void {
    const again = properties.find(({ code }) => this.codes.has(code));
    if (again) return this.omit(row, column, 'duplicate_id', `${again.code} was read before: ${again.source.row}`);
    for (const property of properties) {
      this.codes.add(property.code);
      this.properties.push(property);
      this.places.set(property.code, { sheet: this.sheet, row });
    }
    this.used += 1;
  }

  omit(row: number, column: number | undefined, reason: OmissionReason, detail: string): void {
    this.omissions.push({ sheet: this.sheet, row, ...(column === undefined ? {} : { column: letterOf(column) }), reason, detail });
  }

  /** A heading, a source, a remark. */
  note({ row, cells }: SheetRow): void {
    const first = cells.findIndex(({ kind }) => kind !== 'blank');
    this.omit(row, undefined, 'note', textOf(cells, first).slice(0, 80));
  }

  get rowsRead(): number {
    return this.used + this.omissions.length;
  }

  get rowsUsed(): number {
    return this.used;
  }
}

/** The rows that hold something. */
export function filledRows(rows: readonly (readonly Cell[])[]): SheetRow[] {
  return rows.map((cells, i) => ({ row: i + 1, cells })).filter(({ cells }) => cells.some(({ kind }) => kind !== 'blank'));
}
