/** AR5 without climate-carbon feedback is the default basis; AR6 uses methane 27.0 for combustion and non-fossil, 29.8 only where stated fossil. */
export type GwpSetId = 'AR4' | 'AR5' | 'AR6';

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

/** GWP-100 of every gas of one assessment report, as decimal strings, with the source of the table. */
export interface GwpSet {
  readonly id: GwpSetId;
  readonly source: string;
  readonly gwp100: Readonly<Record<GasId, string>>;
}

/** Everything the kernel needs to know of gases; data, handed in (the starter data stand in catalogue/gwp). */
export interface GasRegister {
  readonly gases: readonly Gas[];
  readonly blends: readonly Blend[];
  readonly sets: readonly GwpSet[];
}
