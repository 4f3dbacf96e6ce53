import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  approach,
  basis,
  entityCode,
  explainEntry,
  gwpSet,
  isoDate,
  listEntries,
  name,
  outsideFigure,
  readEntryBoundary,
  reportedLine,
} from '#contracts';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, year, type InputOf } from '../shared/route';
import { byBigId, entryView, explanation, page } from '../shared/views';

const word = z.string().min(1).max(100);

/** `name:value`; the value may hold colons of its own. */
const tagFilter = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}:.*$/s, 'must be name:value')
  .transform((text) => ({ name: text.slice(0, text.indexOf(':')), value: text.slice(text.indexOf(':') + 1) }));

const listEntriesRoute = route({
  id: 'listEntries',
  method: 'get',
  path: '/v1/entries',
  tag: 'entries',
  summary: 'The entries behind a figure',
  query: z.strictObject({
    book: name.default('main'),
    year: year.optional(),
    line: reportedLine.optional().describe('only what stands behind this line of the report, as `approach` draws it'),
    outside: outsideFigure.optional().describe('only what stands behind this figure outside the scopes, as `approach` draws it'),
    approach: approach
      .default('operational-control')
      .describe('decides what stands behind a `line` or a figure `outside`, and each entry’s `boundary`'),
    structureOn: isoDate
      .optional()
      .describe('lays the structure of this day over the whole year, as in an inventory; without it: as dated'),
    gwp: gwpSet
      .optional()
      .describe('shows the kilograms of each entry under this GWP set too, beside the ledger’s own; the links of an inventory carry it'),
    sourceClass: word.optional(),
    basis: basis.optional(),
    leg: word.optional(),
    activityType: word.optional(),
    entity: entityCode.optional(),
    pool: name.optional().describe('only what this pool posted'),
    tag: tagFilter.optional().describe('one of the tenant’s own tags, as name:value'),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of entries', schema: page(entryView) } },
  refusals: ['book_unknown', 'nothing_calculated', 'method_pack_unknown', 'approach_not_in_pack', 'gwp_set_not_in_pack'],
});
const explainEntryRoute = route({
  id: 'explainEntry',
  method: 'get',
  path: '/v1/entries/{id}/explanation',
  tag: 'entries',
  summary: 'An entry taken apart: file and line, activity as stated, conversions, factor with edition and row, formula, amount',
  params: byBigId,
  query: z.strictObject({
    approach: approach
      .optional()
      .describe('shows what the boundary makes of the entry: line, share, days and reason; with `gwp` alone: operational-control'),
    gwp: gwpSet.optional().describe('shows its kilograms under this GWP set; with `approach` alone: that of the book'),
  }),
  responses: { 200: { description: 'Everything that made the number', schema: explanation } },
  refusals: [
    'entry_unknown',
    'nothing_calculated',
    'method_pack_unknown',
    'approach_not_in_pack',
    'gwp_set_not_in_pack',
    'holding_conflict',
    'lease_conflict',
  ],
});

@Controller()
export class EntriesController {
  constructor(private readonly workers: Asker) {}

  @Route(listEntriesRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listEntriesRoute>) {
    return this.workers.ask(listEntries, { tenantId, ...query });
  }

  @Route(explainEntryRoute)
  async explain(@Input() { tenantId, params, query }: InputOf<typeof explainEntryRoute>) {
    const explained = await this.workers.ask(explainEntry, { tenantId, entryId: params.id });
    if (query.approach === undefined && query.gwp === undefined) return { ...explained, boundary: null };
    const { book } = explained.entry;
    const reading = { approach: query.approach ?? 'operational-control', gwp: query.gwp } as const;
    return { ...explained, boundary: await this.workers.ask(readEntryBoundary, { tenantId, book, entryId: params.id, ...reading }) };
  }
}
