import { isRefusal, parseUnit } from '#ghg';

/** What the publisher writes beside a figure, as it stands there; '' where nothing does. */
export interface Labels {
  readonly scope: string;
  readonly level1: string;
  readonly level2: string;
  readonly level3: string;
  readonly level4: string;
  readonly text: string;
}
export type LabelName = Exclude<keyof Labels, 'scope'>;

/** Level 4, where some editions have the unit, a year or a nought that say nothing. */
export function level4Of({ level4 }: Labels): string {
  return /^(kWh|\d+)$/.test(level4) ? '' : level4;
}

/** Spelling apart, two labels are the same: the editions differ in capitals and in blanks. */
export function plainLabel(label: string): string {
  return label.replace(/\s+/g, ' ').trim().toLowerCase();
}

/**
 * The name in our vocabulary of what the publisher calls so: small letters and digits, all else a hyphen; `>` is "over", `10+` is "10 and more",
 * `&` is "and", and commas within numbers fall away. "Rigid (>7.5 tonnes-17 tonnes)" is `rigid-over-7-5-tonnes-17-tonnes`.
 */
export function slug(...labels: readonly string[]): string {
  return labels
    .filter((label) => label !== '')
    .join(' ')
    .toLowerCase()
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replaceAll('>', ' over ')
    .replace(/(\d)\+/g, '$1 and more')
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Sheets that were renamed between the editions. */
const SHEETS: Readonly<Record<string, string>> = {
  'wtt- business travel (air)': 'wtt- business travel- air',
  'wtt- business travel (sea)': 'wtt- business travel- sea',
  'wtt- pass vehs & travel (land)': 'wtt- pass vehs & travel- land',
  'wtt- uk & overseas elec': 'wtt- uk electricity',
  'passenger and delivery vehicles- kwh factors': 'secr kwh pass & delivery vehs',
};
const TABLES: Readonly<Record<string, string>> = {
  'hgvs refrigerated (all diesel)': 'hgv refrigerated (all diesel)',
  motorbikes: 'motorbike',
  'uk electricity generated (managed assets)': 'electricity generated',
};

/** `sheet / table`, the same for every edition: what the sheet says already (WTT, managed) falls away from the table. */
export function sectionOf({ level1, level2 }: Labels): string {
  const sheet = plainLabel(level1);
  const table = plainLabel(level2).replace(/^(wtt- |managed )/, '');
  return `${SHEETS[sheet] ?? sheet} / ${TABLES[table] ?? table}`;
}

/** A unit of ours, and the calorific basis where the unit says it. */
export interface DesnzUnit {
  readonly unit: string;
  readonly basis?: 'gross' | 'net';
}

const UNITS: Readonly<Record<string, DesnzUnit>> = {
  tonnes: { unit: 't' },
  kg: { unit: 'kg' },
  litres: { unit: 'L' },
  'million litres': { unit: 'ML' },
  'cubic metres': { unit: 'm3' },
  gj: { unit: 'GJ' },
  kwh: { unit: 'kWh' },
  'kwh (gross cv)': { unit: 'kWh', basis: 'gross' },
  'kwh (net cv)': { unit: 'kWh', basis: 'net' },
  km: { unit: 'km' },
  miles: { unit: 'mi' },
  'tonne.km': { unit: 't.km' },
  'passenger.km': { unit: 'passenger.km' },
  'room per night': { unit: 'room.night' },
  'per fte working hour': { unit: 'head.hour' },
};

/** The unit of a row, or null: a unit is never guessed. */
export function unitOf(printed: string): DesnzUnit | null {
  const known = UNITS[plainLabel(printed)];
  if (!known) return null;
  const unit = parseUnit(known.unit);
  return isRefusal(unit) ? null : { ...known, unit: unit.id };
}

export type Counted = 'total' | 'energy' | 'CO2' | 'CH4' | 'N2O';

/**
 * What a row counts. The editions 2019 to 2021 say "kg CH4" of figures that are CO2e already, 2022 "kg CO2e of CH4", later ones "kg CO2e of CH4 per
 * unit": one meaning, and never a mass but for CO2 itself. Null: nothing that the publisher prints.
 */
export function countedBy(printed: string): Counted | null {
  const label = plainLabel(printed);
  if (label === 'kg co2e') return 'total';
  if (/^kwh( \(net( cv)?\))?$/.test(label)) return 'energy';
  const gas = /^kg (?:co2e of )?(co2|ch4|n2o)(?: per unit)?$/.exec(label)?.[1];
  return gas === undefined ? null : (gas.toUpperCase() as 'CO2' | 'CH4' | 'N2O');
}
