/** The best target of a line must reach this strength, or nothing stands out and nothing is suggested. */
export const STANDS_OUT_MIN = 0.35;
/** Others are listed beside it from here on. */
export const LISTED_MIN = 0.3;

/**
 * How often a first suggestion of this strength was right, on lines for tuning that were written after the tables of words and before anything was
 * changed for them (third writing of `bench/matching`, as first measured), smoothed so that more strength is never less confidence.
 */
const KNOTS: readonly (readonly [strength: number, score: number])[] = [
  [0, 0],
  [0.3, 0.2],
  [0.5, 0.3],
  [0.6, 0.4],
  [0.7, 0.5],
  [0.8, 0.65],
  [0.9, 0.8],
  [1, 0.97],
];

/** The score of a strength between 0 and 1, on straight lines between the knots, to two decimals. */
export function confidence(strength: number): number {
  const at = Math.min(1, Math.max(0, strength));
  const upper = KNOTS.findIndex(([knot]) => knot >= at);
  const [high, highScore] = KNOTS[upper] ?? [1, 1];
  const [low, lowScore] = KNOTS[Math.max(0, upper - 1)] ?? [0, 0];
  const way = high === low ? 0 : (at - low) / (high - low);
  return Math.round(100 * (lowScore + way * (highScore - lowScore))) / 100;
}
