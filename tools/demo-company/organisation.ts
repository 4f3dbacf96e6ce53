/** An entity as `PUT /v1/entities` takes it. */
export interface DemoEntity {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly region?: string;
}

/** A holding as `PUT /v1/holdings` takes it; days are inclusive. */
export interface DemoHolding {
  readonly entity: string;
  readonly holder: string;
  readonly share: string;
  readonly relation?: 'joint-venture';
  readonly operationalControl: boolean;
  readonly validFrom: string;
  readonly validTo?: string;
}

/** A lease as `PUT /v1/leases` takes it. */
export interface DemoLease {
  readonly entity: string;
  readonly side: 'lessee';
  readonly leaseClass: 'operating';
  readonly reason: string;
  readonly validFrom: string;
}

export const TENANT_NAME = 'Tarnwick Instruments (invented company)';

/** Ten entities in five countries, all invented. US entities name the eGRID subregion that feeds them. */
export const ENTITIES: readonly DemoEntity[] = [
  { code: 'TW-GB', name: 'Tarnwick Instruments plc, Bristol (invented)', country: 'GB' },
  { code: 'TW-GB-LEEDS', name: 'Tarnwick works, Leeds (invented)', country: 'GB' },
  { code: 'TW-GB-DEPOT', name: 'Tarnwick depot, Daventry (invented)', country: 'GB' },
  { code: 'TW-US', name: 'Tarnwick Inc, Oakland (invented)', country: 'US', region: 'US-CAMX' },
  { code: 'TW-US-OHIO', name: 'Tarnwick plant, Columbus (invented)', country: 'US', region: 'US-RFCW' },
  { code: 'TW-US-GULF', name: 'Gulf Sensor Partners, Houston, a joint venture (invented)', country: 'US', region: 'US-ERCT' },
  { code: 'TW-DE', name: 'Tarnwick Messtechnik GmbH, Jena (invented)', country: 'DE' },
  { code: 'TW-DE-OPTIK', name: 'Saaletal Optik GmbH, Jena (invented)', country: 'DE' },
  { code: 'TW-FR', name: 'Tarnwick France SAS, Lyon (invented)', country: 'FR' },
  { code: 'TW-SE', name: 'Tarnwick Norden AB, Västerås (invented)', country: 'SE' },
];

const SINCE = '2018-01-01';
const owned = (entity: string, holder: string, share = '1'): DemoHolding => ({
  entity,
  holder,
  share,
  operationalControl: true,
  validFrom: SINCE,
});

/** The reporting company itself, TW-GB, is held by nobody. */
export const HOLDINGS: readonly DemoHolding[] = [
  owned('TW-GB-LEEDS', 'TW-GB'),
  owned('TW-GB-DEPOT', 'TW-GB'),
  owned('TW-US', 'TW-GB'),
  owned('TW-US-OHIO', 'TW-US'),
  // A joint venture of equals that the partner runs.
  { entity: 'TW-US-GULF', holder: 'TW-US', share: '0.5', relation: 'joint-venture', operationalControl: false, validFrom: SINCE },
  owned('TW-DE', 'TW-GB'),
  // The share rises in the middle of the second year, so that equity share has to be apportioned by days.
  { ...owned('TW-DE-OPTIK', 'TW-DE', '0.6'), validTo: '2025-06-30' },
  { ...owned('TW-DE-OPTIK', 'TW-DE', '0.9'), validFrom: '2025-07-01' },
  owned('TW-FR', 'TW-GB'),
  // A chain of two: 80 % of a company that is held through another one.
  owned('TW-SE', 'TW-DE', '0.8'),
];

/** The depot is rented and run by the company: its own under operational control, category 8 under financial control and equity share. */
export const LEASES: readonly DemoLease[] = [
  {
    entity: 'TW-GB-DEPOT',
    side: 'lessee',
    leaseClass: 'operating',
    reason: 'rented for five years, no purchase option (invented)',
    validFrom: SINCE,
  },
];
