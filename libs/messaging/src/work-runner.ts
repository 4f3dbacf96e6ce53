import { Logger } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import type { z } from 'zod';
import type { Work } from '#contracts';
import type { ClaimResult, OutboxPort } from './outbox-port';
import { WorkQueue, type Verdict } from './work-queue';

export interface WorkContext {
  readonly tenantId: string;
}

/** One kind of work and what does it. `exhausted` is told when the attempts are used up, so that the state can say so; it may be told again. */
export interface WorkHandler<P extends z.ZodType = z.ZodType> {
  readonly work: Work<P>;
  readonly concurrency: number;
  handle(payload: z.infer<P>): Promise<void>;
  exhausted?(payload: z.infer<P>, reason: string): Promise<void>;
}

const POLL_MS = 250;
const SWEEP_MS = 5_000;
/** Age after which a published delivery may be lost although the broker holds others of its subject, and how many such are published again at once. */
const LOST_AMONG_OTHERS_MS = 60_000;
const LOST_AMONG_OTHERS_MAX = 100;
const PAUSE_MS_MAX = 30_000;
const BATCH = 200;
/** Until a delivery is looked at again that somebody else holds, or that could not be settled. */
const HELD_PAUSE_MS = 2_000;

/**
 * Publishes what the outbox holds and does the work that arrives. Every service that consumes work also relays that work's rows: whoever
 * wrote them, the consumer is the one who cares.
 */
export class WorkRunner {
  private readonly logger = new Logger('work');
  private readonly queue: WorkQueue;
  private readonly subjects: readonly string[];
  private timer: NodeJS.Timeout | undefined;
  private relaying: Promise<void> | undefined;
  private sweptAt = Date.now();
  private closed = false;

  constructor(
    connection: NatsConnection,
    private readonly outbox: OutboxPort,
    private readonly handlers: readonly WorkHandler[],
  ) {
    this.queue = new WorkQueue(connection);
    this.subjects = handlers.map(({ work }) => work.subject);
  }

  async start(): Promise<void> {
    for (const handler of this.handlers)
      await this.queue.consume(handler.work.subject, handler.concurrency, (id, delivered) => this.perform(handler, id, delivered));
    this.schedule(0);
  }

  /** Something was just written to the outbox: do not wait for the next poll. */
  nudge(): void {
    if (!this.closed && !this.relaying) this.schedule(0);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.relaying;
    await this.queue.close();
  }

  private schedule(delayMs: number): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.relaying = this.relay()
        .catch((error: unknown) => this.logger.warn(`the relay will try again: ${error instanceof Error ? error.message : String(error)}`))
        .finally(() => {
          this.relaying = undefined;
          this.schedule(POLL_MS);
        });
    }, delayMs);
  }

  private async relay(): Promise<void> {
    for (;;) {
      const deliveries = await this.outbox.unpublished(this.subjects, BATCH);
      if (deliveries.length === 0) break;
      await this.queue.ensureStream();
      await Promise.all(deliveries.map((delivery) => this.queue.publish(delivery)));
      await this.outbox.markPublished(deliveries.map(({ id }) => id));
    }
    if (Date.now() - this.sweptAt > SWEEP_MS) await this.sweep();
  }

  /**
   * Open deliveries that the broker no longer holds were lost with it: they are published again. Which they are is known only when it holds none.
   * When it holds some, but fewer than are open, the oldest are published: one that was not lost becomes a duplicate, which the claim makes harmless.
   */
  private async sweep(): Promise<void> {
    this.sweptAt = Date.now();
    for (const subject of this.subjects) {
      const held = await this.queue.held(subject);
      if (held > 0 && held >= (await this.outbox.openPublished(subject))) continue;
      const reopened =
        held === 0
          ? await this.outbox.reopen(subject, SWEEP_MS, null)
          : await this.outbox.reopen(subject, LOST_AMONG_OTHERS_MS, LOST_AMONG_OTHERS_MAX);
      if (reopened > 0) this.logger.warn(`${subject}: ${reopened} deliveries were lost by the broker and are published again`);
    }
  }

  private async perform(handler: WorkHandler, id: string, delivered: number): Promise<Verdict> {
    const { subject } = handler.work;
    try {
      const result = await this.claim(handler, id);
      if (result.outcome === 'held-elsewhere') return { againAfterMs: HELD_PAUSE_MS };
      if (result.outcome === 'later') {
        this.logger.warn(`${subject} ${id} waits: ${result.reason}`);
        return { againAfterMs: pauseAfter(delivered) };
      }
      if (result.outcome !== 'failed') return 'ack';
      const { attempts, final, error } = result;
      this.logger.error(`${subject} ${id}: attempt ${attempts} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return final ? 'ack' : { againAfterMs: pauseAfter(attempts) };
    } catch (error) {
      // The outbox could not be reached, or `exhausted` threw: nothing is settled.
      this.logger.warn(`${subject} ${id} is tried again: ${error instanceof Error ? error.message : String(error)}`);
      return { againAfterMs: HELD_PAUSE_MS };
    }
  }

  private claim(handler: WorkHandler, id: string): Promise<ClaimResult> {
    const { attemptsMax, payload: schema } = handler.work;
    return this.outbox.claim(
      id,
      attemptsMax,
      async ({ payload }) => {
        await handler.handle(schema.parse(payload));
        this.nudge();
      },
      async ({ payload }, reason) => {
        // A payload that nobody can read belongs to no state that could be told.
        const read = schema.safeParse(payload);
        if (read.success) await handler.exhausted?.(read.data, reason);
      },
    );
  }
}

/** Until the next try: 1, 2, 4 … seconds, at most thirty. */
const pauseAfter = (tries: number): number => Math.min(500 * 2 ** tries, PAUSE_MS_MAX);
