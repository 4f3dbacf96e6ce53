import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { adoptionMode, editionsRule, gwpSet, listBooks, listOpenKeys, listYears, name, putBook, readConservation } from '#contracts';
import { METHOD_PACK_DEFAULT } from '#ghg';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { bookView, byBook, byName, conservationView, openKeyView, page } from '../shared/views';

const listBooksRoute = route({
  id: 'listBooks',
  method: 'get',
  path: '/v1/books',
  tag: 'books',
  summary: 'The books',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of books', schema: page(bookView) } },
});
const putBookRoute = route({
  id: 'putBook',
  method: 'put',
  path: '/v1/books/{name}',
  tag: 'books',
  summary: 'Opens a book under a method pack and a GWP set; the first run opens `main` under the rules in force and AR5 by itself',
  params: byName,
  body: z.strictObject({
    gwpSet,
    methodPack: name.default(METHOD_PACK_DEFAULT).describe('the rules, one of `/v1/method-packs`'),
    catalogue: z.boolean().default(true).describe('whether the starter catalogue is among the factor sets of its runs'),
    editions: editionsRule.default('blended'),
    adoption: adoptionMode
      .optional()
      .describe(
        'how factor sets enter it; left out: by themselves in a new book, as it is in one that is there. A new book into which they enter on request begins without any',
      ),
  }),
  responses: { 200: { description: 'The book', schema: bookView } },
  refusals: ['book_exists', 'method_pack_unknown', 'gwp_set_not_in_pack'],
});
const listOpenKeysRoute = route({
  id: 'listOpenKeys',
  method: 'get',
  path: '/v1/books/{book}/open-keys',
  tag: 'books',
  summary: 'The keys that got no number, or not all of them, and why',
  params: byBook,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of open keys', schema: page(openKeyView) } },
  refusals: ['book_unknown'],
});
const getConservation = route({
  id: 'getConservation',
  method: 'get',
  path: '/v1/books/{book}/conservation',
  tag: 'books',
  summary: 'Whether everything that went in is accounted for, in both stores',
  params: byBook,
  responses: { 200: { description: 'The equations; `holds` false is an alarm', schema: conservationView } },
  refusals: ['book_unknown', 'nothing_calculated'],
});
const listYearsRoute = route({
  id: 'listYears',
  method: 'get',
  path: '/v1/books/{book}/years',
  tag: 'books',
  summary: 'The reporting years that the book has entries for',
  params: byBook,
  responses: { 200: { description: 'The years', schema: listYears.reply } },
  refusals: ['book_unknown', 'nothing_calculated'],
});

@Controller()
export class BooksController {
  constructor(private readonly workers: Asker) {}

  @Route(listBooksRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listBooksRoute>) {
    return this.workers.ask(listBooks, { tenantId, ...query });
  }

  @Route(putBookRoute)
  put(@Input() { tenantId, params, body }: InputOf<typeof putBookRoute>) {
    return this.workers.ask(putBook, { tenantId, ...params, ...body });
  }

  @Route(listOpenKeysRoute)
  openKeys(@Input() { tenantId, params, query }: InputOf<typeof listOpenKeysRoute>) {
    return this.workers.ask(listOpenKeys, { tenantId, ...params, ...query });
  }

  @Route(getConservation)
  conservation(@Input() { tenantId, params }: InputOf<typeof getConservation>) {
    return this.workers.ask(readConservation, { tenantId, ...params });
  }

  @Route(listYearsRoute)
  years(@Input() { tenantId, params }: InputOf<typeof listYearsRoute>) {
    return this.workers.ask(listYears, { tenantId, ...params });
  }
}
