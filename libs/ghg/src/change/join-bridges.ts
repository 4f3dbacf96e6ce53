import { Decimal, plain } from '../quantity/decimal';
import type { Bridge, BridgedFigure } from './bridge';

type Causes = BridgedFigure['causes'];
type Part = BridgedFigure & object;

const NOTHING: BridgedFigure = { from: '0', to: '0', causes: {} };
const sum = (a: string, b: string): string => plain(new Decimal(a).add(b));

/**
 * Two bridges in a row, the second beginning where the first ends, as one: from the first's beginning to the second's end, causes added by name. A line
 * or source that one of them does not have is nothing there.
 */
export function joinBridges(first: Bridge, second: Bridge): Bridge {
  return {
    order: second.order,
    ...inARow(first, second),
    lines: joined(first.lines, second.lines, ({ line, basis }) => JSON.stringify([line, basis])),
    sources: joined(first.sources, second.sources, ({ entity, activityType }) => JSON.stringify([entity, activityType])),
  };
}

/** Several figures side by side as one. */
export function sumOfFigures(figures: readonly BridgedFigure[]): BridgedFigure {
  return figures.reduce((total, { from, to, causes }) => {
    return { from: sum(total.from, from), to: sum(total.to, to), causes: addedCauses(total.causes, causes) };
  }, NOTHING);
}

function joined<P extends Part>(first: readonly P[], second: readonly P[], nameOf: (part: P) => string): P[] {
  const before = new Map(first.map((part) => [nameOf(part), part]));
  const after = new Map(second.map((part) => [nameOf(part), part]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((name) => {
    const [a, b] = [before.get(name), after.get(name)];
    return { ...((b ?? a) as P), ...inARow(a ?? NOTHING, b ?? NOTHING) };
  });
}

function inARow(a: BridgedFigure, b: BridgedFigure): BridgedFigure {
  return { from: a.from, to: b.to, causes: addedCauses(a.causes, b.causes) };
}

function addedCauses(a: Causes, b: Causes): Causes {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Causes)[];
  return Object.fromEntries(names.map((name) => [name, sum(a[name] ?? '0', b[name] ?? '0')]));
}
