import type { ExchangeRate, Factor, FuelProperty, PriceIndex } from '../factor/factor';
import { canonicalJson } from './canonical';
import type { FactorCitation, GasRate, Rate, RateInput } from './rate';

/** Stands where a formula with its numbers would. */
export const WITHHELD_FORMULA = 'withheld: the licence of a figure behind it forbids to show it';

/** Whether a licence forbids to show what a rate came to: its factor, or something else that made it, is of a set whose values are withheld. */
export function isWithheld(rate: Pick<Rate, 'factor' | 'inputs'>): boolean {
  return rate.factor?.withheld !== undefined || (rate.inputs ?? []).some(({ withheld }) => withheld !== undefined);
}

/**
 * The withheld figures that a rate rests on, by the digests that name them, each once and in order; empty where there is none. Two rates of the same
 * figures are one unknown to whoever knows the quantities: one is a multiple of the other.
 */
export function withheldFigures({ factor, inputs = [] }: Pick<Rate, 'factor' | 'inputs'>): readonly string[] {
  const digests = [factor?.withheld, ...inputs.map(({ withheld }) => withheld)].filter((digest) => digest !== undefined);
  return [...new Set(digests)].sort();
}

/** A rate cited as what another one is made of carries on that it is withheld. */
export function withheldMark(rate: Pick<Rate, 'factor' | 'inputs'>): { readonly withheld?: string } {
  const [withheld] = withheldFigures(rate);
  return withheld === undefined ? {} : { withheld };
}

/** A withheld rate as it may be shown: its lineage without a figure that would lead to a withheld one. */
export interface ShownRate extends Omit<Rate, 'kgco2e' | 'biogenicKgco2' | 'gases' | 'notConvertible' | 'inputs' | 'energy' | 'gsd'> {
  readonly kgco2e: null;
  readonly biogenicKgco2: null;
  readonly gases: readonly (Pick<GasRate, 'gas' | 'origin'> & { readonly kg: null })[];
  readonly notConvertible: null;
  readonly inputs?: readonly (Omit<RateInput, 'value'> & { readonly value: string | null })[];
  readonly energy?: { readonly kwh: null; readonly source: NonNullable<Rate['energy']>['source'] };
}

/**
 * What may be shown of a rate. Of a withheld one: leg, unit, gases by name, factor with edition and row and the digest of its figures, fallbacks, and
 * what else it rests on; no amount, no formula with numbers, no uncertainty, nothing as printed. Steps between units stay where they are the
 * register's own; with a withheld property, exchange rate or index none is shown.
 */
export function shownRate(rate: Rate): Rate | ShownRate {
  if (!isWithheld(rate)) return rate;
  const { inputs = [], energy, gases, factor, conversion, ...rest } = rate;
  const lineage: Omit<typeof rest, 'gsd'> & { gsd?: string } = { ...rest };
  delete lineage.gsd;
  const isWayWithheld = inputs.some(({ kind, withheld }) => kind !== 'rate' && withheld !== undefined);
  return {
    ...lineage,
    kgco2e: null,
    biogenicKgco2: null,
    gases: gases.map(({ gas, origin }) => ({ gas, ...(origin === undefined ? {} : { origin }), kg: null })),
    notConvertible: null,
    factor: factor && shownCitation(factor),
    conversion: isWayWithheld ? [] : conversion,
    ...(inputs.length === 0 ? {} : { inputs: inputs.map(shownInput) }),
    ...(energy === undefined ? {} : { energy: { kwh: null, source: energy.source } }),
    formula: WITHHELD_FORMULA,
  };
}

function shownCitation(citation: FactorCitation): FactorCitation {
  if (citation.withheld === undefined) return citation;
  return { ...citation, source: { table: citation.source.table, row: citation.source.row } };
}

/** A shown figure beside a withheld one stays: it leads nowhere alone. */
function shownInput({ value, source, ...input }: RateInput): Omit<RateInput, 'value'> & { readonly value: string | null } {
  if (input.withheld === undefined) return { ...input, value, source };
  return { ...input, value: null, source: { table: source.table, row: source.row } };
}

/** A figure of a factor set, of whichever table. */
export type SetFigure = Factor | FuelProperty | ExchangeRate | PriceIndex;

/**
 * The text that the digest of a withheld figure is made of: the canonical JSON of everything in it that is not shown, and of what names it. A holder
 * of the licence who has the set can make it again.
 */
export function figureText(figure: SetFigure): string {
  if ('gases' in figure) {
    const { code, unit, gases, kgco2e, gsd, source } = figure;
    return canonicalJson({ code, unit, gases, kgco2e, gsd, printed: source.printed });
  }
  if ('kind' in figure) {
    const { code, unit, value, source } = figure;
    return canonicalJson({ code, unit, value, printed: source.printed });
  }
  if ('rate' in figure) {
    const { from, to, year, rate, source } = figure;
    return canonicalJson({ from, to, year, rate, printed: source.printed });
  }
  const { series, currency, sector, year, index, source } = figure;
  return canonicalJson({ series, currency, sector, year, index, printed: source.printed });
}
