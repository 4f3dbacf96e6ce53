import type { GasId } from '../factor/gas';
import { Decimal, fitsScale, QUANTITY_SCALE } from '../quantity/decimal';
import type { Rate } from './rate';

/** What a quantity releases under one rate: kilograms, exact, at most 30 decimals. */
export interface Amounts {
  readonly kgco2e: Decimal;
  readonly biogenicKgco2: Decimal;
  readonly gases: readonly { readonly gas: GasId; readonly kg: Decimal }[];
}

/** amount = quantity × rate, the exact product; the posting statement in SQL is its twin, digit for digit. The quantity has at most 12 decimals. */
export function applyRate(quantity: Decimal | string, rate: Rate): Amounts {
  const counted = new Decimal(quantity);
  if (!fitsScale(counted, QUANTITY_SCALE)) throw new RangeError(`applyRate: a quantity has at most ${QUANTITY_SCALE} decimals`);
  return {
    kgco2e: counted.mul(rate.kgco2e),
    biogenicKgco2: counted.mul(rate.biogenicKgco2),
    gases: rate.gases.map(({ gas, kg }) => ({ gas, kg: counted.mul(kg) })),
  };
}
