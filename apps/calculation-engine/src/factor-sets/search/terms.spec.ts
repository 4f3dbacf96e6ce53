import type { Factor, FactorSetHead } from '#ghg';
import { nameOf, TermsOfSet, wordsOf } from './terms';

const HEAD: FactorSetHead = {
  publisher: 'Amt für Ökologie',
  edition: '2024',
  version: '1',
  title: 'Figures',
  licence: 'L',
  attribution: 'A',
  gwpSet: 'AR5',
  invented: true,
};
const FACTOR: Factor = {
  code: 'F-12',
  activityType: 'fuel.natural-gas',
  leg: 'combustion',
  region: 'US-CAMX',
  year: 2024,
  attributes: { calorific_basis: 'gross' },
  unit: 'kWh',
  gases: [{ gas: 'CH4_fossil', kg: '0.1' }],
  kgco2e: '0.2',
  supplier: 'Gaswerk Nord',
  source: { table: 'Table 3', row: 'row 7', printed: '0.73519 kg' },
};

function termsOf(head: FactorSetHead): { of: (field: string) => string[]; words: string[] } {
  const told: [string, string][] = [];
  const set = new TermsOfSet(head);
  set.tell(FACTOR, (field, term) => told.push([field, term]));
  return { of: (field) => told.flatMap(([in_, term]) => (in_ === field ? [term] : [])).sort(), words: [...set.words].sort() };
}

describe('words of a text', () => {
  it.each([
    ['Elektrizität, 12 kWh', ['elektrizitat', '12', 'kwh']],
    ['fuel.natural-gas', ['fuel', 'natural', 'gas']],
    ['ﬁne', ['fine']],
    ['— … —', []],
    ['x'.repeat(50), ['x'.repeat(40)]],
  ])('%s', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('make one name of a supplier', () => expect(nameOf(' Gaswerk  NORD ')).toBe('gaswerk nord'));
});

describe('what a factor is found by', () => {
  const { of, words } = termsOf(HEAD);
  it('tells code and type from the other words', () => {
    expect(of('strong')).toEqual(['12', 'f', 'fuel', 'gas', 'natural']);
    expect(of('word')).toEqual(expect.arrayContaining(['united', 'states', 'camx', 'gross', 'okologie', 'nord', '73519', 'kwh', 'row']));
  });
  it('has beginnings of two to five letters', () =>
    expect(of('prefix')).toEqual(expect.arrayContaining(['na', 'nat', 'natu', 'natur', '12', 'gas'])));
  it('has no longer ones', () => expect(of('prefix').filter((prefix) => prefix.length > 5)).toEqual([]));
  it.each([
    ['type', ['fuel', 'fuel.natural-gas']],
    ['leg', ['combustion']],
    ['region', ['US-CAMX']],
    ['year', ['2024']],
    ['gas', ['CH4', 'CH4_fossil', 'CO2e']],
    ['family', ['MJ']],
    ['unit', ['kWh']],
    ['supplier', ['gaswerk nord']],
  ])('its %s', (field, terms) => expect(of(field)).toEqual(terms));
  it('keeps words of letters for what is mistyped', () => {
    expect(words).toEqual(expect.arrayContaining(['natural', 'okologie', 'combustion']));
    expect(words.filter((word) => /\d/.test(word) || word.length < 4)).toEqual([]);
  });
  it('is not what a withheld set prints', () => expect(termsOf({ ...HEAD, values: 'withheld' }).of('word')).not.toContain('73519'));
});
