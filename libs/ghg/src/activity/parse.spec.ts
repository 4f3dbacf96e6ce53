import fc from 'fast-check';
import { Decimal, isRefusal, parseDate, parseNumber, plain, type DateFormat, type NumberLocale } from '#ghg';

const read = (text: string, locale: NumberLocale) => {
  const value = parseNumber(text, locale);
  return isRefusal(value) ? value.refusal : plain(value);
};
const point: NumberLocale = { decimal: '.', group: '' };
const english: NumberLocale = { decimal: '.', group: ',' };
const german: NumberLocale = { decimal: ',', group: '.' };
const french: NumberLocale = { decimal: ',', group: ' ' };
const swiss: NumberLocale = { decimal: '.', group: "'" };

describe('parseNumber', () => {
  it.each<[string, NumberLocale, string]>([
    ['1234.5', point, '1234.5'],
    ['-0', point, '0'],
    ['+7', point, '7'],
    ['.5', point, '0.5'],
    ['1.2E+3', point, '1200'],
    ['1.2e-3', point, '0.0012'],
    ['1,234.50', english, '1234.5'],
    ['1234,567.1', english, 'number_malformed'],
    ['12,34', english, 'number_malformed'],
    ['1,2345', english, 'number_malformed'],
    ['1.234,5', german, '1234.5'],
    ['1.234', german, '1234'],
    ['1.23', german, 'number_malformed'],
    ['1,2E3', german, 'number_malformed'],
    ['1 234 567,89', french, '1234567.89'],
    ['1\u202f234,5', french, '1234.5'],
    ['1\u00a0234,5', french, '1234.5'],
    ["-1'234.5", swiss, '-1234.5'],
    ['1,5', point, 'number_malformed'],
    ['5.', point, 'number_malformed'],
    ['1.2.3', point, 'number_malformed'],
    ['', point, 'value_missing'],
    ['  ', point, 'value_missing'],
    ['-', point, 'number_malformed'],
    ['n/a', point, 'number_malformed'],
    ['Infinity', point, 'number_malformed'],
    ['NaN', point, 'number_malformed'],
    ['0x10', point, 'number_malformed'],
    ['--1', point, 'number_malformed'],
    ['1-', point, 'number_malformed'],
    ['(5)', point, 'number_malformed'],
    ['1'.repeat(21), point, 'number_too_large'],
    ['1E+99', point, 'number_too_large'],
    ['1'.repeat(81), point, 'number_malformed'],
    ['1,5', { decimal: ',', group: ',' }, 'number_malformed'],
  ])('%p under %p is %s', (text, locale, expected) => expect(read(text, locale)).toBe(expected));

  it('reads back exactly what was written, in every locale', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(point, english, german, french, swiss),
        (digits, decimals, locale) => {
          const value = new Decimal(digits.toString()).div(new Decimal(10).pow(decimals));
          const [whole = '', fraction] = plain(value.abs()).split('.');
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale.group);
          const text = `${value.isNegative() ? '-' : ''}${grouped}${fraction === undefined ? '' : locale.decimal + fraction}`;
          expect(read(text, locale)).toBe(plain(value));
        },
      ),
    ));
});

describe('parseDate', () => {
  it.each<[string, DateFormat, string, string]>([
    ['2024-02-29', 'YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['1.3.2025', 'DD.MM.YYYY', '2025-03-01', '2025-03-01'],
    ['03/04/2025', 'DD/MM/YYYY', '2025-04-03', '2025-04-03'],
    ['03/04/2025', 'MM/DD/YYYY', '2025-03-04', '2025-03-04'],
    ['2024-02', 'YYYY-MM', '2024-02-01', '2024-02-29'],
    ['2100-02', 'YYYY-MM', '2100-02-01', '2100-02-28'],
    ['2025', 'YYYY', '2025-01-01', '2025-12-31'],
  ])('%s as %s is %s to %s', (text, format, start, end) => expect(parseDate(text, format)).toEqual({ start, end }));

  it.each<[string, DateFormat]>([
    ['2025-02-29', 'YYYY-MM-DD'],
    ['2025-13-01', 'YYYY-MM-DD'],
    ['2025-00-01', 'YYYY-MM-DD'],
    ['2025-04-31', 'YYYY-MM-DD'],
    ['31/12/2025', 'MM/DD/YYYY'],
    ['2025-1-1', 'YYYY-MM-DD'],
    ['01.01.25', 'DD.MM.YYYY'],
    ['45678', 'YYYY-MM-DD'],
    ['0999', 'YYYY'],
    ['2025-00', 'YYYY-MM'],
    ['', 'YYYY'],
  ])('refuses %p as %s', (text, format) => expect(parseDate(text, format)).toMatchObject({ refusal: 'date_malformed' }));
});
