import { Decimal, plain } from '#ghg';

/** `≈ 31967.028` is compared at the decimals that it prints; without the sign the figures must be equal. */
export function expectFigure(actual: Decimal | null, expected: string): void {
  const [, about, figure = ''] = /^(≈\s*)?(.+)$/.exec(expected) ?? [];
  const decimals = figure.split('.')[1]?.length ?? 0;
  const value = actual ?? new Decimal(NaN);
  expect(plain(about ? value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_EVEN) : value)).toBe(plain(new Decimal(figure)));
}
