import { Decimal } from '../quantity/decimal';
import type { Approach, Holding, Lease } from './boundary';

/**
 * How much of an entity an approach takes in, and how: the three parts and the others' share add up to one. `consolidated` stands on the entity's
 * own lines, `invested` in category 15, `franchised` in category 14.
 */
export interface Position {
  readonly consolidated: Decimal;
  readonly invested: Decimal;
  readonly franchised: Decimal;
}

/** How a holding passes a consolidated holder's entity on: wholly, by its share, or not at all. */
export type Passing = 'whole' | 'share' | 'none';

const ZERO = new Decimal(0);
const ONE = new Decimal(1);
export const OF_THE_COMPANY: Position = { consolidated: ONE, invested: ZERO, franchised: ZERO };
export const OF_OTHERS: Position = { consolidated: ZERO, invested: ZERO, franchised: ZERO };

const directsFinances = ({ relation, financialControl }: Holding): boolean =>
  financialControl && (relation === 'subsidiary' || relation === 'franchise');

/**
 * Approach → what a holding passes on (Corporate Standard, chapter 3, table 1). Financial control: subsidiaries wholly, joint ventures under joint
 * financial control by share, associates and fixed-asset investments not. Equity share: the economic interest, fixed-asset investments not. ESRS
 * Set 1: the accounting group and investees under operational control, wholly (ESRS E1, paragraph 50).
 */
const PASSES: Readonly<Record<Approach, (holding: Holding) => Passing>> = {
  'operational-control': ({ operationalControl }) => (operationalControl ? 'whole' : 'none'),
  'financial-control': (holding) => (holding.relation === 'joint-venture' ? 'share' : directsFinances(holding) ? 'whole' : 'none'),
  'equity-share': ({ relation }) => (relation === 'fixed-asset-investment' ? 'none' : 'share'),
  'esrs-set-1': (holding) => (holding.operationalControl || directsFinances(holding) ? 'whole' : 'none'),
};

/**
 * A leased asset belongs to its holder whoever runs it: what the control of it means is said by the table of leases. A lessee has the use of the whole
 * asset, however little of it he owns, which is mostly nothing.
 */
function passing(holding: Holding, lease: Lease | null, approach: Approach): Passing {
  if (lease?.side === 'lessee') return 'whole';
  const passed = PASSES[approach](holding);
  return lease && passed === 'none' ? (approach === 'equity-share' ? 'share' : 'whole') : passed;
}

/**
 * The position of an entity through its holders. With c, i: consolidated and invested share of a holder, s: its share in the entity
 *   consolidated = max(max of c over holdings that pass wholly, Σ c × s over holdings that pass)
 *   invested     = max(0, Σ (c + i) × s − consolidated), franchises apart
 *   franchised   = what the franchisor consolidates, less what is consolidated or invested already
 * so that control must pass every link, and shares are multiplied along a chain and summed over chains. A holder that is consolidated wholly holds
 * wholly: Holland Industries takes 50 % of the joint venture of a subsidiary of which it owns 83 % (Corporate Standard, chapter 3, the example of
 * Holland Industries). An asset that a holder has leased is his wholly, by whatever share: c and c + i count as they are. Whatever the holdings, the
 * sum is at most one, if the shares of the entity are.
 */
export function positionThrough(
  holders: readonly { readonly holding: Holding; readonly share: Decimal; readonly position: Position }[],
  lease: Lease | null,
  approach: Approach,
): Position {
  let whole = ZERO;
  let byShare = ZERO;
  let reached = ZERO;
  let leased = ZERO;
  let franchisors = ZERO;
  for (const { holding, share, position } of holders) {
    const { consolidated, invested } = position;
    const passed = passing(holding, lease, approach);
    if (passed === 'whole') whole = Decimal.max(whole, consolidated);
    if (passed !== 'none') byShare = byShare.add(consolidated.mul(share));
    if (holding.relation === 'franchise') franchisors = franchisors.add(consolidated);
    else reached = reached.add(consolidated.add(invested).mul(share));
    if (lease?.side === 'lessee') leased = Decimal.max(leased, consolidated.add(invested));
  }
  const consolidated = Decimal.max(whole, byShare);
  const invested = Decimal.max(ZERO, Decimal.max(reached, leased).sub(consolidated));
  const left = ONE.sub(consolidated).sub(invested);
  const franchised = Decimal.min(left, Decimal.max(ZERO, Decimal.min(ONE, franchisors).sub(consolidated)));
  return { consolidated, invested, franchised };
}
