import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { getReportingYear, monthDay, putReportingYear } from '#contracts';
import { Asker } from '#messaging';
import { Input, Route, route, type InputOf } from '../shared/route';
import { reportingYearView } from '../shared/views';

const putRoute = route({
  id: 'putReportingYear',
  method: 'put',
  path: '/v1/reporting-year',
  tag: 'organisation',
  summary: 'States on which day of the year reporting years begin; without it on 1 January. The first file that is imported fixes it',
  body: z.strictObject({ startsOn: monthDay }),
  responses: { 200: { description: 'When reporting years begin', schema: reportingYearView } },
  refusals: ['reporting_year_fixed'],
});
const getRoute = route({
  id: 'getReportingYear',
  method: 'get',
  path: '/v1/reporting-year',
  tag: 'organisation',
  summary: 'When reporting years begin, and how they are named',
  responses: { 200: { description: 'When reporting years begin', schema: reportingYearView } },
});

@Controller()
export class ReportingYearController {
  constructor(private readonly workers: Asker) {}

  @Route(putRoute)
  put(@Input() { tenantId, body }: InputOf<typeof putRoute>) {
    return this.workers.ask(putReportingYear, { tenantId, ...body });
  }

  @Route(getRoute)
  get(@Input() { tenantId }: InputOf<typeof getRoute>) {
    return this.workers.ask(getReportingYear, { tenantId });
  }
}
