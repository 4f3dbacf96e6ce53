import type { SourceClass } from '../activity/vocabulary';
import { Decimal } from '../quantity/decimal';
import type { Approach, Exclusion, ReportedLine } from './boundary';
import { leaseRule } from './leases';
import type { Position } from './positions';
import type { ReasonCode } from './reasons';
import type { Interest } from './shares';

/** A source class that emits; `energy-use` counts kilowatt-hours and stands on no line. */
export type EmittingClass = Exclude<SourceClass, 'energy-use'>;

/** A part of a source: the line on which it is reported, or none if it is left out, and why. */
export interface ReportedPortion {
  readonly line: ReportedLine | null;
  readonly share: Decimal;
  readonly reason: ReasonCode;
  /** The organisation's own exclusion, where that is the reason. */
  readonly exclusion: Exclusion | null;
}

/** What becomes of a source: the shares of all portions and `othersShare` add up to one. */
export interface Treatment {
  readonly portions: readonly ReportedPortion[];
  readonly othersShare: Decimal;
}

/** The line that a source class has in the inventory of whoever runs the source (Corporate Standard, chapter 4; Scope 3 Standard, chapter 5). */
export const OWN_LINES: Readonly<Record<EmittingClass, ReportedLine>> = {
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
  'investee-scope-3': 'apart.investee-scope-3',
  'projected-investments': 'apart.projected',
  biogenic: 'outside-of-scopes',
};
export const EMITTING_CLASSES = Object.keys(OWN_LINES) as readonly EmittingClass[];

/** What kind of line a source has where it arises: the rows of the tables below. */
type Kind = 'direct' | 'beside' | 'value-chain';

/** `direct`: scopes 1 and 2. `beside`: outside the scopes. `value-chain`: scope 3, and what is shown apart from it. */
function kindOf(line: ReportedLine): Kind {
  if (line === 'scope1' || line === 'scope2') return 'direct';
  return line === 'outside-of-scopes' ? 'beside' : 'value-chain';
}

/** What puts a source on a line of the report: `reportedLine` under the rules in force, another function under other rules. */
export interface LineRules {
  readonly reportedLine: (sourceClass: EmittingClass, interest: Interest, approach: Approach, activityType?: string | null) => Treatment;
}

type Place = Pick<ReportedPortion, 'line' | 'reason'>;

/**
 * How an entity is taken in × kind of line → reported line and reason (Scope 3 Standard, table 5.4: the minimum boundaries of categories 14 and 15
 * are scopes 1 and 2 of the franchisee and of the investee). What is outside the scopes stays there.
 */
const PLACES: Readonly<Record<keyof Position, Readonly<Record<Kind, (own: ReportedLine) => Place>>>> = {
  consolidated: {
    direct: (line) => ({ line, reason: 'consolidated' }),
    beside: (line) => ({ line, reason: 'consolidated' }),
    'value-chain': (line) => ({ line, reason: 'consolidated' }),
  },
  invested: {
    direct: () => ({ line: 'scope3.15', reason: 'investee' }),
    beside: (line) => ({ line, reason: 'investee' }),
    'value-chain': () => ({ line: null, reason: 'investee_scope_3' }),
  },
  franchised: {
    direct: () => ({ line: 'scope3.14', reason: 'franchise' }),
    beside: (line) => ({ line, reason: 'franchise' }),
    'value-chain': () => ({ line: null, reason: 'franchisee_scope_3' }),
  },
};

/**
 * Source class × relation of the entity × lease class × approach → share, reported line and reason. The relation and the approach have become a
 * position (`positions.ts`), the lease a rule (`leases.ts`); what the organisation leaves out comes first (Corporate Standard, chapters 3 and 4 and
 * appendix F; Scope 3 Standard, chapter 5). An activity type narrows exclusions; null: not known.
 * Gross = Σ of the portions with a line + Σ of those without + the others' share.
 */
export function reportedLine(
  sourceClass: EmittingClass,
  interest: Interest,
  approach: Approach,
  activityType: string | null = null,
): Treatment {
  const position = interest.positions[approach];
  const exclusion = interest.exclusions.find((one) => isMeant(one, sourceClass, activityType)) ?? null;
  const portions = (Object.keys(PLACES) as (keyof Position)[])
    .filter((how) => !position[how].isZero())
    .map((how): ReportedPortion => {
      if (exclusion) return { line: null, share: position[how], reason: 'excluded_by_decision', exclusion };
      return { ...placeOf(OWN_LINES[sourceClass], how, interest, approach), share: position[how], exclusion: null };
    });
  return { portions, othersShare: new Decimal(1).sub(portions.reduce((sum, { share }) => sum.add(share), new Decimal(0))) };
}

/**
 * The lease moves scopes 1 and 2 of the asset within the inventory of whoever holds it; the rest of a lessee's sources is the lessee's, so a lessor
 * leaves it out. Then the holder is taken in as it is: category 8 of an investee is the investee's scope 3.
 */
function placeOf(own: ReportedLine, how: keyof Position, { lease }: Interest, approach: Approach): Place {
  const rule = lease === null ? 'own' : leaseRule(lease, approach);
  if (rule === 'own' || kindOf(own) === 'beside') return PLACES[how][kindOf(own)](own);
  if (how !== 'consolidated') return PLACES[how]['value-chain'](rule.line);
  if (kindOf(own) === 'direct') return rule;
  return rule.line === 'scope3.13' ? { line: null, reason: 'lessee_scope_3' } : PLACES[how]['value-chain'](own);
}

function isMeant({ sourceClass, activityType }: Exclusion, ofSource: SourceClass, ofType: string | null): boolean {
  return (sourceClass === null || sourceClass === ofSource) && (activityType === null || activityType === ofType);
}

/**
 * The share of the energy used at an entity that is the reporter's own use: as much as scope 1 would take of a fuel burned there (ESRS E1-5 counts the
 * energy of own operations, drawn like scopes 1 and 2).
 */
export function energyShare(rules: LineRules, interest: Interest, approach: Approach, activityType: string | null = null): Decimal {
  if (interest.exclusions.some((one) => isMeant(one, 'energy-use', activityType))) return new Decimal(0);
  return rules
    .reportedLine('stationary-combustion', { ...interest, exclusions: [] }, approach)
    .portions.filter(({ line }) => line === 'scope1')
    .reduce((sum, { share }) => sum.add(share), new Decimal(0));
}
