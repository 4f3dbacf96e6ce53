import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { pageOf, Refused, whatIfBody, type setComparison, type setDifference } from '#contracts';
import { compareSets, type SetComparison } from '#factor-files';
import { inTenant, READ_SET_USE, type TenantTransaction } from '#postgres';
import { BoundedCache } from '../shared/bounded-cache';
import { isSame, setsById, type NamedSet } from '../shared/book-sets';
import type { PinnedGasRegister } from '../shared/gas-register';
import { previousEdition } from '../shared/previous-edition';
import { readFactorSet } from '../shared/read-factor-set';
import { BookRow, type FactorSetRow } from '../shared/rows';
import { GAS_REGISTER } from '../shared/tokens';
import { lastSeal } from './book-state';
import { WhatIfService } from './what-if.service';

type Difference = z.infer<typeof setDifference>;
type Comparison = z.infer<typeof setComparison>;
type Use = NonNullable<Difference['use']>;

export interface ComparisonQuestion {
  readonly setId: string;
  readonly with?: string | undefined;
  readonly book?: string | undefined;
  readonly kind?: Difference['kind'] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

interface Pair {
  readonly older: FactorSetRow;
  readonly newer: FactorSetRow;
}

const CODES_REUSED_MAX = 100;
/** Differences of all comparisons that are kept. */
const DIFFERENCES_MAX = 40_000;

/** What a later edition says otherwise than an earlier one, and what of a book rests on what changes or goes. */
@Injectable()
export class CompareSetsService {
  private readonly kept = new BoundedCache<SetComparison>(
    DIFFERENCES_MAX,
    ({ added, gone, changed }) => added.length + gone.length + changed.length + 1,
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly whatIf: WhatIfService,
    @Inject(GAS_REGISTER) private readonly gases: PinnedGasRegister,
  ) {}

  /** Refuses, in order: `request_invalid` (not the `next` of a page), `factor_set_unknown`, `factor_set_without_predecessor`, `book_unknown`, `nothing_calculated`. */
  async compare(tenantId: string, question: ComparisonQuestion): Promise<Comparison> {
    const { after = '0', limit, book, kind } = question;
    if (!/^\d{1,9}$/.test(after)) throw new Refused('request_invalid', 'after: not the `next` of a page.');
    const { pair, comparison, uses } = await inTenant(this.dataSource, tenantId, async (transaction) => {
      const pair = await pairOf(transaction, question);
      const comparison = await this.comparisonOf(transaction, pair);
      return { pair, comparison, uses: book === undefined ? new Map<string, Use>() : await usesOf(transaction, book, pair.older) };
    });
    const differences = differencesOf(comparison, pair, uses).filter((each) => kind === undefined || each.kind === kind);
    const numbered = differences.map((difference, i) => ({ difference, place: i + 1 })).slice(Number(after));
    const page = pageOf(
      numbered.slice(0, limit + 1),
      limit,
      ({ difference }) => difference,
      ({ place }) => String(place),
    );
    const { same, changed, gone, added, gwpSet, codesReused } = comparison;
    return {
      ...page,
      next: numbered.length <= page.items.length ? null : page.next,
      before: namedOf(pair.older),
      after: namedOf(pair.newer),
      gwpSet,
      counts: { same, changed: changed.length, gone: gone.length, added: added.length },
      codesReused: codesReused.slice(0, CODES_REUSED_MAX),
      effect: book === undefined ? null : await this.effectOf(tenantId, book, pair.newer),
    };
  }

  private comparisonOf(transaction: TenantTransaction, { older, newer }: Pair): Promise<SetComparison> {
    return this.kept.getOr(`${older.digest} ${newer.digest}`, async () => {
      const [before, after] = [await readFactorSet(transaction, older), await readFactorSet(transaction, newer)];
      return compareSets(before, after, this.gases.register);
    });
  }

  /** What adopting the newer edition would do to the book; nothing, where the book holds it. */
  private async effectOf(tenantId: string, book: string, newer: FactorSetRow): Promise<Comparison['effect']> {
    const holds = await inTenant(this.dataSource, tenantId, async (transaction) => {
      const { manager } = transaction;
      const row = await manager.findOneByOrFail(BookRow, { tenantId, name: book });
      const seal = await lastSeal(transaction, row.id);
      return seal?.pins.factorSets.some((set) => isSame(set, newer)) ?? false;
    });
    const wish = whatIfBody.parse({ limit: 1, ...(holds ? {} : { adopt: [newer.id] }) });
    const { total, counts, pools } = await this.whatIf.ask(tenantId, book, wish);
    return { change: holds ? 'none' : 'adopt', kgco2e: total.location, rows: counts.rows, poolsApart: pools.length };
  }
}

/** Refuses, in order: `factor_set_unknown`, `factor_set_without_predecessor`. */
async function pairOf(transaction: TenantTransaction, question: ComparisonQuestion): Promise<Pair> {
  const [newer] = await setsById(transaction, [question.setId]);
  if (question.with !== undefined) return { newer: newer!, older: (await setsById(transaction, [question.with]))[0]! };
  const older = await previousEdition(transaction, newer!);
  if (!older) throw new Refused('factor_set_without_predecessor');
  return { newer: newer!, older };
}

/** What of a book rests on each figure of a set, by code. Refuses, in order: `book_unknown`, `nothing_calculated`. */
async function usesOf({ manager, client, ...rest }: TenantTransaction, bookName: string, { id }: NamedSet): Promise<Map<string, Use>> {
  const { tenantId } = rest;
  const book = await manager.findOneBy(BookRow, { tenantId, name: bookName });
  if (!book) throw new Refused('book_unknown');
  if (!(await lastSeal({ manager, client, ...rest }, book.id))) throw new Refused('nothing_calculated');
  const { rows } = await client.query<Use & { code: string }>(READ_SET_USE, [tenantId, book.id, [id]]);
  return new Map(rows.map(({ code, ...use }) => [code, use]));
}

/** What changed, the largest change first; then what is gone, then what is added, by their codes. Figures of a withheld set are not shown. */
function differencesOf({ changed, gone, added }: SetComparison, { older, newer }: Pair, uses: ReadonlyMap<string, Use>): Difference[] {
  const shown = (set: FactorSetRow, figure: string): string | null => (set.withheld ? null : figure);
  const isOpen = !older.withheld && !newer.withheld;
  return [
    ...changed.map(({ code, codeBefore, label, unit, before, after, percent, jump }): Difference => ({
      kind: 'changed',
      code,
      codeBefore: codeBefore ?? null,
      label,
      unit,
      before: shown(older, before),
      after: shown(newer, after),
      percent: isOpen ? percent : null,
      jump,
      use: uses.get(codeBefore ?? code) ?? null,
    })),
    ...gone.map(({ code, label, unit, figure }): Difference => ({
      ...oneSided('gone', code, label, unit),
      before: shown(older, figure),
      use: uses.get(code) ?? null,
    })),
    ...added.map(({ code, label, unit, figure }): Difference => ({ ...oneSided('added', code, label, unit), after: shown(newer, figure) })),
  ];
}

function oneSided(kind: Difference['kind'], code: string, label: string, unit: string): Difference {
  return { kind, code, codeBefore: null, label, unit, before: null, after: null, percent: null, jump: false, use: null };
}

function namedOf({ id, publisher, edition, version }: NamedSet): Comparison['before'] {
  return { id, publisher, edition, version };
}
