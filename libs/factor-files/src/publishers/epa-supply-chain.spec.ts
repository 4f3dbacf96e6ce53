import { validateFactorSet, type Factor, type FactorSet } from '#ghg';
import { gases } from '../../../../test/golden/fixtures';
import { openedFile, type TestCell } from '../../../../test/support/factor-files';
import { isFileRefusal, type FactorFileReading, type OpenedFile } from '../factor-file';
import { accountOf } from '../read-factor-file';
import { epaSupplyChain } from './epa-supply-chain';

const HEADER = [
  '2017 NAICS Code',
  '2017 NAICS Title',
  'GHG',
  'Unit',
  'Supply Chain Emission Factors without Margins',
  'Margins of Supply Chain Emission Factors',
  'Supply Chain Emission Factors with Margins',
  'Reference USEEIO Code',
];
const CO2E = 'kg CO2e/2022 USD, purchaser price';
const KG = 'kg/2022 USD, purchaser price';

const file = (...rows: TestCell[][]): OpenedFile => openedFile({ table: [HEADER, ...rows] }, { kind: 'csv' });
const soy = (gas: string, unit: string, without: string, margins: string, withMargins: string | null): TestCell[] => [
  '111110',
  'Soybean Farming',
  gas,
  unit,
  without,
  margins,
  withMargins,
  '1111A0',
];

function reading(opened: OpenedFile): FactorFileReading {
  const recognised = epaSupplyChain.recognise(opened);
  const result = recognised && epaSupplyChain.read(opened, recognised, {});
  if (!result || isFileRefusal(result)) throw new Error(JSON.stringify(result));
  expect(accountOf(result)).toBeNull();
  expect(validateFactorSet(result.set, gases)).toEqual([]);
  return result;
}

const ofGoods = ({ factors }: FactorSet): Factor[] => factors.filter(({ activityType }) => activityType === 'spend.goods');
const omissionsOf = ({ omissions }: FactorFileReading): unknown[] => omissions.map(({ row, reason, column = '' }) => [row, reason, column]);

describe('the supply chain factors as CO2e', () => {
  it('takes what a purchaser pays for, with margins, and keeps both parts in sight', () => {
    const { recognised, set } = reading(file(soy('All GHGs', CO2E, '0.488', '0.044', '0.532')));
    expect(recognised).toEqual({
      publisher: 'US EPA',
      edition: 'Supply Chain GHG Emission Factors',
      version: '1.3.0',
      newerThanKnown: false,
    });
    expect(ofGoods(set)).toEqual([
      {
        code: 'NAICS-111110',
        activityType: 'spend.goods',
        leg: 'supply',
        region: 'US',
        year: 2022,
        attributes: { sector: '111110', price_year: '2022' },
        unit: 'USD',
        gases: [],
        kgco2e: '0.532',
        source: {
          table: 'Supply Chain GHG Emission Factors, NAICS, CO2e, USD 2022',
          row: '111110 Soybean Farming',
          printed: '0.532 kg CO2e/2022 USD, purchaser price, with margins (0.488 without, margins 0.044)',
        },
      },
    ]);
  });

  it('takes the sum as printed where the parts do not add up, and never the part without margins as a basic price', () => {
    const { set } = reading(file(soy('All GHGs', CO2E, '0.488', '0.044', '0.533')));
    expect(ofGoods(set).map(({ kgco2e, attributes }) => [kgco2e, attributes.price_basis])).toEqual([['0.533', undefined]]);
  });
});

describe('what a dollar is spent on', () => {
  const uses = (code: string): unknown[] =>
    reading(file([code, 'A sector', 'All GHGs', CO2E, '0.1', '0.1', '0.2', '1111A0'])).set.factors.map(
      ({ code: own, activityType, leg }) => [own, activityType, leg],
    );

  it('is goods, or capital goods', () =>
    expect(uses('111110')).toEqual([
      ['NAICS-111110', 'spend.goods', 'supply'],
      ['NAICS-111110:spend.capital-goods', 'spend.capital-goods', 'supply'],
    ]));

  it.each([
    ['484121', ['freight.spend', 'freight-downstream.spend']],
    ['482110', ['freight.spend', 'freight-downstream.spend', 'travel.spend']],
    ['481111', ['travel.spend']],
    ['721110', ['travel.spend']],
  ])('of %s also %j', (code, types) =>
    expect(uses(code).slice(2)).toEqual(types.map((type) => [`NAICS-${code}:${type}`, type, 'operation'])),
  );
});

describe('the supply chain factors by gas', () => {
  const rows = [
    soy('HFC-23', KG, '3.23e-09', '1.34e-09', '4.57e-09'),
    soy('Carbon dioxide', KG, '1.34e-01', '3.78e-02', '1.72e-01'),
    soy('HFCs and PFCs, unspecified', CO2E, '3.58e-04', '4.86e-04', '8.44e-04'),
    soy('Methane', KG, '3.31e-04', '1.51e-04', '4.82e-04'),
  ];
  const read = reading(file(...rows));
  const [factor] = read.set.factors;

  it('makes one factor of the gases of a commodity, masses as masses', () => {
    expect([read.recognised.edition, read.rowsUsed, ofGoods(read.set).length]).toEqual(['Supply Chain GHG Emission Factors, by gas', 4, 1]);
    expect(factor?.gases).toEqual([
      { gas: 'HFC-23', kg: '0.00000000457' },
      { gas: 'CO2', kg: '0.172' },
      { gas: 'CH4', kg: '0.000482' },
    ]);
  });

  it('counts the unspecified HFCs and PFCs as the CO2e that they are: 0.172 + 28 × 0.000482 + 12,400 × 0.00000000457 + 0.000844', () =>
    expect(factor?.kgco2e).toBe('0.186396668'));

  it('knows a commodity as CO2e alone where the unspecified part is more than a twentieth of it', () => {
    const cooling = [
      soy('Carbon dioxide', KG, '0.1', '0', '0.1'),
      soy('Methane', KG, '0', '0', '0'),
      soy('Nitrous oxide', KG, '0', '0', '0'),
      soy('HFCs and PFCs, unspecified', CO2E, '0.02', '0', '0.02'),
    ];
    expect(reading(file(...cooling)).set.factors[0]).toMatchObject({
      gases: [],
      kgco2e: '0.12',
      source: {
        row: '111110 Soybean Farming, rows 2 to 5',
        printed:
          '0.1 kg CO2, 0 kg CH4, 0 kg N2O, 0.02 kg CO2e of HFCs and PFCs, unspecified and 0 other gases per USD of 2022, purchaser price, with margins',
      },
    });
  });

  it.each<[string, TestCell[], unknown]>([
    ['a gas that nobody knows', soy('Ozone', KG, '1e-3', '0', '1e-3'), [6, 'type_not_covered', '']],
    ['masses said of CO2e', soy('Nitrous oxide', CO2E, '1e-3', '0', '1e-3'), [6, 'unit_unknown', 'D']],
    ['CO2e said of masses', soy('HFCs and PFCs, unspecified', KG, '1e-3', '0', '1e-3'), [6, 'unit_unknown', 'D']],
    ['another unit', soy('Nitrous oxide', 'g/2022 USD, purchaser price', '1e-3', '0', '1e-3'), [6, 'unit_unknown', 'D']],
    ['basic prices', soy('Nitrous oxide', 'kg/2022 USD, basic price', '1e-3', '0', '1e-3'), [6, 'unit_unknown', 'D']],
    ['a blank', soy('Nitrous oxide', KG, '1e-3', '0', null), [6, 'value_blank', 'G']],
    ['text', soy('Nitrous oxide', KG, '1e-3', '0', 'n/k'), [6, 'value_not_a_number', 'G']],
    ['a negative figure', soy('Nitrous oxide', KG, '-1e-3', '0', '-1e-3'), [6, 'value_negative', 'G']],
    ['the same gas again', soy('Methane', KG, '1e-3', '0', '1e-3'), [6, 'duplicate_id', '']],
  ])('leaves out %s', (_what, row, omission) => expect(omissionsOf(reading(file(...rows, row)))).toEqual([[1, 'note', ''], omission]));

  it('lets the total win where a file has both', () => {
    const both = reading(file(soy('All GHGs', CO2E, '0.488', '0.044', '0.532'), ...rows));
    expect(ofGoods(both.set)).toMatchObject([{ gases: [], kgco2e: '0.532' }]);
    expect(omissionsOf(both).slice(1)).toEqual([3, 4, 5, 6].map((row) => [row, 'split_of_total', '']));
  });
});

describe('which supply chain file it is', () => {
  it.each([
    ['kg CO2e/2024 USD, purchaser price', { version: 'USD 2024', newerThanKnown: true }],
    ['kg CO2e/2018 USD, purchaser price', null],
    ['kg CO2e/USD', null],
  ])('%s', (unit, expected) => {
    const found = epaSupplyChain.recognise(file(soy('All GHGs', unit, '0.1', '0.1', '0.2')));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});
