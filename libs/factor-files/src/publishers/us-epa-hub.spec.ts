import { Decimal, validateFactorSet, type Factor } from '#ghg';
import { gases } from '../../../../test/golden/fixtures';
import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { FRONT, hub, TABLES, type Rows } from '../../../../test/support/us-epa-hub';
import { isFileRefusal, type FactorFileReading, type OpenedFile } from '../factor-file';
import { accountOf } from '../read-factor-file';
import { cellsRefused } from '../strict-cells';
import { usEpaHub } from './us-epa-hub';
import { gwpOfBlend } from './us-epa/hub-gwp';
import { withoutLetter } from './us-epa/hub-sheet';
import { modelYearsOf } from './us-epa/hub-vehicles';

const _ = null;

function readHub(file: OpenedFile): FactorFileReading {
  const recognised = usEpaHub.recognise(file);
  const reading = recognised && usEpaHub.read(file, recognised, {});
  if (!reading || isFileRefusal(reading)) throw new Error(JSON.stringify(reading));
  return reading;
}

const allOf = ({ set, further = [] }: FactorFileReading): readonly Factor[] => [set, ...further].flatMap(({ factors }) => factors);
const factorOf = (reading: FactorFileReading, code: string): Factor | undefined => allOf(reading).find((factor) => factor.code === code);
const omissionsOf = (reading: FactorFileReading, reason: string): string[] =>
  reading.omissions.filter((omission) => omission.reason === reason).map(({ column, detail }) => `${column ?? ''} ${detail}`.trim());

describe('which hub a file is', () => {
  const frontOf = (...lines: string[]): Rows => [
    [_, 'Emission Factors for Greenhouse Gas Inventories'],
    ...lines.map((line) => [_, _, line]),
    [_, _, 'CH4', 28],
    [_, _, 'N2O', 265],
  ];

  it.each([
    [['Last Modified: January 15, 2025'], 'Emission Factors Hub 2025', '2025-01-15', false],
    [['Last Modified: 15 September 2021'], 'Emission Factors Hub 2021', '2021-09-15', false],
    [
      [
        'Blue text indicates an update from the 2023 version of this document.',
        'Light Blue text indicates an update from the original release of the 2024 version of this document.',
      ],
      'Emission Factors Hub 2024',
      'reissue',
      false,
    ],
    [['Blue text indicates an update from the 2023 version of this document.'], 'Emission Factors Hub 2024', 'undated', false],
    [['Last Modified: February 3, 2027'], 'Emission Factors Hub 2027', '2027-02-03', true],
  ])('%j', (lines, edition, version, newerThanKnown) =>
    expect(usEpaHub.recognise(hub({}, frontOf(...lines)))).toEqual({ publisher: 'US EPA', edition, version, newerThanKnown }),
  );

  it('is none without its title, whatever the sheet is called', () => {
    expect(usEpaHub.recognise(openedFile({ 'Emission Factors Hub': [[_, 'Something else']] }))).toBeNull();
    expect(usEpaHub.recognise(openedFile({ Sheet1: [[_, 'Emission Factors for Greenhouse Gas Inventories']] }))).toBeNull();
  });
});

describe('the hub of US EPA', () => {
  const reading = readHub(hub());

  it('accounts for every line, and makes sets that the kernel takes', () => {
    expect(accountOf(reading)).toBeNull();
    for (const set of [reading.set, ...(reading.further ?? [])]) expect(validateFactorSet(set, gases)).toEqual([]);
    expect(reading.places?.get('T1-anthracite-mmbtu')).toEqual({ sheet: 'Emission Factors Hub', row: 13 });
  });

  it('reads CO2 in kg beside CH4 and N2O in g, on the higher heating value', () =>
    expect(factorOf(reading, 'T1-anthracite-mmbtu')).toEqual({
      code: 'T1-anthracite-mmbtu',
      activityType: 'fuel.stationary',
      leg: 'combustion',
      region: 'US',
      year: 2025,
      attributes: { fuel: 'anthracite', calorific_basis: 'gross' },
      unit: 'MMBtu',
      gases: [
        { gas: 'CO2', kg: '103.69' },
        { gas: 'CH4', kg: '0.011' },
        { gas: 'N2O', kg: '0.0016' },
      ],
      source: {
        table: 'Table 1, Stationary Combustion',
        row: 'Anthracite (row 13)',
        printed: '103.69 kg CO2, 11 g CH4, 1.6 g N2O per mmBtu (HHV)',
      },
    }));

  it('takes the unit from the header above the row', () => {
    expect(factorOf(reading, 'T1-anthracite-short-ton')).toMatchObject({ unit: 'short-ton', attributes: { fuel: 'anthracite' } });
    expect(factorOf(reading, 'T1-propane-gallon')).toMatchObject({ unit: 'US-gal', attributes: { fuel: 'propane' } });
  });

  it('takes figures per gallon as printed, rounded though they are: 9 % off the heat for propane', () => {
    const [gallon, heat] = ['T1-propane-gallon', 'T1-propane-mmbtu'].map((code) => {
      const amount = factorOf(reading, code)?.gases.find(({ gas }) => gas === 'N2O');
      return amount && 'kg' in amount ? amount.kg : '';
    });
    expect([gallon, new Decimal(heat ?? '').mul('0.091').toFixed()]).toEqual(['0.00005', '0.0000546']);
  });

  it('keeps the CO2 of wood and biodiesel outside the scopes, and that of peat inside', () => {
    expect(factorOf(reading, 'T1-wood-and-wood-residuals-mmbtu')).toMatchObject({
      activityType: 'fuel.wood-pellets',
      gases: [
        { gas: 'CH4_nonfossil', kg: '0.0072' },
        { gas: 'N2O', kg: '0.0036' },
      ],
    });
    expect(factorOf(reading, 'T1-wood-and-wood-residuals-mmbtu-biogenic')).toMatchObject({
      leg: 'biogenic',
      gases: [{ gas: 'CO2_biogenic', kg: '93.8' }],
    });
    expect(factorOf(reading, 'T2-biodiesel-100-percent')).toMatchObject({ leg: 'biogenic', gases: [{ gas: 'CO2_biogenic', kg: '9.45' }] });
    expect(factorOf(reading, 'T1-peat-mmbtu')?.gases[0]).toEqual({ gas: 'CO2', kg: '111.84' });
  });

  it('serves wood pellets by their energy alone', () =>
    expect(
      allOf(reading)
        .filter(({ activityType }) => activityType === 'fuel.wood-pellets')
        .map(({ unit }) => unit),
    ).toEqual(['MMBtu', 'MMBtu']));

  it('leaves out a biomass that the vocabulary does not know as one', () =>
    expect(omissionsOf(reading, 'type_not_covered')).toContain(
      'D "residue-of-algae" is biogenic here and is no biofuel of the vocabulary',
    ));

  it('makes gross calorific values of heat contents, for the pump too where the label is the same', () => {
    expect(
      reading.set.properties?.filter(({ kind }) => kind === 'gross-cv').map(({ activityType, value, unit }) => [activityType, value, unit]),
    ).toEqual([
      ['fuel.stationary', '25.09', 'MMBtu/short-ton'],
      ['fuel.stationary', '8', 'MMBtu/short-ton'],
      ['fuel.stationary', '17.48', 'MMBtu/short-ton'],
      ['fuel.stationary', '0.091', 'MMBtu/US-gal'],
      ['fuel.stationary', '0.125', 'MMBtu/US-gal'],
      ['fuel.petrol', '0.125', 'MMBtu/US-gal'],
      ['fuel.stationary', '0.128', 'MMBtu/US-gal'],
      ['fuel.mobile', '0.128', 'MMBtu/US-gal'],
    ]);
  });

  it('marks CO2 of fuel alone as partial', () => {
    expect(factorOf(reading, 'T2-diesel-fuel')).toMatchObject({ activityType: 'fuel.diesel', partial: true });
    expect(factorOf(reading, 'T2-compressed-natural-gas-cng')).toMatchObject({ attributes: { fuel: 'cng' }, unit: 'ft3' });
  });

  it('has one factor for every model year of a range, and carries labels down', () => {
    const years = allOf(reading)
      .filter(({ code }) => code.startsWith('T3-'))
      .map(({ attributes }) => `${attributes.vehicle} ${attributes.model_year}`);
    expect(years).toEqual([
      'passenger-car 1973',
      'passenger-car 1974',
      'passenger-car 1975',
      'light-duty-truck 1973',
      'light-duty-truck 1974',
      'light-duty-truck 1975',
      'heavy-duty-vehicle to-1980',
      'motorcycle 1996',
      'motorcycle 1997',
    ]);
  });

  it('reads a zero that is kept as text as the zero that it is', () => {
    expect(factorOf(reading, 'T3-motorcycle-petrol-1996')?.gases).toEqual([
      { gas: 'CH4', kg: '0' },
      { gas: 'N2O', kg: '0' },
    ]);
    expect(factorOf(reading, 'T8-aircraft-domestic')?.gases[1]).toEqual({ gas: 'CH4', kg: '0' });
  });

  it('has a figure for other fuels whatever the model year, and none for a fuel that no vehicle can state', () => {
    expect(factorOf(reading, 'T4-bus-cng')?.attributes).toEqual({ vehicle: 'bus', fuel: 'cng' });
    expect(omissionsOf(reading, 'type_not_covered')).toContain('D vehicle.distance-ch4-n2o has no fuel "Hydrazine" (Buses)');
  });

  it('joins the CO2 of table 2 to CH4 and N2O of machines, and leaves out a fuel that table 2 has not', () => {
    expect(factorOf(reading, 'T5-ships-and-boats-diesel')).toMatchObject({
      activityType: 'fuel.mobile',
      attributes: { fuel: 'diesel-ships-and-boats' },
      unit: 'US-gal',
      gases: [
        { gas: 'CO2', kg: '10.21' },
        { gas: 'CH4', kg: '0.00651' },
        { gas: 'N2O', kg: '0.00017' },
      ],
      source: { printed: '6.51 g CH4, 0.17 g N2O per gallon; CO2 of table 2, Diesel Fuel: 10.21 kg CO2 per gallon' },
    });
    expect(omissionsOf(reading, 'type_not_covered')).toContain('E no CO2 of "LPG" in table 2');
  });

  it('takes total output rates in pounds for the year of the data, and omits non-baseload rates by name', () => {
    expect(factorOf(reading, 'eGRID2023-CAMX')).toMatchObject({
      region: 'US-CAMX',
      year: 2023,
      unit: 'MWh',
      gases: [
        { gas: 'CO2', kg: '198.06337632235' },
        { gas: 'CH4', kg: '0.01133980925' },
        { gas: 'N2O', kg: '0.00136077711' },
      ],
    });
    expect(factorOf(reading, 'eGRID2023-US')).toMatchObject({ region: 'US' });
    expect(omissionsOf(reading, 'non_baseload')).toEqual([
      'H US-CAMX: 1033.985 lb CO2 per MWh',
      'H US-PRMS: 1636.738 lb CO2 per MWh',
      'H US: 1393.7 lb CO2 per MWh',
    ]);
  });

  it('has the grid gross loss as lost ÷ generated, and a blank one as none', () => {
    expect(reading.set.properties?.filter(({ kind }) => kind === 'loss-of-generation').map(({ region, value }) => [region, value])).toEqual(
      [
        ['US-CAMX', '0.041'],
        ['US', '0.042'],
      ],
    );
    expect(omissionsOf(reading, 'value_blank')).toContain('K US-PRMS: grid gross loss');
  });

  it('has freight per short ton-mile and per vehicle-mile, paid or not', () => {
    expect(factorOf(reading, 'T8-medium-and-heavy-duty-truck')).toMatchObject({
      activityType: 'freight.road',
      attributes: { vehicle: 'hgv-average' },
      unit: 'short-ton.mi',
    });
    expect(factorOf(reading, 'T8-medium-and-heavy-duty-truck-downstream')).toMatchObject({ activityType: 'freight-downstream.road' });
    expect(factorOf(reading, 'T8-medium-and-heavy-duty-truck-vehicle')).toMatchObject({ activityType: 'freight.vehicle', unit: 'mi' });
  });

  it('has waste in metric tons of CO2e per short ton, under the GWPs of its own note and so in a set of its own', () => {
    expect(reading.set.gwpSet).toBe('AR5');
    expect(reading.further?.map(({ edition, gwpSet }) => [edition, gwpSet])).toEqual([['Emission Factors Hub 2025, Table 9', 'AR4']]);
    expect(factorOf(reading, 'T9-food-waste-landfill')).toMatchObject({
      activityType: 'waste.disposal',
      attributes: { material: 'food-waste', treatment: 'landfill' },
      unit: 'short-ton',
      gases: [],
      kgco2e: '680',
    });
    expect(factorOf(reading, 'T9-food-waste-landfill-end-of-life')).toMatchObject({ activityType: 'end-of-life.product', kgco2e: '680' });
  });

  it('reads NA as not available, tells digestion by its digestate, and names the line that it cannot tell apart', () => {
    expect(factorOf(reading, 'T9-glass-composting')).toBeUndefined();
    expect(omissionsOf(reading, 'value_blank')).toContain('G Glass, Composted: "NA"');
    expect(factorOf(reading, 'T9-food-waste-dry-anaerobic-digestion')?.kgco2e).toBe('140');
    expect(omissionsOf(reading, 'condition_not_covered')).toEqual([
      'C Intercity Rail - Northeast Corridor: no attribute tells it from the average',
    ]);
  });

  it('takes no GWP, and names the blend whose parts do not come to what is printed', () =>
    expect(omissionsOf(reading, 'gwp_of_register')).toEqual([
      'GWP of a gas',
      'GWP of a gas',
      'E HFC-125: 3170',
      'E HFC-134a: 1300',
      'D R-424A: 3104 does not agree with 50.5% HFC-125 , 47% HFC-134a , 1% butane , 0.9% isobutane , 0.6% isopentane, which comes to 2211.85: a misprint',
      'D R-409A: 0',
    ]));
});

describe('other editions', () => {
  it('keeps waste in the set of the hub where both are under AR4', () => {
    const front = [...FRONT.slice(0, 5), [_, _, 'CH4', 25], [_, _, 'N2O', 298]];
    const reading = readHub(hub({}, front));
    expect([reading.set.gwpSet, reading.further]).toEqual(['AR4', undefined]);
    expect(reading.set.factors.some(({ code }) => code === 'T9-glass-recycling')).toBe(true);
  });

  it('reads subregions that are one cell, as in 2021', () => {
    const reading = readHub(
      hub({
        6: [
          [_, 'Table 6', '   Electricity'],
          [_, _, _, 'Total Output Emission Factors', _, _, 'Non-Baseload Emission Factors'],
          [_, _, 'eGRID Subregion', 'CO2 Factor', 'CH4 Factor', 'N2O Factor', 'CO2 Factor', 'CH4 Factor', 'N2O Factor'],
          [_, _, _, '(lb / MWh)', '(lb / MWh)', '(lb / MWh)', '(lb / MWh)', '(lb / MWh)', '(lb / MWh)'],
          [_, 'New Region', 'PRMS (Puerto Rico Miscellaneous)', 1537.3, 0.084, 0.013, 1587.9, 0.055, 0.01],
          [_, _, 'Source: EPA eGRID2019, February 2021'],
        ],
      }),
    );
    expect(factorOf(reading, 'eGRID2019-PRMS')).toMatchObject({
      region: 'US-PRMS',
      year: 2019,
      source: { row: 'PRMS (Puerto Rico Miscellaneous)' },
    });
    expect(accountOf(reading)).toBeNull();
  });

  it('reads a ton-mile of 2021 as the short ton-mile that later editions call it, and no other ton', () => {
    const rows = (unit: string): Rows => [...(TABLES[8] ?? []).slice(0, 2), [_, _, 'Rail', 0.022, 0.0017, 0.0005, unit]];
    expect(factorOf(readHub(hub({ 8: rows('ton-mile') })), 'T8-rail')).toMatchObject({ unit: 'short-ton.mi' });
    expect(omissionsOf(readHub(hub({ 8: rows('tonne-mile') })), 'unit_unknown')).toEqual(['G per "tonne-mile"']);
  });

  it('does without the GWPs of gases and blends, of which nothing becomes a factor', () => {
    const reading = readHub(hub({ 11: [], 12: [] }));
    expect(accountOf(reading)).toBeNull();
  });

  it('leaves out a table that nobody here has seen', () => {
    const reading = readHub(
      hub({
        13: [
          [_, 'Table 13', 'Working from home'],
          [_, _, 'Hours', 1.5],
        ],
      }),
    );
    expect(omissionsOf(reading, 'type_not_covered')).toContain('table 13, Working from home, is newer than the layouts that are known');
    expect(accountOf(reading)).toBeNull();
  });
});

describe('a hub that was touched', () => {
  const mobile = (...row: TestCell[]): OpenedFile => hub({ 2: [...(TABLES[2] ?? []), [_, _, ...row]] });

  it.each<[string, TestCell[], string]>([
    ['value_not_a_number', ['Residual Fuel Oil', '11.27?', 'gallon'], 'D CO2: "11.27?"'],
    ['value_is_a_range', ['Residual Fuel Oil', '11-12', 'gallon'], 'D CO2: "11-12"'],
    ['value_negative', ['Residual Fuel Oil', -11.27, 'gallon'], 'D CO2: "-11.27"'],
    ['value_not_a_number', ['Residual Fuel Oil', { error: '#REF!' }, 'gallon'], 'D CO2: "#REF!"'],
    ['unit_unknown', ['Residual Fuel Oil', 11.27, 'ton'], 'E kg CO2 per "ton"'],
    [
      'duplicate_id',
      ['Diesel Fuel', 10.21, 'gallon'],
      'T2-diesel-fuel was read before: Diesel Fuel; CO2 alone, CH4 and N2O are published per mile (row 32)',
    ],
    ['type_not_covered', [_, 10.21, 'gallon'], 'C figures without a label'],
  ])('omits a row as %s: %j', (reason, row, detail) => {
    const reading = readHub(mobile(...row));
    expect(omissionsOf(reading, reason)).toContain(detail);
    expect(accountOf(reading)).toBeNull();
  });

  it.each<[string, TestCell[], object]>([
    ['text', ['Residual Fuel Oil', '11.27?', 'gallon'], { refused: 'cell_invalid', column: 'D' }],
    ['a range', ['Residual Fuel Oil', '11-12', 'gallon'], { refused: 'cell_invalid', column: 'D' }],
    ['a figure below zero', ['Residual Fuel Oil', -11.27, 'gallon'], { refused: 'cell_invalid', column: 'D' }],
    ['an unknown unit', ['Residual Fuel Oil', 11.27, 'ton'], { refused: 'cell_invalid', column: 'E' }],
    ['a fuel twice', ['Diesel Fuel', 10.21, 'gallon'], { refused: 'duplicate_id' }],
  ])('is refused whole for %s', (_what, row, expected) =>
    expect(cellsRefused(usEpaHub, readHub(mobile(...row)))).toMatchObject({ sheet: 'Emission Factors Hub', ...expected }),
  );

  it('as published is taken, what is not available included', () =>
    expect(cellsRefused(usEpaHub, readHub(mobile('Residual Fuel Oil', 'NA', 'gallon')))).toBeNull());

  const refusalOf = (file: OpenedFile): unknown => {
    const recognised = usEpaHub.recognise(file);
    return recognised && usEpaHub.read(file, recognised, {});
  };

  it.each<[string, OpenedFile, object]>([
    ['a table is gone', hub({ 5: [] }), { refused: 'header_missing', detail: 'table 5 is not in the sheet' }],
    [
      'a header is gone',
      hub({ 2: [TABLES[2]![0]!, ...TABLES[2]!.slice(2)] }),
      { refused: 'header_missing', detail: 'the header of table 2 is not in the sheet' },
    ],
    [
      'a figure stands right of the last column',
      hub({ 2: [...TABLES[2]!, [_, _, 'Residual Fuel Oil', 11.27, 'gallon', 12.1]] }),
      { refused: 'hand_edited', detail: 'table 2 has no column F', column: 'F', row: 32 },
    ],
    [
      'a table stands there twice',
      hub({ 2: [...TABLES[2]!, ...TABLES[2]!] }),
      { refused: 'hand_edited', detail: 'table 2 stands there twice' },
    ],
    ['GWPs of no assessment report', hub({}, [...FRONT.slice(0, 5), [_, _, 'CH4', 30], [_, _, 'N2O', 265]]), { refused: 'header_missing' }],
    [
      'no eGRID year',
      hub({ 6: TABLES[6]!.slice(0, -1) }),
      { refused: 'header_missing', detail: 'the year of eGRID under table 6 cannot be found' },
    ],
    [
      'no GWPs of waste',
      hub({ 9: TABLES[9]!.slice(0, -1) }),
      { refused: 'header_missing', detail: 'the GWPs under table 9 cannot be found' },
    ],
  ])('is refused where %s', (_what, file, refusal) => expect(refusalOf(file)).toMatchObject({ ...refusal, sheet: 'Emission Factors Hub' }));
});

describe('model years', () => {
  it.each([
    ['1975', ['1975']],
    ['1973-1974', ['1973', '1974']],
    ['1979-80', ['1979', '1980']],
    ['1984–1986', ['1984', '1985', '1986']],
    ['≤1980', ['to-1980']],
    ['<1981', ['to-1980']],
    ['1990-1985', null],
    ['newer', null],
  ])('%s', (text, years) => expect(modelYearsOf(text)).toEqual(years));
});

describe('the composition of a blend', () => {
  const known = new Map(
    Object.entries({ 'HFC-125': '3170', 'HFC-134a': '1300', 'HFC-143a': '4800', C2F6: '11100', 'HFC-23': '12400' }).map(([gas, gwp]) => [
      gas,
      new Decimal(gwp),
    ]),
  );

  it.each([
    ['50% HFC-125 , 50% HFC-143a', '3985'],
    ['60% HCFC-22 , 25% HCFC-124 , 15% HCFC-142b', '0'],
    ['44% HFC-125 , 4% HFC-134a , 52% HFC 143a', '3942.8'],
    ['39% HFC-23 , 61% PFC-116', '11607'],
    ['50% HFC-999', null],
    ['half HFC-125', null],
  ])('%s', (composition, gwp) => expect(gwpOfBlend(composition, known)?.toFixed() ?? null).toBe(gwp));
});

it.each([
  ['Passenger Car A', 'Passenger Car'],
  ['AircraftC', 'Aircraft'],
  ['Anaerobically Digested (Wet Digestate with Curing)E', 'Anaerobically Digested (Wet Digestate with Curing)'],
  ['PLA', 'PLA'],
  ['HDPE', 'HDPE'],
])('takes the letter of a footnote off %s', (label, without) => expect(withoutLetter(label)).toBe(without));
