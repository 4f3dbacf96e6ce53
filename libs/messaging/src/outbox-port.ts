/** A delivery as the relay and the consumer see it: one row of the outbox. */
export interface Delivery {
  readonly id: string;
  readonly subject: string;
  readonly tenantId: string;
  readonly payload: unknown;
}

/**
 * Thrown by work that could not be tried, since something it depends on is away: the delivery is given back and the attempt does not count, however
 * often that happens. Not for what may be the work's own fault: that would be tried for ever.
 */
export class TryLater extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'TryLater';
  }
}

/** What came of trying to do a delivery's work. */
export type ClaimResult =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'done-before' }
  /** Somebody else is at it right now. */
  | { readonly outcome: 'held-elsewhere' }
  /** What the work depends on is away; nothing was counted. */
  | { readonly outcome: 'later'; readonly reason: string }
  /** The work threw; `final` when its attempts are used up and it now stands among the dead letters. */
  | { readonly outcome: 'failed'; readonly attempts: number; readonly final: boolean; readonly error: unknown };

/**
 * The outbox carries the promise that no work is lost; the broker only makes it fast. Implemented over Postgres in libs/postgres.
 *
 * Invariant: a delivery is either open, done, or a dead letter with its reason; it is done only if its work was done.
 */
export interface OutboxPort {
  /** Open deliveries of these subjects that were never published, oldest first. */
  unpublished(subjects: readonly string[], limit: number): Promise<readonly Delivery[]>;
  markPublished(ids: readonly string[]): Promise<void>;
  /** How many open deliveries of this subject were published: the broker should hold no fewer. */
  openPublished(subject: string): Promise<number>;
  /**
   * Forgets that open deliveries of this subject were published more than `ageMs` ago, the oldest first, `limit` of them at most (null: all): the
   * broker has lost them. Those that somebody is at are left alone. Returns how many.
   */
  reopen(subject: string, ageMs: number, limit: number | null): Promise<number>;
  /**
   * Does the work unless it is done or held; at most one holder at a time, and a dead holder holds nothing. `exhausted` is told before the
   * delivery becomes a dead letter: if the telling fails, the delivery stays open and is told again, without doing the work again.
   */
  claim(
    id: string,
    attemptsMax: number,
    work: (delivery: Delivery) => Promise<void>,
    exhausted?: (delivery: Delivery, reason: string) => Promise<void>,
  ): Promise<ClaimResult>;
}
