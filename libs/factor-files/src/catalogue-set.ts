import type { FactorSet, FuelProperty } from '#ghg';

/** One set of the starter catalogue: where it comes from, and where it lies. */
export interface StarterSet {
  /** Name of its file in `catalogue/factor-sets`, without the ending. */
  readonly name: string;
  readonly publisher: string;
  readonly edition: string;
  /** Raised with every change of a set that is released: the same publisher, edition and version never means other figures. */
  readonly transcription?: number;
  /** What was copied by hand from sheets that no layout reads: a file in `catalogue/transcribed`, without the ending. */
  readonly transcribed?: string;
}

const UK = 'UK Department for Energy Security and Net Zero';
const EPA = 'US EPA';
const hub = (year: number): StarterSet[] => [
  { name: `us-epa-hub-${year}`, publisher: EPA, edition: `Emission Factors Hub ${year}` },
  { name: `us-epa-hub-${year}-waste`, publisher: EPA, edition: `Emission Factors Hub ${year}, Table 9` },
];

/** The sets that ship. Only publishers whose licence lets anybody pass their figures on are here; why others are not: `catalogue/README.md`. */
export const STARTER_SETS: readonly StarterSet[] = [
  { name: 'uk-desnz-2023', publisher: UK, edition: '2023' },
  { name: 'uk-desnz-2024', publisher: UK, edition: '2024', transcribed: 'uk-desnz-2024-fuel-properties' },
  { name: 'uk-desnz-2025', publisher: UK, edition: '2025', transcribed: 'uk-desnz-2025-fuel-properties' },
  ...hub(2024),
  ...hub(2025),
  { name: 'us-epa-supply-chain-1.3.0', publisher: EPA, edition: 'Supply Chain GHG Emission Factors' },
];

/** Which set of the catalogue a set that was read is; undefined: none. */
export function starterSetOf({ publisher, edition }: Pick<FactorSet, 'publisher' | 'edition'>): StarterSet | undefined {
  return STARTER_SETS.find((known) => known.publisher === publisher && known.edition === edition);
}

/** The set as it ships: as it was read, with what was copied by hand, under the version of this transcription. */
export function shippedSet(set: FactorSet, { transcription }: StarterSet, transcribed: readonly FuelProperty[] = []): FactorSet {
  const properties = [...(set.properties ?? []), ...transcribed];
  return {
    ...set,
    version: transcription === undefined ? set.version : `${set.version}-r${transcription}`,
    ...(properties.length > 0 ? { properties } : {}),
  };
}

/** A set as text: a line per figure, so that a changed figure is a changed line. The same set gives the same bytes. */
export function textOfSet(set: FactorSet): string {
  const members = Object.entries(set).map(([name, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const lines = value.map((figure) => `    ${JSON.stringify(figure)}`);
    return `  ${JSON.stringify(name)}: [\n${lines.join(',\n')}\n  ]`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
