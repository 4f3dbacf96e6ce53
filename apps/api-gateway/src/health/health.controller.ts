import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { WORKERS } from '#contracts';
import { VERSION } from '#platform';
import { Answer, publicRoute, Route } from '../shared/route';
import { Readiness } from './readiness';

const live = z.object({ service: z.literal('api-gateway'), version: z.string() });
const ready = z.object({
  ready: z.boolean(),
  postgres: z.boolean(),
  workers: z.object(Object.fromEntries(WORKERS.map((worker) => [worker, z.boolean()]))),
});

const getLive = publicRoute({
  id: 'getLive',
  method: 'get',
  path: '/health/live',
  tag: 'health',
  summary: 'Whether the process answers; asks nobody else',
  responses: { 200: { description: 'It does', schema: live } },
});
const getReady = publicRoute({
  id: 'getReady',
  method: 'get',
  path: '/health/ready',
  tag: 'health',
  summary: 'Whether requests can be served: the gateway’s database and all three workers answer',
  responses: {
    200: { description: 'All are ready', schema: ready },
    503: { description: 'Those marked false are not', schema: ready },
  },
});

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Route(getLive)
  live(): z.output<typeof live> {
    return { service: 'api-gateway', version: VERSION };
  }

  @Route(getReady)
  async ready() {
    const state = await this.readiness.ask();
    return new Answer(state.ready ? 200 : 503, state, { 'Cache-Control': 'no-store' });
  }
}
