import { z } from 'zod';
import { entityCode } from './common';

/**
 * How the columns of a file become activities. A line × slot is a record: a wide line with three energy columns has three slots.
 * Nothing is guessed: numbers and dates are read in the declared locale, and a column that is neither read nor ignored by name is refused.
 */
const column = z.string().min(1).max(200);
const values = z.record(z.string(), z.string()).optional().describe('translates the cell; a cell not listed is refused');

/** One part of a cell's text: `LHR-JFK` split at `-` has the parts 1 and 2. */
const split = z.strictObject({
  at: z.string().min(1).max(10).describe('the text between the parts'),
  part: z.number().int().min(1).max(20).describe('which part is meant, from 1'),
  of: z.number().int().min(2).max(20).optional().describe('how many parts there must be; another number is refused'),
});
const fromColumn = z.strictObject({ column, split: split.optional(), values });
const constant = z.strictObject({ constant: z.string().min(1).max(200) });
const fromHeader = z.strictObject({
  header: z.literal(true).describe('the name of the spread column, as `is` or without `prefix` and `suffix`; only in a slot with `spread`'),
  values,
});
const joined = z.strictObject({
  join: z
    .array(z.union([fromColumn, constant, fromHeader]))
    .min(2)
    .max(10),
  with: z.string().max(10).default('').describe('the text between the parts'),
  values,
});

/** A value: from a column or a part of it, joined of several, or the same for every line; each optionally through a table of values. */
export const cell = z.union([fromColumn, constant, fromHeader, joined]);
export type Cell = z.infer<typeof cell>;
/** What a cell reads once the header of the file is known. */
export type FileCell = Exclude<Cell, { header: true }>;

export const dateFormat = z.enum([
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'YYYY-MM',
  'YYYYMM',
  'MM.YYYY',
  'MM/YYYY',
  'YYYY',
  'YYYY-MM-DDTHH:mm',
  'DD.MM.YYYY HH:mm',
  'DD/MM/YYYY HH:mm',
  'MM/DD/YYYY HH:mm',
]);
export type MappingDateFormat = z.infer<typeof dateFormat>;

const operandValue = z.union([z.strictObject({ column, split: split.optional() }), z.strictObject({ constant: z.string().max(50) })]);
const operand = z.strictObject({
  value: operandValue,
  unit: cell,
  optional: z.boolean().optional().describe('an empty cell means that the operand is not stated; without this it is refused'),
});

const period = z.strictObject({
  start: cell,
  end: cell
    .optional()
    .describe(
      'last day, inclusive unless `endIs` says otherwise; without it the period is what the date format covers: a day, a month or a year',
    ),
  endIs: z
    .enum(['inclusive', 'exclusive'])
    .default('inclusive')
    .describe('exclusive: the end is the first moment that is no longer part of it'),
  date: dateFormat.optional().describe('how its dates are written, if not as the locale says'),
});

/** The name that stands for each spread column in the cells of its slot. */
export const SPREAD_COLUMN = '*';

const spread = z
  .strictObject({
    columns: z
      .array(z.strictObject({ column, is: z.string().min(1).max(200).optional().describe('what `header` gives instead of its name') }))
      .min(1)
      .max(1000)
      .optional()
      .describe('the columns, in a fixed order'),
    header: z
      .strictObject({ date: dateFormat, prefix: z.string().max(50).default(''), suffix: z.string().max(50).default('') })
      .optional()
      .describe('every column of the file whose name is a date of this format between prefix and suffix'),
  })
  .refine(({ columns, header }) => (columns === undefined) !== (header === undefined), 'must have either columns or header');

const slot = z.strictObject({
  slot: z.number().int().min(1).max(9999).describe('stable number of the slot: part of the identity of a record'),
  spread: spread
    .optional()
    .describe(
      'wide to long: one record per column (months, hours, energies). In the cells of the slot the column "*" stands for each of them in turn, ' +
        'and `header` for its name. The columns take the numbers from `slot` on; a record is known by `slot` and the name of its column.',
    ),
  when: z
    .strictObject({ column, in: z.array(z.string()).min(1) })
    .optional()
    .describe('the slot applies only to lines with one of these values'),
  optional: z
    .boolean()
    .default(false)
    .describe('an empty first operand (where operands are optional: all of them) means that there is no record, instead of a refusal'),
  activityType: cell,
  period: period.optional().describe('the period of this slot, if it is not the one of the line'),
  operands: z
    .record(z.string(), operand)
    .describe(
      'operands of the activity type by name; which ones are stated chooses its formula; most types have the one operand `quantity`',
    ),
  attributes: z.record(z.string(), cell).default({}),
  supplier: cell.optional().describe('an empty cell means: no supplier stated'),
  country: cell.optional().describe('where it happened, if not in the country of the entity (a hotel stay); ISO 3166-1 alpha-2'),
});

/** One character that no cell of the table holds unquoted; never a letter or digit, a quote or a line end. */
const delimiter = z.string().regex(/^[^\p{L}\p{N}"'\r\n\0]$/u, 'must be one character, no letter, digit, quote or line end');

export const fileKind = z.enum(['csv', 'xlsx', 'ndjson', 'parquet']);
export const fileEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']);
export const fileQuote = z.enum(['"', "'", '']);

/** What the mapping states of its files. What it leaves open is detected, and the import says what was found. */
export const statedFormat = z.union([
  z.literal('auto'),
  z.strictObject({
    kind: fileKind.optional(),
    delimiter: delimiter.optional(),
    quote: fileQuote.optional().describe('what stands around cells with delimiters or line ends in them; empty: nothing ever does'),
    encoding: fileEncoding.optional(),
    sheet: z.string().min(1).max(31).optional().describe('of a workbook; without it the first'),
  }),
]);

export const mappingSpec = z.strictObject({
  source: z.string().min(1).max(100).describe('the system that the file comes from: part of the identity of a record'),
  format: statedFormat.default('auto'),
  locale: z
    .strictObject({
      decimal: z.enum(['.', ',']),
      group: z.enum(['', ',', '.', ' ', "'"]).default(''),
      date: dateFormat,
      zone: z
        .string()
        .max(64)
        .refine(isTimeZone, 'must be a time zone of the IANA database')
        .optional()
        .describe('in which a moment becomes a day; without it a moment is of the day that it names itself'),
    })
    .describe('how texts are read as numbers and dates; the typed cells of workbooks, Parquet and JSON need none of it'),
  rounding: z.enum(['refuse', 'half-even']).default('refuse').describe('what happens to a quantity with more than 12 decimals'),
  identity: z
    .array(column)
    .max(10)
    .describe('columns that identify a line in its source; none: no record of this mapping is ever a duplicate inside one file'),
  entity: z.union([
    z.strictObject({ column, split: split.optional(), values: z.record(z.string(), entityCode).optional() }),
    z.strictObject({ constant: entityCode }),
    joined,
  ]),
  period,
  tags: z
    .array(
      z
        .strictObject({
          column: column.optional(),
          from: z
            .union([fromColumn, constant, joined])
            .optional()
            .describe('instead of a column: a part of one, several joined, or a constant'),
          tag: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
          type: z.enum(['text', 'decimal', 'date', 'boolean']),
        })
        .refine((tag) => (tag.column === undefined) !== (tag.from === undefined), 'must have either column or from'),
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
export type MappingPeriod = MappingSpec['period'];
export type StatedFormat = Exclude<MappingSpec['format'], 'auto'>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
