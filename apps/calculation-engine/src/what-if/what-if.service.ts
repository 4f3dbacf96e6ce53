import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Refused, type whatIfBody, type whatIfView } from '#contracts';
import { canonicalJson, whatIf, type Reading, type WhatIf } from '#ghg';
import { inTenant, IS_BOOK_WITHHELD, POOLS_OF_KEYS, type TenantTransaction } from '#postgres';
import { BoundedCache } from '../shared/bounded-cache';
import { FactorIndexes } from '../shared/factor-indexes';
import type { PinnedGasRegister } from '../shared/gas-register';
import { BookRow } from '../shared/rows';
import { GAS_REGISTER } from '../shared/tokens';
import { answerOf, withoutFigures } from './answer';
import { lastSeal, readBookState, type BookState } from './book-state';
import { changedPins, type ChangedPins } from './changed-pins';
import { candidatesOf, decideCandidates, typesToRead, type DecidedKey } from './decide-candidates';

export type Wish = z.infer<typeof whatIfBody>;
export type WhatIfView = z.infer<typeof whatIfView>;
type PoolView = WhatIfView['pools'][number];

/** Keys, rates and cells of all books that are kept: one takes about a hundred bytes. */
const STATE_ITEMS_MAX = 600_000;
/** Changed keys of all answers that are kept. */
const DECIDED_KEYS_MAX = 60_000;
/** A seal that comes between two readings is rare; two in a row are not waited for. */
const READINGS_MAX = 3;

/** What a change comes to before its figures are read. */
interface Outcome {
  readonly state: BookState;
  readonly pins: ChangedPins;
  readonly considered: number;
  /** Of the keys that were considered those that change. */
  readonly decided: ReadonlyMap<string, DecidedKey>;
  /** Worked out when they are first asked for. */
  readonly results: Map<Reading, WhatIf>;
  pools?: readonly PoolView[];
}

function resultOf({ state, decided, results }: Outcome, reading: Reading): WhatIf {
  const known = results.get(reading);
  if (known) return known;
  const result = whatIf(
    state.sums(reading),
    [...decided.values()].map(({ key, decision }) => [key, decision] as const),
  );
  results.set(reading, result);
  return result;
}

/**
 * What a change would do to a book, before anybody commits it. Reads what the last seal left per key, entity and year, decides the keys that the
 * change may reach, and multiplies sums; no row is read, and nothing is written.
 */
@Injectable()
export class WhatIfService {
  private readonly states = new BoundedCache<BookState>(STATE_ITEMS_MAX, ({ size }) => size);
  private readonly outcomes = new BoundedCache<Outcome>(DECIDED_KEYS_MAX, ({ decided }) => decided.size + 1);

  constructor(
    private readonly dataSource: DataSource,
    private readonly indexes: FactorIndexes,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /**
   * Refuses, in order: `book_unknown`, `nothing_calculated`, `factor_set_unknown`, `factor_set_not_in_book`, `factor_set_in_book`,
   * `factor_set_versions_clash`, `method_pack_unknown`, `gwp_set_not_in_pack`, `factor_choice_unknown`, `factor_choice_withdrawn`, `factor_unknown`,
   * `factor_choice_invalid`.
   */
  async ask(tenantId: string, bookName: string, wish: Wish): Promise<WhatIfView> {
    const outcome = await this.outcomeOf(tenantId, bookName, wish);
    const { state, considered, decided } = outcome;
    const result = resultOf(outcome, wish.reading);
    outcome.pools ??= await this.poolsOf(tenantId, outcome, result);
    const { pools } = outcome;
    const { adopted, dropped } = outcome.pins;
    const view: WhatIfView = {
      book: bookName,
      run: state.seal.ordinal,
      sets: { adopted: adopted.map(({ id }) => id), dropped: dropped.map(({ id }) => id) },
      ...answerOf(result, decided, result.total[wish.reading], wish.limit),
      counts: {
        keys: state.keys.length,
        decided: considered,
        changed: result.changes.length,
        newlyRated: result.changes.filter(({ newly }) => newly === 'rated').length,
        newlyRefused: result.changes.filter(({ newly }) => newly === 'refused').length,
        rows: result.rows,
      },
      pools: [...pools],
    };
    return (await this.isWithheld(tenantId, state, decided)) ? withoutFigures(view) : view;
  }

  /** Of the book as it stands, or of what it would rest on. */
  private isWithheld(tenantId: string, { seal }: BookState, decided: ReadonlyMap<string, DecidedKey>): Promise<boolean> {
    if ([...decided.values()].some((each) => each.isWithheld)) return Promise.resolve(true);
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { rows } = await client.query<{ withheld: boolean }>(IS_BOOK_WITHHELD, [tenantId, seal.bookId]);
      return rows[0]?.withheld ?? false;
    });
  }

  /** The same question again, with another page or reading, is answered from memory: a sealed book and a set of factors never change. */
  private async outcomeOf(tenantId: string, bookName: string, wish: Wish): Promise<Outcome> {
    const { state, pins, name, context, candidates } = await inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager } = transaction;
      const book = await manager.findOneBy(BookRow, { tenantId, name: bookName });
      if (!book) throw new Refused('book_unknown');
      const state = await this.stateOf(transaction, book.id);
      const pins = await changedPins(transaction, state.seal.pins, this.gases, wish);
      const name = canonicalJson([tenantId, state.seal.id, pins.pins, pins.people]);
      const known = this.outcomes.get(name);
      if (known) return { state, pins, name, context: null, candidates: [] };
      const candidates = await candidatesOf(transaction, state, pins);
      const types = typesToRead(candidates, pins);
      const context = await pins.context(transaction, (factorSets) => this.indexes.of(transaction, factorSets, types));
      return { state, pins, name, context, candidates };
    });
    const known = context === null ? this.outcomes.get(name) : undefined;
    if (known) return known;
    if (context === null) return this.outcomeOf(tenantId, bookName, wish);
    // Outside of the transaction: deciding takes no connection from the runs.
    const decided = new Map((await decideCandidates(candidates, context)).map((each) => [each.key.id, each]));
    const outcome: Outcome = { state, pins, considered: candidates.length, decided, results: new Map() };
    this.outcomes.set(name, outcome);
    return outcome;
  }

  /** Refuses: `nothing_calculated`. */
  private async stateOf(transaction: TenantTransaction, bookId: string): Promise<BookState> {
    let seal = await lastSeal(transaction, bookId);
    if (!seal) throw new Refused('nothing_calculated');
    for (let reading = 0; reading < READINGS_MAX; reading += 1) {
      const known = this.states.get(seal.id);
      if (known) return known;
      const state = await readBookState(transaction, bookId, seal);
      const after = await lastSeal(transaction, bookId);
      if (after?.id === seal.id) {
        this.states.set(seal.id, state);
        return state;
      }
      seal = after ?? seal;
    }
    throw new Refused('run_in_progress');
  }

  /** Pools that read a key that moves; under other rules all of them. */
  private async poolsOf(tenantId: string, { state: { seal }, pins: { rulesChange } }: Outcome, { changes }: WhatIf): Promise<PoolView[]> {
    const moved = changes.filter(({ moves }) => moves).map(({ id }) => id);
    if (moved.length === 0 && !rulesChange) return [];
    return inTenant(this.dataSource, tenantId, async ({ client }) => {
      const { rows } = await client.query<PoolView>(POOLS_OF_KEYS, [tenantId, seal.bookId, rulesChange ? null : moved]);
      return rows;
    });
  }
}
