import type { GasId, GwpSetId } from '../factor/gas';
import { divide, Decimal } from '../quantity/decimal';

/**
 * Published 90 % ranges of GWP-100: value and half-width (IPCC AR6, Working Group I, table 7.15). All methane shares one error, that of 27.0 ± 11:
 * one molecule has one radiative efficiency.
 */
const AR6_RANGES: Readonly<Record<GasId, readonly [value: string, halfWidth: string]>> = {
  CH4: ['27.0', '11'],
  N2O: ['273', '130'],
  'HFC-32': ['771', '292'],
  'HFC-134a': ['1526', '577'],
  'PFC-14': ['7380', '2430'],
};

/**
 * Half-widths of 90 % ranges of GWP-100, relative (IPCC AR5, Working Group I, section 8.7.1.4): 40 % for methane, about 30 % for gases that stay a
 * century or more, nitrous oxide among them. Stated without climate-carbon feedback and taken with it, too.
 */
const AR5_HALF_WIDTHS: Readonly<Record<GasId, string>> = { CH4: '0.40', N2O: '0.30' };

/** ±35 % for the direct GWPs, as a 90 % range (IPCC AR4, Working Group I, section 2.10.2); taken wherever nothing nearer is printed here. */
const GENERAL_HALF_WIDTH = '0.35';

/** Half of the 90 % range of a gas's GWP-100, relative to it, and whether it is the general one. */
export interface GwpRange {
  readonly relativeHalfWidth: Decimal;
  readonly general: boolean;
}

/** Gases whose GWP has one error in common: all methane, whatever its origin. */
export function gwpErrorId(gas: GasId): string {
  return gas.startsWith('CH4') ? 'CH4' : gas;
}

/**
 * The range of a gas under a GWP set; null for CO2, whose GWP is 1 by definition. Sources: AR6 WG I, table 7.15; AR5 WG I, section 8.7.1.4; AR4 WG I,
 * section 2.10.2.
 */
export function gwpRange(gas: GasId, set: GwpSetId): GwpRange | null {
  if (gas === 'CO2' || gas === 'CO2_biogenic') return null;
  const id = gwpErrorId(gas);
  const printed = set.startsWith('AR6') ? AR6_RANGES[id] : undefined;
  if (printed) return { relativeHalfWidth: divide(new Decimal(printed[1]), new Decimal(printed[0])).value, general: false };
  const relative = set.startsWith('AR5') ? AR5_HALF_WIDTHS[id] : undefined;
  return { relativeHalfWidth: new Decimal(relative ?? GENERAL_HALF_WIDTH), general: relative === undefined };
}
