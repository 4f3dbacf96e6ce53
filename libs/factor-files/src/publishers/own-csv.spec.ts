import { gases } from '../../../../test/golden/fixtures';
import { isFileRefusal, type FactorFileReading, type FileRefusal } from '../factor-file';
import { readFactorFile } from '../read-factor-file';

const HEAD = [
  '#scopebook-factors,1',
  '#publisher,Own laboratory',
  '#edition,2025',
  '#version,1',
  '#title,Measured',
  '#licence,own',
  '#gwpSet,AR5',
];
const HEADER = 'code,activityType,leg,region,year,unit,kgco2e,kg.CO2,kgco2e.CH4,attribute.material,supplier,gsd,partial,source.printed';
const ROW = 'steel,goods.material,supply,GB,2024,kg,2.5,2.4,0.1,steel,Acme,1.2,true,2.5 kg/kg';
const textOf = (rows: readonly string[], head = HEAD, header = HEADER) => [...head, header, ...rows].join('\n');
const read = (text: string, licence?: string): FactorFileReading | FileRefusal =>
  readFactorFile({ name: 'own.csv', bytes: Buffer.from(text) }, gases, licence === undefined ? {} : { licence });

describe('the own CSV', () => {
  it('has a factor per row, with all that a factor can say', () => {
    const result = read(textOf([ROW, '', 'cement,goods.material,supply,GLOBAL,2024,t,,700,,cement,,,,']));
    if (isFileRefusal(result)) throw new Error(result.detail);
    expect(result).toMatchObject({
      recognised: { publisher: 'Own laboratory', edition: '2025', version: '1', newerThanKnown: false },
      rowsRead: 2,
      rowsUsed: 2,
    });
    expect(result.set).toMatchObject({
      publisher: 'Own laboratory',
      licence: 'own',
      attribution: 'Own laboratory',
      gwpSet: 'AR5',
      invented: false,
    });
    expect(result.set.factors).toEqual([
      {
        code: 'steel',
        activityType: 'goods.material',
        leg: 'supply',
        region: 'GB',
        supplier: 'Acme',
        year: 2024,
        attributes: { material: 'steel' },
        unit: 'kg',
        gases: [
          { gas: 'CO2', kg: '2.4' },
          { gas: 'CH4', kgco2e: '0.1' },
        ],
        kgco2e: '2.5',
        gsd: '1.2',
        partial: true,
        source: { table: 'own.csv', row: 'row 9, steel', printed: '2.5 kg/kg' },
      },
      expect.objectContaining({ code: 'cement', gases: [{ gas: 'CO2', kg: '700' }], source: { table: 'own.csv', row: 'row 11, cement' } }),
    ]);
  });

  it('has one thing of several suppliers', () =>
    expect(read(textOf([ROW, ROW.replace('steel,', 'other,').replace('Acme', 'Bolt')]))).toMatchObject({ rowsUsed: 2 }));

  it('may be separated by semicolons', () => expect(read(textOf([ROW]).replaceAll(',', ';'))).toMatchObject({ rowsUsed: 1 }));

  it('knows a blank from a zero', () => {
    const result = read(textOf(['a,goods.material,supply,GB,2024,kg,0,,,a,,,,', 'b,goods.material,supply,GB,2024,kg,,,,b,,,,']));
    expect(result).toMatchObject({ rowsRead: 2, rowsUsed: 1, omissions: [{ sheet: 'table', row: 10, reason: 'value_blank' }] });
  });

  it('takes the licence from whoever hands it in, if it states none', () => {
    const head = HEAD.filter((line) => !line.startsWith('#licence'));
    expect(read(textOf([ROW], head))).toMatchObject({ refused: 'licence_missing' });
    expect(read(textOf([ROW], head), 'supplier agreement')).toMatchObject({ set: { licence: 'supplier agreement' } });
  });

  it('says of itself that it is invented', () =>
    expect(read(textOf([ROW], [...HEAD, '#invented,true']))).toMatchObject({ set: { invented: true } }));

  it.each<[string, string, Partial<FileRefusal>]>([
    [
      'lacks a title',
      textOf(
        [ROW],
        HEAD.filter((line) => !line.startsWith('#title')),
      ),
      { refused: 'cell_invalid', column: '#title' },
    ],
    ['has a stray line of description', textOf([ROW], [...HEAD, '#colour,red']), { refused: 'cell_invalid', row: 8, column: '#colour' }],
    ['states its edition twice', textOf([ROW], [...HEAD, '#edition,2026']), { refused: 'cell_invalid', row: 8, column: '#edition' }],
    ['states its licence twice, below a factor', textOf([ROW, '#licence,own']), { refused: 'cell_invalid', row: 10, column: '#licence' }],
    [
      'is of another form',
      textOf([ROW], ['#scopebook-factors,2', ...HEAD.slice(1)]),
      { refused: 'cell_invalid', row: 1, column: '#scopebook-factors' },
    ],
    ['has no header', HEAD.join('\n'), { refused: 'header_missing' }],
    ['lacks a column', textOf([ROW], HEAD, HEADER.replace(',unit', '')), { refused: 'header_missing', row: 8, column: 'unit' }],
    [
      'has a column of no name that is known',
      textOf([ROW], HEAD, HEADER.replace('gsd', 'sigma')),
      { refused: 'column_unknown', column: 'sigma' },
    ],
    ['has a column twice', textOf([ROW], HEAD, HEADER.replace('gsd', 'unit')), { refused: 'column_unknown', column: 'unit' }],
    ['has a number with a decimal comma', textOf([ROW.replace('2.5', '"2,5"')]), { refused: 'cell_invalid', row: 9, column: 'kgco2e' }],
    [
      'has text among the numbers',
      textOf([ROW, ROW.replace('steel,g', 'b,g').replace('2.4', '< 1')]),
      { refused: 'cell_invalid', row: 10, column: 'kg.CO2' },
    ],
    ['has a negative value', textOf([ROW.replace('2.5', '-2.5')]), { refused: 'cell_invalid', row: 9, column: 'kgco2e' }],
    ['lacks a year', textOf([ROW.replace('2024', '')]), { refused: 'cell_invalid', row: 9, column: 'year' }],
    ['has an unknown leg', textOf([ROW.replace('supply', 'sideways')]), { refused: 'cell_invalid', row: 9, column: 'leg' }],
    ['has an id twice', textOf([ROW, ROW]), { refused: 'cell_invalid', row: 10, column: 'code' }],
    ['says one thing twice', textOf([ROW, ROW.replace('steel,', 'other,')]), { refused: 'cell_invalid', row: 10 }],
    ['states a gas twice', textOf([`${ROW},1`], HEAD, `${HEADER},kgco2e.CO2`), { refused: 'cell_invalid', row: 9, column: 'kg.CO2' }],
    ['has a cell under no column', textOf([`${ROW},1`]), { refused: 'cell_invalid', row: 9 }],
    ['has an unknown unit', textOf([ROW.replace(',kg,', ',ton,')]), { refused: 'figures_unusable', row: 9, column: 'unit' }],
    [
      'has an unknown type',
      textOf([ROW.replace('goods.material', 'goods.peat')]),
      { refused: 'figures_unusable', row: 9, column: 'activityType' },
    ],
    [
      'has an unknown GWP set',
      textOf(
        [ROW],
        HEAD.map((line) => line.replace('AR5', 'AR9')),
      ),
      { refused: 'figures_unusable', column: 'gwpSet' },
    ],
  ])('that %s is refused whole', (_what, text, expected) => expect(read(text)).toMatchObject(expected));

  it('tells every wrong row', () => {
    const result = read(textOf([ROW.replace('2.5', 'x'), 'b,goods.material,supply,GB,24,kg,1,,,a,,,,']));
    expect(result).toMatchObject({
      refused: 'cell_invalid',
      places: [
        { row: 9, column: 'kgco2e' },
        { row: 10, column: 'year' },
      ],
    });
  });
});
