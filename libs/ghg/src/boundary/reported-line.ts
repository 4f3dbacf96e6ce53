import type { SourceClass } from '../activity/vocabulary';
import { Decimal } from '../quantity/decimal';
import type { Approach, ReportedLine } from './boundary';
import type { Interest } from './shares';

/** Class of the lease under which an entity's asset is held; the classes of leased assets are added to this list and to the table. */
export type LeaseClass = 'none';

/** Why a source is in no line of the report. The closed list. */
export const EXCLUSIONS = {
  investee_scope_3: 'Scope 3 of an entity that is not controlled: category 15 takes its scopes 1 and 2.',
} as const;
export type Exclusion = keyof typeof EXCLUSIONS;

/** What becomes of a source: the shares of `reported`, `othersShare` and `excluded` add up to one. */
export interface ReportedPortion {
  readonly line: ReportedLine | null;
  readonly reported: Decimal;
  readonly othersShare: Decimal;
  readonly excluded: Decimal;
  readonly exclusion: Exclusion | null;
}

/** The line that a source class has in the reporter's own inventory (Corporate Standard, chapter 4; Scope 3 Standard, chapter 5). */
export const OWN_LINES: Readonly<Record<SourceClass, ReportedLine>> = {
  'stationary-combustion': 'scope1',
  'mobile-combustion': 'scope1',
  process: 'scope1',
  fugitive: 'scope1',
  'purchased-electricity': 'scope2',
  'purchased-heat': 'scope2',
  'purchased-goods': 'scope3.1',
  'capital-goods': 'scope3.2',
  'upstream-of-energy': 'scope3.3',
  'transmission-losses': 'scope3.3',
  'upstream-transport': 'scope3.4',
  waste: 'scope3.5',
  'business-travel': 'scope3.6',
  commuting: 'scope3.7',
  'leased-assets-upstream': 'scope3.8',
  'downstream-transport': 'scope3.9',
  'processing-of-products': 'scope3.10',
  'use-of-products': 'scope3.11',
  'end-of-life': 'scope3.12',
  'leased-assets-downstream': 'scope3.13',
  franchises: 'scope3.14',
  investments: 'scope3.15',
  biogenic: 'outside-of-scopes',
};

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

type Rule = (ownLine: ReportedLine, interest: Interest) => ReportedPortion;

/** Lease class × approach → rule. A new approach or lease class is a new cell of this table. */
const RULES: Readonly<Record<LeaseClass, Readonly<Record<Approach, Rule>>>> = {
  none: { 'operational-control': underOperationalControl, 'equity-share': underEquityShare },
};

/**
 * Source class × relation of the entity × lease class × approach → share and reported line (Corporate Standard, chapter 3; Scope 3 Standard,
 * chapter 5, category 15).
 */
export function reportedLine(
  sourceClass: SourceClass,
  interest: Interest,
  approach: Approach,
  lease: LeaseClass = 'none',
): ReportedPortion {
  return RULES[lease][approach](OWN_LINES[sourceClass], interest);
}

/** Controlled: all of it on its own line. Not controlled: scopes 1 and 2 by equity share in category 15, the investee's scope 3 excluded. */
function underOperationalControl(ownLine: ReportedLine, { controlled, equityShare }: Interest): ReportedPortion {
  if (controlled) return portion(ownLine, ONE, ONE);
  if (ownLine === 'scope1' || ownLine === 'scope2') return portion('scope3.15', equityShare, equityShare);
  if (ownLine === 'outside-of-scopes') return portion(ownLine, equityShare, equityShare);
  return { ...portion(null, ZERO, equityShare), exclusion: 'investee_scope_3' };
}

/** Every source on its own line by equity share. */
function underEquityShare(ownLine: ReportedLine, { equityShare }: Interest): ReportedPortion {
  return portion(ownLine, equityShare, equityShare);
}

/** Of the company's interest, `reported` is in the line and the rest of the interest is excluded; what is not its interest is the others'. */
function portion(line: ReportedLine | null, reported: Decimal, interest: Decimal): ReportedPortion {
  return { line, reported, othersShare: ONE.sub(interest), excluded: interest.sub(reported), exclusion: null };
}
