import type { Conversion } from '../quantity/convert';
import { Decimal, divide, plain, type Quotient } from '../quantity/decimal';

/** Brings figures from "per unit of the factor" to "per unit of the key", each by one division, and remembers whether one was rounded. */
export class PerUnit {
  rounded = false;

  constructor(private readonly way: Conversion) {}

  /** figure ÷ divisor × numerator ÷ denominator, at the scale of a rate. */
  of(figure: Decimal, divisor: Decimal = new Decimal(1)): Quotient {
    const quotient = divide(figure.mul(this.way.numerator), divisor.mul(this.way.denominator));
    this.rounded ||= quotient.rounded;
    return quotient;
  }

  /** The same as text. */
  text(figure: Decimal, divisor?: Decimal): string {
    return plain(this.of(figure, divisor).value);
  }

  /** The conversion as a piece of a formula; nothing where nothing is converted. */
  formula(factorUnit: string, keyUnit: string): string {
    if (this.way.steps.length === 0) return '';
    const { numerator, denominator } = this.way;
    const over = denominator.eq(1) ? '' : `/${plain(denominator)}`;
    return ` × ${plain(numerator)}${over} ${factorUnit}/${keyUnit}`;
  }
}
