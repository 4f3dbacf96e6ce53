import {
  AckPolicy,
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { natsPrefix } from '#platform';
import { workSubject } from './nats-connection';
import type { Delivery } from './outbox-port';

/** How soon the work of a worker that died comes to another one; a living one says three times in this time that it is still at it. */
const ACK_WAIT_MS = 10_000;
const NANOSECONDS = 1_000_000;

/** What a handler tells the broker: finished (with success or for good), or again after a pause. */
export type Verdict = 'ack' | { readonly againAfterMs: number };

type Handle = (deliveryId: string, delivered: number) => Promise<Verdict>;

/**
 * The one adapter to JetStream. One work-queue stream holds the work of all services; each kind of work has one durable consumer. Nothing here
 * is trusted with the promise: the stream may vanish at any time and is made anew, empty.
 */
export class WorkQueue {
  private readonly jetstream: JetStreamClient;
  private manager: JetStreamManager | undefined;
  private stopping = false;
  private readonly running = new Set<Promise<void>>();
  private readonly stops: (() => void)[] = [];

  constructor(private readonly connection: NatsConnection) {
    this.jetstream = jetstream(connection);
  }

  private get stream(): string {
    return `${natsPrefix()}_work`;
  }

  /** Makes the stream if it is not there. Safe to call from every service at once. */
  async ensureStream(): Promise<void> {
    this.manager ??= await jetstreamManager(this.connection);
    const config = {
      name: this.stream,
      subjects: [`${natsPrefix()}.work.>`],
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
      discard: DiscardPolicy.New,
      duplicate_window: 20_000 * NANOSECONDS,
    };
    try {
      await this.manager.streams.info(this.stream);
    } catch {
      await this.manager.streams.add(config);
    }
  }

  async publish(delivery: Delivery): Promise<void> {
    await this.jetstream.publish(workSubject(delivery.subject), JSON.stringify({ id: delivery.id }), { msgID: delivery.id });
  }

  /** Messages of this subject that the broker still holds, delivered or not; 0 says that it holds none. */
  async held(subject: string): Promise<number> {
    await this.ensureStream();
    const info = await this.manager!.streams.info(this.stream, { subjects_filter: workSubject(subject) });
    return Object.values(info.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  /** Hands every message of a subject to `handle`, with the count of its deliveries so far, at most `concurrency` at a time, until the queue is closed. */
  async consume(subject: string, concurrency: number, handle: Handle): Promise<void> {
    const durable = subject.replaceAll('.', '_');
    let failures = 0;
    const loop = async (): Promise<void> => {
      while (!this.stopping) {
        try {
          await this.consumeOnce(subject, durable, concurrency, handle);
          failures = 0;
        } catch {
          // The broker is away or has lost the consumer: make both anew.
          failures += 1;
          await pause(Math.min(250 * failures, 2_000));
        }
      }
    };
    this.running.add(loop());
  }

  private async consumeOnce(subject: string, durable: string, concurrency: number, handle: Handle): Promise<void> {
    await this.ensureStream();
    const settings = { filter_subject: workSubject(subject), ack_wait: ACK_WAIT_MS * NANOSECONDS, max_deliver: -1 };
    const { consumers } = this.manager!;
    await consumers
      .add(this.stream, { durable_name: durable, ack_policy: AckPolicy.Explicit, ...settings })
      // One that is there with other settings, from another version of ours, takes these.
      .catch(() => consumers.update(this.stream, durable, settings));
    const consumer = await this.jetstream.consumers.get(this.stream, durable);
    const messages = await consumer.consume({ max_messages: concurrency, abort_on_missing_resource: true, idle_heartbeat: 2_000 });
    const stop = (): void => messages.stop();
    this.stops.push(stop);
    if (this.stopping) stop();
    const open = new Set<Promise<void>>();
    try {
      for await (const message of messages) {
        const id = deliveryId(message);
        if (id === undefined) {
          // Nobody of ours wrote it, so nothing is lost with it; left there, it would come again for ever.
          message.term();
          continue;
        }
        // A handler slower than the acknowledgement time would get the same message again meanwhile.
        const heartbeat = setInterval(() => message.working(), ACK_WAIT_MS / 3);
        const one = handle(id, message.info.deliveryCount)
          .then((verdict) => (verdict === 'ack' ? message.ack() : message.nak(verdict.againAfterMs)))
          .catch(() => message.nak(1_000))
          .finally(() => {
            clearInterval(heartbeat);
            open.delete(one);
          });
        open.add(one);
        if (open.size >= concurrency) await Promise.race(open);
      }
    } finally {
      await Promise.allSettled(open);
      this.stops.splice(this.stops.indexOf(stop), 1);
    }
  }

  /** Takes no more messages and waits for those in hand. */
  async close(): Promise<void> {
    this.stopping = true;
    for (const stop of this.stops) stop();
    await Promise.allSettled(this.running);
  }
}

/** The id of the outbox row that a message names; undefined if it names none. */
function deliveryId(message: JsMsg): string | undefined {
  try {
    const { id } = message.json<{ id?: unknown }>();
    return typeof id === 'string' && /^\d{1,18}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
