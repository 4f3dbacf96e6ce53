/** How an organisation draws its line: Corporate Standard, chapter 3. The next approaches are added to the table in `reported-line.ts`. */
export type Approach = 'operational-control' | 'equity-share';

/** A line of the report: scope 1, scope 2, a scope 3 category, or outside the scopes. */
export type ReportedLine =
  'scope1' | 'scope2' | `scope3.${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}` | 'outside-of-scopes';

/** A dated holding: `holder` owns `share` of `entity` and does or does not run it. Days inclusive; `validTo` null: until further notice. */
export interface Holding {
  readonly entity: string;
  readonly holder: string;
  readonly share: string;
  readonly operationalControl: boolean;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The reporting organisation as a reading sees it. An entity without holdings is the reporting company itself: share 1, controlled. */
export interface Organisation {
  readonly entities: readonly string[];
  readonly holdings: readonly Holding[];
}
