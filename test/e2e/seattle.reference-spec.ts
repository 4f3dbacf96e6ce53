import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ImportView } from '#contracts';
import { Decimal, plain, roundForPeople } from '#ghg';
import { TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { sumOf } from '../support/figures';

// The City of Seattle publishes the energy use of its large buildings, the emissions that it computes from them, and the factors that it used
// (reference/activity/seattle/README.md). The same files on our road must give the city's figures.
const DIRECTORY = path.join(process.env['SCOPEBOOK_REFERENCE'] ?? '', 'activity', 'seattle');
const LB_IN_KG = new Decimal('0.45359237');
const KG_PER_KWH = new Decimal('52.44').mul(LB_IN_KG).div(1_000);
const KG_PER_KBTU_GAS = new Decimal('53.11').div(1_000);
const KG_PER_KBTU_STEAM = new Decimal('170.17').mul(LB_IN_KG).div(1_000);

const YEARS = [
  { year: 2015, published: 'GHGEmissions(MetricTonsCO2e)', tonnes: '366613.15', lines: 3_340 },
  { year: 2016, published: 'TotalGHGEmissions', tonnes: '403110.52', lines: 3_376 },
] as const;

const mapping = {
  source: 'seattle-energy-benchmarking',
  locale: { decimal: '.', date: 'YYYY' },
  identity: ['OSEBuildingID', 'DataYear'],
  entity: { constant: 'SEATTLE' },
  period: { start: { column: 'DataYear' } },
  tags: [
    { column: 'OSEBuildingID', tag: 'building', type: 'text' },
    { column: 'PrimaryPropertyType', tag: 'property_type', type: 'text' },
  ],
  ignore: '*',
  slots: [
    slot(1, 'electricity.grid', 'Electricity(kWh)', 'kWh'),
    { ...slot(2, 'fuel.natural-gas', 'NaturalGas(kBtu)', 'kBtu'), attributes: { calorific_basis: { constant: 'gross' } } },
    slot(3, 'heat.district', 'SteamUse(kBtu)', 'kBtu'),
  ],
};

function slot(number: number, activityType: string, column: string, unit: string) {
  return {
    slot: number,
    optional: true,
    activityType: { constant: activityType },
    operands: { quantity: { value: { column }, unit: { constant: unit } } },
  };
}

/** The three factors that the city states, for both years. */
function factorSet() {
  const factor = (code: string, activityType: string, leg: string, unit: string, kgco2e: Decimal, printed: string, attributes = {}) =>
    YEARS.map(({ year }) => ({
      code: `${code}-${year}`,
      activityType,
      leg,
      region: 'US-SEA',
      year,
      attributes,
      unit,
      kgco2e: plain(kgco2e),
      source: { table: 'Building energy benchmarking, metadata', row: code, printed },
    }));
  return {
    publisher: 'City of Seattle',
    edition: '2015-2016',
    version: '1',
    title: 'Factors stated with the building energy benchmarking data',
    licence: 'Public domain',
    attribution: 'City of Seattle',
    gwpSet: 'AR5',
    invented: false,
    factors: [
      ...factor('electricity', 'electricity.grid', 'generation', 'MWh', KG_PER_KWH.mul(1_000), '52.44 lb CO2e/MWh'),
      ...factor('gas', 'fuel.natural-gas', 'combustion', 'MMBtu', new Decimal('53.11'), '53.11 kg CO2e/MMBtu', {
        calorific_basis: 'gross',
      }),
      ...factor('steam', 'heat.district', 'generation', 'MMBtu', KG_PER_KBTU_STEAM.mul(1_000), '170.17 lb CO2e/MMBtu'),
    ],
  };
}

type Building = Record<string, string>;

function buildings(year: number): Building[] {
  return parse(readFileSync(path.join(DIRECTORY, `${year}-building-energy-benchmarking.csv`)), { columns: true, bom: true }) as Building[];
}

/** Kilograms by the stated factors, straight from the file's columns. */
function kilograms(building: Building): Decimal {
  const energy = (column: string): Decimal => new Decimal(building[column]?.trim() ? building[column] : 0);
  return energy('Electricity(kWh)')
    .mul(KG_PER_KWH)
    .plus(energy('NaturalGas(kBtu)').mul(KG_PER_KBTU_GAS))
    .plus(energy('SteamUse(kBtu)').mul(KG_PER_KBTU_STEAM));
}

interface EntryItem {
  id: string;
  kgco2e: string;
  flags: string[];
  tags: Record<string, string>;
}

describe("Seattle's buildings", () => {
  let services: RunningServices;
  let city: TestTenant;
  const imports = new Map<number, ImportView>();

  beforeAll(async () => {
    services = await startServices('seattle');
    city = await TestTenant.create(services, 'City of Seattle');
    await city.put('/v1/entities', [{ code: 'SEATTLE', name: 'City of Seattle', country: 'US', region: 'US-SEA' }]).expect(200);
    await city.post('/v1/factor-sets', factorSet()).expect(201);
    await city.put('/v1/mappings/benchmarking', mapping).expect(201);
    for (const { year } of YEARS) {
      const file = `${year}-building-energy-benchmarking.csv`;
      imports.set(year, await city.import('benchmarking', file, readFileSync(path.join(DIRECTORY, file))));
    }
    await city.calculate();
  }, 300_000);
  afterAll(() => services?.stop());

  it.each(YEARS)('accounts for every record of $year', ({ year, lines }) => {
    const done = imports.get(year)!;
    expect(done).toMatchObject({ status: 'finished', lines, refused: 0, duplicate: 0 });
    expect(done.records).toBe(done.accepted);
  });

  it.each(YEARS)('adds up to the city of $year', async ({ year, tonnes }) => {
    const inventory = await city.inventory({ year, approach: 'operational-control', gwp: 'AR5' });
    const total = sumOf(inventory.scope1, inventory.scope2Location);
    expect(roundForPeople(total, 2)).toBe(tonnes);
    const exact = buildings(year).reduce((sum, building) => sum.plus(kilograms(building)), new Decimal(0));
    expect(plain(total.mul(1_000))).toBe(plain(exact));
  });

  it.each(YEARS)(
    'gives each building of $year the exact product, and the published figure within half a percent',
    async ({ year, published }) => {
      const entries = [
        ...(await city.all<EntryItem>('/v1/entries', { year, line: 'scope1' })),
        ...(await city.all<EntryItem>('/v1/entries', { year, line: 'scope2', basis: 'location' })),
      ];
      const sums = new Map<string, Decimal>();
      for (const { kgco2e, tags } of entries) sums.set(tags['building']!, (sums.get(tags['building']!) ?? new Decimal(0)).plus(kgco2e));
      const all = buildings(year);
      for (const building of all) {
        expect([building['OSEBuildingID'], plain(sums.get(building['OSEBuildingID']!) ?? new Decimal(0))]).toEqual([
          building['OSEBuildingID'],
          plain(kilograms(building)),
        ]);
      }
      const withFigure = all.filter((building) => Number(building[published]) > 0);
      const close = withFigure.filter((building) => {
        const stated = new Decimal(building[published]!);
        return kilograms(building).div(1_000).minus(stated).abs().lte(stated.mul('0.005'));
      });
      expect(withFigure.length).toBeGreaterThan(3_300);
      expect(close.length / withFigure.length).toBeGreaterThanOrEqual(0.997);
    },
  );

  it('keeps, counts and flags the negative reading of building 49784', async () => {
    expect(imports.get(2016)!.flagged).toBeGreaterThanOrEqual(1);
    const entries = await city.all<EntryItem>('/v1/entries', { year: 2016, line: 'scope2', basis: 'location', tag: 'building:49784' });
    const negative = entries.filter(({ kgco2e }) => kgco2e.startsWith('-'));
    expect(negative).toHaveLength(1);
    expect(negative[0]!.flags).toContain('negative_quantity');
  });

  it('imports nothing twice', async () => {
    const file = '2015-building-energy-benchmarking.csv';
    const { body } = await city.upload('benchmarking', file, readFileSync(path.join(DIRECTORY, file))).expect(200);
    expect(body).toMatchObject({ repeated: true, import: { id: imports.get(2015)!.id } });
  });
});
