import { z } from 'zod';
import * as contracts from '#contracts';

// The views of the catalogue of messages under the names that the OpenAPI document gives them.
export const importView = contracts.importView.meta({ id: 'Import' });
export const refusalView = contracts.refusalView.meta({ id: 'Refusal' });
export const refusalSummary = contracts.refusalSummary.meta({ id: 'RefusalSummary' });
export const dryRunResult = contracts.dryRunResult.meta({ id: 'DryRun' });
export const duplicateView = contracts.duplicateView.meta({ id: 'Duplicate' });
export const reportingYearView = contracts.reportingYearView.meta({ id: 'ReportingYear' });
export const mappingView = contracts.mappingView.meta({ id: 'Mapping' });
export const activityView = contracts.activityView.meta({ id: 'Activity' });
export const factorSetView = contracts.factorSetView.meta({ id: 'FactorSet' });
export const factorView = contracts.factorView.meta({ id: 'Factor' });
export const factorSetDetail = contracts.factorSetDetail.meta({ id: 'FactorSetDetail' });
export const fuelPropertyView = contracts.fuelPropertyView.meta({ id: 'FuelProperty' });
export const exchangeRateView = contracts.exchangeRateView.meta({ id: 'ExchangeRate' });
export const priceIndexView = contracts.priceIndexView.meta({ id: 'PriceIndex' });
export const omissionView = contracts.omissionView.meta({ id: 'Omission' });
export const factorChoiceView = contracts.factorChoiceView.meta({ id: 'FactorChoice' });
export const classificationView = contracts.classificationView.meta({ id: 'Classification' });
export const unclassifiedView = contracts.unclassifiedView.meta({ id: 'UnclassifiedText' });
export const suggestionView = contracts.suggestionView.meta({ id: 'Suggestion' });
export const suggestionPolicyView = contracts.suggestionPolicyView.meta({ id: 'SuggestionPolicy' });
export const bookView = contracts.bookView.meta({ id: 'Book' });
export const runView = contracts.runView.meta({ id: 'Run' });
export const openKeyView = contracts.openKeyView.meta({ id: 'OpenKey' });
export const conservationView = contracts.conservationView.meta({ id: 'Conservation' });
export const inventoryView = contracts.inventoryView.meta({ id: 'Inventory' });
export const qualityView = contracts.qualityView.meta({ id: 'Quality' });
export const baseYearView = contracts.baseYearView.meta({ id: 'BaseYear' });
export const statedFigureView = contracts.statedFigureView.meta({ id: 'BaseYearFigure' });
export const evaluationView = contracts.evaluationView.meta({ id: 'BaseYearEvaluation' });
export const bridgeView = contracts.bridgeView.meta({ id: 'Bridge' });
export const entryView = contracts.entryView.meta({ id: 'Entry' });
export const instrumentView = contracts.instrumentView.meta({ id: 'Instrument' });
export const profileView = contracts.profileView.meta({ id: 'Profile' });
export const poolView = contracts.poolView.meta({ id: 'Pool' });
export const poolResultView = contracts.poolResultView.meta({ id: 'PoolResult' });
export const whatIfView = contracts.whatIfView.meta({ id: 'WhatIf' });
export const setComparison = contracts.setComparison.meta({ id: 'FactorSetComparison' });
export const setFlags = contracts.listSetFlags.reply.meta({ id: 'FactorSetFlags' });
export const bookSetsView = contracts.bookSetsView.meta({ id: 'BookFactorSets' });
export const adoptionView = contracts.adoptionView.meta({ id: 'Adoption' });
export const explanation = contracts.explanation
  .extend({
    boundary: contracts.entryBoundaryView.nullable().describe('what a reading makes of it, where `approach` or `gwp` asks for one'),
  })
  .meta({ id: 'Explanation' });

/** One page of a list. */
export const page = <T extends z.ZodType>(item: T) => contracts.page(item);
export const byId = z.strictObject({ id: z.uuid() });
export const byBigId = z.strictObject({ id: contracts.bigId });
export const byName = z.strictObject({ name: contracts.name });
export const byBook = z.strictObject({ book: contracts.name });
