/**
 * What a unit measures. A product of units (`t.km`) has the product of their dimensions, written `mass·distance`, a quotient (`GBP/L`) their
 * quotient, `money/volume`. `emissions` is CO2e, which never becomes a mass again; `containers` are TEU, which are no tonnes.
 */
export type Dimension =
  | 'energy'
  | 'mass'
  | 'volume'
  | 'distance'
  | 'area'
  | 'time'
  | 'money'
  | 'emissions'
  | 'passengers'
  | 'vehicles'
  | 'containers'
  | 'rooms'
  | 'nights'
  | 'items'
  | 'uses'
  | 'heads'
  | 'ratio'
  | 'angle';

/** The id of a unit in the register (`kWh`, `short-ton`), a product of such ids joined by dots (`short-ton.mi`), or a quotient (`GBP/L`). */
export type UnitId = string;

/** One unit of the register. Every ratio is a terminating decimal, so that it stands here without rounding. */
export interface Unit {
  readonly id: UnitId;
  readonly dimension: Dimension;
  /**
   * The unit that it is reduced to. A currency is its own base: without a rate, money never becomes other money. So is a gas volume at reference
   * conditions: without stated conditions it never becomes another volume.
   */
  readonly base: UnitId;
  /** One of this unit in base units, as a decimal string. */
  readonly ratio: string;
  /** `exact` by definition; `published`: a rounded figure that the source prints; `convention`: a rule of counting (a year of 365 days). */
  readonly kind: 'exact' | 'published' | 'convention';
  readonly source: string;
  readonly aliases: readonly string[];
}
