import { fold, isAction, isNoise, languagesOf, nameTokensOf, stemOf, tokensOf, withoutUmlauts } from './words';

describe('the words of a line', () => {
  it.each([
    ['Bürostühle, 12 Stk', ['burostuhle', 'stk']],
    ['R-410A top-up', ['r410a', 'top', 'up']],
    ['Maint. chillers 4711', ['maint', 'chillers']],
    ["Billet d'avion", ['billet', 'avion']],
    ['12345 / 7 -- *', []],
    ['Papier\u00ADkorb\u200B', ['papierkorb']],
    ['', []],
  ])('of "%s" are %j', (text, words) => {
    expect(tokensOf(text).map(({ word }) => word)).toEqual(words);
  });

  it('tell a shortened word from a whole one', () => {
    expect(tokensOf('Maint. chillers').map(({ isShortened }) => isShortened)).toEqual([true, false]);
  });

  it.each([
    ['Office 365', ['office', '365']],
    ['Circle K', ['circle', 'k']],
    ['McDonald’s', ['mcdonald']],
  ])('of the name "%s" are %j', (name, words) => {
    expect(nameTokensOf(name).map(({ word }) => word)).toEqual(words);
  });

  it('are read from the first thousand characters', () => {
    expect(tokensOf(`${'x '.repeat(500)}chairs`)).toEqual([]);
  });

  it.each([
    ['Förbränning', 'forbranning'],
    ['ÉLECTRICITÉ', 'electricite'],
    ['Straße', 'strasse'],
    ['Œuvre', 'oeuvre'],
  ])('%s folds to %s', (word, folded) => {
    expect(fold(word)).toBe(folded);
  });

  it('are found where the keyboard has no umlauts', () => {
    expect(withoutUmlauts('Büromöbel')).toBe('bueromoebel');
  });

  it.each([
    ['en', 'chairs', 'chair'],
    ['de', 'reinigungen', 'reinigung'],
    ['sv', 'skruvar', 'skruv'],
  ] as const)('of language %s: %s has the stem of %s', (language, word, same) => {
    expect(stemOf(language, word)).toBe(stemOf(language, same));
  });

  it('that stand on every invoice say nothing', () => {
    expect(['invoice', 'rechnung', 'facture', 'gmbh', 'januari'].every(isNoise)).toBe(true);
    expect(isNoise('stuhl')).toBe(false);
  });

  it.each([
    ['repair', true],
    ['aufzugswartung', true],
    ['noleggio', true],
    ['chair', false],
  ])('%s names work on a thing: %s', (word, holds) => {
    expect(isAction(word)).toBe(holds);
  });

  it.each([
    ['SE', ['sv']],
    ['CH', ['de', 'fr', 'it']],
    ['US', ['en']],
    [undefined, []],
  ])('from %s are likely in %j', (country, languages) => {
    expect(languagesOf(country)).toEqual(languages);
  });
});
