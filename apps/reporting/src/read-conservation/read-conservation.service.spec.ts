import { holds } from './read-conservation.service';

const sound: Parameters<typeof holds>[0] = {
  imports: { imports: 2, lines: 9, records: 10, accepted: 7, refused: 2, duplicate: 1 },
  activities: 6,
  calculated: 3,
  partly: 1,
  refused: 2,
  excluded: 0,
  ledgerEntries: 12,
  projectionEntries: 12,
  ledgerKgco2e: '1.000000000000000000000000000001',
  projectionKgco2e: '1.000000000000000000000000000001',
};

describe('conservation', () => {
  it('holds when every equation does', () => expect(holds(sound)).toBe(true));

  it.each<[string, Partial<typeof sound>]>([
    ['a record is missing', { imports: { ...sound.imports, accepted: 6 } }],
    ['an activity is missing', { calculated: 2 }],
    ['an activity counts twice', { excluded: 1 }],
    ['an entry is missing', { projectionEntries: 11 }],
    ['the last decimal differs', { projectionKgco2e: '1.000000000000000000000000000002' }],
  ])('does not hold when %s', (_what, change) => expect(holds({ ...sound, ...change })).toBe(false));
});
