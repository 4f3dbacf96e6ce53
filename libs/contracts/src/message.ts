import type { z } from 'zod';

/** A question that one service answers at once, over NATS request-reply. Messages carry ids, counts and versions; a reply at most one page. */
export interface Request<Q extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly request: Q;
  readonly reply: R;
}

/** Work that must happen once in effect: written to the outbox with its cause, delivered by a JetStream work queue, claimed in Postgres. */
export interface Work<P extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly payload: P;
  /** Deliveries before the work is set aside as a dead letter. */
  readonly attemptsMax: number;
}

export function request<Q extends z.ZodType, R extends z.ZodType>(subject: string, request: Q, reply: R): Request<Q, R> {
  return { subject, request, reply };
}

export function work<P extends z.ZodType>(subject: string, payload: P, attemptsMax = 8): Work<P> {
  return { subject, payload, attemptsMax };
}

/** What is asked by a message, and what its answer promises: the types of a handler. */
export type QuestionOf<M extends Request> = z.infer<M['request']>;
export type AnswerOf<M extends Request> = Promise<z.infer<M['reply']>>;
