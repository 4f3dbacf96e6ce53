import { COUNTRIES, groupsOf, isRegion, REGION_GROUPS } from '#ghg';

describe('groups of countries', () => {
  it.each([
    ['EU', 27],
    ['EEA', 30],
  ])('%s has %i members', (code, members) => expect(REGION_GROUPS.find((group) => group.code === code)?.members.size).toBe(members));

  it.each(REGION_GROUPS.map((group) => [group.code, group] as const))('%s consists of countries and is none', (code, { members }) => {
    expect([...members].filter((member) => !COUNTRIES.has(member))).toEqual([]);
    expect(COUNTRIES.has(code)).toBe(false);
  });

  it.each([
    ['DE', ['EU', 'EEA']],
    ['NO', ['EEA']],
    ['GB', []],
    ['CH', []],
  ])('of %s, the narrowest first', (country, codes) => expect(groupsOf(country).map(({ code }) => code)).toEqual(codes));
});

describe('a region', () => {
  it.each(['GB', 'XK', 'US-CAMX', 'EU', 'EEA', 'GLOBAL'])('is %s', (region) => expect(isRegion(region)).toBe(true));
  it.each(['UK', 'EUROPE', 'ZZ', 'ZZ-1', 'EU-1', 'US-', 'gb', 'FR-2A-FR-2B', ''])('is not "%s"', (region) =>
    expect(isRegion(region)).toBe(false),
  );
});
