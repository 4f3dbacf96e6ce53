/** What a unit measures. A product of units (`t.km`) has the product of their dimensions, written `mass·distance`. */
export type Dimension = 'energy' | 'mass' | 'volume' | 'distance' | 'area' | 'time' | 'money' | 'passengers' | 'rooms' | 'nights' | 'items';

/** The id of a unit in the register (`kWh`, `short-ton`), or a product of such ids joined by dots (`short-ton.mi`). */
export type UnitId = string;
