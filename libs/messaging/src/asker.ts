import { ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { firstValueFrom, timeout, TimeoutError } from 'rxjs';
import type { z } from 'zod';
import { isProblemCode, Refused, type ProblemPlace, type Request } from '#contracts';
import type { ServiceConfig } from '#platform';
import { natsOptions, requestSubject } from './nats-connection';

/** Asks other services over NATS. A refusal of theirs is thrown here as the same `Refused`; silence is `service_unavailable`. */
export class Asker {
  private readonly client: ClientProxy;

  constructor(config: ServiceConfig, name: string) {
    this.client = ClientProxyFactory.create({ transport: Transport.NATS, options: natsOptions(config, name) });
  }

  async ask<Q extends z.ZodType, R extends z.ZodType>(
    message: Request<Q, R>,
    question: z.input<Q>,
    patienceMs = 30_000,
  ): Promise<z.infer<R>> {
    try {
      const answer: unknown = await firstValueFrom(this.client.send(requestSubject(message.subject), question).pipe(timeout(patienceMs)));
      return message.reply.parse(answer);
    } catch (error) {
      throw asRefused(error, message.subject);
    }
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/**
 * What a question may weigh as JSON. The broker takes messages of up to 1 MiB; the rest is room for the envelope and for what a schema fills in.
 */
export const QUESTION_BYTES_MAX = 768 * 1024;

function asRefused(error: unknown, subject: string): unknown {
  if (error instanceof TimeoutError) return new Refused('service_unavailable', `${subject} was not answered in time.`);
  if (typeof error === 'object' && error !== null && 'code' in error) {
    const { code, detail, places } = error as { code: unknown; detail?: string; places?: ProblemPlace[] };
    if (isProblemCode(code)) return new Refused(code, detail, places);
  }
  // The broker answers a subject without listeners at once, with an empty message; a lost connection is an error of the client itself,
  // which Nest's client throws as a bare text while it reconnects.
  const text = error instanceof Error ? `${error.name} ${error.message}` : typeof error === 'string' ? error : '';
  // The client measures a message before it sends it, by what the broker said it takes.
  if (/max_payload/i.test(text)) return new Refused('body_too_large', `The question ${subject} does not fit into a message.`);
  if (/no responders|empty response|disconnect|connection|closed/i.test(text)) {
    return new Refused('service_unavailable', `Nobody answers ${subject}.`);
  }
  return error;
}
