import type { Basis } from '../activity/vocabulary';
import type { ReportedLine } from '../boundary/boundary';
import { readingsOf, type Reading } from '../inventory/sums';
import { Decimal, plain } from '../quantity/decimal';
import { isInTotal } from './base-year';
import type { BridgeOrder, Cause } from './bridge-orders';
import type { InventoryState, Place, SourceState, Weights } from './state';

/** `years`: two years of one book. `restatement`: one year as it was stated and as it is now; what changed in its quantities was wrong. */
export type Comparison = 'years' | 'restatement';

export interface BridgeChoice {
  readonly comparison: Comparison;
  readonly reading: Reading;
  /** Whether scope 3 is in the total that is bridged. */
  readonly scope3: boolean;
  /** As the book's method pack names it. */
  readonly order: BridgeOrder;
}

/** Kilograms by cause, in the order of substitution; a cause without effect is left out. */
export type Effects = ReadonlyMap<Cause, Decimal>;

/** What became of one source on one reported line. */
export interface SourceEffect {
  readonly before: SourceState;
  readonly after: SourceState;
  readonly line: ReportedLine;
  readonly fromKg: Decimal;
  readonly toKg: Decimal;
  readonly effects: Effects;
}

/** One figure before and after, and what moved it: `from + Σ causes = to`, exactly. Tonnes as decimal text. */
export interface BridgedFigure {
  readonly from: string;
  readonly to: string;
  readonly causes: Readonly<Partial<Record<Cause, string>>>;
}

export interface Bridge extends BridgedFigure {
  /** Id of the order of substitution: another order gives other parts of the same difference. */
  readonly order: string;
  readonly lines: readonly ({ readonly line: ReportedLine; readonly basis: Basis } & BridgedFigure)[];
  readonly sources: readonly ({ readonly entity: string; readonly activityType: string } & BridgedFigure)[];
}

const ZERO = new Decimal(0);
const KG_PER_TONNE = 1000;

/**
 * The bridge between two states of an inventory: sequential substitution. In the stated order one cause after the other takes its value of the later
 * state; the effect of a cause = the total after it − the total before it. The sum telescopes: Σ effects = to − from, exactly. What two causes do
 * together (their interaction) belongs to the later one of them, which is why the order is part of the result.
 *
 * A source that one state lacks has the quantity 0 there; if its entity has no share there, it has the quantity of the other state, so that its
 * coming or going is structure.
 */
export function bridge(from: InventoryState, to: InventoryState, choice: BridgeChoice): Bridge {
  const { order } = choice;
  const whole = new Figure();
  const lines = new Map<string, Figure>();
  const sources = new Map<string, Figure>();
  for (const effect of sourceEffects(from, to, choice)) {
    const { identity } = effect.after;
    whole.add(effect);
    figureOf(lines, JSON.stringify([effect.line, identity.basis])).add(effect);
    figureOf(sources, JSON.stringify([identity.entity, identity.activityType])).add(effect);
  }
  return {
    order: order.id,
    ...whole.view(order),
    lines: sorted(lines).map(([name, figure]) => {
      const [line, basis] = JSON.parse(name) as [ReportedLine, Basis];
      return { line, basis, ...figure.view(order) };
    }),
    sources: sorted(sources).map(([name, figure]) => {
      const [entity, activityType] = JSON.parse(name) as [string, string];
      return { entity, activityType, ...figure.view(order) };
    }),
  };
}

/** The effects of every cause on every source and reported line of the total, in the order of their identities. */
export function sourceEffects(before: InventoryState, after: InventoryState, choice: BridgeChoice): SourceEffect[] {
  const [from, to] = [before.brokenAs(after), after.brokenAs(before)];
  return [...new Set([...from.sources.keys(), ...to.sources.keys()])].sort().flatMap((id) => {
    const [was, is] = alignedPair(from, to, id, choice);
    const { basis } = was.identity;
    const lines = new Set([...was.weights.keys(), ...is.weights.keys(), ...was.kgco2e.keys(), ...is.kgco2e.keys()]);
    return [...lines]
      .filter((line) => counts(line, basis, choice))
      .sort()
      .map((line) => effectOnLine(new Substitution(was, is, from, to, line), choice.comparison, choice.order));
  });
}

/** Tonnes of a state in the total that is drawn: what `bridge` begins or ends with. */
export function totalOf(state: InventoryState, choice: Pick<BridgeChoice, 'reading' | 'scope3'>): string {
  let total = ZERO;
  for (const { identity, kgco2e } of state.sources.values())
    for (const [line, kg] of kgco2e) if (counts(line, identity.basis, choice)) total = total.add(kg);
  return tonnes(total);
}

function counts(line: Place, basis: Basis, { reading, scope3 }: Pick<BridgeChoice, 'reading' | 'scope3'>): line is ReportedLine {
  return line !== 'left-out' && isInTotal(line, scope3) && readingsOf(basis).includes(reading);
}

/** Both sides of a source; the one that lacks it is made of the other. */
function alignedPair(from: InventoryState, to: InventoryState, id: string, choice: BridgeChoice): [SourceState, SourceState] {
  const before = from.sources.get(id);
  const after = to.sources.get(id);
  if (before && after) return [before, after];
  if (after) return [absent(after, from, choice), after];
  return [before as SourceState, absent(before as SourceState, to, choice)];
}

/**
 * A source in a state that has none of it: quantity 0, or, where its entity has no share on a line of the total, no weight there. Who is an investee
 * and comes under control brings its records with it, if the total counts no investments.
 */
function absent(source: SourceState, state: InventoryState, choice: BridgeChoice): SourceState {
  const weights = state.weightsOf(source.identity);
  const isHeld = [...weights].some(([place, weight]) => counts(place, source.identity.basis, choice) && !weight.isZero());
  return { ...source, quantity: isHeld ? ZERO : source.quantity, weights, kgco2e: new Map() };
}

const COMPONENTS = ['quantity', 'priceRatio', 'intensity', 'gwp', 'weight', 'remainder'] as const;
type Component = (typeof COMPONENTS)[number];

/** One source on one line with some of its components taken from the later state. */
class Substitution {
  private readonly later = new Set<Component>();
  private readonly remainders: readonly [Decimal, Decimal];

  constructor(
    readonly before: SourceState,
    readonly after: SourceState,
    private readonly from: InventoryState,
    private readonly to: InventoryState,
    readonly line: ReportedLine,
  ) {
    const rest = (source: SourceState, gwp: InventoryState['gwp']) =>
      of(source.kgco2e, line).sub(product(source, source, source, source, gwp, line));
    this.remainders = [rest(before, from.gwp), rest(after, to.gwp)];
  }

  take(component: Component): void {
    this.later.add(component);
  }

  /** quantity × price ratio × intensity × weight + remainder, each of the state that it is taken from by now. */
  kg(): Decimal {
    const side = (component: Component) => (this.later.has(component) ? this.after : this.before);
    const gwp = this.later.has('gwp') ? this.to.gwp : this.from.gwp;
    const exact = product(side('quantity'), side('priceRatio'), side('intensity'), side('weight'), gwp, this.line);
    return exact.add(this.remainders[this.later.has('remainder') ? 1 : 0]);
  }
}

function product(
  { quantity }: SourceState,
  { priceRatio }: SourceState,
  { intensity }: SourceState,
  { weights }: SourceState,
  gwp: InventoryState['gwp'],
  line: ReportedLine,
): Decimal {
  const perUnit = intensity.get(gwp);
  if (!perUnit) throw new RangeError(`bridge: a state was read without ${gwp}`);
  return quantity.mul(priceRatio).mul(perUnit).mul(of(weights, line));
}

function effectOnLine(substitution: Substitution, comparison: Comparison, order: BridgeOrder): SourceEffect {
  const { before, after, line } = substitution;
  const fromKg = substitution.kg();
  const effects = new Map<Cause, Decimal>();
  let kg = fromKg;
  for (const cause of order.causes) {
    for (const component of COMPONENTS) if (causeOf(component, before, after, comparison) === cause) substitution.take(component);
    const next = substitution.kg();
    if (!next.eq(kg)) effects.set(cause, next.sub(kg));
    kg = next;
  }
  return { before, after, line, fromKg, toKg: kg, effects };
}

/** The cause that a component of a source belongs to. */
function causeOf(component: Component, before: SourceState, after: SourceState, comparison: Comparison): Cause {
  if (component === 'weight') return 'structure';
  if (component === 'gwp') return 'gwp';
  if (component === 'remainder') return 'remainder';
  if (after.identity.poolKind === 'instruments') return 'instruments';
  if (component === 'priceRatio') return 'price-fx';
  if (component === 'intensity' && !after.lumped) return before.method === after.method ? 'factor' : 'method';
  if (before.estimated && !after.estimated) return 'estimate-to-actual';
  return comparison === 'years' ? 'activity' : 'error';
}

function of(weights: Weights, line: Place): Decimal {
  return weights.get(line) ?? ZERO;
}

/** Sums of source effects. */
class Figure {
  private fromKg = ZERO;
  private toKg = ZERO;
  private readonly effects = new Map<Cause, Decimal>();

  add({ fromKg, toKg, effects }: SourceEffect): void {
    this.fromKg = this.fromKg.add(fromKg);
    this.toKg = this.toKg.add(toKg);
    for (const [cause, kg] of effects) this.effects.set(cause, (this.effects.get(cause) ?? ZERO).add(kg));
  }

  view(order: BridgeOrder): BridgedFigure {
    const moved = order.causes.filter((cause) => this.effects.has(cause));
    return {
      from: tonnes(this.fromKg),
      to: tonnes(this.toKg),
      causes: Object.fromEntries(moved.map((cause) => [cause, tonnes(this.effects.get(cause) ?? ZERO)])),
    };
  }
}

function figureOf(figures: Map<string, Figure>, name: string): Figure {
  const figure = figures.get(name) ?? new Figure();
  figures.set(name, figure);
  return figure;
}

function sorted(figures: ReadonlyMap<string, Figure>): [string, Figure][] {
  return [...figures].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** tonnes = kg ÷ 1000, exact. */
export function tonnes(kg: Decimal): string {
  return plain(kg.div(KG_PER_TONNE));
}
