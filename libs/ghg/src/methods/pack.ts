import { legsOf } from '../activity/activity-types';
import type { Approach } from '../boundary/boundary';
import { reportedLine, type LineRules } from '../boundary/reported-line';
import type { GwpSetId } from '../factor/gas';
import { refuse, type Refusal } from '../refusals';

/**
 * The rules that an inventory is made by: versioned data and kernel functions under one name. A book pins a pack for ever; other rules are another
 * pack, so that one company can keep books under both and read them side by side.
 */
export interface MethodPack extends LineRules {
  /** Name and version in one, as books pin it. Never reused for other rules. */
  readonly id: string;
  readonly title: string;
  /** The standards whose rules these are, with their years. */
  readonly sources: readonly string[];
  /** A draft may be computed with and is named as such wherever its figures stand. */
  readonly status: 'in-force' | 'draft';
  readonly approaches: readonly Approach[];
  readonly gwpSets: readonly GwpSetId[];
  /** The legs that an activity type has for some attributes under these rules; without attributes every leg that it can have. */
  readonly legsOf: typeof legsOf;
  /** Whether instruments are matched over the year or hour by hour. */
  readonly instrumentMatching: 'annual' | 'hourly';
  /** The order in which a bridge substitutes causes: an id of `BRIDGE_ORDERS`. */
  readonly bridgeOrder: string;
}

/** What a figure says of the rules that it was made by. */
export type MethodPackHead = Pick<MethodPack, 'id' | 'title' | 'status'>;

const GHG_PROTOCOL_2015: MethodPack = {
  id: 'ghg-protocol-2015',
  title: 'GHG Protocol, rules in force',
  sources: [
    'GHG Protocol Corporate Accounting and Reporting Standard, revised edition (2004), with the Required Greenhouse Gases amendment (2013)',
    'GHG Protocol Scope 2 Guidance (2015)',
    'GHG Protocol Corporate Value Chain (Scope 3) Accounting and Reporting Standard (2011)',
  ],
  status: 'in-force',
  approaches: ['operational-control', 'financial-control', 'equity-share', 'esrs-set-1'],
  gwpSets: ['AR4', 'AR5', 'AR5-feedback', 'AR5-fossil-30', 'AR6', 'AR6-27.9', 'AR6-fossil-29.8'],
  legsOf,
  reportedLine,
  instrumentMatching: 'annual',
  bridgeOrder: '2026-1',
};

/** The same rules, but instruments cover only what was consumed in the hour in which they were generated. */
const GHG_PROTOCOL_2015_HOURLY: MethodPack = {
  ...GHG_PROTOCOL_2015,
  id: 'ghg-protocol-2015-hourly',
  title: 'GHG Protocol, rules in force, instruments matched by the hour',
  instrumentMatching: 'hourly',
};

export const METHOD_PACKS: readonly MethodPack[] = [GHG_PROTOCOL_2015, GHG_PROTOCOL_2015_HOURLY];
export const METHOD_PACK_DEFAULT = GHG_PROTOCOL_2015.id;

/** The pack of this name. Refusal: `method_pack_unknown`. */
export function methodPack(id: string): MethodPack | Refusal {
  return (
    METHOD_PACKS.find((pack) => pack.id === id) ??
    refuse('method_pack_unknown', `"${id}" is none of ${METHOD_PACKS.map((pack) => pack.id).join(', ')}`, id)
  );
}

/** Name, title and status of a pack, as they stand beside every figure. */
export function methodPackHead({ id, title, status }: MethodPack): MethodPackHead {
  return { id, title, status };
}

/** Whether a pack reads under this approach and GWP set. Refusals: `approach_not_in_pack`, `gwp_set_not_in_pack`. */
export function checkReading(pack: MethodPack, approach: Approach, gwp: GwpSetId): Refusal | null {
  if (!pack.approaches.includes(approach)) return refuse('approach_not_in_pack', `${pack.id} has no approach "${approach}"`, approach);
  if (!pack.gwpSets.includes(gwp)) return refuse('gwp_set_not_in_pack', `${pack.id} has no GWP set "${gwp}"`, gwp);
  return null;
}
