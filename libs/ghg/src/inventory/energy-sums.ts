import { activityType } from '../activity/activity-types';
import type { Decimal } from '../quantity/decimal';
import type { EnergyFigure, RatedLeg } from './inventory';
import { TwoReadings } from './sums';

type Origin = EnergyFigure['origin'];

/**
 * Fuel burned, energy bought, or made on site without fuel (ESRS E1-5, paragraphs 37 and 38): told by the other legs of the activity type.
 */
export function energyOrigin(typeId: string): Origin {
  const classes = activityType(typeId)?.legs.map(({ sourceClass }) => sourceClass) ?? [];
  if (classes.includes('purchased-electricity') || classes.includes('purchased-heat')) return 'purchased';
  return classes.includes('stationary-combustion') || classes.includes('mobile-combustion') ? 'fuel' : 'self-generated';
}

/** Energy by source and origin: MWh = Σ kWh per unit × quantity × share of own use ÷ 1000, net calorific. */
export class EnergySums {
  private readonly kwh = new TwoReadings<`${EnergyFigure['source']} ${Origin}`>();

  add({ rate, basis }: RatedLeg, typeId: string, quantity: Decimal): void {
    if (!rate.energy) return;
    this.kwh.add(`${rate.energy.source} ${energyOrigin(typeId)}`, quantity.mul(rate.energy.kwh), basis);
  }

  figures(): EnergyFigure[] {
    return this.kwh.names().map((name) => {
      const [source, origin] = name.split(' ') as [EnergyFigure['source'], Origin];
      const { tco2e: mwh, marketTco2e: marketMwh } = this.kwh.tonnesOf(name);
      return { source, origin, mwh, marketMwh };
    });
  }
}
