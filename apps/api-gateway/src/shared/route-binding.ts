import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import express, { type Request, type Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { Refused, unreadableCharacterAt, type ProblemPlace } from '#contracts';
import { QUESTION_BYTES_MAX } from '#messaging';
import { Answer, declarationOf, type BoundRequest, type RouteDeclaration } from './route';

const PLACES_MAX = 100;

const readers = new Map<number, express.RequestHandler>();

function readerOf(bytesMax: number): express.RequestHandler {
  const reader = readers.get(bytesMax) ?? express.json({ limit: bytesMax, type: () => true, strict: false });
  readers.set(bytesMax, reader);
  return reader;
}

/** Checks what comes in against the declaration of the route before its handler sees it, and carries out what an `Answer` says. */
@Injectable()
export class RouteBinding implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const declaration = declarationOf(context.getHandler());
    if (!declaration) return next.handle();
    const request = context.switchToHttp().getRequest<BoundRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    request.input = await checkedInput(declaration, request, response);
    return next.handle().pipe(map((answer: unknown) => carryOut(answer, response)));
  }
}

async function checkedInput(declaration: RouteDeclaration, request: BoundRequest, response: Response) {
  const params = check(declaration.params, request.params, 'path');
  const query = check(declaration.query, request.query, 'query');
  if (declaration.upload) checkMediaType(request, declaration.upload.mediaTypes);
  return {
    params,
    query,
    body: declaration.body ? await checkedBody(declaration.body, bytesMaxOf(declaration), request, response) : undefined,
  };
}

/** A body goes on to a worker in one message, unless its route says that the gateway keeps it itself. */
const bytesMaxOf = ({ bodyBytesMax }: RouteDeclaration): number => bodyBytesMax ?? QUESTION_BYTES_MAX;

async function checkedBody(schema: z.ZodType, bytesMax: number, request: Request, response: Response): Promise<unknown> {
  const body = await jsonBody(bytesMax, request, response);
  if (body === undefined && !schema.safeParse(undefined).success) throw new Refused('body_empty');
  return check(schema, body, 'body');
}

async function jsonBody(bytesMax: number, request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  checkMediaType(request, ['application/json']);
  await new Promise<void>((resolve, reject) => {
    readerOf(bytesMax)(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(bodyRefusal(error, bytesMax))));
  });
  return request.body as unknown;
}

/** Without either header a request has no body (RFC 9112, section 6.3). */
export function hasBody(request: Request): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? 0) > 0;
}

/** Bytes of no stated type are taken as they are; a stated type must be one of ours. */
function checkMediaType(request: Request, mediaTypes: readonly string[]): void {
  const stated = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (stated !== undefined && !mediaTypes.includes(stated)) {
    throw new Refused('media_type_unsupported', `The resource takes ${mediaTypes.join(', ')}, not ${stated.slice(0, 100)}.`);
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new Refused('media_type_unsupported', 'The resource takes no encoded body.');
}

/** What the JSON reader says, by its own error types, in our words. Its messages may quote the body and stay inside. */
function bodyRefusal(error: unknown, bytesMax: number): unknown {
  const type = (error as { type?: unknown }).type;
  if (type === 'entity.too.large') return new Refused('body_too_large', `The body is larger than ${bytesMax} bytes.`);
  if (type === 'entity.parse.failed') return new Refused('request_invalid', 'The body is not JSON.');
  if (type === 'charset.unsupported') return new Refused('media_type_unsupported', 'The body must be UTF-8.');
  if (type === 'request.size.invalid') return new Refused('request_invalid', 'The body is not as long as its Content-Length says.');
  return error;
}

function check<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return readable(parsed.data, at);
  const places = parsed.error.issues.slice(0, PLACES_MAX).map((issue): ProblemPlace => ({
    at: issue.path.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}.${String(step)}`), at),
    code: 'request_invalid',
    detail: issue.message,
  }));
  const [first] = places;
  throw new Refused('request_invalid', first && `${first.at}: ${first.detail}`, places);
}

/** Said once for all that comes in: no schema need think of it, and no store meets what it cannot keep. */
function readable<T>(value: T, at: string): T {
  const place = unreadableCharacterAt(value, at);
  if (place === undefined) return value;
  const detail = 'must not hold control characters, half a surrogate pair, or the name __proto__';
  throw new Refused('request_invalid', `${place}: ${detail}`, [{ at: place, code: 'request_invalid', detail }]);
}

function carryOut(answer: unknown, response: Response): unknown {
  if (!(answer instanceof Answer)) return answer;
  response.status(answer.status);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  return answer.body;
}
