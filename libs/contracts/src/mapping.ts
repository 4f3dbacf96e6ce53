import { z } from 'zod';
import { entityCode } from './common';

/**
 * How the columns of a file become activities. A line × slot is a record: a wide line with three energy columns has three slots.
 * Nothing is guessed: numbers and dates are read in the declared locale, and a column that is neither read nor ignored by name is refused.
 */
const column = z.string().min(1).max(200);

/** A value: from a column (optionally through a table of values), or the same for every line. */
export const cell = z.union([
  z.strictObject({
    column,
    values: z.record(z.string(), z.string()).optional().describe('translates the cell; a cell not listed is refused'),
  }),
  z.strictObject({ constant: z.string().min(1).max(200) }),
]);
export type Cell = z.infer<typeof cell>;

export const dateFormat = z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY-MM', 'YYYY']);

const operand = z.strictObject({
  value: z.union([z.strictObject({ column }), z.strictObject({ constant: z.string().max(50) })]),
  unit: cell,
  optional: z.boolean().optional().describe('an empty cell means that the operand is not stated; without this it is refused'),
});

const slot = z.strictObject({
  slot: z.number().int().min(1).max(99).describe('stable number of the slot: part of the identity of a record'),
  when: z
    .strictObject({ column, in: z.array(z.string()).min(1) })
    .optional()
    .describe('the slot applies only to lines with one of these values'),
  optional: z
    .boolean()
    .default(false)
    .describe('an empty first operand (where operands are optional: all of them) means that there is no record, instead of a refusal'),
  activityType: cell,
  operands: z
    .record(z.string(), operand)
    .describe(
      'operands of the activity type by name; which ones are stated chooses its formula; most types have the one operand `quantity`',
    ),
  attributes: z.record(z.string(), cell).default({}),
  supplier: cell.optional().describe('an empty cell means: no supplier stated'),
  country: cell.optional().describe('where it happened, if not in the country of the entity (a hotel stay); ISO 3166-1 alpha-2'),
});

export const mappingSpec = z.strictObject({
  source: z.string().min(1).max(100).describe('the system that the file comes from: part of the identity of a record'),
  format: z
    .strictObject({
      kind: z.literal('csv').default('csv'),
      delimiter: z.enum([',', ';', '\t', '|']).default(','),
      encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).default('utf-8'),
    })
    .prefault({}),
  locale: z.strictObject({
    decimal: z.enum(['.', ',']),
    group: z.enum(['', ',', '.', ' ', "'"]).default(''),
    date: dateFormat,
  }),
  rounding: z.enum(['refuse', 'half-even']).default('refuse').describe('what happens to a quantity with more than 12 decimals'),
  identity: z
    .array(column)
    .max(10)
    .describe('columns that identify a line in its source; none: no record of this mapping is ever a duplicate inside one file'),
  entity: z.union([
    z.strictObject({ column, values: z.record(z.string(), entityCode).optional() }),
    z.strictObject({ constant: entityCode }),
  ]),
  period: z.strictObject({
    start: cell,
    end: cell.optional().describe('last day, inclusive; without it the period is what the date format covers: a day, a month or a year'),
  }),
  tags: z
    .array(
      z.strictObject({ column, tag: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), type: z.enum(['text', 'decimal', 'date', 'boolean']) }),
    )
    .default([]),
  ignore: z
    .union([z.literal('*'), z.array(column)])
    .default([])
    .describe('columns that are knowingly not read; `*`: all others'),
  slots: z.array(slot).min(1).max(99),
});
export type MappingSpec = z.infer<typeof mappingSpec>;
export type MappingSlot = MappingSpec['slots'][number];
