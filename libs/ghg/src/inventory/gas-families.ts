/**
 * The seven greenhouse gases of the Kyoto Protocol and the Doha Amendment, which every inventory shows one by one (Corporate Standard, chapter 9, with
 * the Required Greenhouse Gases amendment); `other` for what the register counts beside them, `stated-as-co2e` for what no gas explains.
 */
export const GAS_FAMILIES = ['CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3', 'other', 'stated-as-co2e'] as const;
export type GasFamily = (typeof GAS_FAMILIES)[number];

const OF_ONE_GAS: Readonly<Record<string, GasFamily>> = {
  CO2: 'CO2',
  CH4: 'CH4',
  CH4_fossil: 'CH4',
  CH4_nonfossil: 'CH4',
  N2O: 'N2O',
  SF6: 'SF6',
  NF3: 'NF3',
};

/** The family of a gas by its id in the register; null: CO2e that no gas explains. */
export function gasFamily(gas: string | null): GasFamily {
  if (gas === null) return 'stated-as-co2e';
  if (gas.startsWith('HFC-')) return 'HFCs';
  if (gas.startsWith('PFC-')) return 'PFCs';
  return OF_ONE_GAS[gas] ?? 'other';
}
