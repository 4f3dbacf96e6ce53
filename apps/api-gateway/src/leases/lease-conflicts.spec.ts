import type { Lease } from '#ghg';
import { leaseConflicts } from './lease-conflicts';

const lease = (entity: string, validFrom: string, validTo: string | null = null): Lease => ({
  entity,
  side: 'lessee',
  leaseClass: 'operating',
  lesseeControls: true,
  reason: '',
  validFrom,
  validTo,
});
const placesOf = (leases: Lease[]) => leaseConflicts(leases).map(({ at, code }) => `${at} ${code}`);

describe('a set of leases', () => {
  it.each([
    ['none', []],
    ['one asset leased again and again', [lease('a', '2020-01-01', '2020-12-31'), lease('a', '2021-01-01')]],
    ['two assets on one day', [lease('a', '2020-01-01'), lease('b', '2020-01-01')]],
  ])('may be %s', (_, leases) => expect(placesOf(leases)).toEqual([]));

  it.each([
    [
      'an asset leased twice on its last day',
      [lease('a', '2020-01-01', '2021-01-01'), lease('a', '2021-01-01')],
      ['body[1].validFrom lease_conflict'],
    ],
    ['the one that begins second', [lease('a', '2021-01-01'), lease('a', '2020-01-01')], ['body[0].validFrom lease_conflict']],
    [
      'each asset once',
      [lease('a', '2020-01-01'), lease('b', '2020-01-01'), lease('a', '2021-01-01'), lease('a', '2022-01-01'), lease('b', '2021-01-01')],
      ['body[2].validFrom lease_conflict', 'body[4].validFrom lease_conflict'],
    ],
  ])('is refused for %s', (_, leases, places) => expect(placesOf(leases)).toEqual(places));
});
