import type { z } from 'zod';
import type { whatIfView } from '#contracts';
import { Decimal, plain, type WhatIf, type WhatIfFigure } from '#ghg';
import type { DecidedKey } from './decide-candidates';

type View = z.infer<typeof whatIfView>;
type ExactKey = View['keys']['items'][number] & WhatIfFigure;
type Listed<T> = { readonly items: readonly T[]; readonly others: { readonly count: number } & WhatIfFigure };

/** What was decided for the keys that may change, by key. */
export type Decided = ReadonlyMap<string, DecidedKey>;

/** A reply is one message; the other lists have room beside it. */
const KEYS_BYTES_MAX = 500_000;
const NOTHING: WhatIfFigure = { before: '0', after: '0', difference: '0' };

/** An answer as the API shows it: of every list the largest differences, and the sum of what is not shown. */
export function answerOf(
  result: WhatIf,
  decided: Decided,
  total: WhatIfFigure,
  limit: number,
): Pick<View, 'total' | 'lines' | 'entities' | 'activityTypes' | 'years' | 'keys' | 'refusals'> {
  const shown = shownKeys(result, decided, limit);
  const refused = result.changes.filter(({ newly }) => newly === 'refused');
  return {
    total: result.total,
    lines: [...result.lines],
    entities: listed(
      [...result.entities].map(([entity, figure]) => ({ entity, ...figure })),
      limit,
    ) as View['entities'],
    activityTypes: listed(
      [...result.activityTypes].map(([activityType, figure]) => ({ activityType, ...figure })),
      limit,
    ) as View['activityTypes'],
    years: [...result.years].map(([year, figure]) => ({ year: Number(year), ...figure })),
    keys: {
      items: shown,
      // Also what does not change: so that the keys, too, add up to the total.
      others: { count: result.changes.length - shown.length, ...restOf(total, shown) },
    },
    refusals: countRefusals(refused.map(({ id, activities }) => ({ activities, decision: decided.get(id)!.decision }))),
  };
}

/** As many as were asked for and fit into a message. */
function shownKeys({ changes }: WhatIf, decided: Decided, limit: number): ExactKey[] {
  const shown: ExactKey[] = [];
  let bytes = 0;
  for (const { id, ...figures } of changes.slice(0, limit)) {
    const { key, decision } = decided.get(id)!;
    const { activityType, unit, year, country, region, supplier, attributes } = key.key;
    const place = { activityType, unit, year, country, region, supplier, attributes: { ...attributes } };
    const item = { matchKeyId: id, ...place, ...figures, refusals: refusalsOf(decision) };
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > KEYS_BYTES_MAX) break;
    shown.push(item);
  }
  return shown;
}

function listed<T extends WhatIfFigure>(figures: readonly T[], limit: number): Listed<T> {
  const sorted = figures.map((figure) => ({ figure, size: new Decimal(figure.difference).abs() })).sort((a, b) => b.size.cmp(a.size));
  const items = sorted.slice(0, limit).map(({ figure }) => figure);
  const rest = sorted.slice(limit).map(({ figure }) => figure);
  return { items, others: { count: rest.length, ...sumOf(rest) } };
}

function sumOf(figures: readonly WhatIfFigure[]): WhatIfFigure {
  return figures.reduce<WhatIfFigure>(
    (sum, { before, after, difference }) => ({
      before: plus(sum.before, before),
      after: plus(sum.after, after),
      difference: plus(sum.difference, difference),
    }),
    NOTHING,
  );
}

function restOf(total: WhatIfFigure, shown: readonly WhatIfFigure[]): WhatIfFigure {
  const { before, after, difference } = sumOf(shown);
  const less = (whole: string, part: string): string => plain(new Decimal(whole).sub(part));
  return { before: less(total.before, before), after: less(total.after, after), difference: less(total.difference, difference) };
}

function plus(a: string, b: string): string {
  return plain(new Decimal(a).add(b));
}

/** Of the legs that must have a rate; a refusal of the key as a whole is of no leg. */
function refusalsOf({ legs, refusal }: DecidedKey['decision']): View['keys']['items'][number]['refusals'] {
  if (refusal) return [{ leg: null, basis: 'all', ...refusal }];
  return legs.flatMap(({ leg, basis, outcome, refusal }) => (outcome === 'refused' && refusal ? [{ leg, basis, ...refusal }] : []));
}

function countRefusals(lost: readonly { readonly activities: number; readonly decision: DecidedKey['decision'] }[]): View['refusals'] {
  const counts = new Map<string, { code: string; keys: number; activities: number }>();
  for (const { activities, decision } of lost)
    for (const code of new Set(refusalsOf(decision).map((refusal) => refusal.code))) {
      const count = counts.get(code) ?? { code, keys: 0, activities: 0 };
      counts.set(code, { code, keys: count.keys + 1, activities: count.activities + activities });
    }
  return [...counts.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const NO_FIGURE = { before: null, after: null, difference: null };

/**
 * An answer that counts and names, and shows no amount. Sums of quantities are known to whoever asks, and each change can be asked for alone: an amount
 * would give a withheld figure away.
 */
export function withoutFigures(view: View): View {
  const none = <T extends object>(items: readonly T[]) => items.map((item) => ({ ...item, ...NO_FIGURE }));
  const list = <T extends object>({ items, others }: { items: readonly T[]; others: { count: number } }) => ({
    items: none(items),
    others: { count: others.count, ...NO_FIGURE },
  });
  return {
    ...view,
    total: { posted: NO_FIGURE, location: NO_FIGURE, market: NO_FIGURE, biogenic: NO_FIGURE },
    lines: none(view.lines),
    entities: list(view.entities),
    activityTypes: list(view.activityTypes),
    years: none(view.years),
    keys: list(view.keys),
    pools: view.pools.map((pool) => ({ ...pool, kgco2e: null })),
  };
}
