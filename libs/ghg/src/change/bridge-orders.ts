import { refuse, type Refusal } from '../refusals';

/** What can move a figure between two states of an inventory: the closed list. */
export const CAUSES = {
  structure: 'Shares, control, leases and exclusions: what belongs to the reporting company, and on which line.',
  activity: 'More or less of what was done.',
  'price-fx': 'Exchange rates and price levels that turn amounts of money into the money of the factor.',
  'estimate-to-actual':
    'Quantities that were estimated before and are not estimated after; between two years it holds the activity of those lines too.',
  method: 'The rate is found by another method.',
  factor: 'The emission factor itself, under the same method.',
  gwp: 'The set of global warming potentials.',
  instruments: 'Contractual instruments of scope 2 (market-based reading), and nothing else that a pool posts.',
  error: 'Quantities of one year that were corrected, or came late.',
  remainder: 'What the rounding of divisions leaves: an apportionment by days, a mean of several rates.',
} as const;
export type Cause = keyof typeof CAUSES;

/** An order of substitution: every cause once. An order that was published never changes; a better one gets a new id. */
export interface BridgeOrder {
  readonly id: string;
  readonly causes: readonly Cause[];
}

/**
 * The published orders. `2026-1` changes first what belongs to the company, then what it did, then how it is counted, so that every effect of counting
 * is valued at the later year's structure and activity.
 */
export const BRIDGE_ORDERS: readonly BridgeOrder[] = [
  {
    id: '2026-1',
    causes: ['structure', 'activity', 'price-fx', 'estimate-to-actual', 'method', 'factor', 'gwp', 'instruments', 'error', 'remainder'],
  },
];

/** A published order by its id, as a method pack names it. Refusal: `bridge_order_unknown`. */
export function bridgeOrder(id: string): BridgeOrder | Refusal {
  return BRIDGE_ORDERS.find((order) => order.id === id) ?? refuse('bridge_order_unknown', `there is no order "${id}"`);
}
