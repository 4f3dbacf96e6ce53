import { factorCoded, leftOut, readBy } from '../../../../test/support/factor-reading';
import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { ukEts } from './uk-ets';

const header = [
  'CRT Category [note 18]',
  'Industry',
  'UK GHG fuel',
  'CEF (Gross) [note 1]',
  'CO2 EF (Gross)',
  'CEF Units',
  'CO2 tCO2/TJ (net)',
  'GCV',
  'GCV Units',
  'Conversion factors for gross to net energy consumption',
  'NCV',
  'NCV Units',
];
const commercial = '1A4a Commercial/Institutional stationary fuel use';
const note = '[note 12]';

function workbook(fuels: readonly (readonly TestCell[])[]) {
  return openedFile({
    Cover: [
      ['Carbon Emission Factors and Calorific Values from the UK Greenhouse Gas Inventory (Ricardo Energy & Environment, 2025) to support'],
      ['Issue 1'],
    ],
    'Emission_Factors_&_CVs': [['Carbon emissions factors'], header, ...fuels],
    Regional_Natural_Gas_Data: [
      ['Carbon dioxide emission factors for UK natural gas 2024 [notes 13 to 17]'],
      [
        'Local Distribution Zone (LDZ)',
        'LDZ abbreviation',
        'CEF(g) tCO2/TJ',
        'CEF(n) tCO2/TJ',
        ' CEF(g) gCO2/m3',
        'GCV MJ/m3',
        'NCV MJ/m3',
      ],
      ['Scotland', 'SC', 51.229808, 56.776032, 2004.940535, 39.133213, 35.310597],
    ],
  });
}

describe('the UK ETS carbon factors', () => {
  const reading = readBy(
    ukEts,
    workbook([
      [
        commercial,
        'All Commerical and Institutional',
        'Gas Oil',
        870,
        3190,
        'kt C per Mt fuel consumed',
        74.93750378081795,
        45.28,
        'GJ/tonne',
        0.94,
        42.57,
        'GJ/tonne',
      ],
      [
        null,
        'All Commerical and Institutional',
        'Fuel Oil [note 8]',
        879,
        3223,
        'kt C per Mt fuel consumed',
        78.98,
        43.41,
        'GJ/tonne',
        0.94,
        40.8,
        'GJ/tonne',
      ],
      [null, 'All Commerical and Institutional', 'Natural Gas', note, note, note, note, note, note, note, note, note],
      [
        '1A1b Petroleum Refining',
        'All Petroleum Refining',
        'LPG',
        1.71,
        6.27,
        'kt C per Mtherm fuel consumed',
        63.88,
        49.39,
        'GJ/tonne',
        0.93,
        45.99,
        'GJ/tonne',
      ],
    ]),
  );

  it('take CO2 and never the carbon beside it', () =>
    expect(factorCoded(reading, '1a4a-all-commerical-and-institutional-gas-oil-t')).toMatchObject({
      activityType: 'fuel.gas-oil',
      gases: [{ gas: 'CO2', kg: '3190' }],
      partial: true,
    }));
  it('are per TJ of net calorific value', () =>
    expect(factorCoded(reading, '1a4a-all-commerical-and-institutional-gas-oil-net-TJ')).toMatchObject({
      unit: 'TJ',
      attributes: { calorific_basis: 'net' },
      gases: [{ gas: 'CO2', kg: '74937.50378081795' }],
    }));
  it('are per therm of gross calorific value where the publisher counts therms, and name the industry', () =>
    expect(factorCoded(reading, '1a1b-all-petroleum-refining-lpg-therm-EC')).toMatchObject({
      unit: 'therm-EC',
      attributes: { fuel: 'lpg-all-petroleum-refining', calorific_basis: 'gross' },
    }));
  it('have calorific values on both bases', () =>
    expect(
      reading.set.properties
        ?.filter(({ activityType }) => activityType === 'fuel.gas-oil')
        .map(({ kind, value, unit }) => [kind, value, unit]),
    ).toEqual([
      ['gross-cv', '45.28', 'GJ/t'],
      ['net-cv', '42.57', 'GJ/t'],
    ]));
  it('have natural gas by zone, its cubic metre at 15 °C', () =>
    expect(reading.set.factors.filter(({ region }) => region === 'GB-SC').map(({ unit, year, gases }) => [unit, year, gases])).toEqual([
      ['TJ', 2024, [{ gas: 'CO2', kg: '51229.808' }]],
      ['TJ', 2024, [{ gas: 'CO2', kg: '56776.032' }]],
      ['Sm3', 2024, [{ gas: 'CO2', kg: '2.004940535' }]],
    ]));
  it('take a note for no figure', () => expect(leftOut(reading)).toEqual([[5, 'value_not_a_number']]));
  it('want their columns', () => {
    const file = openedFile({ ...{ Cover: [], 'Emission_Factors_&_CVs': [['CRT Category']], Regional_Natural_Gas_Data: [] } });
    expect(() => readBy(ukEts, file)).toThrow('header_missing');
  });
});
