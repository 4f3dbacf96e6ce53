const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * A plain decimal as a whole number of its last decimals: `12.5` at scale 3 is 12500. Exact; sums and products of such numbers are those of the
 * decimals, and a hundred times quicker. Throws where the text is no plain decimal or has more decimals than the scale.
 */
export function scaledOf(text: string, scale: number): bigint {
  const [, sign, whole, decimals = ''] = PLAIN.exec(text) ?? [];
  const kept = decimals.replace(/0+$/, '');
  if (whole === undefined || kept.length > scale) throw new RangeError(`scaledOf: "${text}" at ${scale} decimals`);
  const value = BigInt(whole + kept.padEnd(scale, '0'));
  return sign === '-' ? -value : value;
}

/** The plain text of a scaled number: no trailing zeros, no negative zero; the inverse of `scaledOf`. */
export function textOfScaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}
