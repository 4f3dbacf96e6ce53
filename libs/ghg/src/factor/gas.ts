/**
 * GWP-100 of an assessment report. `AR5` is without climate-carbon feedback, methane 28, 30 where stated fossil; `AR5-feedback` with it. `AR6`
 * takes methane 27.0 for combustion and non-fossil, 29.8 only where stated fossil and not already counted as CO2 (table 7.15). Named variants:
 * `AR5-fossil-30` and `AR6-fossil-29.8` take fossil methane wherever the fuel is fossil, `AR6-27.9` one figure for all methane (table 7.SM.7).
 */
export type GwpSetId = 'AR4' | 'AR5' | 'AR5-feedback' | 'AR5-fossil-30' | 'AR6' | 'AR6-27.9' | 'AR6-fossil-29.8';

/** A gas (`CO2`, `CH4`, `N2O`, `HFC-134a`, `SF6` ...), `CO2_biogenic`, or a methane whose origin is stated (`CH4_fossil`, `CH4_nonfossil`). */
export type GasId = string;

/** `kyoto`: inside the scopes. `biogenic`: CO2 outside the scopes. `montreal`: reported apart from the scopes. */
export type GasKind = 'kyoto' | 'biogenic' | 'montreal';

export interface Gas {
  readonly id: GasId;
  readonly name: string;
  readonly kind: GasKind;
}

/** A mixture by mass; parts without a climate entry (propane, butane) are listed too, so that the fractions close. */
export interface Blend {
  readonly id: string;
  readonly parts: readonly { readonly gas: GasId; readonly massFraction: string; readonly negligible?: boolean }[];
}

/**
 * GWP-100 of every gas of one assessment report, as decimal strings, with the source of the table. A named variant gives the set that it departs
 * from and only what it says otherwise.
 */
export interface GwpSet {
  readonly id: GwpSetId;
  readonly source: string;
  /** The set whose figures stand where `gwp100` has none of its own. */
  readonly variantOf?: GwpSetId;
  /** Methane of a fossil fuel takes the fossil figure although its carbon is counted as CO2 too. */
  readonly fossilFuelMethane?: boolean;
  /** Methane of a fossil fuel that escapes unburnt takes the fossil figure: its carbon is nowhere counted as CO2. */
  readonly unburntFossilMethane?: boolean;
  readonly gwp100: Readonly<Record<GasId, string>>;
}

/**
 * What a fuel was made of, or that a fossil one escaped unburnt; it decides the GWP of methane whose origin the factor does not state, and of all
 * methane of a burnt biofuel.
 */
export type FuelOrigin = 'fossil' | 'fossil-unburnt' | 'biogenic';

/** Everything the kernel needs to know of gases; data, handed in (the starter data stand in catalogue/gwp). */
export interface GasRegister {
  readonly gases: readonly Gas[];
  readonly blends: readonly Blend[];
  readonly sets: readonly GwpSet[];
}
