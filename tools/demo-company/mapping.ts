import type { z } from 'zod';
import type { mappingSpec } from '#contracts';

/** A mapping as a client of the API writes it: what has a default may be left out. */
export type DemoMapping = z.input<typeof mappingSpec>;
type Slot = DemoMapping['slots'][number];
type Cell = Slot['activityType'];

/** The cell of a column; with `values`, translated. */
export const from = (column: string, values?: Readonly<Record<string, string>>): { column: string; values?: Record<string, string> } =>
  values ? { column, values: { ...values } } : { column };

/** The same for every line. */
export const always = (constant: string): { constant: string } => ({ constant });

/** A slot whose quantity is one column in one unit. */
export function oneQuantity(slot: number, activityType: Cell, column: string, unit: Cell, more: Partial<Slot> = {}): Slot {
  return { slot, activityType, operands: { quantity: { value: from(column), unit } }, ...more };
}

export type DemoTags = NonNullable<DemoMapping['tags']>;

export const COST_CENTRE: DemoTags[number] = { column: 'Cost centre', tag: 'cost_centre', type: 'text' };
export const PROJECT: DemoTags[number] = { column: 'Project', tag: 'project', type: 'text' };
export const ACCOUNT: DemoTags[number] = { column: 'Account', tag: 'account', type: 'text' };
export const BUDGET: DemoTags[number] = { column: 'Budget', tag: 'budget', type: 'decimal' };
export const CAPEX: DemoTags[number] = { column: 'Capex', tag: 'capex', type: 'boolean' };
