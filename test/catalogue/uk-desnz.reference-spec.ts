import { readFileSync } from 'node:fs';
import path from 'node:path';
import { factorSetBody } from '#contracts';
import { validateFactorSet, type Factor } from '#ghg';
import { isFileRefusal, type FactorFileReading, type OpenedFile } from '../../libs/factor-files/src/factor-file';
import { openFile } from '../../libs/factor-files/src/open-file';
import { accountOf } from '../../libs/factor-files/src/read-factor-file';
import { recognise } from '../../libs/factor-files/src/recognise';
import { factorSets, gases } from './read-catalogue';

const FOLDER = path.join(process.env.SCOPEBOOK_REFERENCE ?? '', 'uk-desnz');
const FILES: Readonly<Record<string, string>> = {
  2019: 'conversion-factors-2019-flat-file-v01-02.xls',
  2020: 'Conversion_Factors_2020_-_Flat_file__for_automatic_processing_only_.xlsx',
  2021: 'conversion-factors-2021-flat-file-automatic-processing.xls',
  2022: 'ghg-conversion-factors-2022-flat-format.xls',
  2023: 'ghg-conversion-factors-2023-flat-file-update.xlsx',
  2024: 'ghg-conversion-factors-2024-FlatFormat_v1_1.xlsx',
  2025: 'flat-file.xlsx',
};

interface Read {
  readonly file: OpenedFile;
  readonly reading: FactorFileReading;
}

const started = process.cpuUsage();
const read = new Map<string, Read>(
  Object.entries(FILES).map(([year, name]) => {
    const file = openFile({ name, bytes: readFileSync(path.join(FOLDER, year, name)) });
    if (isFileRefusal(file)) throw new Error(`${year}: ${file.refused}`);
    const found = recognise(file);
    if (isFileRefusal(found)) throw new Error(`${year}: ${found.refused}`);
    const reading = found.layout.read(file, found.recognised, {});
    if (isFileRefusal(reading)) throw new Error(`${year}: ${reading.refused}`);
    return [year, { file, reading }];
  }),
);
const spent = process.cpuUsage(started);
const seconds = (spent.user + spent.system) / 1_000_000;

function of(year: string | number): Read {
  const found = read.get(String(year));
  if (!found) throw new Error(`no edition ${year}`);
  return found;
}

/** Everything that a factor is of. */
const meaningOf = ({ activityType, leg, region, year, unit, attributes }: Factor): string =>
  JSON.stringify([activityType, leg, region, year, unit, Object.entries(attributes).sort()]);

it('reads all seven editions in less than 20 seconds of one processor', () => expect(seconds).toBeLessThan(20));

describe.each([
  [
    2019,
    { version: '1.03', gwpSet: 'AR4', rowsRead: 6991, rowsUsed: 6014, factors: 6450, properties: 0 },
    { value_blank: 825, value_not_a_number: 2, split_of_total: 18, gwp_of_register: 87, type_not_covered: 32 },
    { region_unknown: 12, note: 1 },
  ],
  [
    2020,
    { version: '1', gwpSet: 'AR4', rowsRead: 7510, rowsUsed: 6320, factors: 6404, properties: 329 },
    { value_blank: 920, value_not_a_number: 2, split_of_total: 18, gwp_of_register: 87, type_not_covered: 32 },
    { region_unknown: 12, energy_not_emission: 117, unit_unknown: 1, note: 1 },
  ],
  [
    2021,
    { version: '3', gwpSet: 'AR4', rowsRead: 7606, rowsUsed: 6466, factors: 6908, properties: 331 },
    { value_blank: 872, value_not_a_number: 2, split_of_total: 18, gwp_of_register: 87, type_not_covered: 33 },
    { region_unknown: 11, energy_not_emission: 115, unit_unknown: 1, note: 1 },
  ],
  [
    2022,
    { version: '3', gwpSet: 'AR4', rowsRead: 8038, rowsUsed: 6388, factors: 6843, properties: 332 },
    { value_blank: 1138, value_not_a_number: 4, split_of_total: 18, gwp_of_register: 356, type_not_covered: 33 },
    { region_unknown: 1, energy_not_emission: 99, note: 1 },
  ],
  [
    2023,
    { version: '1.1', gwpSet: 'AR5', rowsRead: 8039, rowsUsed: 6404, factors: 6908, properties: 338 },
    { value_blank: 1122, split_of_total: 18, gwp_of_register: 359, type_not_covered: 33 },
    { region_unknown: 1, energy_not_emission: 101, note: 1 },
  ],
  [
    2024,
    { version: '1.1', gwpSet: 'AR5', rowsRead: 8743, rowsUsed: 6497, factors: 6956, properties: 346 },
    { value_blank: 1711, split_of_total: 18, gwp_of_register: 359, type_not_covered: 49 },
    { region_unknown: 1, energy_not_emission: 105, foreign_sheet: 2, note: 1 },
  ],
  [
    2025,
    { version: '1', gwpSet: 'AR5', rowsRead: 8741, rowsUsed: 6497, factors: 6956, properties: 346 },
    { value_blank: 1711, split_of_total: 18, gwp_of_register: 359, type_not_covered: 49 },
    { region_unknown: 1, energy_not_emission: 105, note: 1 },
  ],
])('the edition %i', (year, expected, most, rest) => {
  const { reading } = of(year);
  const { set, omissions } = reading;

  it('has every row in a factor, in a property, or left out by name', () => {
    expect(accountOf(reading)).toBeNull();
    const counts: Record<string, number> = {};
    for (const { reason } of omissions) counts[reason] = (counts[reason] ?? 0) + 1;
    expect(counts).toEqual({ ...most, ...rest });
    const { rowsRead, rowsUsed } = reading;
    expect({
      version: set.version,
      gwpSet: set.gwpSet,
      rowsRead,
      rowsUsed,
      factors: set.factors.length,
      properties: set.properties?.length ?? 0,
    }).toEqual(expected);
  });

  it('makes a set that can be used as it is', () => {
    expect(validateFactorSet(set, gases)).toEqual([]);
    expect(factorSetBody.safeParse(set).error?.issues ?? []).toEqual([]);
    expect(set).toMatchObject({ edition: String(year), licence: 'OGL-UK-3.0', invented: false });
  });

  it('never has two factors for the same thing', () => expect(new Set(set.factors.map(meaningOf)).size).toBe(set.factors.length));

  it('knows every table of the edition', () =>
    expect(omissions.filter(({ detail }) => detail.includes('a table that no known edition has'))).toEqual([]));
});

describe.each([
  [2023, 0],
  [2024, 30],
  [2025, 30],
])('the starter catalogue of %i', (year, byHand) => {
  const starter = factorSets.get(`uk-desnz-${year}`);
  const { set } = of(year).reading;

  it('is what the importer makes, with the same codes and sources, and the properties that were copied by hand', () => {
    expect(starter?.factors).toEqual(set.factors);
    expect(starter?.properties?.slice(0, set.properties?.length)).toEqual(set.properties);
    expect(starter?.properties?.length).toBe((set.properties?.length ?? 0) + byHand);
  });
});

it('takes no sheet but the publisher’s', () =>
  expect(
    of(2024)
      .reading.omissions.filter(({ reason }) => reason === 'foreign_sheet')
      .map(({ sheet }) => sheet),
  ).toEqual(['Sheet1', 'Sheet2']));

it('finds the same thing under an id from 2023 to 2025, though labels changed', () => {
  const [first, last] = [of(2023), of(2025)].map(
    ({ reading }) => new Map(reading.set.factors.map((factor) => [factor.code, meaningOf({ ...factor, year: 0 })])),
  );
  const kept = [...(first ?? [])].filter(([code]) => last?.has(code));
  expect(kept.filter(([code, meaning]) => last?.get(code) !== meaning)).toEqual([]);
  expect(kept.length).toBe(6906);
});

// Read in the files by hand; the cell is that of the total.
describe('single figures', () => {
  it.each<[number, string, string, string, Record<string, string>, string, string]>([
    [2019, 'K6', 'fuel.stationary', 'combustion', { fuel: 'cng', calorific_basis: 'gross' }, 'kWh', '0.18385'],
    [2019, 'K3614', 'travel.ferry', 'operation', {}, 'passenger.km', '0.112863'],
    [2020, 'K6', 'fuel.stationary', 'combustion', { fuel: 'cng', calorific_basis: 'gross' }, 'kWh', '0.18387'],
    [2021, 'K6', 'fuel.stationary', 'combustion', { fuel: 'butane', calorific_basis: 'gross' }, 'kWh', '0.2224'],
    [2022, 'I6', 'fuel.stationary', 'combustion', { fuel: 'butane' }, 't', '3033.32'],
    [2023, 'J7', 'fuel.stationary', 'combustion', { fuel: 'butane' }, 't', '3033.38067114094'],
    [2025, 'J3066', 'electricity.grid', 'generation', {}, 'kWh', '0.177'],
    [2025, 'J8688', 'commute.telework', 'operation', {}, 'head.hour', '0.33378'],
    [2025, 'J5461', 'travel.rail', 'operation', {}, 'passenger.km', '0.03546'],
    [2025, 'J5973', 'freight.road', 'operation', { vehicle: 'van' }, 't.km', '0.63823'],
  ])('%i %s is %s, %s', (year, cell, activityType, leg, attributes, unit, kgco2e) => {
    const { file, reading } = of(year);
    const [, column = '', row = ''] = /^([A-Z])(\d+)$/.exec(cell) ?? [];
    const printed = file.sheet('Factors by Category').rows[Number(row) - 1]?.[column.charCodeAt(0) - 65];
    expect(Number(printed?.text)).toBeCloseTo(Number(kgco2e), 9);
    const meaning = meaningOf({ activityType, leg, region: 'GB', year, unit, attributes } as Factor);
    const found = reading.set.factors.find((factor) => meaningOf(factor) === meaning);
    expect(found?.kgco2e).toBe(kgco2e);
    expect(reading.places?.get(found?.code ?? '')?.row).toBe(Number(row));
  });

  it('leaves the stray backtick of 2020 and 2021 and the texts among the numbers by name', () => {
    expect(of(2020).reading.omissions.filter(({ reason }) => reason === 'unit_unknown')).toMatchObject([{ row: 7501, column: 'I' }]);
    expect(of(2021).reading.omissions.filter(({ reason }) => reason === 'unit_unknown')).toMatchObject([{ row: 7598, column: 'I' }]);
    expect(of(2019).reading.omissions.filter(({ reason }) => reason === 'value_not_a_number')).toMatchObject([
      { row: 541, column: 'K', detail: '"< 1"' },
      { row: 542, column: 'K', detail: '"< 1"' },
    ]);
  });

  it('takes CH4 and N2O of 2019 for CO2e, though the labels say kilograms of the gas', () =>
    expect(of(2019).reading.set.factors.find(({ source }) => source.row.startsWith('row 6 '))).toMatchObject({
      source: {
        table: 'Factors by Category / Fuels / Gaseous fuels',
        row: 'row 6 (CNG, Energy - Gross CV)',
        printed: '0.18385 kg CO2e / kWh (Gross CV)',
      },
      gases: [
        { gas: 'CO2', kg: '0.18351' },
        { gas: 'CH4', kgco2e: '0.00024' },
        { gas: 'N2O', kgco2e: '0.0001' },
      ],
    }));

  it('keeps the zeros that are printed for battery-electric vehicles', () => {
    const zero = of(2025).reading.set.factors.filter(
      ({ activityType, leg, kgco2e }) => activityType === 'vehicle.distance' && leg === 'combustion' && kgco2e === '0',
    );
    expect(zero).toHaveLength(34);
    expect(new Set(zero.map(({ attributes }) => attributes.fuel))).toEqual(new Set(['battery-electric']));
  });
});
