import type { Organisation } from './boundary';
import { BoundaryReader } from './boundary-reader';
import { PACK } from '../../../../test/support/default-pack';

const SINCE = '2000-01-01';
const RUN = { relation: 'subsidiary', operationalControl: true, financialControl: true } as const;
const organisation: Organisation = {
  entities: ['ROOT', 'A'],
  holdings: [
    { entity: 'A', holder: 'ROOT', share: '0.4', ...RUN, validFrom: SINCE, validTo: '2024-06-30' },
    { entity: 'A', holder: 'ROOT', share: '1', ...RUN, validFrom: '2024-07-01', validTo: null },
  ],
};
const source = { entity: 'A', sourceClass: 'process', activityType: null } as const;
const shown = (reader: BoundaryReader, start: string, end: string) => {
  const treatments = reader.treatments(source, start, end);
  if (!Array.isArray(treatments)) return treatments;
  return treatments.map(({ from, to, days, portions, othersShare }) => [
    from,
    to,
    days,
    ...portions.map(({ share }) => share.toFixed()),
    othersShare.toFixed(),
  ]);
};

describe('BoundaryReader', () => {
  const reader = new BoundaryReader(organisation, 'equity-share', PACK);
  it.each([
    [
      'a period that holds the change',
      '2024-06-30',
      '2024-07-31',
      [
        ['2024-06-30', '2024-06-30', 1, '0.4', '0.6'],
        ['2024-07-01', '2024-07-31', 31, '1', '0'],
      ],
    ],
    ['a period before the change', '2024-02-01', '2024-02-29', [['2024-02-01', '2024-02-29', 29, '0.4', '0.6']]],
    ['another year', '2023-12-31', '2023-12-31', [['2023-12-31', '2023-12-31', 1, '0.4', '0.6']]],
  ])('cuts %s', (_, start, end, expected) => expect(shown(reader, start, end)).toEqual(expected));

  it('sees no change where the approach sees none', () =>
    expect(shown(new BoundaryReader(organisation, 'operational-control', PACK), '2024-01-01', '2024-12-31')).toEqual([
      ['2024-01-01', '2024-12-31', 366, '1', '0'],
    ]));

  it('says the share of own use of what counts energy', () =>
    expect(reader.treatments({ ...source, sourceClass: 'energy-use' }, '2024-02-01', '2024-02-01')).toMatchObject([
      { portions: [], energyShare: '0.4' },
    ]));

  it('refuses an entity that the organisation does not have', () =>
    expect(reader.over('NOBODY', '2024-01-01', '2024-01-31')).toMatchObject({ refusal: 'entity_unknown', at: 'NOBODY' }));

  it('takes periods within one year only', () => expect(() => reader.over('A', '2023-12-31', '2024-01-01')).toThrow(RangeError));
});
