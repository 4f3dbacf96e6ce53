import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PROBLEMS, Refused } from '#contracts';
import { FileTooLarge } from '#platform';
import { isDatabaseAway } from './database';
import type { RouteDeclaration } from './route';

const DRAIN_MS_MAX = 10_000;

/** The body of every answer that is not a success: RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly instance: string;
  readonly places?: Refused['places'];
}

/** A refusal in the form of RFC 9457, section 3.1. */
export function problemOf(refused: Refused, instance: string): Problem {
  return {
    type: `/problems/${refused.code}`,
    title: PROBLEMS[refused.code][1],
    status: refused.status,
    detail: refused.detail,
    code: refused.code,
    instance,
    ...(refused.places.length > 0 ? { places: refused.places } : {}),
  };
}

/** The one place where errors become answers. What is no named refusal is logged and answered as `unexpected`, without a word of its text. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problems');
  private readonly templates: readonly { method: string; path: RegExp }[];

  constructor(routes: readonly RouteDeclaration[]) {
    this.templates = routes.map(({ method, path }) => ({ method: method.toUpperCase(), path: templateRegExp(path) }));
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // A download that breaks half-way must look broken; an answer to nobody need not be written.
    if (response.headersSent || request.socket.destroyed) {
      if (response.headersSent) this.logger.error(`${request.method} ${request.path}: broken off: ${textOf(error)}`);
      response.destroy();
      return;
    }
    const refused = this.refusedOf(error, request);
    if (refused.status >= 500) this.logger.error(`${request.method} ${request.path}: ${textOf(error)}`);
    if (refused.code === 'method_not_allowed') response.setHeader('Allow', this.methodsOf(request.path).join(', '));
    if (refused.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (!request.complete) drain(request);
    response
      .status(refused.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(refused, request.path)));
  }

  private refusedOf(error: unknown, request: Request): Refused {
    if (error instanceof Refused) return error;
    if (error instanceof FileTooLarge) return new Refused('body_too_large');
    if (isDatabaseAway(error)) return new Refused('service_unavailable');
    // Handlers throw `Refused` only: these are the router's own.
    if (error instanceof HttpException && error.getStatus() === 404) {
      return new Refused(this.methodsOf(request.path).length > 0 ? 'method_not_allowed' : 'not_found');
    }
    if (error instanceof HttpException && error.getStatus() < 500) return new Refused('request_invalid');
    return new Refused('unexpected');
  }

  private methodsOf(path: string): string[] {
    return [...new Set(this.templates.filter((template) => template.path.test(path)).map(({ method }) => method))];
  }
}

/** Many senders read no answer before all is sent: what they still have is read and thrown away, for a while. */
function drain(request: Request): void {
  const timer = setTimeout(() => request.destroy(), DRAIN_MS_MAX);
  request.once('close', () => clearTimeout(timer)).resume();
}

function templateRegExp(path: string): RegExp {
  const literal = path.split(/\{\w+\}/).map((text) => text.replace(/[.]/g, '\\.'));
  return new RegExp(`^${literal.join('[^/]+')}/?$`);
}

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
