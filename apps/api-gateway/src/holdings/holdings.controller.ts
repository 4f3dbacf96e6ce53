import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Input, OWN_BODY_BYTES_MAX, pageQuery, Route, route, type InputOf } from '../shared/route';
import { page } from '../shared/views';
import { holding } from './holding';
import { Holdings } from './holdings.service';

const HOLDINGS_MAX = 1_000;

const putHoldings = route({
  id: 'putHoldings',
  method: 'put',
  path: '/v1/holdings',
  tag: 'organisation',
  summary:
    'Replaces all holdings: who holds what share, who runs it, from when to when; an entity that none names as held is counted whole',
  body: z.array(holding).max(HOLDINGS_MAX),
  bodyBytesMax: OWN_BODY_BYTES_MAX,
  responses: { 200: { description: 'These are the holdings now', schema: z.object({ holdings: z.number().int().nonnegative() }) } },
  refusals: ['entity_unknown', 'holding_conflict'],
});
const listHoldings = route({
  id: 'listHoldings',
  method: 'get',
  path: '/v1/holdings',
  tag: 'organisation',
  summary: 'The holdings, in the order of their ids',
  query: z.strictObject({ ...pageQuery, after: z.uuid().optional().describe('`next` of the page before') }),
  responses: { 200: { description: 'A page of holdings', schema: page(holding) } },
});

@Controller()
export class HoldingsController {
  constructor(private readonly holdings: Holdings) {}

  @Route(putHoldings)
  put(@Input() { tenantId, body }: InputOf<typeof putHoldings>) {
    return this.holdings.replace(tenantId, body);
  }

  @Route(listHoldings)
  list(@Input() { tenantId, query }: InputOf<typeof listHoldings>) {
    return this.holdings.list(tenantId, query);
  }
}
