import { factorCoded, leftOut, readBy } from '../../../../test/support/factor-reading';
import { openedFile } from '../../../../test/support/factor-files';
import { ipccEfdb } from './ipcc-efdb';

const HEADER = [
  'EF ID',
  'IPCC 1996 Source/Sink Category',
  'IPCC 2006 Source/Sink Category',
  'Gas',
  'Fuel 2006',
  'Type of parameter',
  'Description',
  'Technologies / Practices',
  'Parameters / Conditions',
  'Region / Regional Conditions',
  'Abatement / Control Technologies',
  'Other properties',
  'Value',
  'Unit',
];
const COMMERCIAL = '1.A.4.a - Commercial/Institutional \n';
const INDUSTRY = '1.A.1 - Energy Industries\n';
const CO2 = 'CARBON DIOXIDE\n';
const stationary = (gas: string): string => `${gas} Emission Factor for Stationary Combustion (kg/TJ on a net calorific basis)`;

function row(
  id: string,
  fuel: string,
  gas: string,
  description: string,
  value: string,
  more: { category?: string; type?: string; technology?: string; unit?: string } = {},
): string[] {
  const { category = COMMERCIAL, type = '2006 IPCC default', technology = '', unit = 'kg/TJ' } = more;
  return [id, '', category, gas, fuel, type, description, technology, '', '', '', '', value, unit];
}

const reading = readBy(
  ipccEfdb,
  openedFile({
    Sheet1: [
      HEADER,
      row('1', 'Natural Gas', CO2, stationary('CO2'), '56100'),
      row('2', 'Natural Gas', 'METHANE\n', stationary('CH4'), '5'),
      row('3', 'Natural Gas', 'NITROUS OXIDE\n', stationary('N2O'), '0.1'),
      row('4', 'Natural Gas', CO2, stationary('CO2'), '56100', { category: INDUSTRY }),
      row('5', 'Wood/Wood Waste', CO2, stationary('CO2'), '112000'),
      row('6', 'Wood/Wood Waste', 'METHANE\n', stationary('CH4'), '300'),
      row('7', 'Wood/Wood Waste', CO2, stationary('CO2'), '112000', { category: INDUSTRY }),
      row('8', 'Lignite', 'METHANE\n', stationary('CH4'), '10'),
      row('9', 'Lignite', CO2, stationary('CO2'), '90900-115000'),
      row('10', 'Lignite', CO2, stationary('CO2'), 'not applicable'),
      row('11', 'Lignite', CO2, stationary('CO2'), ''),
      row('12', 'Lignite', CO2, 'Accumulation rate', '-3.1', { unit: 'tonnes C/ha' }),
      row('13', 'Lignite', CO2, stationary('CO2'), '101000', { technology: 'Boilers' }),
      row('14', 'Lignite', CO2, stationary('CO2'), '101000', { type: 'Measured' }),
      row('15', 'Lignite', `METHANE\n${CO2}`, stationary('CO2'), '1'),
      row('16', 'Sewage Sludge', CO2, stationary('CO2'), '79600'),
      row('17', '', 'METHANE\n', 'Enteric fermentation', '58', { unit: 'kg CH4/head/yr' }),
      row('18', 'Natural Gas', CO2, 'Net Calorific Value (NCV)', '48.0', { category: '1.A - Fuel Combustion Activities\n', unit: 'TJ/Gg' }),
      row('19', 'Natural Gas', 'NITROUS OXIDE\n', stationary('N2O'), '0.3'),
    ],
  }),
  'EFDB terms',
);

describe('the IPCC Emission Factor Database', () => {
  it('makes one factor of the three gases of a fuel, on net calorific value', () =>
    expect(factorCoded(reading, 'EFDB-1')).toMatchObject({
      activityType: 'fuel.natural-gas',
      unit: 'TJ',
      year: 2006,
      region: 'GLOBAL',
      attributes: { calorific_basis: 'net' },
      gases: [
        { gas: 'CO2', kg: '56100' },
        { gas: 'CH4', kg: '5' },
        { gas: 'N2O', kg: '0.1' },
      ],
    }));
  it('names the sector with the fuel, and says when gases are missing', () =>
    expect(factorCoded(reading, 'EFDB-4')).toMatchObject({
      activityType: 'fuel.stationary',
      attributes: { fuel: 'natural-gas-energy-industries' },
      partial: true,
    }));
  it('has biogenic CO2 outside the scopes', () =>
    expect(factorCoded(reading, 'EFDB-5-biogenic')).toMatchObject({ leg: 'biogenic', gases: [{ gas: 'CO2_biogenic', kg: '112000' }] }));
  it('has net calorific values as properties', () =>
    expect(reading.set.properties).toMatchObject([{ kind: 'net-cv', value: '48', unit: 'TJ/Gg', activityType: 'fuel.natural-gas' }]));
  it('leaves out, by name, whatever is no single plain value of a certain fuel and gas', () =>
    expect(leftOut(reading)).toEqual([
      [8, 'condition_not_covered'],
      [9, 'total_missing'],
      [10, 'value_is_a_range'],
      [11, 'value_not_a_number'],
      [12, 'value_blank'],
      [13, 'value_negative'],
      [14, 'condition_not_covered'],
      [15, 'condition_not_covered'],
      [16, 'type_not_covered'],
      [17, 'type_not_covered'],
      [18, 'type_not_covered'],
      [20, 'duplicate_id'],
    ]));
  it('states no licence', () => expect(() => readBy(ipccEfdb, openedFile({ Sheet1: [HEADER] }))).toThrow('licence_missing'));
});
