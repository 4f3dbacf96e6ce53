import { plain } from '#ghg';
import { sheetOf } from '../../../../../test/support/factor-files';
import { figureOf, letterOf, rateText, slugOf, withoutFootnotes } from './figures';
import { RowAccount } from './row-account';

const read = (text: string, sign: '.' | ',' = '.') => {
  const { value, reason } = figureOf(text, sign);
  return value ? plain(value) : reason;
};

describe('a figure of a cell', () => {
  it.each([
    ['0', '0'],
    ['0.0', '0'],
    ['2.91', '2.91'],
    ['1.05E-3', '0.00105'],
    ['', 'value_blank'],
    ['0.215 - 0.725', 'value_is_a_range'],
    ['7.1 (1.6-12.6)', 'value_is_a_range'],
    ['1.1/1.2', 'value_is_a_range'],
    ['< 1', 'value_not_a_number'],
    ['NA', 'value_not_a_number'],
    ['[note 12]', 'value_not_a_number'],
    ['1,5', 'value_not_a_number'],
    ['2 500', 'value_not_a_number'],
    ['-3.1', 'value_negative'],
  ])('"%s" is %s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['88,2', '88.2'],
    ['5,92E-3', '0.00592'],
    ['0,00000000000000', '0'],
    ['1.234,5', 'value_not_a_number'],
  ])('"%s" with a decimal comma is %s', (text, expected) => expect(read(text, ',')).toBe(expected));

  it('has no more decimals than a rate keeps, half-even', () => {
    const { value } = figureOf('0.0000023344785490059295');
    expect(value && rateText(value)).toBe('0.000002334478549006');
  });
});

describe('labels', () => {
  it.each([
    ['Small car, <1.4 litre', 'small-car-under-1-4-litre'],
    ['Class II, >1.305 to ≤1.74 tonnes', 'class-ii-over-1-305-to-up-to-1-74-tonnes'],
    ['Plaquettes forestières', 'plaquettes-forestieres'],
    ['White Spirit & SBP', 'white-spirit-and-sbp'],
    ['50% Weight Laden', '50-percent-weight-laden'],
  ])('%s becomes %s', (label, slug) => expect(slugOf(label)).toBe(slug));

  it.each([
    ['Motor gasoline2', 'Motor gasoline'],
    ['Air - Domestic1,2', 'Air - Domestic'],
    ['Short-haul1, up to 3700km distance', 'Short-haul, up to 3700km distance'],
    ['HGV4 - Rigid', 'HGV - Rigid'],
    ['Biodiesel ME3', 'Biodiesel ME'],
    ['Biogenic CO2', 'Biogenic CO2'],
    ['B20 Biodiesel/Diesel*', 'B20 Biodiesel/Diesel'],
    ['E85 Ethanol/Gasoline*', 'E85 Ethanol/Gasoline'],
    ['Fuel Oil [note 8]', 'Fuel Oil'],
  ])('%s without its footnotes is %s', (label, clean) => expect(withoutFootnotes(label)).toBe(clean));

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
  ])('column %s is %s', (column, letter) => expect(letterOf(column)).toBe(letter));
});

describe('the account of rows', () => {
  it('is closed only when every row that holds something has its fate', () => {
    const account = new RowAccount();
    account.open(sheetOf('s', [['Title'], ['a', 1], [null, null], ['b', 2], ['c', '3'], ['Note: of a kind']]));
    account.use('s', 2);
    account.omit('s', 2, 'note', 'too late: it is used');
    account.omit('s', 4, 'value_blank', 'first');
    account.omit('s', 4, 'note', 'second');
    const { rowsRead, rowsUsed, omissions } = account.close();
    expect([rowsRead, rowsUsed]).toEqual([5, 1]);
    expect(omissions.map(({ row, reason, detail }) => [row, reason, detail])).toEqual([
      [1, 'note', 'a heading or a remark'],
      [4, 'value_blank', 'first'],
      [5, 'type_not_covered', 'a row with figures that no table of the layout claims'],
      [6, 'note', 'a heading or a remark'],
    ]);
  });

  it('knows no row that was not read', () => expect(() => new RowAccount().use('s', 1)).toThrow('never read'));
});
