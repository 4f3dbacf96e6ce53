import { z } from 'zod';
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { PROBLEMS, type ProblemCode } from '#contracts';
import { VERSION } from '#platform';
import { refusalsOf, type ResponseDeclaration, type RouteDeclaration } from './route';

/** RFC 9457, with the code as a member of its own and the places in the input that it is about. */
export const problem = z
  .object({
    type: z.string().describe('path of the description of this problem'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    instance: z.string(),
    places: z
      .array(z.object({ at: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .describe('where in the input, at most a hundred'),
  })
  .meta({ id: 'Problem' });

/** The OpenAPI 3.1 document of these routes. Nothing in it is written twice: what is documented is what is checked. */
export function openApiDocument(routes: readonly RouteDeclaration[]) {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const declaration of routes) {
    const path = (paths[declaration.path] ??= {});
    if (path[declaration.method]) throw new Error(`${declaration.method} ${declaration.path} is declared twice`);
    path[declaration.method] = operationOf(declaration);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'scopebook',
      version: VERSION,
      description:
        'A greenhouse-gas ledger under the GHG Protocol. Amounts are exact decimals, written as text. Every answer that is not a success is a ' +
        'problem (RFC 9457) with a `code` from a closed list.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ apiKey: [] }],
    paths,
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `sbk_…`' } } },
  });
}

function operationOf(declaration: RouteDeclaration): ZodOpenApiOperationObject {
  const { id, tag, summary, access, params, query } = declaration;
  const path = shapeOf(params);
  const search = shapeOf(query);
  const requestBody = requestBodyOf(declaration);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(access === 'public' ? { security: [] } : {}),
    ...(path || search ? { requestParams: { ...(path ? { path } : {}), ...(search ? { query: search } : {}) } } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(declaration.responses).map(([status, response]) => [status, responseOf(response)])),
      ...problemResponses(declaration),
    },
  };
}

function shapeOf(schema: z.ZodType): z.ZodObject | undefined {
  return schema instanceof z.ZodObject && Object.keys(schema.shape as object).length > 0 ? schema : undefined;
}

function requestBodyOf({ body, upload }: RouteDeclaration): ZodOpenApiOperationObject['requestBody'] {
  if (body) return { required: !body.safeParse(undefined).success, content: { 'application/json': { schema: body } } };
  if (!upload) return undefined;
  const media = upload.schema ? { schema: upload.schema } : {};
  return { required: true, description: upload.description, content: Object.fromEntries(upload.mediaTypes.map((type) => [type, media])) };
}

function responseOf({ description, schema, mediaType, location }: ResponseDeclaration): ZodOpenApiResponseObject {
  return {
    description,
    ...(location ? { headers: { Location: { description: 'path of the resource', schema: { type: 'string' } } } } : {}),
    ...(schema || mediaType ? { content: { [mediaType ?? 'application/json']: schema ? { schema } : {} } } : {}),
  };
}

/** One answer per status; the sentences say which codes it can carry. A status that the route uses for an answer of its own keeps that one. */
function problemResponses(declaration: RouteDeclaration): Record<string, ZodOpenApiResponseObject> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of refusalsOf(declaration)) {
    const [status] = PROBLEMS[code];
    if (!(status in declaration.responses)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join(' '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;
export const OPENAPI_DOCUMENT = Symbol('OpenAPI document');
