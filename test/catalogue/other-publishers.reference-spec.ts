import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isFileRefusal, type FactorFileReading } from '../../libs/factor-files/src/factor-file';
import { LAYOUTS } from '../../libs/factor-files/src/layouts';
import { openFile } from '../../libs/factor-files/src/open-file';
import { readFactorFile } from '../../libs/factor-files/src/read-factor-file';
import { recognise } from '../../libs/factor-files/src/recognise';
import { factorCoded } from '../support/factor-reading';
import { factorSets, gases } from './read-catalogue';

const REFERENCE = process.env.SCOPEBOOK_REFERENCE ?? '';
const LICENCE = 'as held by the tenant';

const TOOL = 'ghg-protocol/Emission_Factors_for_Cross_Sector_Tools_V2.0_0.xlsx';
const UK_ETS = 'uk-ets/uk-ggi-carbon-emission-factors-2025.xlsx';
const EFDB = 'ipcc/EFDB_output.xlsx';
const ADEME = 'ademe/Base_Carbone_Test.csv';
const OPEN = 'multi-source/OpenEmissionFactorsDB.csv';
const DIRECT = 'electricity/electricity_maps_scope2.csv';
const OWID = 'electricity/carbon-intensity-electricity.csv';
const EMBER = 'electricity/average-intensities.json';
const IFI = 'electricity/IFI_Default_Grid_Factors_2021_v3.1_unfccc.csv';
const RATES = 'economics/exchange-rates-annual.csv';
const CPI = 'economics/cpiai.csv';
const INDUSTRIES = 'economics/Detail_CPI_IO_17sch.csv';

const bytesOf = (name: string) => ({ name, bytes: readFileSync(path.join(REFERENCE, name)) });

const read = new Map<string, FactorFileReading>();
function readingOf(name: string): FactorFileReading {
  const known = read.get(name);
  if (known) return known;
  const reading = readFactorFile(bytesOf(name), gases, { licence: LICENCE });
  if (isFileRefusal(reading)) throw new Error(`${reading.refused}: ${reading.detail}`);
  read.set(name, reading);
  return reading;
}

function countsOf({ rowsRead, rowsUsed, omissions, set }: FactorFileReading) {
  const reasons: Record<string, number> = {};
  for (const { reason } of omissions) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const made = {
    factors: set.factors.length,
    properties: set.properties?.length ?? 0,
    rates: set.exchangeRates?.length ?? 0,
    indices: set.priceIndices?.length ?? 0,
  };
  return { rowsRead, rowsUsed, made: Object.fromEntries(Object.entries(made).filter(([, count]) => count > 0)), reasons };
}

/** File, rows read, rows used, what was made of them, and why the rest was left out. */
const WHOLE: readonly [string, number, number, Record<string, number>, Record<string, number>][] = [
  [
    TOOL,
    1259,
    847,
    { factors: 811, properties: 65 },
    {
      condition_not_covered: 86,
      energy_not_emission: 6,
      gwp_unknown: 18,
      note: 279,
      region_unknown: 8,
      total_missing: 13,
      value_is_a_range: 2,
    },
  ],
  [UK_ETS, 305, 75, { factors: 166, properties: 150 }, { note: 222, value_not_a_number: 8 }],
  [
    EFDB,
    24_013,
    602,
    { factors: 194, properties: 53 },
    {
      condition_not_covered: 99,
      note: 1,
      type_not_covered: 19_622,
      value_blank: 288,
      value_is_a_range: 2141,
      value_negative: 194,
      value_not_a_number: 1066,
    },
  ],
  [
    ADEME,
    118,
    33,
    { factors: 28 },
    {
      condition_not_covered: 29,
      gwp_of_register: 1,
      life_cycle_not_for_scope_2: 1,
      note: 1,
      split_of_total: 51,
      unit_unknown: 1,
      withdrawn: 1,
    },
  ],
  [
    OPEN,
    2096,
    712,
    { factors: 712 },
    {
      condition_not_covered: 693,
      contradiction: 1,
      gwp_of_register: 87,
      gwp_unknown: 48,
      note: 1,
      region_unknown: 1,
      superseded_in_file: 19,
      type_not_covered: 139,
      unit_unknown: 395,
    },
  ],
  [DIRECT, 233, 224, { factors: 224 }, { contradiction: 4, note: 1, region_unknown: 4 }],
  [RATES, 994, 703, { rates: 703 }, { note: 1, unit_unknown: 31, year_out_of_reach: 259 }],
  [CPI, 1361, 420, { indices: 35 }, { note: 1, year_incomplete: 16, year_out_of_reach: 924 }],
  [INDUSTRIES, 403, 402, { indices: 10_854 }, { note: 1 }],
];

describe('whole files', () => {
  it.each(WHOLE)('%s: %d rows read, %d used', (name, rowsRead, rowsUsed, made, reasons) =>
    expect(countsOf(readingOf(name))).toEqual({ rowsRead, rowsUsed, made, reasons }),
  );

  it.each([
    [OWID, 6333, { life_cycle_not_for_scope_2: 6332, note: 1 }],
    [EMBER, 222, { life_cycle_not_for_scope_2: 222 }],
    ...[2021, 2022, 2023, 2024, 2025].map(
      (year) => [`electricity/electricity-maps-yearly_${year}.json`, 352, { life_cycle_not_for_scope_2: 352 }] as const,
    ),
    [IFI, 238, { non_baseload: 233, note: 5 }],
  ] as const)('%s: not one row is a factor of scope 2', (name, rowsRead, reasons) => {
    const opened = openFile(bytesOf(name));
    const found = isFileRefusal(opened) ? opened : recognise(opened, LAYOUTS);
    if (isFileRefusal(opened)) throw new Error(opened.detail);
    if (isFileRefusal(found)) throw new Error(found.detail);
    const reading = found.layout.read(opened, found.recognised, { licence: LICENCE });
    if (isFileRefusal(reading)) throw new Error(reading.detail);
    expect(countsOf(reading)).toEqual({ rowsRead, rowsUsed: 0, made: {}, reasons });
    expect(readFactorFile(bytesOf(name), gases, { licence: LICENCE })).toMatchObject({ refused: 'nothing_read' });
  });

  it.each([TOOL, EFDB, ADEME, IFI])('%s states no licence', (name) =>
    expect(readFactorFile(bytesOf(name), gases)).toMatchObject({ refused: 'licence_missing' }),
  );
});

describe('single figures, looked up by hand', () => {
  it.each([
    [TOOL, 'stationary-gas-diesel-oil-L', 'L', 'CO2', '2.9099857336212', 'Stationary Combustion I15'],
    [TOOL, 'stationary-natural-gas-TJ', 'TJ', 'CO2', '56100', 'Stationary Combustion E44'],
    [TOOL, 'stationary-natural-gas-m3', 'm3', 'CH4', '0.000168', 'Stationary Combustion J109'],
    [TOOL, 'stationary-peat-TJ', 'TJ', 'CO2', '106000', 'Stationary Combustion E59'],
    [TOOL, 'mobile-GB-diesel-100-percent-mineral-diesel-L', 'L', 'CO2', '2.626', 'Mobile Combustion - Fuel Use D25'],
    [TOOL, 'mobile-US-diesel-fuel-US-gal', 'US-gal', 'CO2', '10.21', 'Mobile Combustion - Fuel Use D14'],
    [TOOL, 'distance-US-passenger-car-gasoline-2021', 'mi', 'CH4', '0.0000051', 'Mobile Combustion - Distance F66'],
    [TOOL, 'electricity-GB-2023', 'kWh', 'CO2', '0.20496', 'Electricity CN, TW, BR, TH, UK C66'],
    [TOOL, 'public-US-intercity-rail-national-average-passenger.mi', 'passenger.mi', 'N2O', '0.0000026', 'Mobile Combustion - Public I33'],
    [UK_ETS, '1a1ai-power-stations-coal-net-TJ', 'TJ', 'CO2', '93681.4124325367', 'Emission_Factors_&_CVs G6'],
    [UK_ETS, '1a1ai-power-stations-coal-t', 't', 'CO2', '2213.3260379999997', 'Emission_Factors_&_CVs E6'],
    [UK_ETS, 'natural-gas-GB-SC-gross-TJ', 'TJ', 'CO2', '51229.808', 'Regional_Natural_Gas_Data C12'],
    [EFDB, 'EFDB-117604', 'TJ', 'CO2', '73300', 'EF ID 117604'],
  ])('%s %s per %s: %s %s (%s)', (name, code, unit, gas, kg) => {
    const factor = factorCoded(readingOf(name), code);
    expect(factor.unit).toBe(unit);
    expect(factor.gases).toContainEqual({ gas, kg });
  });

  it.each([
    [ADEME, '14087-combustion', 'L', '2.68'],
    [ADEME, '42513-generation', 'kWh', '0.0338'],
    [OPEN, 'fuel-type-diesel-biofuel-blend-fuel-use-na-l-GB-2021', 'L', '2.51233'],
    [DIRECT, 'DE-2024', 'MWh', '276.59'],
  ])('%s %s per %s is %s', (name, code, unit, kgco2e) => expect(factorCoded(readingOf(name), code)).toMatchObject({ unit, kgco2e }));

  it('has the density of table 1 and not that of the tables after it', () =>
    expect(readingOf(TOOL).set.properties?.find(({ code }) => code === 'density-jet-kerosene')).toMatchObject({
      value: '0.8155619596541787',
      unit: 'kg/L',
    }));
});

describe('one publisher against another', () => {
  const inTerajoules = (name: string) =>
    new Map(
      readingOf(name)
        .set.factors.filter(({ unit, region }) => unit === 'TJ' && region === 'GLOBAL')
        .map(({ activityType, leg, attributes, gases: amounts }) => [JSON.stringify([activityType, leg, attributes.fuel ?? '']), amounts]),
    );

  it('the tool takes the commercial and institutional defaults of the IPCC, which the database has too', () => {
    const database = inTerajoules(EFDB);
    const both = [...inTerajoules(TOOL)].filter(([fuel]) => database.has(fuel));
    expect(both.length).toBe(60);
    for (const [fuel, amounts] of both) expect([fuel, amounts]).toEqual([fuel, database.get(fuel)]);
  });

  it('the tool has CH4 and N2O of the 27 subregions of eGRID2022 as the starter set has them', () => {
    const rates = factorSets.get('us-epa-hub-2024')?.factors.filter(({ activityType }) => activityType === 'electricity.grid') ?? [];
    const others = rates.filter(({ region }) => region !== 'US');
    expect(others.length).toBe(27);
    for (const { region, gases: amounts } of others)
      expect(factorCoded(readingOf(TOOL), region.replace('US-', 'eGRID2022-')).gases.slice(1)).toEqual(amounts.slice(1));
  });

  it('yearly exchange rates and prices are those of the starter set', () => {
    const starter = factorSets.get('us-exchange-rates-and-prices-2024');
    const rates = new Map(readingOf(RATES).set.exchangeRates?.map(({ from, to, year, rate }) => [`${from} ${to} ${year}`, rate]));
    for (const { from, to, year, rate } of starter?.exchangeRates?.filter((one) => one.to !== 'GBP') ?? [])
      expect([to, year, rates.get(`${from} ${to} ${year}`)]).toEqual([to, year, rate]);
    const indices = new Map(readingOf(CPI).set.priceIndices?.map(({ series, year, index }) => [`${series} ${year}`, index]));
    for (const { series, year, index } of starter?.priceIndices ?? [])
      expect([year, indices.get(`${series} ${year}`)]).toEqual([year, index]);
    expect(starter?.exchangeRates?.length).toBeGreaterThan(100);
  });

  it('there is no pound sterling among the yearly rates', () =>
    expect(readingOf(RATES).set.exchangeRates?.some(({ to }) => to === 'GBP')).toBe(false));
});
