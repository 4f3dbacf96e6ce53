import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { chooseFactor, factorChoiceBody, listFactorChoices, withdrawFactorChoice } from '#contracts';
import { Asker } from '#messaging';
import { authorOf, decisionReason, statedAuthor } from '../shared/author';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { byId, factorChoiceView, page } from '../shared/views';

const signature = { author: statedAuthor.optional(), reason: decisionReason };

const chooseRoute = route({
  id: 'chooseFactor',
  method: 'post',
  path: '/v1/factor-choices',
  tag: 'factors',
  summary: 'Pins a factor for some keys, takes one although it would not serve, or takes one out; the next run decides by it',
  body: factorChoiceBody.extend(signature),
  responses: {
    201: { description: 'The decision', schema: factorChoiceView },
    200: { description: 'It had been said before and stands', schema: factorChoiceView },
  },
  refusals: ['factor_unknown', 'factor_choice_invalid'],
});
const listRoute = route({
  id: 'listFactorChoices',
  method: 'get',
  path: '/v1/factor-choices',
  tag: 'factors',
  summary: 'All decisions about factors in the order of their writing, also those that were taken back, by whom and why',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of decisions', schema: page(factorChoiceView) } },
});
const withdrawRoute = route({
  id: 'withdrawFactorChoice',
  method: 'post',
  path: '/v1/factor-choices/{id}/withdrawal',
  tag: 'factors',
  summary: 'Takes a decision back; it stays in the list, and from the next run on the cascade decides again',
  params: byId,
  body: z.strictObject(signature),
  responses: { 200: { description: 'The decision, with who took it back and why', schema: factorChoiceView } },
  refusals: ['factor_choice_unknown', 'factor_choice_withdrawn'],
});

@Controller()
export class FactorChoicesController {
  constructor(private readonly workers: Asker) {}

  @Route(chooseRoute)
  async choose(@Input() { tenantId, keyName, body }: InputOf<typeof chooseRoute>) {
    const { author, reason, ...choice } = body;
    const answer = await this.workers.ask(chooseFactor, { tenantId, choice, author: authorOf(keyName, author), reason });
    return new Answer(answer.repeated ? 200 : 201, answer.choice);
  }

  @Route(listRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listRoute>) {
    return this.workers.ask(listFactorChoices, { tenantId, ...query });
  }

  @Route(withdrawRoute)
  withdraw(@Input() { tenantId, keyName, params, body }: InputOf<typeof withdrawRoute>) {
    const { author, reason } = body;
    return this.workers.ask(withdrawFactorChoice, { tenantId, choiceId: params.id, author: authorOf(keyName, author), reason });
  }
}
