/**
 * How an organisation draws its line. The first three are the Corporate Standard's (chapter 3); `esrs-set-1` is the accounting group at 100 % and
 * investees under operational control (ESRS E1, AR 40, 2023).
 */
export type Approach = 'operational-control' | 'financial-control' | 'equity-share' | 'esrs-set-1';
export const APPROACHES = ['operational-control', 'financial-control', 'equity-share', 'esrs-set-1'] as const satisfies readonly Approach[];

/**
 * A line of the report: scope 1, scope 2, a scope 3 category, outside the scopes, or apart from the inventory of the year (projected lifetime
 * emissions of a financed project; an investee's scope 3).
 */
export type ReportedLine =
  | 'scope1'
  | 'scope2'
  | `scope3.${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`
  | 'outside-of-scopes'
  | 'apart.projected'
  | 'apart.investee-scope-3';

/** What an entity is to its holder (Corporate Standard, table 1). `franchise`: run by another under the holder's licence. */
export type Relation = 'subsidiary' | 'joint-venture' | 'associate' | 'fixed-asset-investment' | 'franchise';

/** A dated holding: `holder` owns `share` of `entity` and does or does not run it. Days inclusive; `validTo` null: until further notice. */
export interface Holding {
  readonly entity: string;
  readonly holder: string;
  readonly share: string;
  readonly relation: Relation;
  readonly operationalControl: boolean;
  /** The holder directs its financial and operating policies for its own benefit. */
  readonly financialControl: boolean;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** `finance`-type leases count as owned, `operating`-type ones not (Corporate Standard, appendix F); a policy decision with evidence. */
export interface Lease {
  /** The leased asset or site, an entity of its own. */
  readonly entity: string;
  /** Who the reporting company is in it. */
  readonly side: 'lessee' | 'lessor';
  readonly leaseClass: 'finance' | 'operating';
  /** The lessee runs the asset: taken for granted; `false` needs a `reason`. */
  readonly lesseeControls: boolean;
  readonly reason: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What is knowingly left out, from when to when, and why. Absent filters mean: all. */
export interface Exclusion {
  readonly code: string;
  readonly entity: string | null;
  readonly activityType: string | null;
  readonly sourceClass: string | null;
  readonly reason: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The reporting organisation as a reading sees it. An entity without holdings is the reporting company itself: share 1, controlled. */
export interface Organisation {
  readonly entities: readonly string[];
  readonly holdings: readonly Holding[];
  readonly leases?: readonly Lease[];
  readonly exclusions?: readonly Exclusion[];
}
