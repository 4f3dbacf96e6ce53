import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { bigId, entityCode, listActivities, Refused } from '#contracts';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, wholeNumber, type InputOf } from '../shared/route';
import { activityView, byBigId, page } from '../shared/views';

const listActivitiesRoute = route({
  id: 'listActivities',
  method: 'get',
  path: '/v1/activities',
  tag: 'activities',
  summary:
    'The activities, of one import, of one match key at an entity and in a reporting year, or all; entity and year go with a match key',
  query: z.strictObject({
    importId: z.uuid().optional(),
    matchKey: bigId.optional(),
    entity: entityCode.optional(),
    year: wholeNumber(1990, 2200).optional(),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of activity segments', schema: page(activityView) } },
});
const getActivity = route({
  id: 'getActivity',
  method: 'get',
  path: '/v1/activities/{id}',
  tag: 'activities',
  summary: 'One activity: its segments, cut at the ends of calendar years and of reporting years',
  params: byBigId,
  responses: { 200: { description: 'All segments of the activity', schema: page(activityView) } },
  refusals: ['not_found'],
});

@Controller()
export class ActivitiesController {
  constructor(private readonly workers: Asker) {}

  @Route(listActivitiesRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listActivitiesRoute>) {
    return this.workers.ask(listActivities, { tenantId, ...query });
  }

  @Route(getActivity)
  async get(@Input() { tenantId, params }: InputOf<typeof getActivity>) {
    const segments = await this.workers.ask(listActivities, { tenantId, activityId: params.id });
    if (segments.items.length === 0) throw new Refused('not_found', 'No activity has this id.');
    return segments;
  }
}
