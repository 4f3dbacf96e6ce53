import { SPREAD_COLUMN, type Cell, type MappingSlot, type MappingSpec } from '#contracts';
import { isRefusal } from '#ghg';
import { DayReader } from './read-day';

/** A slot as one file has it: each column that a slot of the mapping spreads over is one of its own. */
export interface FileSlot {
  readonly slot: MappingSlot;
  /** Under which its records are known in their source: the slot of the mapping, and the name of the column that it spread to. */
  readonly identity: readonly (number | string)[];
}

/** Every slot of a mapping for the columns of a file. Without them (null): as far as the mapping names its columns itself. */
export function fileSlots({ slots, locale }: MappingSpec, names: readonly string[] | null): FileSlot[] {
  return slots.flatMap((slot) => {
    if (!slot.spread) return [{ slot, identity: [slot.slot] }];
    const columns = spreadColumns(slot.spread, names, locale.zone);
    return columns.map(({ column, is }, i) => ({ slot: spreadTo(slot, column, is, slot.slot + i), identity: [slot.slot, is] }));
  });
}

type Spread = NonNullable<MappingSlot['spread']>;

/** The columns that a slot spreads over, with what `header` gives for each. */
export function spreadColumns(
  { columns, header }: Spread,
  names: readonly string[] | null,
  zone?: string,
): { readonly column: string; readonly is: string }[] {
  if (columns) return columns.map(({ column, is }) => ({ column, is: is ?? column }));
  if (!header) return [];
  const days = new DayReader({ date: header.date, zone });
  return (names ?? []).flatMap((column) => {
    const { prefix, suffix } = header;
    if (!column.startsWith(prefix) || !column.endsWith(suffix) || column.length < prefix.length + suffix.length) return [];
    const is = column.slice(prefix.length, column.length - suffix.length).trim();
    return isRefusal(days.read(is)) ? [] : [{ column, is }];
  });
}

function spreadTo(slot: MappingSlot, column: string, is: string, number: number): MappingSlot {
  const resolve = <C extends Cell>(cell: C): C => resolved(cell, column, is) as C;
  const { start, end, ...period } = slot.period ?? periodOfHeader(slot) ?? {};
  return {
    ...slot,
    slot: number,
    activityType: resolve(slot.activityType),
    operands: Object.fromEntries(
      Object.entries(slot.operands).map(([name, operand]) => [
        name,
        { ...operand, value: resolve(operand.value as Cell) as typeof operand.value, unit: resolve(operand.unit) },
      ]),
    ),
    attributes: Object.fromEntries(Object.entries(slot.attributes).map(([name, cell]) => [name, resolve(cell)])),
    ...(start ? { period: { endIs: 'inclusive' as const, ...period, start: resolve(start), ...(end ? { end: resolve(end) } : {}) } } : {}),
    ...(slot.supplier ? { supplier: resolve(slot.supplier) } : {}),
    ...(slot.country ? { country: resolve(slot.country) } : {}),
    ...(slot.when ? { when: { ...slot.when, column: slot.when.column === SPREAD_COLUMN ? column : slot.when.column } } : {}),
  };
}

/** Columns that are recognised by their dates say the period, unless the slot says another one. */
function periodOfHeader({ spread }: MappingSlot): MappingSlot['period'] {
  return spread?.header && { start: { header: true }, endIs: 'inclusive', date: spread.header.date };
}

function resolved(cell: Cell, column: string, is: string): Cell {
  if ('header' in cell) return { join: [{ constant: is }, { constant: '' }], with: '', ...(cell.values ? { values: cell.values } : {}) };
  if ('join' in cell) return { ...cell, join: cell.join.map((part) => resolved(part, column, is) as typeof part) };
  return 'column' in cell && cell.column === SPREAD_COLUMN ? { ...cell, column } : cell;
}
