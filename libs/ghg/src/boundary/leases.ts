import { refuse, type Refusal } from '../refusals';
import type { Approach, Lease } from './boundary';
import type { ReasonCode } from './reasons';

/** Where scopes 1 and 2 of a leased asset stand: as the reporter's own, or in the category of leased assets, and why. */
export type LeaseRule = 'own' | { readonly line: 'scope3.8' | 'scope3.13'; readonly reason: ReasonCode };

const OWN = 'own';
const LEASED_IN: LeaseRule = { line: 'scope3.8', reason: 'leased_in' };
const LEASED_OUT: LeaseRule = { line: 'scope3.13', reason: 'leased_out' };
const WITHOUT_CONTROL: LeaseRule = { line: 'scope3.8', reason: 'leased_in_without_control' };

/** The two columns of a line of the table: the lessee runs the asset, or has been shown not to. */
interface ByControl {
  readonly lesseeControls: LeaseRule;
  readonly lesseeLacksControl: LeaseRule;
}
const always = (rule: LeaseRule): ByControl => ({ lesseeControls: rule, lesseeLacksControl: rule });

/**
 * Side × lease class × approach. A finance-type lease counts as owned by the lessee under every approach; an operating-type lease as owned by the
 * lessor under equity share and financial control, and as whoever runs it says under operational control (Corporate Standard, appendix F, with its
 * notes on control that is shown to lie elsewhere). The ESRS name no rule of their own for leases: there, too, whoever runs the asset reports it.
 */
const LEASES: Readonly<Record<Lease['side'], Readonly<Record<Lease['leaseClass'], Readonly<Record<Approach, ByControl>>>>>> = {
  lessee: {
    finance: {
      'operational-control': always(OWN),
      'financial-control': always(OWN),
      'equity-share': always(OWN),
      'esrs-set-1': always(OWN),
    },
    operating: {
      'operational-control': { lesseeControls: OWN, lesseeLacksControl: WITHOUT_CONTROL },
      'financial-control': always(LEASED_IN),
      'equity-share': always(LEASED_IN),
      'esrs-set-1': { lesseeControls: OWN, lesseeLacksControl: WITHOUT_CONTROL },
    },
  },
  lessor: {
    finance: {
      'operational-control': always(LEASED_OUT),
      'financial-control': always(LEASED_OUT),
      'equity-share': always(LEASED_OUT),
      'esrs-set-1': always(LEASED_OUT),
    },
    operating: {
      'operational-control': { lesseeControls: LEASED_OUT, lesseeLacksControl: OWN },
      'financial-control': always(OWN),
      'equity-share': always(OWN),
      'esrs-set-1': { lesseeControls: LEASED_OUT, lesseeLacksControl: OWN },
    },
  },
};

/** The cell of the table for a lease (Corporate Standard, appendix F). */
export function leaseRule({ side, leaseClass, lesseeControls }: Lease, approach: Approach): LeaseRule {
  return LEASES[side][leaseClass][approach][lesseeControls ? 'lesseeControls' : 'lesseeLacksControl'];
}

/**
 * The lease of each leased entity on a day. An asset is leased in or out once at a time.
 * Refusals: `lease_conflict` (two leases of one entity), `lease_reason_missing` (a lessee without control, and nothing said why).
 */
export function leasesOn(leases: readonly Lease[], date: string): ReadonlyMap<string, Lease> | Refusal {
  const valid = leases.filter(({ validFrom, validTo }) => validFrom <= date && (validTo === null || date <= validTo));
  const byEntity = new Map<string, Lease>();
  for (const lease of valid) {
    const { entity } = lease;
    if (byEntity.has(entity)) return refuse('lease_conflict', `${entity} has two leases on ${date}`, entity);
    byEntity.set(entity, lease);
  }
  for (const { entity, lesseeControls, reason } of valid)
    if (!lesseeControls && reason.trim() === '')
      return refuse('lease_reason_missing', `why does the lessee of ${entity} lack control?`, entity);
  return byEntity;
}
