import { Controller } from '@nestjs/common';
import { whatIf, whatIfBody } from '#contracts';
import { Asker } from '#messaging';
import { Input, Route, route, type InputOf } from '../shared/route';
import { byBook, whatIfView } from '../shared/views';

/** Where every key of a large book is decided anew. */
const DECIDING_MS_MAX = 120_000;

const postWhatIf = route({
  id: 'postWhatIf',
  method: 'post',
  path: '/v1/books/{book}/what-if',
  tag: 'books',
  summary:
    'What a change would do to a book, before anybody commits it: asked of the sums of its last seal, whatever the number of rows; writes nothing',
  params: byBook,
  body: whatIfBody,
  responses: {
    200: { description: 'The effect, exactly as the next run would post it if nothing else changed; pools apart', schema: whatIfView },
  },
  refusals: [
    'book_unknown',
    'nothing_calculated',
    'factor_set_unknown',
    'factor_set_not_in_book',
    'factor_set_in_book',
    'factor_set_versions_clash',
    'method_pack_unknown',
    'gwp_set_not_in_pack',
    'factor_choice_unknown',
    'factor_choice_withdrawn',
    'factor_unknown',
    'factor_choice_invalid',
    'run_in_progress',
  ],
});

@Controller()
export class WhatIfController {
  constructor(private readonly workers: Asker) {}

  @Route(postWhatIf)
  ask(@Input() { tenantId, params, body }: InputOf<typeof postWhatIf>) {
    return this.workers.ask(whatIf, { tenantId, ...params, ...body }, DECIDING_MS_MAX);
  }
}
