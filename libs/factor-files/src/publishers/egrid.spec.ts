import { validateFactorSet } from '#ghg';
import { gases } from '../../../../test/golden/fixtures';
import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { isFileRefusal, type FactorFileReading, type OpenedFile } from '../factor-file';
import { accountOf } from '../read-factor-file';
import { egrid } from './egrid';

type Rows = readonly (readonly TestCell[])[];
const _ = null;
const HEADER = [
  'egrid_year',
  'subregion',
  'subregion_name',
  'co2_lb_per_mwh',
  'ch4_lb_per_mwh',
  'n2o_lb_per_mwh',
  'grid_gross_loss_fraction',
  'source',
];

const csv = (...rows: TestCell[][]): OpenedFile => openedFile({ table: [HEADER, ...rows] }, { kind: 'csv' });
/** Of the reporter's own electricity. */
const own = ({ set }: FactorFileReading) => set.factors.filter(({ activityType }) => activityType === 'electricity.grid');
const omissionsOf = ({ omissions }: FactorFileReading): unknown[] => omissions.map(({ row, reason, detail }) => [row, reason, detail]);

function reading(file: OpenedFile): FactorFileReading {
  const recognised = egrid.recognise(file);
  const result = recognised && egrid.read(file, recognised, {});
  if (!result || isFileRefusal(result)) throw new Error(JSON.stringify(result));
  expect(accountOf(result)).toBeNull();
  expect(validateFactorSet(result.set, gases)).toEqual([]);
  return result;
}

describe('a table of subregion rates of several years', () => {
  const read = reading(
    csv(
      ['2005', _, 'ASCC - Alaska Grid', '1232.3571', '0.0256003', '0.0065074', _, 'GHG Protocol'],
      ['2005', _, 'WECC - Subregion unknown', '1000', '0.02', '0.01', _, 'GHG Protocol'],
      ['2023', 'CAMX', 'WECC California', '436.655', '0.025', '0.003', '0.041', 'US EPA'],
      ['2023', 'US Average', 'US Average', '771.523', '0.057', '0.008', '0.042', 'US EPA'],
      ['2023', 'CAMX', 'WECC California', '436.655', '0.025', '0.003', '0.041', 'US EPA'],
      ['2023', 'ERCT', 'ERCOT All', '738.038', _, '0.006', _, 'US EPA'],
    ),
  );

  it('is of the years that stand in it', () => expect(read.recognised).toMatchObject({ edition: 'eGRID2005-2023', newerThanKnown: false }));

  it('has each rate in the year of its data, in kilograms, under the acronym even where the file has none', () =>
    expect(own(read).map(({ code, region, year, gases: [co2] }) => [code, region, year, co2])).toEqual([
      ['eGRID2005-AKGD', 'US-AKGD', 2005, { gas: 'CO2', kg: '558.987777675327' }],
      ['eGRID2023-CAMX', 'US-CAMX', 2023, { gas: 'CO2', kg: '198.06337632235' }],
      ['eGRID2023-US', 'US', 2023, { gas: 'CO2', kg: '349.95694607951' }],
    ]));

  it('serves whoever uses the electricity of the grid with the same rate', () =>
    expect(
      read.set.factors
        .filter(({ code }) => code.startsWith('eGRID2023-US'))
        .map(({ code, activityType, leg }) => [code, activityType, leg]),
    ).toEqual(
      expect.arrayContaining([
        ['eGRID2023-US', 'electricity.grid', 'generation'],
        ['eGRID2023-US:leased-in.electricity', 'leased-in.electricity', 'operation'],
        ['eGRID2023-US:use.electricity', 'use.electricity', 'use'],
      ]),
    ));

  it('has the grid gross loss as lost ÷ generated', () =>
    expect(read.set.properties?.map(({ code, kind, value, unit }) => [code, kind, value, unit])).toEqual([
      ['eGRID2023-CAMX-loss', 'loss-of-generation', '0.041', '1'],
      ['eGRID2023-US-loss', 'loss-of-generation', '0.042', '1'],
    ]));

  it('names what it left out', () =>
    expect(omissionsOf(read)).toEqual([
      [1, 'note', 'the names of the columns'],
      [3, 'region_unknown', 'WECC - Subregion unknown, 2005'],
      [6, 'superseded_in_file', expect.stringContaining('eGRID2023-CAMX')],
      [7, 'value_blank', 'CH4: ""'],
    ]));

  it('says of later data that they are newer than what is known', () =>
    expect(egrid.recognise(csv(['2026', 'CAMX', 'WECC California', '400', '0.02', '0.003', _, 'US EPA']))).toMatchObject({
      edition: 'eGRID2026',
      newerThanKnown: true,
    }));

  it('is no other CSV', () =>
    expect(
      egrid.recognise(
        openedFile(
          {
            table: [
              ['year', 'subregion'],
              ['2023', 'CAMX'],
            ],
          },
          { kind: 'csv' },
        ),
      ),
    ).toBeNull());
});

describe('the summary tables', () => {
  const summary = (unit: string, ...rows: TestCell[][]): OpenedFile =>
    openedFile({
      Contents: [['eGRID summary tables']],
      'Table 1': [
        ['1. Subregion Output Emission Rates (eGRID2022)'],
        [
          'eGRID subregion acronym',
          'eGRID subregion name',
          'Total output emission rates',
          _,
          _,
          _,
          _,
          'Non-baseload emission rates',
          _,
          _,
          'Grid Gross Loss (%)',
        ],
        [_, _, `lb/${unit}`, _, _, _, _, `lb/${unit}`],
        [_, _, 'CO2', 'CH4', 'N2O', 'CO2e', 'Annual NOx', 'CO2', 'CH4', 'N2O'],
        ...rows,
      ] as Rows,
    });
  const california: TestCell[] = ['CAMX', 'WECC California', 497.443, 0.03, 0.004, 499.3, 0.4, 1054.982, 0.049, 0.006, 0.051];

  it('reads the total output rates, each column by its name', () => {
    const read = reading(
      summary('MWh', california, ['U.S.', _, 823.149, 0.066, 0.009, 827.5, 0.5, 1405.322, 0.107, 0.015, 0.051], ['Created: 1/30/2024']),
    );
    expect(read.recognised).toEqual({ publisher: 'US EPA', edition: 'eGRID2022', version: 'summary tables', newerThanKnown: false });
    expect(
      own(read).map(({ code, region, gases: amounts }) => [code, region, ...amounts.map((amount) => Object.values(amount).join(' '))]),
    ).toEqual([
      ['eGRID2022-CAMX', 'US-CAMX', 'CO2 225.63634930991', 'CH4 0.0136077711', 'N2O 0.00181436948'],
      ['eGRID2022-US', 'US', 'CO2 373.37410577313', 'CH4 0.02993709642', 'N2O 0.00408233133'],
    ]);
    expect(read.omissions.filter(({ reason }) => reason === 'non_baseload')).toHaveLength(2);
    expect(read.set.properties?.map(({ region, value }) => [region, value])).toEqual([
      ['US-CAMX', '0.051'],
      ['US', '0.051'],
    ]);
  });

  it('reads lb/GWh as a thousandth of it per MWh', () => {
    const read = reading(summary('GWh', ['CAMX', 'WECC California', 497443, 30, 4, 499300, 400, 1054982, 49, 6, 0.051]));
    expect(read.set.factors[0]).toMatchObject({
      unit: 'MWh',
      gases: [
        { gas: 'CO2', kg: '225.63634930991' },
        { gas: 'CH4', kg: '0.0136077711' },
        { gas: 'N2O', kg: '0.00181436948' },
      ],
      source: { printed: '497443 lb CO2, 30 lb CH4, 4 lb N2O per GWh' },
    });
  });

  it('reads a unit of its own for each gas', () => {
    const file = openedFile({
      'Table 1': [
        ['1. Subregion Output Emission Rates (eGRID2014)'],
        ['eGRID subregion acronym', 'eGRID subregion name', 'Total output emission rates'],
        [_, _, 'lb/MWh', 'lb/GWh', 'lb/GWh'],
        [_, _, 'CO2', 'CH4', 'N2O'],
        ['CAMX', 'WECC California', 568.6, 33.1, 4],
      ],
    });
    expect(reading(file).set.factors[0]).toMatchObject({
      gases: [
        { gas: 'CO2', kg: '257.912621582' },
        { gas: 'CH4', kg: '0.015013907447' },
        { gas: 'N2O', kg: '0.00181436948' },
      ],
      source: { printed: '568.6 lb CO2 per MWh, 33.1 lb CH4 per GWh, 4 lb N2O per GWh' },
    });
  });

  it('takes no loss for a fraction that is none', () =>
    expect(omissionsOf(reading(summary('MWh', [...california.slice(0, -1), 5.1])))).toContainEqual([
      5,
      'unit_unknown',
      'a loss of 5.1 is no fraction of what was generated',
    ]));

  it('is refused without its units', () => {
    const file = summary('kWh', california);
    const recognised = egrid.recognise(file);
    expect(recognised && egrid.read(file, recognised, {})).toMatchObject({ refused: 'header_missing', sheet: 'Table 1' });
  });
});
