import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  baseYearPolicy,
  evaluateBaseYear,
  getBaseYear,
  getBaseYearFigure,
  isoDate,
  name,
  putBaseYear,
  restatementTrigger,
  stateBaseYear,
} from '#contracts';
import { Asker } from '#messaging';
import { Answer, Input, Route, route, wholeNumber, type InputOf } from '../shared/route';
import { baseYearView, byName, evaluationView, statedFigureView } from '../shared/views';

const FIGURES_MAX = 1_000_000;
const structureOn = isoDate.optional().describe('the day whose structure is laid over the base year; without it: today');

const putBaseYearRoute = route({
  id: 'putBaseYear',
  method: 'put',
  path: '/v1/base-years/{name}',
  tag: 'base-years',
  summary: 'The policy of a base year: what is in its total, when it is recalculated, and how; a changed policy is a new version',
  params: byName,
  body: baseYearPolicy,
  responses: { 200: { description: 'The policy in force, and the figures stated so far', schema: baseYearView } },
  refusals: ['base_year_invalid'],
});
const getBaseYearRoute = route({
  id: 'getBaseYear',
  method: 'get',
  path: '/v1/base-years/{name}',
  tag: 'base-years',
  summary: 'The policy in force and every figure, previously stated and restated',
  params: byName,
  responses: { 200: { description: 'The base year', schema: baseYearView } },
  refusals: ['base_year_unknown'],
});
const postFigure = route({
  id: 'stateBaseYear',
  method: 'post',
  path: '/v1/base-years/{name}/figures',
  tag: 'base-years',
  summary: 'States the base year figure as of now, or restates it with trigger and reason; earlier figures stay',
  params: byName,
  body: z.strictObject({
    statedBy: z.string().min(1).max(200).describe('who states it'),
    structureOn,
    trigger: restatementTrigger.optional().describe('needed for a restatement: one of those that the evaluation shows with an effect'),
    reason: z.string().max(2_000).optional().describe('needed for a restatement'),
  }),
  responses: { 201: { description: 'The figure, with its whole inventory', schema: statedFigureView, location: true } },
  refusals: [
    'base_year_unknown',
    'book_unknown',
    'nothing_calculated',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
    'restatement_without_reason',
    'trigger_without_effect',
    'year_without_entries',
    'holding_conflict',
    'lease_conflict',
    'entity_unknown',
  ],
});
const getFigure = route({
  id: 'getBaseYearFigure',
  method: 'get',
  path: '/v1/base-years/{name}/figures/{ordinal}',
  tag: 'base-years',
  summary: 'A figure as it was stated, with its whole inventory',
  params: z.strictObject({ name, ordinal: wholeNumber(1, FIGURES_MAX) }),
  responses: { 200: { description: 'The figure', schema: statedFigureView } },
  refusals: ['base_year_unknown', 'base_year_not_stated'],
});
const getEvaluation = route({
  id: 'evaluateBaseYear',
  method: 'get',
  path: '/v1/base-years/{name}/evaluation',
  tag: 'base-years',
  summary: 'What changed since the last stated figure, by trigger and cumulated, and whether it must be recalculated',
  params: byName,
  query: z.strictObject({ structureOn }),
  responses: { 200: { description: 'The evaluation: every effect, and the verdict', schema: evaluationView } },
  refusals: [
    'base_year_unknown',
    'base_year_not_stated',
    'book_unknown',
    'nothing_calculated',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
    'holding_conflict',
    'lease_conflict',
    'entity_unknown',
  ],
});

@Controller()
export class BaseYearsController {
  constructor(private readonly workers: Asker) {}

  @Route(putBaseYearRoute)
  put(@Input() { tenantId, params, body }: InputOf<typeof putBaseYearRoute>) {
    return this.workers.ask(putBaseYear, { tenantId, ...params, policy: body });
  }

  @Route(getBaseYearRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getBaseYearRoute>) {
    return this.workers.ask(getBaseYear, { tenantId, ...params });
  }

  @Route(postFigure)
  async state(@Input() { tenantId, params, body }: InputOf<typeof postFigure>) {
    const figure = await this.workers.ask(stateBaseYear, { tenantId, ...params, ...body, structureOn: body.structureOn ?? today() });
    return new Answer(201, figure, { Location: `/v1/base-years/${params.name}/figures/${figure.ordinal}` });
  }

  @Route(getFigure)
  figure(@Input() { tenantId, params }: InputOf<typeof getFigure>) {
    return this.workers.ask(getBaseYearFigure, { tenantId, ...params });
  }

  @Route(getEvaluation)
  evaluation(@Input() { tenantId, params, query }: InputOf<typeof getEvaluation>) {
    return this.workers.ask(evaluateBaseYear, { tenantId, ...params, structureOn: query.structureOn ?? today() });
  }
}

/** The day in UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
