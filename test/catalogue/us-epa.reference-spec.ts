import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isFileRefusal, shippedSet, type FactorFileReading } from '#factor-files';
import { factorSetBody } from '#contracts';
import { Decimal, plain, type Factor, type FactorSet } from '#ghg';
import { readFactorFile } from '../../libs/factor-files/src/read-factor-file';
import { factorSets, gases } from './read-catalogue';

const REFERENCE = process.env.SCOPEBOOK_REFERENCE ?? '';

function readingOf(file: string): FactorFileReading {
  const reading = readFactorFile({ name: path.basename(file), bytes: readFileSync(path.join(REFERENCE, file)) }, gases);
  if (isFileRefusal(reading)) throw new Error(`${file}: ${JSON.stringify(reading)}`);
  return reading;
}

const hub = (year: number): FactorFileReading => readingOf(`us-epa/ghg-emission-factors-hub-${year}.xlsx`);
const HUBS = new Map([2021, 2024, 2025].map((year) => [year, hub(year)]));
const EGRID = readingOf('electricity/egrid_subregion_output_rates.csv');
const CO2E = readingOf('us-epa/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv');
const BY_GAS = readingOf('us-epa/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_byGHG_USD2022.csv');

const allOf = ({ set, further = [] }: FactorFileReading): readonly Factor[] => [set, ...further].flatMap(({ factors }) => factors);
const factorOf = (reading: FactorFileReading | undefined, code: string): Factor | undefined =>
  reading && allOf(reading).find((factor) => factor.code === code);

function counts({ rowsRead, rowsUsed, omissions, set, further = [] }: FactorFileReading): object {
  const reasons: Record<string, number> = {};
  for (const { reason } of omissions) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const [factors, properties] = [set.factors.length, set.properties?.length ?? 0];
  return { rowsRead, rowsUsed, factors, properties, further: further.map((each) => each.factors.length), ...reasons };
}

describe('every row of the files of US EPA', () => {
  const HUB = { non_baseload: 28, condition_not_covered: 2 };

  it.each<[string, FactorFileReading | undefined, object]>([
    [
      'hub 2021',
      HUBS.get(2021),
      { rowsRead: 957, rowsUsed: 588, factors: 1319, properties: 64, further: [], note: 74, gwp_of_register: 70, value_blank: 195, ...HUB },
    ],
    [
      'hub 2024',
      HUBS.get(2024),
      {
        rowsRead: 886,
        rowsUsed: 604,
        factors: 990,
        properties: 64,
        further: [366],
        note: 57,
        gwp_of_register: 2,
        value_blank: 193,
        ...HUB,
      },
    ],
    [
      'hub 2025',
      HUBS.get(2025),
      {
        rowsRead: 1023,
        rowsUsed: 634,
        factors: 998,
        properties: 91,
        further: [366],
        note: 101,
        gwp_of_register: 64,
        value_blank: 194,
        ...HUB,
      },
    ],
    ['eGRID', EGRID, { rowsRead: 353, rowsUsed: 344, factors: 4128, properties: 27, further: [], note: 1, region_unknown: 8 }],
    ['supply chain, CO2e', CO2E, { rowsRead: 1017, rowsUsed: 1016, factors: 2149, properties: 0, further: [], note: 1 }],
    ['supply chain, by gas', BY_GAS, { rowsRead: 18289, rowsUsed: 18288, factors: 2149, properties: 0, further: [], note: 1 }],
  ])('%s', (_name, reading, expected) => expect(reading && counts(reading)).toEqual(expected));

  it('says which edition, version and GWP set each is', () =>
    expect(
      [...HUBS.values(), EGRID, CO2E, BY_GAS].map(({ recognised: { edition, version, newerThanKnown }, set, further = [] }) => [
        edition,
        version,
        newerThanKnown,
        set.gwpSet,
        ...further.map(({ gwpSet }) => gwpSet),
      ]),
    ).toEqual([
      ['Emission Factors Hub 2021', '2021-09-15', false, 'AR4'],
      ['Emission Factors Hub 2024', 'reissue', false, 'AR5', 'AR4'],
      ['Emission Factors Hub 2025', '2025-01-15', false, 'AR5', 'AR4'],
      ['eGRID2005-2023', 'table of subregion rates', false, 'AR5'],
      ['Supply Chain GHG Emission Factors', '1.3.0', false, 'AR5'],
      ['Supply Chain GHG Emission Factors, by gas', '1.3.0', false, 'AR5'],
    ]));
});

it('can be handed to the engine as they are', () => {
  for (const { set, further = [] } of [...HUBS.values(), EGRID, CO2E, BY_GAS])
    for (const each of [set, ...further]) expect(factorSetBody.safeParse(each).error?.issues ?? []).toEqual([]);
});

describe('the starter catalogue, figure for figure', () => {
  const [hub2024, hub2025] = [HUBS.get(2024), HUBS.get(2025)];

  it.each<[string, FactorSet | undefined]>([
    ['us-epa-hub-2024', hub2024?.set],
    ['us-epa-hub-2024-waste', hub2024?.further?.[0]],
    ['us-epa-hub-2025', hub2025?.set],
    ['us-epa-hub-2025-waste', hub2025?.further?.[0]],
    ['us-epa-supply-chain-1.3.0', CO2E.set],
  ])('%s is what the importer makes', (name, read) => expect(factorSets.get(name)).toEqual(read && shippedSet(read, { name, ...read })));

  it('has the eGRID rates of both years as the table of subregion rates has them', () => {
    const figureOf = ({ activityType, leg, region, year, unit, gases: amounts }: Factor): string =>
      JSON.stringify([activityType, leg, region, year, unit, amounts]);
    const read = new Set(EGRID.set.factors.filter(({ year }) => year === 2023).map(figureOf));
    const rates = factorSets.get('us-epa-hub-2025')?.factors.filter(({ code }) => code.startsWith('eGRID2023-')) ?? [];
    expect(rates.length).toBe(28 * 12);
    expect(rates.filter((factor) => !read.has(figureOf(factor)))).toEqual([]);
  });
});

describe('single figures, looked up by hand in the files', () => {
  it.each<[number, string, string, readonly string[]]>([
    [2025, 'T1-anthracite-short-ton', 'short-ton', ['CO2 2602', 'CH4 0.276', 'N2O 0.04']], // H17:J17
    [2021, 'T1-anthracite-coal-short-ton', 'short-ton', ['CO2 2602', 'CH4 0.276', 'N2O 0.04']], // H17:J17
    [2025, 'T1-blast-furnace-gas-mmbtu', 'MMBtu', ['CO2 274.32', 'CH4 0.000022', 'N2O 0.0001']], // E40:G40, CH4 stored as 0.022000000000000002
    [2025, 'T1-propane-gallon', 'US-gal', ['CO2 5.72', 'CH4 0.00027', 'N2O 0.00005']], // H72:J72
    [2021, 'T2-liquefied-natural-gas-lng', 'US-gal', ['CO2 4.5005492']], // D104
    [2021, 'T3-passenger-car-petrol-1974', 'mi', ['CH4 0.0001696', 'N2O 0.0000197']], // "1973-74", E116:F116
    [2024, 'T3-passenger-car-petrol-2009', 'mi', ['CH4 0.000007114', 'N2O 0.000004585']], // E151, stored as 0.007113999999999999
    [2024, 'T3-motorcycle-petrol-2000', 'mi', ['CH4 0', 'N2O 0']], // E235:F235, text "0 "
    [2025, 'T3-heavy-duty-vehicle-petrol-to-1980', 'mi', ['CH4 0.0004604', 'N2O 0.0000497']], // E206:F206
    [2025, 'T4-medium-and-heavy-duty-vehicle-diesel-2022', 'mi', ['CH4 0.0000095', 'N2O 0.0000431']], // F256:G256
    [2025, 'T5-ships-and-boats-diesel', 'US-gal', ['CO2 10.21', 'CH4 0.00651', 'N2O 0.00017']], // D107, E293:F293
    [2021, 'eGRID2019-PRMS', 'MWh', ['CO2 697.307550401', 'CH4 0.03810175908', 'N2O 0.00589670081']], // D327:F327, 1537.3 lb
    [2024, 'eGRID2022-US', 'MWh', ['CO2 373.37410577313', 'CH4 0.02993709642', 'N2O 0.00408233133']], // E360:G360, 823.149 lb
    [2024, 'T8-waterborne-craft', 'short-ton.mi', ['CO2 0.08210164452840275', 'CH4 0.000032580017670001', 'N2O 0.000002065450176815']], // D418:F418
    [2025, 'T10-bus', 'passenger.mi', ['CO2 0.066', 'CH4 0.0000046', 'N2O 0.0000019']], // D512:F512
  ])('%i %s per %s', (year, code, unit, amounts) => {
    const factor = factorOf(HUBS.get(year), code);
    expect([factor?.unit, factor?.gases.map((amount) => Object.values(amount).join(' '))]).toEqual([unit, amounts]);
  });

  it.each([
    [2021, 'T9-mixed-msw-landfill', '520'], // E441
    [2024, 'T9-mixed-msw-landfill', '580'], // E468
    [2025, 'T9-mixed-msw-landfill-end-of-life', '580'], // E477
    [2021, 'T9-asphalt-concrete-recycling', '0'], // D454, a true zero
  ])('%i %s: %s kg CO2e', (year, code, kgco2e) => expect(factorOf(HUBS.get(year), code)?.kgco2e).toBe(kgco2e));

  it('has no factor where the publisher has NA', () => expect(factorOf(HUBS.get(2021), 'T9-pp-recycling')).toBeUndefined()); // D409

  it('has heat contents and grid losses', () => {
    const properties = HUBS.get(2025)?.set.properties ?? [];
    const one = (code: string): unknown[] =>
      properties.filter((property) => property.code === code).map(({ value, unit }) => `${value} ${unit}`);
    expect(one('T1-natural-gas-heat-content')).toEqual(['0.001026 MMBtu/ft3']); // D38
    expect(one('T1-motor-gasoline-heat-content-mobile')).toEqual(['0.125 MMBtu/US-gal']); // D66
    expect(one('eGRID2023-HIOA-loss')).toEqual(['0.044 1']); // K346
    expect(one('eGRID2023-PRMS-loss')).toEqual([]); // K354 is blank
  });

  it('names R-424A, which its composition makes 2,212 and table 12 prints as 3,104, and no other blend of 2025', () => {
    const misprints = HUBS.get(2025)?.omissions.filter(({ detail }) => detail.includes('a misprint')) ?? [];
    expect(misprints.map(({ row, column, detail }) => [row, column, detail.slice(0, 12)])).toEqual([[584, 'D', 'R-424A: 3104']]);
    expect(misprints[0]?.detail).toContain('comes to 2211.85');
  });

  it('rounds the 2005 rates of the extracted table to nothing', () =>
    expect(factorOf(EGRID, 'eGRID2005-AKGD')?.gases[0]).toEqual({ gas: 'CO2', kg: plain(new Decimal('1232.3571').mul('0.45359237')) }));
});

describe('the supply chain by gas against the same in CO2e', () => {
  const printed = new Map(CO2E.set.factors.map((factor) => [factor.attributes.sector, new Decimal(factor.kgco2e ?? '')]));

  it('has 17 gases in every factor but the 25 of which too much is unspecified', () => {
    const ofGoods = BY_GAS.set.factors.filter(({ activityType }) => activityType === 'spend.goods');
    const counted = (count: number): number => ofGoods.filter((factor) => factor.gases.length === count).length;
    expect([counted(17), counted(0)]).toEqual([991, 25]);
  });

  it('comes to what the other file prints, within the rounding of both', () => {
    const off = BY_GAS.set.factors.map(({ attributes, kgco2e }) => {
      const total = printed.get(attributes.sector) ?? new Decimal(0);
      // Printed to 0.001; the gases to three digits each.
      return { sector: attributes.sector, within: new Decimal(kgco2e ?? '').sub(total).abs().lte(total.mul('0.005').add('0.0005')) };
    });
    expect(off.filter(({ within }) => !within)).toEqual([]);
  });
});

it('says the same of nearly everything in 2025 as in 2024: no heat content changed', () => {
  const heat = (year: number): unknown[] =>
    (HUBS.get(year)?.set.properties ?? []).filter(({ kind }) => kind === 'gross-cv').map(({ code, value }) => [code, value]);
  expect(heat(2025)).toEqual(heat(2024));
});
