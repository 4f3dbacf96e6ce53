import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  getSuggestionPolicy,
  putSuggestionPolicy,
  Refused,
  score,
  suggest,
  suggestLine,
  SUGGESTIONS_MAX,
  SUGGEST_LINES_PER_MESSAGE,
  type ProblemPlace,
  type SuggestionView,
} from '#contracts';
import { Asker } from '#messaging';
import { authorOf, decisionReason, statedAuthor } from '../shared/author';
import { Input, Route, route, type InputOf } from '../shared/route';
import { suggestionPolicyView, suggestionView } from '../shared/views';

const LINES_MAX = 1_000;
/** Where the index over a tenant's factor sets is not made yet, the first question waits for it. */
const SUGGESTING_MS_MAX = 120_000;

const postSuggestions = route({
  id: 'postSuggestions',
  method: 'post',
  path: '/v1/suggestions',
  tag: 'classification',
  summary: 'What lines of free text may be: ranked candidates with scores and reasons. Nothing is taken; a classification does that',
  body: z.strictObject({
    lines: z.array(suggestLine).min(1).max(LINES_MAX),
    limit: z.number().int().min(1).max(SUGGESTIONS_MAX).default(5).describe('candidates per line'),
  }),
  responses: {
    200: {
      description: 'Per line of the body, best first; an empty list where nothing stands out',
      schema: z.object({
        method: z.string().describe('name and version of what suggested'),
        lines: z.array(z.object({ suggestions: z.array(suggestionView) })),
      }),
    },
  },
});
const putPolicy = route({
  id: 'putSuggestionPolicy',
  method: 'put',
  path: '/v1/suggestion-policy',
  tag: 'classification',
  summary:
    'From which score on a run takes the first suggestion for an open text without a look, as a classification that can be withdrawn; null: never, as at first',
  body: z.strictObject({ threshold: score.nullable(), author: statedAuthor.optional(), reason: decisionReason }),
  responses: { 200: { description: 'The policy', schema: suggestionPolicyView } },
});
const getPolicy = route({
  id: 'getSuggestionPolicy',
  method: 'get',
  path: '/v1/suggestion-policy',
  tag: 'classification',
  summary: 'Whether runs take suggestions without a look',
  responses: { 200: { description: 'The policy', schema: suggestionPolicyView } },
});

@Controller()
export class SuggestionsController {
  constructor(private readonly workers: Asker) {}

  /** One question per message's worth of lines, one after the other: an answer is one message. */
  @Route(postSuggestions)
  async suggestions(@Input() { tenantId, body }: InputOf<typeof postSuggestions>) {
    const { lines, limit } = body;
    const answered: { suggestions: SuggestionView[] }[] = [];
    let method = '';
    for (let first = 0; first < lines.length; first += SUGGEST_LINES_PER_MESSAGE) {
      const question = { tenantId, perLine: limit, lines: lines.slice(first, first + SUGGEST_LINES_PER_MESSAGE) };
      const answer = await this.workers.ask(suggest, question, SUGGESTING_MS_MAX).catch((error: unknown) => {
        throw movedBy(error, first);
      });
      method = answer.method;
      answered.push(...answer.lines.map((suggestions) => ({ suggestions })));
    }
    return { method, lines: answered };
  }

  @Route(putPolicy)
  put(@Input() { tenantId, keyName, body }: InputOf<typeof putPolicy>) {
    const { threshold, author, reason } = body;
    return this.workers.ask(putSuggestionPolicy, { tenantId, threshold, author: authorOf(keyName, author), reason });
  }

  @Route(getPolicy)
  get(@Input() { tenantId }: InputOf<typeof getPolicy>) {
    return this.workers.ask(getSuggestionPolicy, { tenantId });
  }
}

/** A refusal names the line of its question; here it is the line of the body. */
function movedBy(error: unknown, first: number): unknown {
  if (!(error instanceof Refused)) return error;
  const moved = (at: string): string => at.replace(/^lines\.(\d+)/, (_, line: string) => `lines.${Number(line) + first}`);
  const places = error.places.map((place): ProblemPlace => ({ ...place, at: moved(place.at) }));
  return new Refused(error.code, moved(error.detail), places);
}
