import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  factorFilter,
  getFactorSet,
  listExchangeRates,
  listFactors,
  listFuelProperties,
  listOmissions,
  listPriceIndices,
} from '#contracts';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, wholeNumber, type InputOf } from '../shared/route';
import { byId, exchangeRateView, factorSetDetail, factorView, fuelPropertyView, omissionView, page, priceIndexView } from '../shared/views';

const listFactorsRoute = route({
  id: 'listFactors',
  method: 'get',
  path: '/v1/factors',
  tag: 'factors',
  summary: 'Searches factors, what fits best first; each with the table and row that it comes from',
  query: z.strictObject({ ...factorFilter, year: wholeNumber(1990, 2100).optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of factors', schema: page(factorView) } },
  refusals: ['factor_set_unknown'],
});
const getFactorSetRoute = route({
  id: 'getFactorSet',
  method: 'get',
  path: '/v1/factor-sets/{id}',
  tag: 'factors',
  summary: 'A factor set, how much it holds, and what became of the rows of its file',
  params: byId,
  responses: { 200: { description: 'The factor set', schema: factorSetDetail } },
  refusals: ['factor_set_unknown'],
});
const listPropertiesRoute = route({
  id: 'listFactorSetProperties',
  method: 'get',
  path: '/v1/factor-sets/{id}/properties',
  tag: 'factors',
  summary: 'Properties of fuels and grids that a factor set holds: calorific values, densities, losses',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of properties, in the order of the set', schema: page(fuelPropertyView) } },
  refusals: ['factor_set_unknown'],
});
const listExchangeRatesRoute = route({
  id: 'listFactorSetExchangeRates',
  method: 'get',
  path: '/v1/factor-sets/{id}/exchange-rates',
  tag: 'factors',
  summary: 'Exchange rates that a factor set holds, means of years',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of exchange rates, in the order of the set', schema: page(exchangeRateView) } },
  refusals: ['factor_set_unknown'],
});
const listPriceIndicesRoute = route({
  id: 'listFactorSetPriceIndices',
  method: 'get',
  path: '/v1/factor-sets/{id}/price-indices',
  tag: 'factors',
  summary: 'Price indices that a factor set holds',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of price indices, in the order of the set', schema: page(priceIndexView) } },
  refusals: ['factor_set_unknown'],
});
const listOmissionsRoute = route({
  id: 'listFactorSetOmissions',
  method: 'get',
  path: '/v1/factor-sets/{id}/omissions',
  tag: 'factors',
  summary: "Rows of a publisher's file that became no factor, each with its place and the reason",
  params: byId,
  query: z.strictObject({ reason: z.string().max(50).optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of omissions, in the order of the file', schema: page(omissionView) } },
  refusals: ['factor_set_unknown'],
});

/** What factor sets hold. */
@Controller()
export class FactorListsController {
  constructor(private readonly workers: Asker) {}

  @Route(listFactorsRoute)
  factors(@Input() { tenantId, query }: InputOf<typeof listFactorsRoute>) {
    return this.workers.ask(listFactors, { tenantId, ...query });
  }

  @Route(getFactorSetRoute)
  set(@Input() { tenantId, params }: InputOf<typeof getFactorSetRoute>) {
    return this.workers.ask(getFactorSet, { tenantId, setId: params.id });
  }

  @Route(listPropertiesRoute)
  properties(@Input() { tenantId, params, query }: InputOf<typeof listPropertiesRoute>) {
    return this.workers.ask(listFuelProperties, { tenantId, setId: params.id, ...query });
  }

  @Route(listExchangeRatesRoute)
  exchangeRates(@Input() { tenantId, params, query }: InputOf<typeof listExchangeRatesRoute>) {
    return this.workers.ask(listExchangeRates, { tenantId, setId: params.id, ...query });
  }

  @Route(listPriceIndicesRoute)
  priceIndices(@Input() { tenantId, params, query }: InputOf<typeof listPriceIndicesRoute>) {
    return this.workers.ask(listPriceIndices, { tenantId, setId: params.id, ...query });
  }

  @Route(listOmissionsRoute)
  omissions(@Input() { tenantId, params, query }: InputOf<typeof listOmissionsRoute>) {
    return this.workers.ask(listOmissions, { tenantId, setId: params.id, ...query });
  }
}
