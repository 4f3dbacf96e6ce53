import { dateOfDay, dayNumber, daysBetween } from '../activity/dates';
import type { ReportingCalendar } from '../activity/reporting-calendar';
import type { GwpSetId } from '../factor/gas';
import { splitByDays, type Amount } from '../inventory/apportion';
import { Decimal, plain } from '../quantity/decimal';
import type { BoundedSource, InventoryState, Span, Weights } from './state';
import type { Portion, Segments, YearBoundary } from './year-boundary';

const ZERO = new Decimal(0);

/** A quantity and its kilograms under each compared GWP set. */
export interface Amounts {
  readonly quantity: Decimal;
  readonly kgco2e: ReadonlyMap<GwpSetId, Decimal>;
}

/** Under every set the quantity is the same. */
export function amountsOf(bySet: readonly (readonly [GwpSetId, Amount])[]): Amounts {
  return { quantity: bySet[0]?.[1].quantity ?? ZERO, kgco2e: new Map(bySet.map(([set, { kgco2e }]) => [set, kgco2e])) };
}

/** A reporting year, and its days. */
export interface DaysOfYear {
  readonly year: number;
  readonly calendar: ReportingCalendar;
  readonly from: string;
  readonly to: string;
}

/** `MM-DD` of the days on which a source is broken. */
interface Changes {
  readonly own: readonly string[];
  readonly all: readonly string[];
}

/** Where the sources of a year are broken: on the days of their own changes, and on those of the states that this one is compared with. */
export class Spans {
  private readonly known = new Map<string, Changes>();

  constructor(
    private readonly year: DaysOfYear,
    private readonly boundary: YearBoundary,
    private readonly whole: ReadonlyMap<string, Segments>,
    private readonly others: readonly Pick<InventoryState, 'changesOf'>[],
  ) {}

  ownChanges(source: BoundedSource): readonly string[] {
    return this.changesOf(source).own;
  }

  changes(source: BoundedSource): readonly string[] {
    return this.changesOf(source).all;
  }

  private changesOf(source: BoundedSource): Changes {
    const { entity, sourceClass, activityType } = source;
    const name = JSON.stringify([entity, sourceClass, activityType]);
    const known = this.known.get(name);
    if (known) return known;
    const portions = this.boundary.portions(this.whole.get(entity) ?? [], sourceClass, activityType);
    const changed = portions.filter(({ weights }, i) => i > 0 && textOf(weights) !== textOf((portions[i - 1] as Portion).weights));
    const own = changed.map(({ start }) => start.slice(5));
    const rank = (day: string): string => this.year.calendar.rankOf(day);
    const all = [...new Set([...own, ...this.others.flatMap((other) => other.changesOf(source))])].sort((a, b) =>
      rank(a) < rank(b) ? -1 : 1,
    );
    this.known.set(name, { own, all });
    return { own, all };
  }

  of(source: BoundedSource): Span[] {
    const starts = [this.firstDay, ...this.changes(source)];
    return starts.map((from, i) => ({ from, before: starts[i + 1] ?? null }));
  }

  /** Segments cut to a span; of a span that this year has no day of (the 29th of February alone), the one of the day that stands for it. */
  within(segments: Segments, span: Span): Segments {
    const cut = segments.flatMap((segment) => {
      const days = this.overlap(segment, span);
      return days ? [{ ...segment, ...days }] : [];
    });
    const day = earlier(this.dayOf(span.from), this.year.to);
    return cut.length > 0 ? cut : segments.filter(({ start, end }) => start <= day && day <= end);
  }

  /** A portion of constant weights, laid over the spans by days. */
  split(
    portion: Portion,
    whole: Amounts,
    perUnit: ReadonlyMap<GwpSetId, Decimal>,
    spans: readonly Span[],
  ): { span: Span; amounts: Amounts }[] {
    const pieces = spans.flatMap((span) => {
      const days = this.overlap(portion, span);
      return days ? [{ span, ...days }] : [];
    });
    const bySet = [...perUnit].map(([set, rate]) => {
      const amount = { quantity: whole.quantity, kgco2e: whole.kgco2e.get(set) ?? ZERO };
      return [set, splitByDays(amount, rate, pieces)] as const;
    });
    return pieces.map(({ span }, i) => ({ span, amounts: amountsOf(bySet.map(([set, split]) => [set, split[i] as Amount])) }));
  }

  /** Days of a period in a span; what a row has outside the year is in the first or the last one. */
  private overlap(period: { start: string; end: string }, { from, before }: Span): { start: string; end: string; days: number } | null {
    const start = from === this.firstDay ? period.start : later(period.start, this.dayOf(from));
    const end = before === null ? period.end : earlier(period.end, dateOfDay(dayNumber(this.dayOf(before)) - 1));
    return start > end ? null : { start, end, days: daysBetween(start, end) };
  }

  private get firstDay(): string {
    return this.year.calendar.startsOn;
  }

  private dayOf(monthDay: string): string {
    return this.year.calendar.dayIn(this.year.year, monthDay);
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function textOf(weights: Weights): string {
  return JSON.stringify([...weights].map(([place, weight]) => [place, plain(weight)]).sort());
}
