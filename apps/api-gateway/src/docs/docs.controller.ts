import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { PROBLEMS, type ProblemCode } from '#contracts';
import { REFUSALS, type RefusalCode } from '#ghg';
import { OPENAPI_DOCUMENT, type OpenApiDocument } from '../shared/openapi';
import { Answer, Input, publicRoute, Route, type InputOf } from '../shared/route';
import { ASSETS, PAGE, PAGE_POLICY, START_SCRIPT } from './docs-page';

const problemDescription = z.object({
  code: z.string(),
  status: z.number().int().nullable().describe('null: a refusal of a record, a leg or a place, which is no answer of its own'),
  title: z.string(),
});
/** What a problem's `type` or one of its `places` can name. */
const problemCode = z.enum([...new Set([...Object.keys(PROBLEMS), ...Object.keys(REFUSALS)])] as [
  ProblemCode | RefusalCode,
  ...(ProblemCode | RefusalCode)[],
]);

const getOpenApi = publicRoute({
  id: 'getOpenApi',
  method: 'get',
  path: '/openapi.json',
  tag: 'docs',
  summary: 'This document',
  responses: { 200: { description: 'OpenAPI 3.1', mediaType: 'application/json' } },
});
const getDocs = publicRoute({
  id: 'getDocs',
  method: 'get',
  path: '/docs',
  tag: 'docs',
  summary: 'The document as a page',
  responses: { 200: { description: 'The page', mediaType: 'text/html' } },
});
const getDocsStart = publicRoute({
  id: 'getDocsStart',
  method: 'get',
  path: '/docs/start.js',
  tag: 'docs',
  summary: 'Starts the page',
  responses: { 200: { description: 'A script', mediaType: 'text/javascript' } },
});
const getDocsAsset = publicRoute({
  id: 'getDocsAsset',
  method: 'get',
  path: '/docs/{asset}',
  tag: 'docs',
  summary: 'What the page is made of',
  params: z.strictObject({ asset: z.enum(Object.keys(ASSETS) as [keyof typeof ASSETS, ...(keyof typeof ASSETS)[]]) }),
  responses: { 200: { description: 'A file', mediaType: '*/*' } },
});
const getProblem = publicRoute({
  id: 'getProblem',
  method: 'get',
  path: '/problems/{code}',
  tag: 'docs',
  summary: 'What the `type` of a problem, or the code of one of its places, stands for',
  params: z.strictObject({ code: problemCode }),
  responses: { 200: { description: 'The problem', schema: problemDescription } },
});

@Controller()
export class DocsController {
  private readonly assets = path.dirname(require.resolve('swagger-ui-dist/package.json'));

  constructor(@Inject(OPENAPI_DOCUMENT) private readonly document: OpenApiDocument) {}

  @Route(getOpenApi)
  openApi() {
    return this.document;
  }

  @Route(getDocs)
  page() {
    return new Answer(200, PAGE, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_POLICY });
  }

  @Route(getDocsStart)
  start() {
    return new Answer(200, START_SCRIPT, { 'Content-Type': 'text/javascript; charset=utf-8' });
  }

  @Route(getDocsAsset)
  asset(@Input() { params }: InputOf<typeof getDocsAsset>) {
    return new StreamableFile(createReadStream(path.join(this.assets, params.asset)), { type: ASSETS[params.asset] });
  }

  @Route(getProblem)
  problem(@Input() { params: { code } }: InputOf<typeof getProblem>) {
    if (!(code in PROBLEMS)) return { code, status: null, title: REFUSALS[code as RefusalCode] };
    const [status, title] = PROBLEMS[code as ProblemCode];
    return { code, status, title };
  }
}
