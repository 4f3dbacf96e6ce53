/** A target by its activity type and the attributes that tell it from others of the type. */
export interface Target {
  readonly activityType: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export const of = (activityType: string, attributes: Readonly<Record<string, string>> = {}): Target => ({ activityType, attributes });
const sectors =
  (activityType: string) =>
  (...codes: string[]): Target[] =>
    codes.map((sector) => of(activityType, { sector }));
/** Sectors are NAICS 2017, in which US EPA publishes its factors per dollar. A sector that no set has is left out of the index. */
export const goods = sectors('spend.goods');
export const travel = sectors('travel.spend');
export const freight = sectors('freight.spend');
