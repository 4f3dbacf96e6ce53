import { Decimal, plain, Probes, withoutAlone, type Rate, type RatedLeg } from '#ghg';

interface RatedCell {
  readonly rateId: string;
  readonly kgco2e: string;
}

/** Sums of the ledger and the rates behind them, as a reading takes them in. */
interface Sums<Cell extends RatedCell> {
  readonly cells: Cell[];
  readonly legs: RatedLeg[];
}

/** What a reading does with the sums that it takes in: nothing, or the withheld ones multiplied. */
export class Scaling {
  /** Every rate that the reading rests on. */
  readonly rates: Rate[] = [];

  constructor(
    private readonly probes: Probes | null,
    private readonly power: 0 | 1 | 2,
  ) {}

  of<Cell extends RatedCell>(sums: Sums<Cell>): Sums<Cell> {
    for (const { rate } of sums.legs) this.rates.push(rate);
    const { probes, power } = this;
    if (probes === null || power === 0) return sums;
    const by = new Map(sums.legs.map(({ rateId, rate }) => [rateId, probes.of(rate, power)]));
    const times = (cell: Cell): Cell => ({ ...cell, kgco2e: plain(new Decimal(cell.kgco2e).mul(by.get(cell.rateId) ?? 1)) });
    return { cells: sums.cells.map(times), legs: sums.legs.map((leg) => ({ ...leg, rate: probes.scaled(leg.rate, power) })) };
  }
}

/**
 * A reading without the figures that would give a withheld one away (libs/ghg, `withoutAlone`). Where nothing is withheld it is made once; else three
 * times, so what it reads must stand still meanwhile: sums as of one seal do.
 */
export async function shownReading<View>(read: (scaling: Scaling) => Promise<View>): Promise<View> {
  const first = new Scaling(null, 0);
  const shown = await read(first);
  const probes = new Probes(first.rates);
  if (probes.isEmpty) return shown;
  const once = await read(new Scaling(probes, 1));
  const twice = await read(new Scaling(probes, 2));
  return withoutAlone([shown, once, twice], probes);
}
