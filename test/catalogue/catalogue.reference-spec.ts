import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { Decimal, plain } from '#ghg';
import { factorSets, gases } from './read-catalogue';

const REFERENCE = process.env.SCOPEBOOK_REFERENCE ?? '';
const LB_IN_KG = '0.45359237';

type Row = Readonly<Record<string, string>>;

function rowsOf(file: string): Row[] {
  return parse(readFileSync(path.join(REFERENCE, file)), { columns: true, bom: true });
}

/** `53% HCFC-22 + 47% HFC-125` as mass fractions. */
function fractionsOf(composition: string): Record<string, string> {
  const parts = composition.split(' + ').map((part) => part.split('% ') as [string, string]);
  return Object.fromEntries(parts.map(([percent, gas]) => [gas, plain(new Decimal(percent).div(100))]));
}

describe('the GWP tables against the compiled reference', () => {
  const rows = rowsOf('gwp.csv');

  it.each([
    ['AR4', 'ar4_gwp100'],
    ['AR5', 'ar5_gwp100'],
    ['AR6', 'ar6_gwp100'],
    ['AR5-feedback', 'ar5_ccf_gwp100'],
  ])('has every single gas of %s', (id, column) => {
    // Methane of unstated origin takes the AR6 figure for combustion instead of table 7.SM.7's 27.9; biogenic CO2 is ours.
    const expected = rows.filter((row) => row.kind === 'gas' && row[column] !== '').map((row) => [row.gas_id, row[column]]);
    const stated = Object.fromEntries(expected.map(([gas, gwp]) => [gas, id === 'AR6' && gas === 'CH4' ? '27.0' : gwp]));
    expect(gases.sets.find((set) => set.id === id)?.gwp100).toEqual({ ...stated, CO2_biogenic: '1' });
  });

  it('has every blend with its composition', () => {
    const expected = rows.filter((row) => row.kind === 'blend').map((row) => [row.gas_id, fractionsOf(row.composition_mass_pct ?? '')]);
    const actual = gases.blends.map(({ id, parts }) => [id, Object.fromEntries(parts.map((part) => [part.gas, part.massFraction]))]);
    expect(actual).toEqual(expected);
  });
});

describe.each([2022, 2023])('eGRID%i against the extracted table', (year) => {
  const expected = rowsOf('electricity/egrid_subregion_output_rates.csv').filter((row) => row.egrid_year === String(year));
  const own = factorSets.get(`us-epa-hub-${year + 2}`)?.factors.filter(({ activityType }) => activityType === 'electricity.grid');
  const byRegion = new Map(own?.map((factor) => [factor.region, factor]));

  it.each(expected.map((row) => [row.subregion ?? '', row] as const))('has %s', (subregion, row) => {
    const factor = byRegion.get(subregion === 'US Average' ? 'US' : `US-${subregion}`);
    const printed = [...(factor?.source.printed ?? '').matchAll(/([\d.]+) lb/g)].map(([, pounds]) => new Decimal(pounds ?? ''));
    const extracted = [row.co2_lb_per_mwh, row.ch4_lb_per_mwh, row.n2o_lb_per_mwh].map((pounds) => new Decimal(pounds ?? ''));
    // The extraction of 2022 comes from a second publisher, who rounded three figures; that of 2023 has every digit.
    expect(printed.map((pounds, i) => plain(year === 2022 ? pounds.toDecimalPlaces(extracted[i]?.decimalPlaces() ?? 0) : pounds))).toEqual(
      extracted.map(plain),
    );
    expect(factor?.gases).toEqual(
      ['CO2', 'CH4', 'N2O'].map((gas, i) => ({ gas, kg: plain((printed[i] ?? new Decimal(0)).mul(LB_IN_KG)) })),
    );
  });
});

describe('the supply chain factors against the published file', () => {
  it('are all there, with margins', () => {
    const rows = rowsOf('us-epa/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv');
    const expected = rows.map((row) => [
      row['2017 NAICS Code'],
      plain(new Decimal(row['Supply Chain Emission Factors with Margins'] ?? '')),
    ]);
    const set = factorSets.get('us-epa-supply-chain-1.3.0');
    const ofGoods = set?.factors.filter(({ activityType }) => activityType === 'spend.goods');
    expect(ofGoods?.map((factor) => [factor.attributes.sector, factor.kgco2e])).toEqual(expected);
  });
});

describe('the fuel properties of the UK set against the compiled table', () => {
  const rows = new Map(
    rowsOf('fuel-properties.csv')
      .filter((row) => row.source?.startsWith('UK DESNZ 2025'))
      .map((row) => [row.fuel, row]),
  );
  const COLUMNS = { 'net-cv': 'net_cv_gj_per_tonne', 'gross-cv': 'gross_cv_gj_per_tonne', density: 'density_kg_per_m3' };
  const properties =
    factorSets.get('uk-desnz-2025')?.properties?.filter(({ code, unit }) => code.startsWith('fuel-properties') && unit !== 'kWh/L') ?? [];

  it.each(properties.map((property) => [property.code, property] as const))('has %s', (_code, { kind, value, source }) =>
    expect(rows.get(source.row.split(', ')[0] ?? '')?.[COLUMNS[kind as keyof typeof COLUMNS]]).toBe(value),
  );
});

describe('money against the compiled series', () => {
  const set = factorSets.get('us-exchange-rates-and-prices-2024');

  it('has every exchange rate as compiled', () => {
    const compiled = new Map(
      rowsOf('economics/exchange-rates-annual.csv').map((row) => [`${row.Country}, ${row.Date?.slice(0, 4)}`, row['Exchange rate']]),
    );
    // The pound is a mean of months, which the compiled series by year does not have.
    for (const { rate, source } of set?.exchangeRates?.filter(({ to }) => to !== 'GBP') ?? [])
      expect(plain(new Decimal(compiled.get(source.row.split(' (')[0] ?? '') ?? ''))).toBe(rate);
  });

  it('has the mean of twelve months as the price index of a year', () => {
    for (const { year, index } of set?.priceIndices ?? []) {
      const months = rowsOf('economics/cpiai.csv').filter((row) => row.Date?.startsWith(`${year}-`));
      const sum = months.reduce((total, row) => total.add(row.Index ?? ''), new Decimal(0));
      expect([months.length, plain(sum.div(12).toDecimalPlaces(3))]).toEqual([12, index]);
    }
  });
});
