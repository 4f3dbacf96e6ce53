import { factorCoded, leftOut, readBy } from '../../../../test/support/factor-reading';
import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { ghgProtocolTool } from './ghg-protocol-tool';

type Rows = readonly (readonly TestCell[])[];

/** One table of sheet `Stationary Combustion`, fuels with heating value, figure per TJ and per tonne, density and figure per litre. */
function table(n: number, gas: string, fuels: Rows): Rows {
  const head = [null, 'Fuel', null, null, `${gas} emission factors`];
  return [
    [null, `Table ${n}. ${gas} Emission Factors by Fuel`],
    head,
    [null, null, null, 'Lower Heating Value', 'Energy basis'],
    [null, null, null, 'TJ/Gg', `kg ${gas}/TJ`],
    ...fuels,
    [null, '1 Density was converted from API gravity'],
  ];
}

const fuel = (label: string, ncv: TestCell, ...figures: TestCell[]): readonly TestCell[] => [null, null, label, ncv, ...figures];

function toolOf(sheets: Readonly<Record<string, Rows>>) {
  return openedFile({
    'Welcome!': [['Welcome! This workbook']],
    'Stationary Combustion': [],
    'Mobile Combustion - Fuel Use': [],
    'Mobile Combustion - Distance': [],
    'Electricity US': [],
    'Electricity CN, TW, BR, TH, UK': [],
    'Mobile Combustion - Freight': [],
    'Mobile Combustion - Public': [],
    'Revision History': [[], [null, 'Version'], [null, '1.0'], [null, '2.0']],
    ...sheets,
  });
}
const read = (sheets: Readonly<Record<string, Rows>>) => readBy(ghgProtocolTool, toolOf(sheets), 'as agreed with WRI');

describe('the GHG Protocol cross-sector tool', () => {
  it('states no licence', () => expect(() => readBy(ghgProtocolTool, toolOf({}))).toThrow('licence_missing'));
  it('says its version, and when it is newer than known', () => {
    expect(ghgProtocolTool.recognise(toolOf({}))).toMatchObject({ version: '2.0', newerThanKnown: false });
    expect(ghgProtocolTool.recognise(toolOf({ 'Revision History': [[null, '3.0']] }))).toMatchObject({
      version: '3.0',
      newerThanKnown: true,
    });
  });

  const stationary = read({
    'Stationary Combustion': [
      ...table(1, 'CO2', [
        fuel('Gas/Diesel oil2', 43, 74100, 3186.3, 0.913280524, null, 2.9099857336212),
        fuel('Motor gasoline2', 44.3, 69300, 3069.99, 0.745342576, null, 2.2881942548942398),
        fuel('Wood or Wood waste', 15.6, 112000, 1747.2),
        fuel('Peat', 9.76, 106000, 1034.56),
        fuel('Industrial wastes', 'NA', 143000, 'NA'),
        fuel('Sewage sludge', 27.4, 79600, 2181.04),
      ]),
      ...table(2, 'CH4', [
        fuel('Gas/Diesel oil', 43, 10, 0.43, 0.913280524, null, 0.00039271062532),
        fuel('Motor gasoline/Petrol2', 44.3, 10, 0.443, 0.745342576, null, 0.000330186761168),
        fuel('Wood or Wood waste', 15.6, 300, 4.68),
        fuel('Peat', 9.76, 10, 0.0976),
        fuel('Industrial wastes', 'NA', 300, 'NA'),
      ]),
      ...table(3, 'N2O', [
        fuel('Gas/Diesel oil', 43, 0.6, 0.0258, 0.913280524, null, 0.0000235626375192),
        fuel('Motor gasoline/Petrol2', 44.3, 0.6, 0.02658, 0.745342576, null, 0.0000023344785490059295),
        fuel('Wood or Wood waste', 15.6, 4, 0.0624),
        fuel('Peat', 9.76, 1.4, 0.013664),
        fuel('Industrial wastes', 'NA', 4, 'NA'),
      ]),
    ],
  });

  it('has the IPCC on net calorific value, the gases of three tables together', () =>
    expect(factorCoded(stationary, 'stationary-gas-diesel-oil-TJ')).toMatchObject({
      activityType: 'fuel.gas-oil',
      attributes: { calorific_basis: 'net' },
      region: 'GLOBAL',
      gases: [
        { gas: 'CO2', kg: '74100' },
        { gas: 'CH4', kg: '10' },
        { gas: 'N2O', kg: '0.6' },
      ],
    }));
  it('has 2.91 kg CO2 in a litre of diesel at a density of 0.913', () => {
    expect(factorCoded(stationary, 'stationary-gas-diesel-oil-L').gases[0]).toEqual({ gas: 'CO2', kg: '2.9099857336212' });
    expect(stationary.set.properties?.find(({ code }) => code === 'density-gas-diesel-oil')).toMatchObject({
      value: '0.913280524',
      unit: 'kg/L',
    });
  });
  it('joins one fuel under two names, and keeps at most the decimals of a rate', () =>
    expect(factorCoded(stationary, 'stationary-motor-gasoline-L').gases).toEqual([
      { gas: 'CO2', kg: '2.2881942548942398' },
      { gas: 'CH4', kg: '0.000330186761168' },
      { gas: 'N2O', kg: '0.000002334478549006' },
    ]));
  it('has biogenic CO2 outside the scopes and the other gases inside', () => {
    expect(factorCoded(stationary, 'stationary-wood-or-wood-waste-TJ')).toMatchObject({
      attributes: { fuel: 'wood-waste', calorific_basis: 'net' },
      gases: [
        { gas: 'CH4', kg: '300' },
        { gas: 'N2O', kg: '4' },
      ],
    });
    expect(factorCoded(stationary, 'stationary-wood-or-wood-waste-TJ-biogenic')).toMatchObject({
      leg: 'biogenic',
      gases: [{ gas: 'CO2_biogenic', kg: '112000' }],
    });
  });
  it('has peat as a fossil fuel, although the table lists it with biomass', () =>
    expect(factorCoded(stationary, 'stationary-peat-t').gases[0]).toEqual({ gas: 'CO2', kg: '1034.56' }));
  it('takes "NA" for no figure: nothing per tonne, no heating value', () => {
    expect(stationary.set.factors.filter(({ attributes }) => attributes.fuel === 'industrial-wastes').map(({ unit }) => unit)).toEqual([
      'TJ',
    ]);
    expect(stationary.set.properties?.some(({ code }) => code.includes('industrial'))).toBe(false);
  });
  it('leaves out a biofuel that the vocabulary does not know', () => expect(leftOut(stationary)).toEqual([[10, 'type_not_covered']]));

  it('reads fuels of vehicles as CO2 alone, blends in two parts, and joins machines where the units agree', () => {
    const mobile = read({
      'Mobile Combustion - Fuel Use': [
        [null, 'Table 1. CO2 Emission Factors by Fuel'],
        [null, 'Region', 'Fuel', 'Fossil CO2 EF', 'Biogenic CO2 EF', 'EF Unit'],
        [null, 'US', 'Diesel Fuel', 10.21, null, 'kg/US Gallon'],
        [null, 'US', 'B20 Biodiesel/Diesel*', 8.168, 1.89, 'kg/US Gallon'],
        [null, 'Other1', 'Motor Gasoline/Petrol', 2.2881942548942398, null, 'kg/L'],
        [null, 'Table 2. CH4 and N2O Emission Factors by Fuel and Vehicle Type'],
        [null, 'Other', 'Diesel', 'Rail', null, 4.15, 'kg/TJ', 28.6, 'kg/TJ'],
        [null, 'US', 'Diesel', 'Construction Equipment2', null, 1.01, 'g/US Gallon', 0.94, 'g/US Gallon'],
      ],
    });
    expect(factorCoded(mobile, 'mobile-US-diesel-fuel-US-gal')).toMatchObject({
      activityType: 'fuel.diesel',
      unit: 'US-gal',
      partial: true,
    });
    expect(factorCoded(mobile, 'mobile-US-b20-biodiesel-diesel-US-gal-biogenic').gases).toEqual([{ gas: 'CO2_biogenic', kg: '1.89' }]);
    expect(factorCoded(mobile, 'machine-US-diesel-fuel-construction-equipment').gases).toEqual([
      { gas: 'CO2', kg: '10.21' },
      { gas: 'CH4', kg: '0.00101' },
      { gas: 'N2O', kg: '0.00094' },
    ]);
    expect(leftOut(mobile)).toEqual([[7, 'total_missing']]);
  });

  it('reads grams per mile as kilograms, true zeros, and leaves ranges alone', () => {
    const distance = read({
      'Mobile Combustion - Distance': [
        [null, 'Table 1. CH4 and N2O Emission Factors for U.S. and Other Regions'],
        [null, 'US', 'Motorcycles', '1996-2005', 'Gasoline', 0, 'g/mile', 0, 'g/mile'],
        [null, 'Other1', 'Light Duty Vehicles', null, 'CNG', '0.215 - 0.725', 'g/km', '0.027 - 0.07', 'g/km'],
        [null, 'US', 'Bus', null, 'Hydrogen fuel cell', 0.193, 'g/mile', 0.029, 'g/mile'],
      ],
    });
    expect(distance.set.factors).toMatchObject([
      { attributes: { vehicle: 'motorcycles', fuel: 'petrol', model_year: '1996-2005' }, unit: 'mi', gases: [{ kg: '0' }, { kg: '0' }] },
    ]);
    expect(leftOut(distance)).toEqual([
      [3, 'value_is_a_range'],
      [4, 'condition_not_covered'],
    ]);
  });

  it('reads CO2 of a grid in lb/MWh and its CH4 and N2O in lb/GWh', () => {
    const grid = read({
      'Electricity US': [
        [null, 'Table 1. Year 2022 US Regional Electricity Emission Factors'],
        [null, 'WECC California', 497.443, 30, 4],
        [null, 'MRO - Subregion unknown', 1, 2, 3],
      ],
    });
    expect(grid.set.factors).toMatchObject([
      {
        region: 'US-CAMX',
        year: 2022,
        gases: [
          { gas: 'CO2', kg: '225.63634930991' },
          { gas: 'CH4', kg: '0.0136077711' },
          { gas: 'N2O', kg: '0.00181436948' },
        ],
      },
    ]);
    expect(leftOut(grid)).toEqual([[3, 'region_unknown']]);
  });

  it('takes CO2e of unsaid GWPs for no figure', () => {
    const elsewhere = read({
      'Electricity CN, TW, BR, TH, UK': [
        [null, 'Table 1. Chinese Electricity National Average'],
        [null, 2022, 0.5703],
        [null, 'Table 2. Electricity Emission Factors for Taiwan'],
        [null, 2022, 0.495],
      ],
    });
    expect(elsewhere.set.factors).toMatchObject([{ region: 'CN', partial: true, gases: [{ gas: 'CO2', kg: '570.3' }] }]);
    expect(leftOut(elsewhere)).toEqual([[4, 'gwp_unknown']]);
  });

  it('joins the two tables of freight row by row, whatever they call the sizes', () => {
    const freight = read({
      'Mobile Combustion - Freight': [
        [null, 'Table 1. CO2 Emission Factors by Weight or Vehicle Distance'],
        [null, 'Weight-Distance Basis'],
        [null, 'UK', 'HGV - Rigid', '>17 tonnes', 'Average Laden', 'Diesel', 0.1517, 'kg/tonne-kilometer'],
        [null, 'UK', 'HGV - Rigid', 'Average2', 'Average Laden', 'Diesel', 0.17585, 'kg/tonne-kilometer'],
        [null, 'US', 'Aircraft', null, null, null, 0.905, 'kg/short ton-mile'],
        [null, 'Table 2. CH4 and N2O Emission Factors by Weight or Vehicle Distance'],
        [null, 'Weight-Distance Basis'],
        [null, 'UK', 'HGV - Rigid', '>17 tonnes', 'Average Laden', 'Diesel', 0.0016, 'g/tonne-kilometer', 0.0076, 'g/tonne-kilometer'],
        [
          null,
          'UK',
          'HGV - Rigid',
          'Engine Size Unknown2',
          'Average Laden',
          'Diesel',
          0.0016,
          'g/tonne-kilometer',
          0.0087,
          'g/tonne-kilometer',
        ],
        [null, 'US', 'Aircraft', null, null, null, 0, 'g/short ton-mile', 0.0279, 'g/short ton-mile'],
      ],
    });
    expect(factorCoded(freight, 'freight-GB-hgv-rigid-average-average-laden-diesel-t.km')).toMatchObject({
      activityType: 'freight.road',
      attributes: { vehicle: 'hgv-rigid' },
      gases: [{ kg: '0.17585' }, { kg: '0.0000016' }, { kg: '0.0000087' }],
    });
    expect(freight.set.factors.filter(({ region }) => region === 'US').map(({ attributes }) => attributes)).toEqual(
      ['domestic', 'short-haul', 'long-haul'].map((haul) => ({ haul, radiative_forcing: 'without' })),
    );
    expect(leftOut(freight)).toEqual([
      [3, 'condition_not_covered'],
      [8, 'condition_not_covered'],
    ]);
  });
});
