import { sheetOf as desnzSheet, type Row } from '../../../test/support/uk-desnz-file';
import { openedFile, type TestCell } from '../../../test/support/factor-files';
import { isFileRefusal, type FileRefusal, type Layout, type OpenedFile } from './factor-file';
import { consumerPrices, exchangeRates, industryPrices } from './publishers/economics';
import { egrid } from './publishers/egrid';
import { epaSupplyChain } from './publishers/epa-supply-chain';
import { ukDesnzFlatFile } from './publishers/uk-desnz';
import { recognise } from './recognise';
import { cellsRefused } from './strict-cells';

/** The road of `readFactorFile`, from an opened file on. */
function refusalOf(layout: Layout, file: OpenedFile): FileRefusal | null {
  const recognised = layout.recognise(file);
  if (!recognised) throw new Error('not recognised');
  const reading = layout.read(file, recognised, {});
  return isFileRefusal(reading) ? reading : cellsRefused(layout, reading);
}
const csv = (...rows: TestCell[][]): OpenedFile => openedFile({ table: rows }, { kind: 'csv' });

describe('UK DESNZ', () => {
  const WATER: Row = ['Water supply', 'Water supply', 'Water supply', null, null, 'cubic metres', 'kg CO2e', 0.1913];
  const PROPANE = ['Refrigerant & other', 'Other refrigerants', 'R290 = propane', null, null] as const;
  const FIRST = 4;
  type Edit = (rows: TestCell[][]) => void;
  const touched = (year: number, rows: readonly Row[], edit: Edit = () => undefined): OpenedFile => {
    const sheet = desnzSheet(year, rows);
    edit(sheet);
    return openedFile({ 'Front page': [['Version:', 1, 'Year:', year]], 'Factors by Category': sheet });
  };
  const put =
    (row: number, column: number, cell: TestCell): Edit =>
    (rows) => {
      rows[row - 1]![column] = cell;
    };
  const figure = (value: TestCell): Row => [...PROPANE, 'kg', 'kg CO2e', value];

  it.each<[string, OpenedFile, Partial<FileRefusal>]>([
    ['text among the numbers', touched(2025, [WATER, figure('abc')]), { refused: 'cell_invalid', row: 5, column: 'J' }],
    ['an error of the spreadsheet', touched(2025, [WATER, figure({ error: '#REF!' })]), { refused: 'cell_invalid', row: 5, column: 'J' }],
    ['a figure below zero', touched(2025, [WATER, figure(-3)]), { refused: 'cell_invalid', row: 5, column: 'J' }],
    ['an id twice', touched(2025, [WATER, figure(3)], put(5, 0, '1_100_1_1')), { refused: 'duplicate_id', row: 5, column: 'A' }],
    ['two rows of the same labels', touched(2022, [WATER, WATER]), { refused: 'duplicate_id', row: 5 }],
    ['an unknown unit', touched(2025, [WATER, [...PROPANE, 'stone', 'kg CO2e', 3]]), { refused: 'cell_invalid', row: 5, column: 'H' }],
    ['an empty id', touched(2025, [WATER], put(FIRST, 0, null)), { refused: 'cell_invalid', row: 4, column: 'A' }],
    ['an empty scope', touched(2025, [WATER], put(FIRST, 1, null)), { refused: 'cell_invalid', row: 4, column: 'B' }],
    ['a scope that is none', touched(2022, [WATER], put(FIRST, 0, 'Scope 9')), { refused: 'cell_invalid', row: 4, column: 'A' }],
    ['an empty sheet name', touched(2022, [WATER], put(FIRST, 1, null)), { refused: 'cell_invalid', row: 4, column: 'B' }],
  ])('with %s is refused', (_what, file, expected) =>
    expect(refusalOf(ukDesnzFlatFile, file)).toMatchObject({ sheet: 'Factors by Category', ...expected }),
  );

  it('tells every such cell', () =>
    expect(
      refusalOf(ukDesnzFlatFile, touched(2025, [figure('abc'), WATER, [...PROPANE, 'kg', 'kg CO2e of CH4 per unit', -1]])),
    ).toMatchObject({
      places: [
        { row: 4, column: 'J', code: 'value_not_a_number', detail: '"abc"' },
        { row: 6, column: 'J', code: 'value_negative', detail: '-1' },
      ],
    }));

  it('knows the "< 1" that the publisher prints itself', () =>
    expect(refusalOf(ukDesnzFlatFile, touched(2019, [WATER, figure('< 1')]))).toBeNull());

  it('leaves an unknown unit of a newer edition out by name', () =>
    expect(refusalOf(ukDesnzFlatFile, touched(2027, [WATER, [...PROPANE, 'stone', 'kg CO2e', 3]]))).toBeNull());

  const GAS = ['Fuels', 'Gaseous fuels', 'Natural gas', null, null, 'tonnes'] as const;
  const withIds: Edit = (rows) => rows.slice(FIRST - 1).forEach((row, i) => (row[0] = `1_100_1_1_${i + 1}`));
  const split: Row[] = [
    [...GAS, 'kg CO2e', 2.6],
    [...GAS, 'kg CO2e of CO2 per unit', 2.5],
    [...GAS, 'kg CO2e of CH4 per unit', 0.1],
  ];

  it.each<[string, number, TestCell]>([
    ['D', 3, 'Liquid fuels'],
    ['E', 4, 'Unheard-of gas'],
    ['G', 6, 'by hand'],
    ['H', 7, 'kg'],
  ])('refuses a label in column %s that the id contradicts', (column, at, label) => {
    const edit: Edit = (rows) => {
      withIds(rows);
      put(FIRST + 1, at, label)(rows);
    };
    expect(refusalOf(ukDesnzFlatFile, touched(2025, split, edit))).toMatchObject({ refused: 'hand_edited', row: FIRST + 1, column });
    expect(refusalOf(ukDesnzFlatFile, touched(2025, split, withIds))).toBeNull();
  });
});

describe('US EPA, supply chain factors', () => {
  const HEADER = [
    '2017 NAICS Code',
    '2017 NAICS Title',
    'GHG',
    'Unit',
    'Supply Chain Emission Factors without Margins',
    'Margins of Supply Chain Emission Factors',
    'Supply Chain Emission Factors with Margins',
  ];
  const UNIT = 'kg CO2e/2022 USD, purchaser price';
  const row = (...figures: TestCell[]): TestCell[] => ['111120', 'Oilseed Farming', 'All GHGs', UNIT, ...figures];
  const good: TestCell[] = ['111110', 'Soybean Farming', 'All GHGs', UNIT, '0.4', '0.1', '0.5'];

  it.each<[string, TestCell[], Partial<FileRefusal>]>([
    ['text', row('0.4', '0.1', 'see note'), { refused: 'cell_invalid', column: 'G' }],
    ['text in a part', row('0.4', 'oops', '0.5'), { refused: 'cell_invalid', column: 'F' }],
    ['a figure below zero', row('0.4', '0.1', '-0.5'), { refused: 'cell_invalid', column: 'G' }],
    ['a sector twice', ['111110', ...row('0.4', '0.1', '0.6').slice(1)], { refused: 'duplicate_id' }],
    ['another unit', row('0.4', '0.1', '0.5').with(3, 'lb/USD'), { refused: 'cell_invalid', column: 'D' }],
  ])('with %s are refused', (_what, wrong, expected) =>
    expect(refusalOf(epaSupplyChain, csv(HEADER, good, wrong))).toMatchObject({ sheet: 'table', row: 3, ...expected }),
  );

  it('may lack a figure', () => expect(refusalOf(epaSupplyChain, csv(HEADER, good, row('NA', 'NA', 'NA')))).toBeNull());
});

describe('rates and indices', () => {
  const rates = (...rows: TestCell[][]): OpenedFile => csv(['Date', 'Country', 'Exchange rate'], ['2023-01-01', 'Japan', '140.5'], ...rows);
  const months = (edit: (index: number, month: number) => TestCell): OpenedFile =>
    csv(
      ['Date', 'Index', 'Inflation'],
      ...Array.from({ length: 12 }, (_, i) => [`2024-${String(i + 1).padStart(2, '0')}-01`, edit(100 + i, i + 1), '0']),
    );
  const industry = (...rows: TestCell[][]): OpenedFile => csv(['bea_detail_code', '2017', '2018'], ['1111A0', '100', '98.2'], ...rows);

  it.each<[string, Layout, OpenedFile, Partial<FileRefusal>]>([
    ['a rate of nothing', exchangeRates, rates(['2024-01-01', 'Japan', '0']), { refused: 'cell_invalid', row: 3, column: 'C' }],
    ['a rate below zero', exchangeRates, rates(['2024-01-01', 'Japan', '-1']), { refused: 'cell_invalid', row: 3, column: 'C' }],
    ['text for a rate', exchangeRates, rates(['2024-01-01', 'Japan', 'n/k']), { refused: 'cell_invalid', row: 3, column: 'C' }],
    ['text for a date', exchangeRates, rates(['last year', 'Japan', '1']), { refused: 'cell_invalid', row: 3, column: 'A' }],
    ['a year twice', exchangeRates, rates(['2023-06-01', 'Japan', '141']), { refused: 'duplicate_id', row: 3 }],
    [
      'an index of nothing',
      consumerPrices,
      months((index, m) => (m === 5 ? '0' : String(index))),
      { refused: 'cell_invalid', row: 6, column: 'B' },
    ],
    ['an index below zero', consumerPrices, months((index, m) => (m === 5 ? '-1' : String(index))), { refused: 'cell_invalid', row: 6 }],
    [
      'an absurd month',
      consumerPrices,
      months((index, m) => String(m === 5 ? index * 10 : index)),
      { refused: 'cell_invalid', row: 6, column: 'B' },
    ],
    ['an absurd first month', consumerPrices, months((index, m) => String(m === 1 ? 1 : index)), { refused: 'cell_invalid', row: 2 }],
    ['an absurd last month', consumerPrices, months((index, m) => String(m === 12 ? 9999 : index)), { refused: 'cell_invalid', row: 13 }],
    ['an industry twice', industryPrices, industry(['1111A0', '100', '99']), { refused: 'duplicate_id', row: 3, column: 'A' }],
    ['text for an index', industryPrices, industry(['1111B0', '100', 'x']), { refused: 'cell_invalid', row: 3, column: 'C' }],
    ['an industry at nothing', industryPrices, industry(['1111B0', '0', '1']), { refused: 'cell_invalid', row: 3, column: 'B' }],
  ])('with %s are refused', (_what, layout, file, expected) =>
    expect(refusalOf(layout, file)).toMatchObject({ sheet: 'table', ...expected }),
  );

  it('may lack a figure', () => {
    expect(refusalOf(exchangeRates, rates(['2024-01-01', 'Japan', '']))).toBeNull();
    expect(
      refusalOf(
        consumerPrices,
        months((index, m) => (m === 5 ? null : String(index))),
      ),
    ).toBeNull();
  });
});

describe('a file of a publisher that is not the one to read', () => {
  it('of UK DESNZ is told which one is', () => {
    const title = 'UK Government GHG Conversion Factors for Company Reporting';
    const full = openedFile({ Introduction: [[title], ['Factor set:', 'Full set'], ['Version:', 1, 'Year:', 2025]], Fuels: [] });
    expect(recognise(full)).toEqual({
      refused: 'layout_unknown',
      detail: expect.stringMatching(/^UK Department for Energy Security and Net Zero, .* 2025, .* hand in the flat file/) as string,
    });
  });

  it('of US EPA is told which one is', () => {
    const fuels = csv([
      'fuel_type',
      'fuel_category',
      'eia_fuel_code',
      'co2_ef',
      'co2_units',
      'ch4_ef',
      'ch4_units',
      'n2o_ef',
      'n2o_units',
      'source',
    ]);
    expect(recognise(fuels, [egrid])).toMatchObject({
      refused: 'layout_unknown',
      detail: expect.stringContaining('hand in the GHG Emission Factors Hub') as string,
    });
  });
});
