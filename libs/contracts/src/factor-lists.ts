import { z } from 'zod';
import { factorFileReport, factorSetView, factorSource, factorView, withheldFigure } from './calculation';
import { decimalText, page, pageRequest, tenantId } from './common';
import { request } from './message';

const count = z.number().int().nonnegative();
const attributes = z.record(z.string(), z.string());
const year = z.number().int();

/** What factors are searched by; each that is given narrows. */
export const factorFilter = {
  q: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'words of code, type, attributes, table, row, printed text, publisher, region and supplier; each must be found or be like one',
    ),
  setId: z.uuid().optional(),
  activityType: z.string().max(100).optional().describe('a type, or what several begin with: `fuel`'),
  leg: z.string().max(50).optional(),
  unit: z.string().max(40).optional().describe('whatever converts into it; what is stated in it comes first'),
  region: z
    .string()
    .max(20)
    .optional()
    .describe('ISO 3166-1 alpha-2, a subregion such as US-CAMX, a group of countries (EU, EEA), or GLOBAL'),
  year: year.optional(),
  gas: z.string().max(40).optional().describe('`CH4` finds its variants too, `CO2e` a printed total'),
  publisher: z.string().max(200).optional().describe('words of its name'),
  edition: z.string().max(50).optional(),
  licence: z.string().max(200).optional().describe('words of it'),
  supplier: z.string().max(200).optional(),
};

export const factorSetDetail = z.object({
  ...factorSetView.shape,
  current: z.boolean().describe('the version of its edition that new runs take'),
  properties: count,
  exchangeRates: count,
  priceIndices: count,
  report: z
    .object(factorFileReport.omit({ omissions: true }).shape)
    .nullable()
    .describe(
      "of a publisher's file: what became of its rows; `/omissions` lists every one that was left out. Null: a set in our own form",
    ),
});

export const omissionView = z.object({
  sheet: z.string(),
  row: count,
  column: z.string().nullable(),
  reason: z.string(),
  meaning: z.string(),
  detail: z.string(),
});

export const fuelPropertyView = z.object({
  code: z.string(),
  kind: z.string(),
  activityType: z.string(),
  attributes,
  region: z.string(),
  year,
  value: decimalText.nullable(),
  unit: z.string(),
  source: factorSource,
  ...withheldFigure,
});

export const exchangeRateView = z.object({
  from: z.string(),
  to: z.string(),
  year,
  rate: decimalText.nullable().describe('1 from = rate to, the mean of the year'),
  source: factorSource,
  ...withheldFigure,
});

export const priceIndexView = z.object({
  series: z.string(),
  currency: z.string(),
  sector: z.string().nullable(),
  year,
  index: decimalText.nullable(),
  source: factorSource,
  ...withheldFigure,
});

const ofSet = { tenantId, setId: z.uuid() };
const pageOfSet = z.object({ ...ofSet, ...pageRequest });

export const listFactors = request('calculation.list-factors', z.object({ tenantId, ...factorFilter, ...pageRequest }), page(factorView));
export const getFactorSet = request('calculation.get-factor-set', z.object(ofSet), factorSetDetail);
export const listFuelProperties = request('calculation.list-fuel-properties', pageOfSet, page(fuelPropertyView));
export const listExchangeRates = request('calculation.list-exchange-rates', pageOfSet, page(exchangeRateView));
export const listPriceIndices = request('calculation.list-price-indices', pageOfSet, page(priceIndexView));
export const listOmissions = request(
  'calculation.list-omissions',
  z.object({ ...ofSet, reason: z.string().max(50).optional(), ...pageRequest }),
  page(omissionView),
);
