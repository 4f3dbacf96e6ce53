import { z } from 'zod';
import { approach, basis, decimalText, editionsRule, gwpSet, methodPackHead, name, reportingPeriod, tenantId } from './common';
import { request } from './message';

const tonnes = decimalText.nullable().describe('t CO2e, exact; null: rests on one figure alone that its licence forbids to show');
const score = decimalText.nullable().describe('1 (best) to 5');

const scores = z
  .object({ reliability: score, completeness: score, time: score, geography: score, technology: score, mean: score })
  .describe('weighted by tonnes, by size');

const figures = {
  tco2e: tonnes,
  interval: z
    .object({
      low: decimalText.nullable().describe('t CO2e'),
      high: decimalText.nullable().describe('t CO2e'),
      gsd: decimalText.nullable().describe('geometric standard deviation'),
    })
    .nullable()
    .describe(
      '95 % interval of a lognormal distribution with the mean and the variance of the figure; null: a figure of zero that is uncertain',
    ),
  explained: z
    .object({
      activity: decimalText.nullable(),
      factor: decimalText.nullable(),
      conversion: decimalText.nullable(),
      gwp: decimalText.nullable(),
    })
    .nullable()
    .describe('which part of the variance each kind of error explains; they add up to 1; null: nothing is uncertain'),
  activityScores: scores.nullable(),
  factorScores: scores.nullable(),
  primaryDataShare: decimalText.nullable().describe('tonnes on primary data ÷ all tonnes, both by size'),
  statuses: z.array(z.object({ status: z.string(), tco2e: tonnes })).describe('tonnes per data status; they add up to `tco2e`'),
  assumptions: z
    .array(z.object({ assumption: z.string(), sentence: z.string(), tco2e: tonnes.describe('by size') }))
    .describe('what was assumed where no quality is stated, and how many tonnes rest on it'),
};

/** Whether the published ranges of GWPs count as errors. */
export const gwpErrors = z.enum(['published', 'none']);

export const qualityView = z.object({
  book: name,
  asOfRun: z.number().int().describe('ordinal of the last seal that the reading contains'),
  asOf: z.iso.datetime(),
  methodPack: methodPackHead,
  editions: editionsRule,
  year: z.number().int().describe('the reporting year, by its name'),
  period: reportingPeriod,
  approach,
  gwp: gwpSet,
  gwpErrors,
  unit: z.literal('tCO2e'),
  lines: z.array(z.object({ line: z.string(), basis, ...figures })),
  totals: z.array(z.object({ total: z.enum(['scope3', 'scopes1-3']), reading: z.enum(['location', 'market']), ...figures })),
  pcaf: z
    .array(z.object({ currency: z.string(), outstanding: decimalText, score }))
    .describe('data quality score of financed emissions, weighted by what is outstanding (PCAF part A, chapter 6)'),
});
export type QualityView = z.infer<typeof qualityView>;

export const readQuality = request(
  'reporting.read-quality',
  z.object({ tenantId, book: name, year: z.number().int(), approach, gwp: gwpSet, gwpErrors }),
  qualityView,
);
