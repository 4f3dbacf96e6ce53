import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approach, gwpSet, name, readBridge, reading } from '#contracts';
import { Asker } from '#messaging';
import { Input, Route, route, wholeNumber, year, type InputOf } from '../shared/route';
import { bridgeView } from '../shared/views';

const RUNS_MAX = 1_000_000;

const getBridge = route({
  id: 'getBridge',
  method: 'get',
  path: '/v1/bridges',
  tag: 'bridges',
  summary: 'What led from one year to another: causes in a published order that add up exactly, per line, per source and in total',
  query: z.strictObject({
    book: name.default('main'),
    from: year,
    to: year,
    approach: approach.default('operational-control'),
    reading: reading.default('location').describe('of scope 2; instruments are a cause in the market-based one'),
    scope3: z
      .enum(['true', 'false'])
      .default('true')
      .transform((text) => text === 'true')
      .describe('whether scope 3 is in the total'),
    gwp: gwpSet.optional().describe('without it: that of the book'),
    fromGwp: gwpSet.optional().describe('the set that the first year was stated under; without it: the same'),
    fromRun: wholeNumber(1, RUNS_MAX)
      .optional()
      .describe(
        'the seal as of which the first year was stated; its restatement is then shown too. Data and rates are those of the seal; the organisation of today is laid over both',
      ),
  }),
  responses: { 200: { description: 'The bridge: from + Σ causes = to', schema: bridgeView } },
  refusals: [
    'book_unknown',
    'nothing_calculated',
    'year_without_entries',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
    'run_unknown',
    'holding_conflict',
    'lease_conflict',
    'entity_unknown',
  ],
});

@Controller()
export class BridgesController {
  constructor(private readonly workers: Asker) {}

  @Route(getBridge)
  get(@Input() { tenantId, query }: InputOf<typeof getBridge>) {
    return this.workers.ask(readBridge, { tenantId, ...query });
  }
}
