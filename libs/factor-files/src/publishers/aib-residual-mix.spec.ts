import { gases } from '../../../../test/golden/fixtures';
import type { FactorFileReading, FileRefusal } from '../factor-file';
import { readFactorFile } from '../read-factor-file';

// The layout of the published results table (country, environmental indicators, shares of sources), with invented figures.
const TABLE = [
  'European Residual Mixes 2023;;;;;',
  'Table 2: Residual mixes and environmental indicators;;;;;',
  ';Residual mix;;;Production mix;',
  'Country;RES total;Fossil total;CO2 [gCO2/kWh];RES total;CO2 [gCO2/kWh]',
  'Germany;1.5;80.2;701.25;52;380',
  'AT;0;99;0;80;90',
  'Great Britain;10;70;"< 1";40;200',
  'France;10;5;;20;50',
  'Atlantis;1;1;5;1;1',
  'Germany;1;1;700;1;1',
  'European Attribute Mix;30;40;400;40;250',
].join('\n');
const read = (text: string, licence = 'AIB terms'): FactorFileReading | FileRefusal =>
  readFactorFile({ name: 'rm.csv', bytes: Buffer.from(text) }, gases, { licence });

describe('the European residual mix', () => {
  it('is the market factor of a country, CO2 alone', () => {
    expect(read(TABLE)).toMatchObject({
      recognised: { publisher: 'AIB', edition: '2023', newerThanKnown: false },
      rowsRead: 11,
      rowsUsed: 2,
      set: {
        factors: [
          {
            code: 'AIB2023-DE',
            activityType: 'electricity.grid',
            leg: 'generation',
            region: 'DE',
            year: 2023,
            attributes: { basis: 'market' },
            unit: 'MWh',
            gases: [{ gas: 'CO2', kg: '701.25' }],
            partial: true,
            source: { table: 'table', row: 'row 5, Germany', printed: '701.25 gCO2/kWh' },
          },
          // A true zero stays.
          { code: 'AIB2023-AT', gases: [{ gas: 'CO2', kg: '0' }] },
        ],
      },
    });
  });

  it('leaves out by name what is no factor', () => {
    const result = read(TABLE);
    expect('refused' in result ? [] : result.omissions.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      '1 note',
      '2 note',
      '3 note',
      '4 note',
      '7 value_not_a_number',
      '8 value_blank',
      '9 type_not_covered',
      '10 contradiction',
      '11 note',
    ]);
  });

  it('of a later year is read and said to be newer', () =>
    expect(read(TABLE.replace('Mixes 2023', 'Mixes 2031'))).toMatchObject({ recognised: { edition: '2031', newerThanKnown: true } }));

  it.each<[string, string, string, string]>([
    ['without a licence', TABLE, '', 'licence_missing'],
    ['without its CO2 column', TABLE.replaceAll('gCO2/kWh', 'mg/kWh'), 'l', 'layout_unknown'],
    ['with a production mix alone', TABLE.replace('Residual mix;', 'Production;'), 'l', 'layout_unknown'],
  ])('%s is refused', (_what, text, licence, refused) => expect(read(text, licence)).toMatchObject({ refused }));
});
