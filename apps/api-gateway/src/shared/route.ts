import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import type { ProblemCode } from '#contracts';

export type Method = 'get' | 'put' | 'post' | 'delete';

/** What a route answers under one status. Without a schema the body is of the given media type and described in words only. */
export interface ResponseDeclaration {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
  readonly location?: boolean;
}

/** Raw bytes that go to the file store unparsed. */
export interface UploadDeclaration {
  readonly mediaTypes: readonly string[];
  readonly description: string;
  /** The shape of the bytes, where the document can say it; the gateway itself does not look inside. */
  readonly schema?: z.ZodType;
}

/**
 * A route, said once: Nest's router, the validation of what comes in and the OpenAPI document are all made from it.
 * `refusals` names what this route itself can refuse; what every route of its form can refuse is added by `refusalsOf`.
 */
export interface RouteDeclaration<
  A extends 'tenant' | 'public' = 'tenant' | 'public',
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: Method;
  /** With parameters in braces: `/v1/imports/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: A;
  readonly params: P;
  readonly query: Q;
  /** JSON, when the method has a body; a schema that takes `undefined` makes the body optional. */
  readonly body: B | null;
  /** How large the body may be; unless told otherwise, what a message to a worker can carry. */
  readonly bodyBytesMax: number | null;
  readonly upload: UploadDeclaration | null;
  readonly responses: Readonly<Record<number, ResponseDeclaration>>;
  readonly refusals: readonly ProblemCode[];
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface RouteWish<P, Q, B> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly bodyBytesMax?: number;
  readonly upload?: UploadDeclaration;
  readonly responses: Readonly<Record<number, ResponseDeclaration>>;
  readonly refusals?: readonly ProblemCode[];
}

const declare =
  <A extends 'tenant' | 'public'>(access: A) =>
  <P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
    wish: RouteWish<P, Q, B>,
  ): RouteDeclaration<A, P, Q, B> => ({
    ...wish,
    access,
    params: wish.params ?? (nothing as z.ZodType as P),
    query: wish.query ?? (nothing as z.ZodType as Q),
    body: wish.body ?? null,
    bodyBytesMax: wish.bodyBytesMax ?? null,
    upload: wish.upload ?? null,
    refusals: wish.refusals ?? [],
  });

/** A route that answers the bearer of an API key, within that key's tenant. */
export const route = declare('tenant');
/** A route that answers anybody. */
export const publicRoute = declare('public');

/** What a handler receives: checked, converted, and with the tenant of the caller and the name of its key. */
export type InputOf<R> =
  R extends RouteDeclaration<infer A, infer P, infer Q, infer B>
    ? {
        readonly params: z.output<P>;
        readonly query: z.output<Q>;
        readonly body: z.output<B>;
        readonly request: Request;
      } & (A extends 'tenant' ? { readonly tenantId: string; readonly keyName: string } : unknown)
    : never;

/** An answer whose status or headers depend on what happened. Other handlers return the plain body, under the first declared status. */
export class Answer {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** What the guard and the binding leave on a request for those after them. */
export interface BoundRequest extends Request {
  tenantId?: string;
  keyName?: string;
  input?: { params: unknown; query: unknown; body: unknown };
}

const ROUTE = 'scopebook:route';
const METHODS = { get: RequestMethod.GET, put: RequestMethod.PUT, post: RequestMethod.POST, delete: RequestMethod.DELETE };

/** Makes a method of a controller the handler of a declared route. */
export function Route(declaration: RouteDeclaration): MethodDecorator {
  // The router calls a parameter `:id`; braces mean "optional" to it.
  const path = declaration.path.replace(/\{(\w+)\}/g, ':$1');
  const firstStatus = Object.keys(declaration.responses).map(Number)[0] ?? 200;
  return applyDecorators(
    SetMetadata(ROUTE, declaration),
    RequestMapping({ path, method: METHODS[declaration.method] }),
    HttpCode(firstStatus),
  );
}

/** The checked input of the route, as `InputOf` its declaration. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<BoundRequest>();
  return { tenantId: request.tenantId, keyName: request.keyName, request, ...request.input };
});

/** The declaration behind a handler; undefined for what is no route of ours. */
export function declarationOf(handler: object): RouteDeclaration | undefined {
  return Reflect.getMetadata(ROUTE, handler) as RouteDeclaration | undefined;
}

/** Every route that these controllers handle, in the order of their methods. */
export function routesOf(controllers: readonly Type[]): RouteDeclaration[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => declarationOf(prototype[name]!) ?? []);
  });
}

/** All that a route can refuse: its own refusals and those that come with its form. */
export function refusalsOf({ access, refusals, params, query, body, upload }: RouteDeclaration): ProblemCode[] {
  const byForm: ProblemCode[] = ['unexpected'];
  if (access === 'tenant') byForm.push('api_key_missing', 'api_key_unknown', 'service_unavailable');
  if ((params as z.ZodType) !== nothing || (query as z.ZodType) !== nothing || access === 'tenant') byForm.push('request_invalid');
  if (body || upload) byForm.push('body_too_large', 'media_type_unsupported');
  if (upload) byForm.push('upload_stalled');
  if (upload || (body && !body.safeParse(undefined).success)) byForm.push('body_empty');
  return [...new Set([...refusals, ...byForm])];
}

/** For bodies that the gateway keeps itself: far more than 1,000 entities or holdings need. What is larger is a file and has a road of its own. */
export const OWN_BODY_BYTES_MAX = 4 * 1024 * 1024;

/** A whole number in a path or query, where everything arrives as text. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
    .meta({
      // To the reader of the document it is a number with limits, not a text with a pattern.
      override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, { type: 'integer', minimum: min, maximum: max });
      },
    });
}

/** Cursor paging as query parameters. */
export const pageQuery = {
  after: z.string().min(1).max(64).optional().describe('`next` of the page before'),
  limit: wholeNumber(1, 1000).default(100).describe('items per page, 100 unless told otherwise'),
};
export const year = wholeNumber(1900, 2200).describe('calendar year');
