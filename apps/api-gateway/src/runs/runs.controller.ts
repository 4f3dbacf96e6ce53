import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { getRun, listRuns, name, startRun } from '#contracts';
import { Asker } from '#messaging';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { byId, page, runView } from '../shared/views';

const postRun = route({
  id: 'postRun',
  method: 'post',
  path: '/v1/runs',
  tag: 'runs',
  summary:
    'Starts a run: every import that is finished now and not yet posted to the book, and what has changed since; later imports wait for the next run',
  body: z.strictObject({ book: name.default('main') }).prefault({}),
  responses: { 202: { description: 'The run has begun', schema: runView, location: true } },
  refusals: ['book_unknown', 'run_in_progress', 'nothing_to_calculate'],
});
const listRunsRoute = route({
  id: 'listRuns',
  method: 'get',
  path: '/v1/runs',
  tag: 'runs',
  summary: 'The runs',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of runs', schema: page(runView) } },
});
const getRunRoute = route({
  id: 'getRun',
  method: 'get',
  path: '/v1/runs/{id}',
  tag: 'runs',
  summary: 'One run: how far it is, and its seal',
  params: byId,
  responses: { 200: { description: 'The run', schema: runView } },
  refusals: ['run_unknown'],
});

@Controller()
export class RunsController {
  constructor(private readonly workers: Asker) {}

  @Route(postRun)
  async post(@Input() { tenantId, body }: InputOf<typeof postRun>) {
    const run = await this.workers.ask(startRun, { tenantId, ...body });
    return new Answer(202, run, { Location: `/v1/runs/${run.id}` });
  }

  @Route(listRunsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listRunsRoute>) {
    return this.workers.ask(listRuns, { tenantId, ...query });
  }

  @Route(getRunRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getRunRoute>) {
    return this.workers.ask(getRun, { tenantId, runId: params.id });
  }
}
