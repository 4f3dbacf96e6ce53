import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  adoptFactorSets,
  adoptionMode,
  compareFactorSets,
  listAdoptions,
  listSetFlags,
  name,
  readBookSets,
  setDifference,
  stateAdoption,
} from '#contracts';
import { Asker } from '#messaging';
import { authorOf, decisionReason, statedAuthor } from '../shared/author';
import { Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { adoptionView, bookSetsView, byBook, byId, page, setComparison, setFlags } from '../shared/views';

/** Two large sets take their time, and so does the effect on a large book. */
const COMPARING_MS_MAX = 120_000;
const SETS_MAX = 200;

const signature = { author: statedAuthor.optional(), reason: decisionReason };
const setIds = z.array(z.uuid()).max(SETS_MAX).default([]);

const compareRoute = route({
  id: 'compareFactorSets',
  method: 'get',
  path: '/v1/factor-sets/{id}/comparison',
  tag: 'factors',
  summary: 'What a factor set says otherwise than an earlier edition, and what of a book rests on what changes or goes',
  params: byId,
  query: z.strictObject({
    with: z.uuid().optional().describe('the earlier set; unless given, the edition before of the same publisher'),
    book: name.optional().describe('given: with the use of each figure in this book, and the effect of adopting the set'),
    kind: setDifference.shape.kind.optional().describe('only these'),
    ...pageQuery,
  }),
  responses: {
    200: { description: 'A page of differences: the largest changes first, then what is gone, then what is added', schema: setComparison },
  },
  refusals: ['factor_set_unknown', 'factor_set_without_predecessor', 'book_unknown', 'nothing_calculated'],
});
const flagsRoute = route({
  id: 'listSetFlags',
  method: 'get',
  path: '/v1/factor-sets/{id}/flags',
  tag: 'factors',
  summary: 'Figures that stand out against the edition before, as they were found when the set came',
  params: byId,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of figures', schema: setFlags } },
  refusals: ['factor_set_unknown'],
});
const adoptRoute = route({
  id: 'adoptFactorSets',
  method: 'post',
  path: '/v1/books/{book}/factor-sets',
  tag: 'books',
  summary: 'Takes factor sets into a book and out of it; the next run pins what then stands',
  params: byBook,
  body: z
    .strictObject({
      adopt: setIds.describe('each takes the place of other versions of its edition'),
      drop: setIds,
      ...signature,
    })
    .refine(({ adopt, drop }) => adopt.length + drop.length > 0, 'names no factor set'),
  responses: { 200: { description: 'What the next run pins', schema: bookSetsView } },
  refusals: [
    'book_unknown',
    'adoption_automatic',
    'factor_set_unknown',
    'factor_set_not_in_book',
    'factor_set_in_book',
    'factor_set_versions_clash',
  ],
});
const setsRoute = route({
  id: 'getBookFactorSets',
  method: 'get',
  path: '/v1/books/{book}/factor-sets',
  tag: 'books',
  summary: 'The factor sets that the next run of the book pins, and how they enter it',
  params: byBook,
  responses: { 200: { description: 'The sets', schema: bookSetsView } },
  refusals: ['book_unknown'],
});
const stateRoute = route({
  id: 'putAdoption',
  method: 'put',
  path: '/v1/books/{book}/adoption',
  tag: 'books',
  summary: 'States whether factor sets enter the book by themselves or on request; the sets that it has stay',
  params: byBook,
  body: z.strictObject({ adoption: adoptionMode, ...signature }),
  responses: { 200: { description: 'What the next run pins', schema: bookSetsView } },
  refusals: ['book_unknown'],
});
const logRoute = route({
  id: 'listAdoptions',
  method: 'get',
  path: '/v1/books/{book}/adoptions',
  tag: 'books',
  summary: 'Who took which factor set into the book or out of it, when and why, the newest first',
  params: byBook,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of decisions', schema: page(adoptionView) } },
  refusals: ['book_unknown'],
});

@Controller()
export class EditionsController {
  constructor(private readonly workers: Asker) {}

  @Route(compareRoute)
  compare(@Input() { tenantId, params, query }: InputOf<typeof compareRoute>) {
    return this.workers.ask(compareFactorSets, { tenantId, setId: params.id, ...query }, COMPARING_MS_MAX);
  }

  @Route(flagsRoute)
  flags(@Input() { tenantId, params, query }: InputOf<typeof flagsRoute>) {
    return this.workers.ask(listSetFlags, { tenantId, setId: params.id, ...query });
  }

  @Route(adoptRoute)
  adopt(@Input() { tenantId, keyName, params, body }: InputOf<typeof adoptRoute>) {
    const { author, ...rest } = body;
    return this.workers.ask(adoptFactorSets, { tenantId, ...params, ...rest, author: authorOf(keyName, author) });
  }

  @Route(setsRoute)
  sets(@Input() { tenantId, params }: InputOf<typeof setsRoute>) {
    return this.workers.ask(readBookSets, { tenantId, ...params });
  }

  @Route(stateRoute)
  state(@Input() { tenantId, keyName, params, body }: InputOf<typeof stateRoute>) {
    const { author, ...rest } = body;
    return this.workers.ask(stateAdoption, { tenantId, ...params, ...rest, author: authorOf(keyName, author) });
  }

  @Route(logRoute)
  log(@Input() { tenantId, params, query }: InputOf<typeof logRoute>) {
    return this.workers.ask(listAdoptions, { tenantId, ...params, ...query });
  }
}
