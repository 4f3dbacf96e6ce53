import type { SourceClass } from '../activity/vocabulary';

/**
 * Basic uncertainty U_b of what is emitted per unit: the part of the spread that no indicator of the pedigree describes. CO2 of combustion and of
 * processes 1.05; methane and nitrous oxide of combustion 1.5 (ecoinvent report no. 1, Overview and Methodology, 2007, chapter 7; the squared
 * geometric standard deviation, as U of the indicators). The table has figures for demand too (2 for transport, 3 for infrastructure): they say how
 * much is bought, not what is emitted for it, and are not used.
 */
const CO2 = '1.05';
const CH4_AND_N2O = '1.5';

/** Where a fuel is burnt: by the reporter, or in the plant whose electricity or heat it buys. */
const COMBUSTION: readonly SourceClass[] = [
  'stationary-combustion',
  'mobile-combustion',
  'purchased-electricity',
  'purchased-heat',
  'transmission-losses',
];

/** U_b of every source class; `ofGases`: of CH4 and N2O. A class that does not stand here, or a gas without a figure, has none: 1, and named. */
export const BASIC_UNCERTAINTY: Readonly<Partial<Record<SourceClass, { readonly ofCo2: string; readonly ofGases?: string }>>> = {
  ...Object.fromEntries(COMBUSTION.map((sourceClass) => [sourceClass, { ofCo2: CO2, ofGases: CH4_AND_N2O }])),
  process: { ofCo2: CO2 },
};

/**
 * U_b of a gas of a factor on a leg of this class; null: none is documented, and 1 is taken. CO2e that no gas explains (`gas` null) counts as CO2,
 * which nearly all of it is where a fuel is burnt; for a process it is not known what it is.
 */
export function basicUncertainty(sourceClass: SourceClass, gas: string | null): string | null {
  const known = BASIC_UNCERTAINTY[sourceClass];
  if (!known) return null;
  if (gas === 'CO2' || (gas === null && known.ofGases !== undefined)) return known.ofCo2;
  const isOther = gas !== null && (gas.startsWith('CH4') || gas === 'N2O');
  return isOther ? (known.ofGases ?? null) : null;
}
