import { COUNTRIES } from './countries';

/** A group of countries for which publishers print figures; members are ISO 3166-1 alpha-2. */
export interface RegionGroup {
  readonly code: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
  /** Who says which countries belong to it. */
  readonly source: string;
}

const EU_MEMBERS = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';

const group = (code: string, name: string, members: string, source: string): RegionGroup => ({
  code,
  name,
  members: new Set(members.split(' ')),
  source,
});

/**
 * The registered groups of countries, as they are since 1 February 2020 (the withdrawal of the United Kingdom). No code is that of a country: `EU` is
 * reserved by ISO 3166-1 for the European Union, and no country code has three letters.
 */
export const REGION_GROUPS: readonly RegionGroup[] = [
  group('EU', 'European Union', EU_MEMBERS, 'Treaty on European Union, article 52(1)'),
  group('EEA', 'European Economic Area', `${EU_MEMBERS} IS LI NO`, 'Agreement on the European Economic Area'),
];

const GROUP_OF = new Map(REGION_GROUPS.map((known) => [known.code, known]));
const SUBREGION = /^([A-Z]{2})-[A-Z0-9]{1,10}$/;

/** The registered group of countries of this code; undefined: there is none. */
export function regionGroup(code: string): RegionGroup | undefined {
  return GROUP_OF.get(code);
}

/** The groups that a country belongs to, the narrowest (fewest members) first, equals by code. */
export function groupsOf(country: string): readonly RegionGroup[] {
  const size = ({ members }: RegionGroup): number => members.size;
  return REGION_GROUPS.filter(({ members }) => members.has(country)).sort((a, b) => size(a) - size(b) || (a.code < b.code ? -1 : 1));
}

/** Whether a figure can be for this place: a country, a subregion of one (`US-CAMX`), a registered group of countries, or `GLOBAL`. */
export function isRegion(region: string): boolean {
  return region === 'GLOBAL' || COUNTRIES.has(region) || GROUP_OF.has(region) || COUNTRIES.has(SUBREGION.exec(region)?.[1] ?? '');
}
