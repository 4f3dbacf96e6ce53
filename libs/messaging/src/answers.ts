import { Logger } from '@nestjs/common';
import { MessagePattern, RpcException } from '@nestjs/microservices';
import type { z } from 'zod';
import { Refused, type Request } from '#contracts';
import { requestSubject } from './nats-connection';

const logger = new Logger('answers');

/** Below the broker's own limit of 1 MiB, which leaves room for the envelope. */
const REPLY_BYTES_MAX = 1_000_000;

/** The broker's client drops an answer that is too large without a word, and the asker would wait in vain. */
function sendable<T>(reply: T): T {
  const bytes = Buffer.byteLength(JSON.stringify(reply));
  if (bytes > REPLY_BYTES_MAX) throw new Error(`an answer of ${bytes} bytes does not fit into a message of ${REPLY_BYTES_MAX}`);
  return reply;
}

function rpcException(error: unknown, subject: string): RpcException {
  if (error instanceof Refused) return new RpcException({ code: error.code, detail: error.detail, places: error.places });
  logger.error(`${subject}: ${error instanceof Error ? error.stack : String(error)}`);
  return new RpcException({ code: 'unexpected' });
}

/**
 * Binds a method to a message of the catalogue: the question and the answer are both held against their schemas, a `Refused` reaches the asker
 * under its name, and anything else is logged here and reaches it as `unexpected`.
 */
export function Answers<Q extends z.ZodType, R extends z.ZodType>(message: Request<Q, R>) {
  return (
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<(question: z.infer<Q>) => Promise<z.infer<R>>>,
  ): void => {
    const method = descriptor.value;
    if (!method) throw new Error('@Answers belongs on a method');
    descriptor.value = async function (this: unknown, question: unknown) {
      try {
        const parsed = message.request.safeParse(question);
        if (!parsed.success)
          throw new Refused('request_invalid', parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
        return sendable(message.reply.parse(await method.call(this, parsed.data)));
      } catch (error) {
        throw rpcException(error, message.subject);
      }
    };
    MessagePattern(requestSubject(message.subject))(target, key, descriptor);
  };
}
