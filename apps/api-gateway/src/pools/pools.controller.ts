import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { getPool, listPoolResults, listPools, name, poolSpec, putPool, retirePool } from '#contracts';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { page, poolResultView, poolView } from '../shared/views';

const byCode = z.strictObject({ code: name });

const putPoolRoute = route({
  id: 'putPool',
  method: 'put',
  path: '/v1/pools/{code}',
  tag: 'pools',
  summary: 'Declares a pool: rows that must be calculated together; a new spec is a new version, and the next run reads it',
  params: byCode,
  body: poolSpec,
  responses: { 200: { description: 'The pool', schema: poolView } },
  refusals: ['pool_invalid', 'survey_respondents_above_heads', 'entity_unknown', 'pool_overlaps'],
});
const retirePoolRoute = route({
  id: 'retirePool',
  method: 'delete',
  path: '/v1/pools/{code}',
  tag: 'pools',
  summary:
    'Retires a pool: a new version selects nothing, and the next run takes back what it posted. That of the instruments returns to its rules in force',
  params: byCode,
  responses: { 200: { description: 'The pool, retired', schema: poolView } },
  refusals: ['pool_unknown'],
});
const getPoolRoute = route({
  id: 'getPool',
  method: 'get',
  path: '/v1/pools/{code}',
  tag: 'pools',
  summary: 'A pool as it stands',
  params: byCode,
  responses: { 200: { description: 'The pool', schema: poolView } },
  refusals: ['pool_unknown'],
});
const listPoolsRoute = route({
  id: 'listPools',
  method: 'get',
  path: '/v1/pools',
  tag: 'pools',
  summary: 'The declared pools, in the order of their codes',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of pools', schema: page(poolView) } },
});
const listPoolResultsRoute = route({
  id: 'listPoolResults',
  method: 'get',
  path: '/v1/pools/{code}/results',
  tag: 'pools',
  summary:
    'What a pool came to in a book: members, figures, refusals, and the lines that it posted. That of the instruments has the code `instruments`',
  params: byCode,
  query: z.strictObject({ book: name.default('main'), ...pageQuery }),
  responses: { 200: { description: 'A page of results, each as it stands', schema: page(poolResultView) } },
  refusals: ['book_unknown'],
});

@Controller()
export class PoolsController {
  constructor(private readonly workers: Asker) {}

  @Route(putPoolRoute)
  put(@Input() { tenantId, params, body }: InputOf<typeof putPoolRoute>) {
    return this.workers.ask(putPool, { tenantId, ...params, spec: body });
  }

  @Route(getPoolRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getPoolRoute>) {
    return this.workers.ask(getPool, { tenantId, ...params });
  }

  @Route(retirePoolRoute)
  retire(@Input() { tenantId, params }: InputOf<typeof retirePoolRoute>) {
    return this.workers.ask(retirePool, { tenantId, ...params });
  }

  @Route(listPoolsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listPoolsRoute>) {
    return this.workers.ask(listPools, { tenantId, ...query });
  }

  @Route(listPoolResultsRoute)
  results(@Input() { tenantId, params, query }: InputOf<typeof listPoolResultsRoute>) {
    return this.workers.ask(listPoolResults, { tenantId, ...params, ...query });
  }
}
