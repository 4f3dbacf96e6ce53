import { Decimal } from '#ghg';

/** Sum of figures that an answer shows; one that it withholds is an error of the test. */
export function sumOf(...figures: readonly (string | null)[]): Decimal {
  return figures.reduce<Decimal>((sum, figure) => {
    if (figure === null) throw new Error('a figure is withheld');
    return sum.add(figure);
  }, new Decimal(0));
}
