import { z } from 'zod';
import { decimalText, gwpSet } from './common';

const text = (max: number) => z.string().min(1).max(max);

/** A factor as it is uploaded: the shape of `Factor` in libs/ghg. What it means and whether it fits the vocabulary, the kernel says. */
const factor = z.strictObject({
  code: text(200).describe("the publisher's own row id, unique within the set"),
  activityType: text(100),
  leg: z.enum(['combustion', 'biogenic', 'upstream', 'generation', 'losses', 'losses-upstream', 'operation', 'service', 'supply']),
  region: text(20).describe('ISO 3166-1 alpha-2, a subregion such as US-CAMX, or GLOBAL'),
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
  source: z.strictObject({ table: text(200), row: text(300), printed: text(200).optional() }),
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
  factors: z.array(factor).min(1).max(200_000),
});
