import { z } from 'zod';
import { PUBLISHED_LEGS } from '#ghg';
import { decimalText, gwpSet } from './common';

const text = (max: number) => z.string().min(1).max(max);

export const setValues = z.enum(['shown', 'withheld']);

const source = z.strictObject({ table: text(200), row: text(300), printed: text(2_000).optional() });

/** A factor as it is uploaded: the shape of `Factor` in libs/ghg. What it means and whether it fits the vocabulary, the kernel says. */
const factor = z.strictObject({
  code: text(200).describe("the publisher's own row id, unique within the set"),
  activityType: text(100),
  leg: z.enum(PUBLISHED_LEGS),
  region: text(20).describe('ISO 3166-1 alpha-2, a subregion such as US-CAMX, a group of countries (EU, EEA), or GLOBAL'),
  supplier: text(200).optional(),
  year: z.number().int().min(1990).max(2100).describe('the activity year that the publisher means it for'),
  attributes: z.record(z.string().max(50), z.string().max(200)).default({}),
  unit: text(40),
  gases: z
    .array(z.union([z.strictObject({ gas: text(40), kg: decimalText }), z.strictObject({ gas: text(40), kgco2e: decimalText })]))
    .max(40)
    .default([])
    .describe('per gas either its mass or a CO2e figure that is already multiplied'),
  kgco2e: decimalText.optional().describe("the publisher's total; it wins over the split"),
  gsd: decimalText.optional().describe('geometric standard deviation of the figure (lognormal), at least 1'),
  partial: z.boolean().optional().describe('the figure leaves out gases that the activity has; every use of it says so'),
  source,
});

const attributes = z.record(z.string().max(50), z.string().max(200)).default({});
const year = z.number().int().min(1990).max(2100);

const property = z.strictObject({
  code: text(200).describe('unique within the set'),
  kind: z
    .enum(['gross-cv', 'net-cv', 'density', 'net-of-gross', 'loss-of-consumption', 'loss-of-generation'])
    .describe('energy per mass or volume, mass per volume, net ÷ gross calorific value, lost ÷ consumed, lost ÷ generated'),
  activityType: text(100),
  attributes,
  region: text(20).describe('ISO 3166-1 alpha-2, a subregion such as US-CAMX, a group of countries (EU, EEA), or GLOBAL'),
  year,
  value: decimalText,
  unit: text(40).describe('GJ/t, kWh/L, kg/L; 1 for a ratio'),
  source,
});

const exchangeRate = z.strictObject({
  from: text(3),
  to: text(3),
  year,
  rate: decimalText.describe('1 from = rate to, the mean of the year'),
  source,
});

const priceIndex = z.strictObject({
  series: text(100).describe('only ratios within a series mean something'),
  currency: text(3),
  sector: text(200).optional().describe('as the attribute sector of the activity names it; absent: prices in general'),
  year,
  index: decimalText,
  source,
});

export const factorSetBody = z.strictObject({
  publisher: text(200),
  edition: text(50),
  version: text(50),
  title: text(300),
  licence: text(200),
  attribution: text(500),
  gwpSet: gwpSet.describe('the GWP set behind every CO2e figure in the set'),
  invented: z.boolean().describe('openly invented figures are counted apart in every inventory'),
  values: setValues.optional().describe('`withheld`: the licence forbids to show the figures; they are calculated with and never shown'),
  salt: text(200)
    .optional()
    .describe(
      'of withheld values: a text that holders of the licence alone know; the digests of a set of few figures could be guessed without it',
    ),
  factors: z.array(factor).max(200_000).default([]),
  properties: z.array(property).max(20_000).optional().describe('of fuels and grids: the only way between dimensions'),
  exchangeRates: z.array(exchangeRate).max(20_000).optional(),
  priceIndices: z.array(priceIndex).max(100_000).optional(),
});
