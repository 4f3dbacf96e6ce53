import type { GasId } from '#ghg';

export interface SupplyChainGas {
  readonly gas: GasId;
  /** GWP-100 of IPCC AR5, WG I, table 8.A.1, without climate-carbon feedback: the basis of the publisher's CO2e file. */
  readonly ar5: string;
}

/** The gases of the file by gas, in the words of the publisher. */
export const SUPPLY_CHAIN_GASES: Readonly<Record<string, SupplyChainGas>> = {
  'Carbon dioxide': { gas: 'CO2', ar5: '1' },
  Methane: { gas: 'CH4', ar5: '28' },
  'Nitrous oxide': { gas: 'N2O', ar5: '265' },
  'Sulfur hexafluoride': { gas: 'SF6', ar5: '23500' },
  'Nitrogen trifluoride': { gas: 'NF3', ar5: '16100' },
  'HFC-23': { gas: 'HFC-23', ar5: '12400' },
  'HFC-32': { gas: 'HFC-32', ar5: '677' },
  'HFC-125': { gas: 'HFC-125', ar5: '3170' },
  'HFC-134a': { gas: 'HFC-134a', ar5: '1300' },
  'HFC-143a': { gas: 'HFC-143a', ar5: '4800' },
  'HFC-236fa': { gas: 'HFC-236fa', ar5: '8060' },
  'Carbon tetrafluoride': { gas: 'PFC-14', ar5: '6630' },
  Hexafluoroethane: { gas: 'PFC-116', ar5: '11100' },
  Perfluoropropane: { gas: 'PFC-218', ar5: '8900' },
  Perfluorocyclobutane: { gas: 'PFC-318', ar5: '9540' },
  Perfluorobutane: { gas: 'PFC-31-10', ar5: '9200' },
  Perfluorohexane: { gas: 'PFC-51-14', ar5: '7910' },
};
