import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approach, groupBy, gwpSet, isoDate, name } from '#contracts';
import { Input, Route, route, year, type InputOf } from '../shared/route';
import { inventoryView } from '../shared/views';
import { Inventories } from './inventories.service';

const getInventory = route({
  id: 'getInventory',
  method: 'get',
  path: '/v1/inventories',
  tag: 'inventories',
  summary: 'A reading of a book: one reporting year under one consolidation approach and one GWP set',
  query: z.strictObject({
    book: name.default('main'),
    year: year.optional().describe('without it: the latest year that the book has entries for'),
    approach: approach.default('operational-control'),
    gwp: gwpSet.optional().describe('without it: that of the book'),
    by: groupBy.optional().describe('breaks the figures down'),
    structureOn: isoDate
      .optional()
      .describe('lays the structure of this day over the whole year, as the all-year rule of a base year has it; without it: as dated'),
  }),
  responses: { 200: { description: 'The inventory', schema: inventoryView } },
  refusals: [
    'book_unknown',
    'nothing_calculated',
    'year_without_entries',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
  ],
});

@Controller()
export class InventoriesController {
  constructor(private readonly inventories: Inventories) {}

  @Route(getInventory)
  get(@Input() { tenantId, query }: InputOf<typeof getInventory>) {
    return this.inventories.read(tenantId, query);
  }
}
