import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import {
  factorOf,
  fileOf,
  outcome,
  read,
  readingOf,
  sheetOf,
  TITLE,
  WATER,
  whyNot,
  type Row,
} from '../../../../test/support/uk-desnz-file';
import type { FactorFileReading, OpenedFile } from '../factor-file';
import { ukDesnzFlatFile } from './uk-desnz';

const GAS = ['Fuels', 'Gaseous fuels', 'Natural gas', null, null, 'kWh (Gross CV)'] as const;

describe('what file it is', () => {
  it.each([2019, 2020, 2021, 2022, 2023, 2024, 2025])('knows the layout of %i', (year) => {
    expect(ukDesnzFlatFile.recognise(fileOf(year, [WATER]))).toEqual({
      publisher: 'UK Department for Energy Security and Net Zero',
      edition: String(year),
      version: '1.1',
      newerThanKnown: false,
    });
    const { set } = read(year, WATER);
    expect(set.factors).toMatchObject([{ activityType: 'water.supply', leg: 'service', unit: 'm3', kgco2e: '0.1913', year }]);
    expect([set.edition, set.version, set.licence, set.gwpSet]).toEqual([String(year), '1.1', 'OGL-UK-3.0', year < 2023 ? 'AR4' : 'AR5']);
  });

  it('reads a later edition like the last known one, and says that it is later', () => {
    const later = fileOf(2026, [WATER, ['Fuels', 'Nuclear fuels', 'Uranium', null, null, 'kg', 'kg CO2e', 1]]);
    expect(ukDesnzFlatFile.recognise(later)).toMatchObject({ edition: '2026', newerThanKnown: true });
    expect(readingOf(later).omissions).toMatchObject([
      { row: 5, reason: 'type_not_covered', detail: expect.stringContaining('Nuclear fuels') },
    ]);
  });

  it('takes the version from the front page: a reissue is another version of its edition', () => {
    const front: TestCell[][] = [[], ['Version:', 1.03, 'Year:', 2019]];
    const file = openedFile({ 'Front page': front, 'Factors by Category': sheetOf(2019, [WATER]) });
    expect(ukDesnzFlatFile.recognise(file)).toMatchObject({ edition: '2019', version: '1.03' });
  });

  it('does not know other workbooks', () => {
    expect(ukDesnzFlatFile.recognise(openedFile({ Sheet1: [['ID', 'Scope']] }))).toBeNull();
    expect(ukDesnzFlatFile.recognise(openedFile({ 'Factors by Category': [['Something else']] }))).toBeNull();
  });

  it('names sheets that somebody added, and does not look into them', () => {
    const added: TestCell[][] = [
      ['ID', 'Scope', 'GHG Conversion Factor 2024'],
      ['1_100_1_1', 'Scope 1', 99],
    ];
    const reading = readingOf(fileOf(2024, [WATER], { Sheet1: added, Sheet2: [] }));
    expect(reading.set.factors).toHaveLength(1);
    expect(reading.omissions).toMatchObject([
      { sheet: 'Sheet1', reason: 'foreign_sheet' },
      { sheet: 'Sheet2', reason: 'foreign_sheet' },
    ]);
  });
});

describe('a file that is not as published', () => {
  const refusal = (sheets: Parameters<typeof openedFile>[0]): unknown => outcome(openedFile(sheets));
  const front: TestCell[][] = [['Version:', 1, 'Year:', 2025]];

  it.each<[string, Parameters<typeof openedFile>[0], object]>([
    ['without its header', { 'Front page': front, 'Factors by Category': [TITLE, ['ID', 'Scope']] }, { refused: 'header_missing' }],
    ['without its front page', { 'Factors by Category': sheetOf(2025, [WATER]) }, { refused: 'sheet_missing', sheet: 'Front page' }],
    [
      'of two years',
      { 'Front page': front, 'Factors by Category': sheetOf(2024, [WATER]) },
      { refused: 'hand_edited', sheet: 'Factors by Category', row: 3 },
    ],
    [
      'with a remark beside a row',
      { 'Front page': front, 'Factors by Category': sheetOf(2025, [[...WATER, 'checked'] as unknown as Row]) },
      { refused: 'hand_edited', row: 4, column: 'K' },
    ],
  ])('%s is refused', (_what, sheets, expected) => expect(refusal(sheets)).toMatchObject(expected));
});

describe('the cells', () => {
  it('takes a blank for no figure and a zero for a figure', () => {
    const car = ['Passenger vehicles', 'Cars (by size)', 'Small car', null, 'Battery Electric Vehicle'] as const;
    const reading = read(
      2025,
      [...car, 'km', 'kg CO2e', 0],
      [...car, 'miles', 'kg CO2e', null],
      [...car, 'miles', 'kg CO2e of CO2 per unit', null],
    );
    expect(reading.set.factors).toMatchObject([{ kgco2e: '0', unit: 'km' }]);
    expect(whyNot(reading)).toEqual([
      [5, 'value_blank'],
      [6, 'value_blank'],
    ]);
  });

  it('names text among the numbers, what is below zero, and ends of the list', () => {
    const gas = ['Refrigerant & other', 'Other refrigerants', 'R290 = propane', null, null, 'kg', 'kg CO2e'] as const;
    const file = fileOf(2019, [WATER, [...gas, '< 1'], [...gas, { error: '#REF!' }], [...gas, -3]]);
    const rows = [...file.sheet('Factors by Category').rows, [], [{ text: 'END', kind: 'text' } as const]];
    const ended: OpenedFile = { ...file, sheet: (name) => (name === 'Front page' ? file.sheet(name) : { name, rows }) };
    expect(whyNot(readingOf(ended))).toEqual([
      [7, 'value_not_a_number'],
      [8, 'value_not_a_number'],
      [9, 'value_negative'],
      [11, 'note'],
    ]);
    expect(readingOf(ended).omissions[0]).toMatchObject({ column: 'K', detail: '"< 1"' });
  });

  it('never guesses what is counted, nor the unit', () => {
    const reading = read(2020, WATER, [...GAS, '`', 0.2], ['Fuels', 'Gaseous fuels', 'Natural gas', null, null, 'therms', 'kg CO2e', 5]);
    expect(reading.omissions).toMatchObject([
      { reason: 'unit_unknown', column: 'I', detail: '"`" is nothing that is counted' },
      { reason: 'unit_unknown', column: 'H', detail: '"therms"' },
    ]);
  });

  it('takes as many digits of a stored number as are sure', () => {
    expect(read(2023, [...WATER.slice(0, 7), 0.018737999999999998] as unknown as Row).set.factors[0]).toMatchObject({
      kgco2e: '0.018738',
      source: { printed: '0.018738 kg CO2e / cubic metres' },
    });
  });

  it('gives two rows of one id, or of the same labels, no second say', () => {
    const file = fileOf(2025, [WATER]);
    const { rows } = file.sheet('Factors by Category');
    const twice = {
      ...file,
      sheet: (name: string) => (name === 'Front page' ? file.sheet(name) : { name, rows: [...rows, rows[3] ?? []] }),
    };
    expect(whyNot(readingOf(twice))).toEqual([[5, 'duplicate_id']]);
    expect(whyNot(read(2022, WATER, WATER))).toEqual([[5, 'duplicate_id']]);
  });
});

describe('total and split', () => {
  const split = (year: number): FactorFileReading => {
    const label = (gas: string): string => (year < 2022 ? `kg ${gas}` : `kg CO2e of ${gas}${year > 2022 ? ' per unit' : ''}`);
    return read(
      year,
      [...GAS, 'kg CO2e', 0.18396],
      [...GAS, label('CO2'), 0.18362],
      [...GAS, label('CH4'), 0.00024],
      [...GAS, label('N2O'), 0.0001],
    );
  };

  it.each([2019, 2022, 2025])('takes CH4 and N2O of %i for CO2e, whatever the label says, and lets the total win', (year) => {
    const reading = split(year);
    expect(reading.rowsUsed).toBe(4);
    expect(factorOf(reading, 'fuel.natural-gas')).toMatchObject({
      kgco2e: '0.18396',
      gases: [
        { gas: 'CO2', kg: '0.18362' },
        { gas: 'CH4', kgco2e: '0.00024' },
        { gas: 'N2O', kgco2e: '0.0001' },
      ],
    });
  });

  it('names a split without its total', () =>
    expect(whyNot(read(2025, WATER, [...GAS, 'kg CO2e', null], [...GAS, 'kg CO2e of CH4 per unit', 1]))).toEqual([
      [5, 'value_blank'],
      [6, 'total_missing'],
    ]));

  it('gives the factor the id of its total row, and further types their name behind it', () => {
    expect(split(2025).set.factors.slice(0, 2)).toMatchObject([
      { code: '1_100_1_1', activityType: 'fuel.natural-gas' },
      { code: '1_100_1_1:supplier.fuel', activityType: 'supplier.fuel', attributes: { fuel: 'natural-gas', calorific_basis: 'gross' } },
    ]);
    expect(split(2025).places?.get('1_100_1_1')).toEqual({ sheet: 'Factors by Category', row: 4 });
  });

  it('makes an id of the labels where the edition has none', () =>
    expect(split(2019).set.factors[0]?.code).toBe('fuels-gaseous-fuels-natural-gas-kwh-gross-cv'));
});

describe('flights', () => {
  const economy = ['Business travel- air', 'Flights', 'Long-haul, to/from UK', 'Economy class'] as const;
  const with_ = [...economy, 'With RF', 'passenger.km'] as const;
  const without = [...economy, 'Without RF', 'passenger.km'] as const;

  it('takes the mass of CO2 from the row without radiative forcing: the uplift is no gas', () => {
    const co2 = 'kg CO2e of CO2 per unit';
    const reading = read(
      2025,
      [...with_, 'kg CO2e', 0.11704],
      [...with_, co2, 0.11604],
      [...with_, 'kg CO2e of N2O per unit', 0.00099],
      [...without, 'kg CO2e', 0.06926],
      [...without, co2, 0.06826],
    );
    expect(reading.set.factors).toMatchObject([
      { attributes: { radiative_forcing: 'with' }, kgco2e: '0.11704', gases: [{ gas: 'CO2', kg: '0.06826' }, { gas: 'N2O' }] },
      { attributes: { radiative_forcing: 'without' }, kgco2e: '0.06926', gases: [{ gas: 'CO2', kg: '0.06826' }] },
    ]);
    expect(whyNot(reading)).toEqual([[5, 'split_of_total']]);
  });

  it('takes flights between other countries for flights of all the world', () =>
    expect(
      read(2025, [
        'Business travel- air',
        'Flights',
        'International, to/from non-UK',
        'Economy class',
        'With RF',
        'passenger.km',
        'kg CO2e',
        0.1,
      ]).set.factors,
    ).toMatchObject([
      { activityType: 'travel.air.international', region: 'GLOBAL', attributes: { cabin: 'economy', radiative_forcing: 'with' } },
    ]));
});
