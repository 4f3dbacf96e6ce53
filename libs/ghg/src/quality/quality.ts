import type { Basis, MatchKey } from '../activity/vocabulary';
import type { Approach, ReportedLine } from '../boundary/boundary';
import type { GwpSetId } from '../factor/gas';
import type { MethodPackHead } from '../methods/pack';
import type { Reading } from '../inventory/sums';
import type { Assumption, DataStatus } from './assumed-indicators';
import type { GwpErrors } from './error-sources';
import type { Indicator } from './indicators';
import type { Interval } from './lognormal';
import type { ErrorKind } from './uncertainty';

/**
 * Net ledger sums that one rate and one entity share, with the squares that uncertainty needs. `periodStart`/`periodEnd` are set where the entity's
 * shares change inside the year.
 */
export interface QualityCell {
  readonly entityCode: string;
  readonly rateId: string;
  readonly year: number;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  /** Net quantity of rows and pools. */
  readonly quantity: string;
  /** Net kgCO2e under the book's GWP set. */
  readonly kgco2e: string;
  /** Net quantity of the rows alone: Σq, q net per activity and segment. */
  readonly rowQuantity: string;
  /** Σq² of the same. */
  readonly rowSquares: string;
  /** The part of `quantity` that surveys have extrapolated. */
  readonly extrapolated: string;
  /** As those of a cell of the inventory. */
  readonly activityType: string;
  readonly pool: string;
  readonly matchKeyId: string | null;
}

/** What is outstanding of the investments under one key at one entity: what a PCAF score weighs. */
export interface Financed {
  readonly entityCode: string;
  readonly key: MatchKey;
  readonly outstanding: string;
  readonly currency: string;
}

/** Scores 1 (best) to 5, weighted by tonnes; `mean` over the five. */
export type WeightedScores = Readonly<Record<Indicator | 'mean', string>>;

/** The quality of a figure; `tco2e` is exact, everything else as people read it. */
export interface QualityFigures {
  readonly tco2e: string;
  /** 95 % interval in tonnes and geometric standard deviation; null where a figure of zero is uncertain. */
  readonly interval: Interval | null;
  /** Which part of the variance each kind of error explains; null where nothing is uncertain. */
  readonly explained: Readonly<Record<ErrorKind, string>> | null;
  /** Of the activity data and of the factors behind the figure; null where there is nothing to score. */
  readonly activityScores: WeightedScores | null;
  readonly factorScores: WeightedScores | null;
  /** Tonnes on primary data ÷ all tonnes, both by size; null of nothing. */
  readonly primaryDataShare: string | null;
  /** Exact tonnes per data status; they add up to `tco2e`. */
  readonly statuses: readonly { readonly status: DataStatus; readonly tco2e: string }[];
  /** Tonnes, by size, for which something was assumed. */
  readonly assumptions: readonly { readonly assumption: Assumption; readonly tco2e: string }[];
}

/** The quality of an inventory: per reported line, of scope 3, and of the whole in both readings. */
export interface Quality {
  readonly methodPack: MethodPackHead;
  /** By its name; `period` has its days. */
  readonly year: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly approach: Approach;
  readonly gwp: GwpSetId;
  readonly gwpErrors: GwpErrors;
  readonly unit: 'tCO2e';
  readonly lines: readonly (QualityFigures & { readonly line: ReportedLine; readonly basis: Basis })[];
  readonly totals: readonly (QualityFigures & { readonly total: 'scope3' | 'scopes1-3'; readonly reading: Reading })[];
  /** Weighted data quality score of financed emissions, per currency of what is outstanding. */
  readonly pcaf: readonly { readonly currency: string; readonly outstanding: string; readonly score: string }[];
}
