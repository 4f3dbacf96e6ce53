import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approach, gwpErrors, gwpSet, name } from '#contracts';
import { Input, Route, route, year, type InputOf } from '../shared/route';
import { qualityView } from '../shared/views';
import { QualityOfInventories } from './quality.service';

const getQuality = route({
  id: 'getQuality',
  method: 'get',
  path: '/v1/quality',
  tag: 'inventories',
  summary: 'How good the figures of an inventory are: uncertainty, data quality, primary data, data status',
  query: z.strictObject({
    book: name.default('main'),
    year: year.optional().describe('without it: the latest year that the book has entries for'),
    approach: approach.default('operational-control'),
    gwp: gwpSet.optional().describe('without it: that of the book'),
    gwpErrors: gwpErrors.default('published').describe('`none`: the GWPs count as what they are by convention, without error'),
  }),
  responses: { 200: { description: 'The quality of each line and of the totals', schema: qualityView } },
  refusals: [
    'book_unknown',
    'nothing_calculated',
    'year_without_entries',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
    'holding_conflict',
  ],
});

@Controller()
export class QualityController {
  constructor(private readonly quality: QualityOfInventories) {}

  @Route(getQuality)
  get(@Input() { tenantId, query }: InputOf<typeof getQuality>) {
    return this.quality.read(tenantId, query);
  }
}
