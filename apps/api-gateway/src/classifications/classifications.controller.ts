import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  addClassifications,
  CLASSIFICATIONS_MAX,
  classificationWish,
  listClassifications,
  listUnclassified,
  withdrawClassification,
} from '#contracts';
import { Asker } from '#messaging';
import { authorOf, decisionReason, statedAuthor } from '../shared/author';
import { Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { byBook, byId, classificationView, page, unclassifiedView } from '../shared/views';

const postClassifications = route({
  id: 'postClassifications',
  method: 'post',
  path: '/v1/classifications',
  tag: 'classification',
  summary: 'Says what free text is, once for all equal lines; all of the body or none of it. The next run reads it',
  body: z.strictObject({
    author: statedAuthor.optional(),
    classifications: z.array(classificationWish).min(1).max(CLASSIFICATIONS_MAX),
  }),
  responses: { 201: { description: 'They are kept', schema: addClassifications.reply } },
  refusals: ['classification_invalid'],
});
const listClassificationsRoute = route({
  id: 'listClassifications',
  method: 'get',
  path: '/v1/classifications',
  tag: 'classification',
  summary: 'The classifications in the order of their writing, withdrawn ones too',
  query: z.strictObject({
    ...pageQuery,
    description: z.string().min(1).max(2_000).optional().describe('those of this text, in any spelling'),
  }),
  responses: { 200: { description: 'A page of classifications', schema: page(classificationView) } },
});
const postWithdrawal = route({
  id: 'postClassificationWithdrawal',
  method: 'post',
  path: '/v1/classifications/{id}/withdrawal',
  tag: 'classification',
  summary: 'Takes a classification back: the next run decides its rows by what else stands, or leaves them open again',
  params: byId,
  body: z.strictObject({ author: statedAuthor.optional(), reason: decisionReason }),
  responses: { 200: { description: 'The classification, withdrawn', schema: classificationView } },
  refusals: ['classification_unknown', 'classification_withdrawn'],
});
const listUnclassifiedRoute = route({
  id: 'listUnclassified',
  method: 'get',
  path: '/v1/books/{book}/unclassified',
  tag: 'classification',
  summary: 'The texts of a book that have no figure yet, those with the most activities first',
  params: byBook,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of texts', schema: page(unclassifiedView) } },
  refusals: ['book_unknown'],
});

@Controller()
export class ClassificationsController {
  constructor(private readonly workers: Asker) {}

  @Route(postClassifications)
  post(@Input() { tenantId, keyName, body }: InputOf<typeof postClassifications>) {
    const { author, classifications } = body;
    return this.workers.ask(addClassifications, { tenantId, author: authorOf(keyName, author), classifications });
  }

  @Route(listClassificationsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listClassificationsRoute>) {
    return this.workers.ask(listClassifications, { tenantId, ...query });
  }

  @Route(postWithdrawal)
  withdraw(@Input() { tenantId, keyName, params, body }: InputOf<typeof postWithdrawal>) {
    const { author, reason } = body;
    return this.workers.ask(withdrawClassification, { tenantId, id: params.id, author: authorOf(keyName, author), reason });
  }

  @Route(listUnclassifiedRoute)
  unclassified(@Input() { tenantId, params, query }: InputOf<typeof listUnclassifiedRoute>) {
    return this.workers.ask(listUnclassified, { tenantId, ...params, ...query });
  }
}
