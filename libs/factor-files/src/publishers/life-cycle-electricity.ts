import { isRegion, plain, type GwpSetId } from '#ghg';
import type { Layout, OpenedFile, RecognisedFile } from '../factor-file';
import { FactorList } from './shared/factor-list';
import { columnsOf, figureOf, letterOf, onlySheet, rateText, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const GRAMS_PER_KWH_IN_KG_PER_MWH = 'g CO2e/kWh = kg CO2e/MWh';
const EMBER = 'Ember';
const OWID = 'Our World in Data, Ember';
const ELECTRICITY_MAPS = 'Electricity Maps';
/** None of the files says by which GWPs its CO2e was made; Electricity Maps' methodology takes the defaults of the IPCC of 2014 (AR5). */
const GWP_SET: GwpSetId = 'AR5';

const OWID_HEADER = ['Entity', 'Code', 'Year', 'Carbon intensity of electricity per kWh'] as const;
const ZONE_HEADER = [
  'Datetime (UTC)',
  'Zone name',
  'Zone id',
  'Carbon intensity gCO₂eq/kWh (direct)',
  'Carbon intensity gCO₂eq/kWh (Life cycle)',
  'Data source',
  'Data estimated',
] as const;

/** Why not: Scope 2 Guidance, chapter 6: emission factors of scope 2 are of generation alone, not of the life cycle of fuel and plant. */
const REFUSED = 'a life-cycle intensity: it holds upstream of the fuel and the building of plants';

type Entry = readonly [name: string, entry: Readonly<Record<string, unknown>>];

/** The entries of a json file that is one object of objects, in its order; null for anything else. */
function entriesOf(file: OpenedFile): Entry[] | null {
  if (file.kind !== 'json') return null;
  try {
    const value: unknown = JSON.parse(file.text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    return entries.every((entry): entry is [string, Record<string, unknown>] => typeof entry[1] === 'object' && entry[1] !== null)
      ? entries
      : null;
  } catch {
    return null;
  }
}

/** A file of nothing but life-cycle intensities: every entry is read, named and refused for scope 2. */
function refusedFile(
  id: string,
  publisher: string,
  licence: string,
  isOurs: (entry: Entry) => boolean,
  sayOf: (entry: Entry) => string,
): Layout {
  return {
    id,
    publisher,
    recognise: (file) => {
      const entries = entriesOf(file);
      if (!entries?.[0] || !isOurs(entries[0])) return null;
      return { publisher, edition: 'Yearly life-cycle intensities', version: '1', newerThanKnown: false };
    },
    read: (file, recognised) => {
      const entries = entriesOf(file) ?? [];
      return {
        recognised,
        set: emptySet(recognised, 'Yearly carbon intensity of electricity, life cycle', licence),
        rowsRead: entries.length,
        rowsUsed: 0,
        omissions: entries.map((entry, i) => ({
          sheet: 'json',
          row: i + 1,
          reason: 'life_cycle_not_for_scope_2',
          detail: `${sayOf(entry)}: ${REFUSED}`,
        })),
      };
    },
  };
}

function emptySet({ publisher, edition, version }: RecognisedFile, title: string, licence: string) {
  return { publisher, edition, version, title, licence, attribution: publisher, gwpSet: GWP_SET, invented: false, factors: [] };
}

/** Ember's latest year per country as co2.js carries it: `emissions_intensity_gco2_per_kwh`. */
export const emberLatest: Layout = refusedFile(
  'ember-average-intensities',
  EMBER,
  'CC-BY-4.0',
  ([, entry]) => 'emissions_intensity_gco2_per_kwh' in entry,
  ([name, entry]) =>
    `${String(entry.country_or_region ?? name)}, ${String(entry.year)}: ${String(entry.emissions_intensity_gco2_per_kwh)} g/kWh`,
);

/** Electricity Maps, one year, all zones: `carbonIntensity` in gCO2eq/kWh, by its methodology of the life cycle. */
export const electricityMapsYearly: Layout = refusedFile(
  'electricity-maps-yearly',
  ELECTRICITY_MAPS,
  'ODbL-1.0',
  ([, entry]) => 'carbonIntensity' in entry && 'zone' in entry,
  ([name, entry]) => `${name}: ${JSON.stringify(entry.carbonIntensity)}`,
);

/** Our World in Data after Ember: one row per country and year, life cycle. */
export const owidIntensity: Layout = {
  id: 'owid-carbon-intensity',
  publisher: OWID,
  recognise: (file) => {
    if (file.kind !== 'csv' || !('columns' in columnsOf(onlySheet(file).rows[0], OWID_HEADER))) return null;
    return { publisher: OWID, edition: 'Carbon intensity of electricity', version: '1', newerThanKnown: false };
  },
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const account = new RowAccount();
    account.open(sheet);
    sheet.rows.forEach((cells, i) => {
      if (i === 0 || !account.isOpen(sheet.name, i + 1)) return;
      const { reason } = figureOf(textOf(cells, 3));
      if (reason === 'value_blank') return account.omit(sheet.name, i + 1, reason, `${textOf(cells, 0)}, ${textOf(cells, 2)}`, 'D');
      account.omit(
        sheet.name,
        i + 1,
        'life_cycle_not_for_scope_2',
        `${textOf(cells, 0)}, ${textOf(cells, 2)}: ${textOf(cells, 3)} g/kWh: ${REFUSED}`,
        'D',
      );
    });
    return { recognised, set: emptySet(recognised, 'Carbon intensity of electricity, life cycle', 'CC-BY-4.0'), ...account.close() };
  },
};

/**
 * Electricity Maps with both columns side by side: the direct one is a location-based factor, in CO2e of the grid's own generation; the life-cycle
 * one stands in what is printed and nowhere else. A direct intensity above the life-cycle one cannot be, and is omitted by name.
 */
export const electricityMapsDirect: Layout = {
  id: 'electricity-maps-direct',
  publisher: ELECTRICITY_MAPS,
  recognise: (file) => {
    if (file.kind !== 'csv' || !('columns' in columnsOf(onlySheet(file).rows[0], ZONE_HEADER))) return null;
    return { publisher: ELECTRICITY_MAPS, edition: 'Direct and life-cycle intensities, yearly', version: '1', newerThanKnown: false };
  },
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const found = columnsOf(sheet.rows[0], ZONE_HEADER);
    if ('missing' in found) return { refused: 'header_missing', detail: found.missing, sheet: sheet.name, row: 1 };
    const { columns } = found;
    const account = new RowAccount();
    account.open(sheet);
    const list = new FactorList(account);
    sheet.rows.forEach((cells, i) => {
      const row = i + 1;
      if (row === 1 || !account.isOpen(sheet.name, row)) return;
      const at = (name: (typeof ZONE_HEADER)[number]): string => textOf(cells, columns[name]);
      const region = at('Zone id');
      const year = Number(at('Datetime (UTC)').slice(0, 4));
      const direct = at('Carbon intensity gCO₂eq/kWh (direct)');
      const { value, reason } = figureOf(direct);
      if (!isRegion(region)) return account.omit(sheet.name, row, 'region_unknown', region, letterOf(columns['Zone id']));
      if (reason) return account.omit(sheet.name, row, reason, direct, letterOf(columns['Carbon intensity gCO₂eq/kWh (direct)']));
      const whole = figureOf(at('Carbon intensity gCO₂eq/kWh (Life cycle)')).value;
      if (whole?.lt(value))
        return account.omit(
          sheet.name,
          row,
          'contradiction',
          `${region}, ${year}: ${direct} direct, ${plain(whole)} over the whole life cycle`,
        );
      list.add(
        {
          code: `${region}-${year}`,
          activityType: 'electricity.grid',
          leg: 'generation',
          region,
          year,
          attributes: {},
          unit: 'MWh',
          gases: [],
          kgco2e: rateText(value),
          source: {
            table: `Electricity Maps, direct intensity (${GRAMS_PER_KWH_IN_KG_PER_MWH})`,
            row: `${at('Zone name')}, ${year}; ${at('Data source')}${at('Data estimated').startsWith('T') ? ', estimated' : ''}`,
            printed: `${direct} gCO2eq/kWh direct (${at('Carbon intensity gCO₂eq/kWh (Life cycle)')} life cycle, not for scope 2)`,
          },
        },
        { sheet: sheet.name, row },
      );
    });
    return readingOf(
      recognised,
      {
        title: 'Electricity Maps, direct carbon intensity of grids by year',
        licence: 'ODbL-1.0',
        attribution: 'Electricity Maps, www.electricitymaps.com; share alike: a database made from this one carries the same licence',
        gwpSet: GWP_SET,
      },
      { factors: list.factors },
      account,
      list.places,
    );
  },
};
