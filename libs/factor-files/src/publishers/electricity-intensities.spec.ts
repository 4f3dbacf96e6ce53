import { openedFile, openedJson } from '../../../../test/support/factor-files';
import { isFileRefusal, type FactorFileReading, type Layout, type OpenedFile } from '../factor-file';
import { accountOf } from '../read-factor-file';
import { ifiGrid } from './ifi-grid';
import { electricityMapsDirect, electricityMapsYearly, emberLatest, owidIntensity } from './life-cycle-electricity';

function readingOf(layout: Layout, file: OpenedFile, licence?: string): FactorFileReading {
  const recognised = layout.recognise(file);
  if (!recognised) throw new Error('not recognised');
  const reading = layout.read(file, recognised, licence === undefined ? {} : { licence });
  if (isFileRefusal(reading)) throw new Error(reading.refused);
  expect(accountOf(reading)).toBeNull();
  return reading;
}

const csv = (rows: string[][]): OpenedFile => openedFile({ table: rows }, { kind: 'csv' });

describe('life-cycle intensities', () => {
  it.each<[string, Layout, OpenedFile]>([
    ['Ember', emberLatest, openedJson({ FRA: { country_or_region: 'France', year: 2024, emissions_intensity_gco2_per_kwh: 44.2 } })],
    [
      'Electricity Maps',
      electricityMapsYearly,
      openedJson({ FR: { zone: { zoneName: 'France' }, carbonIntensity: { value: 33, unit: 'gCO2eq/kWh' } } }),
    ],
    [
      'Our World in Data',
      owidIntensity,
      csv([
        ['Entity', 'Code', 'Year', 'Carbon intensity of electricity per kWh'],
        ['France', 'FRA', '2024', '40.5'],
      ]),
    ],
  ])('of %s are no scope 2 factors', (_publisher, layout, file) => {
    const { set, omissions } = readingOf(layout, file);
    expect(set.factors).toEqual([]);
    expect(omissions.at(-1)).toMatchObject({ reason: 'life_cycle_not_for_scope_2' });
    expect(omissions.at(-1)?.detail).toMatch(/^(France|FR).*: a life-cycle intensity/);
  });

  it('are told from other json', () =>
    expect([emberLatest, electricityMapsYearly].map((layout) => layout.recognise(openedJson({ a: { b: 1 } })))).toEqual([null, null]));
});

describe('Electricity Maps with both columns', () => {
  const header = [
    'Datetime (UTC)',
    'Country',
    'Zone name',
    'Zone id',
    'Carbon intensity gCO₂eq/kWh (direct)',
    'Carbon intensity gCO₂eq/kWh (Life cycle)',
    'Data source',
    'Data estimated',
  ];
  const row = (zone: string, direct: string, whole: string): string[] => [
    '2021-01-01 00:00:00',
    zone,
    zone,
    zone,
    direct,
    whole,
    'x',
    'FALSE',
  ];
  const { set, omissions } = readingOf(
    electricityMapsDirect,
    csv([header, row('DE', '277', '334'), row('US-SW-PNM', '1', '2'), row('BO', '361.05', '312.95'), row('AT', '', '150')]),
  );

  it('takes the direct one, and prints the other beside it', () =>
    expect(set.factors).toMatchObject([
      {
        activityType: 'electricity.grid',
        leg: 'generation',
        region: 'DE',
        year: 2021,
        unit: 'MWh',
        kgco2e: '277',
        source: { printed: '277 gCO2eq/kWh direct (334 life cycle, not for scope 2)' },
      },
    ]));
  it('carries the share-alike licence', () => expect(set.licence).toBe('ODbL-1.0'));
  it('names zones without a code, contradictions and blanks', () =>
    expect(omissions.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'note'],
      [3, 'region_unknown'],
      [4, 'contradiction'],
      [5, 'value_blank'],
    ]));
});

describe('IFI default grid factors', () => {
  const file = csv([
    ['', 'Combined Margin Grid Emission \nFactor, gCO2/kWh', '', '', '', 'Operating Margin Grid Emission \nFactor, gCO2/kWh'],
    ['', 'Firm Energy', 'Intermittent Energy', 'Energy Efficiency', 'Electricity Consumption', ''],
    ['Albania', '0', '0', '0', '0', '0'],
    ['Note 1: For methodology', '', '', '', '', ''],
  ]);

  it('want a licence to be handed in', () => expect(() => readingOf(ifiGrid, file)).toThrow('licence_missing'));
  it('are margins of projects, each named', () => {
    const { set, omissions } = readingOf(ifiGrid, file, 'as agreed');
    expect(set.factors).toEqual([]);
    expect(omissions.map(({ reason }) => reason)).toEqual(['note', 'note', 'non_baseload', 'note']);
  });
});
