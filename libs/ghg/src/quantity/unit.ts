/** What a unit measures. A product of units (`t.km`) has the product of their dimensions, written `mass·distance`. */
export type Dimension = 'energy' | 'mass' | 'volume' | 'distance' | 'area' | 'time' | 'money' | 'passengers' | 'rooms' | 'nights' | 'items';

/** The id of a unit in the register (`kWh`, `short-ton`), or a product of such ids joined by dots (`short-ton.mi`). */
export type UnitId = string;

/** One unit of the register. Every ratio is a terminating decimal, so that it stands here without rounding. */
export interface Unit {
  readonly id: UnitId;
  readonly dimension: Dimension;
  /** The unit that its dimension is reduced to. A currency is its own base: without a rate, money never becomes other money. */
  readonly base: UnitId;
  /** One of this unit in base units, as a decimal string. */
  readonly ratio: string;
  /** `exact` by definition, or `published`: a convention that the source states. */
  readonly kind: 'exact' | 'published';
  readonly source: string;
  readonly aliases: readonly string[];
}
