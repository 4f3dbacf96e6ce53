import fc from 'fast-check';
import { ACTIVITY_TYPES } from '#ghg';
import { readCatalogue } from '../../../bench/matching/evaluate';
import { documentsOf } from './documents';
import { lexicalSuggester } from './lexical-suggester';
import type { Suggester, Suggestion, SuggestLine } from './suggester';

describe('suggestions for a line of text', () => {
  const documents = documentsOf(readCatalogue(), ACTIVITY_TYPES);
  let suggester: Suggester;
  beforeAll(() => {
    suggester = lexicalSuggester(documents);
  });
  const suggest = async (line: SuggestLine, limit = 5): Promise<readonly Suggestion[]> => (await suggester.suggest([line], limit))[0] ?? [];
  const nameOf = (suggestion: Suggestion | undefined): string =>
    suggestion ? [suggestion.activityType, ...Object.values(suggestion.attributes)].join(' ') : 'nothing';

  it.each<[string, SuggestLine, string]>([
    ['the same word', { text: 'Bürostuhl', unit: 'EUR', country: 'DE' }, 'spend.goods 337214'],
    ['the same stem', { text: 'Bürostühle, 12 Stk', unit: 'EUR', country: 'DE' }, 'spend.goods 337214'],
    ['no umlauts on the keyboard', { text: 'Bueroreinigung', unit: 'EUR', country: 'DE' }, 'spend.goods 561720'],
    ['a part of a compound', { text: 'Treppenhausreinigung', unit: 'EUR', country: 'DE' }, 'spend.goods 561720'],
    ['two words that make a compound', { text: 'Wartung Aufzug', unit: 'EUR', country: 'DE' }, 'spend.goods 811310'],
    ['a typing error', { text: 'Offce furnture', unit: 'GBP', country: 'GB' }, 'spend.goods 337214'],
    ['a supplier in the text', { text: 'Lufthansa MUC-LHR', unit: 'EUR', country: 'DE' }, 'travel.spend 481111'],
    ['a supplier in its column', { text: 'Invoice 4411', unit: 'USD', supplier: 'FedEx' }, 'freight.spend 492110'],
    ['a gas by its code', { text: 'R-410A top-up', unit: 'kg' }, 'refrigerant.top-up R-410A'],
    ['a unit that says what is counted', { text: 'Natural gas', unit: 'kWh' }, 'fuel.natural-gas'],
    ['a language that is not of the country', { text: 'Bürostühle, 12 Stk', unit: 'GBP', country: 'GB' }, 'spend.goods 337214'],
    ['a supplier whose name has a number', { text: 'Office 365 licences', unit: 'EUR', country: 'GB' }, 'spend.goods 511210'],
    ['a thing that stands beside such a number', { text: 'Office chairs 365 pcs', unit: 'EUR', country: 'GB' }, 'spend.goods 337214'],
    ['a word with characters that nobody sees', { text: 'Büro\u200Bstuhl', unit: 'EUR', country: 'DE' }, 'spend.goods 337214'],
    ['work on a thing, not the thing', { text: 'Forklift repair', unit: 'USD' }, 'spend.goods 811310'],
  ])('find by %s', async (_, line, name) => {
    expect(nameOf((await suggest(line))[0])).toBe(name);
  });

  it.each<[string, SuggestLine]>([
    ['no word is known', { text: 'Xyzzy 4711' }],
    ['there is no text', { text: '' }],
    ['only words of any invoice', { text: 'Invoice March, total' }],
    ['the unit cannot count it', { text: 'Office chairs', unit: 'kWh' }],
    ['nothing was bought', { text: 'Abschreibung Büromöbel', unit: 'EUR', country: 'DE' }],
    ['a word is a part of a supplier’s name alone', { text: 'circle', unit: 'USD', country: 'US' }],
    ['pay', { text: 'Wages and salaries', unit: 'GBP' }],
    ['a supplier that nobody knows sent it', { text: 'Invoice 1', supplier: 'Harbour Light Holdings LLC' }],
  ])('are none where %s', async (_, line) => {
    expect(await suggest(line)).toEqual([]);
  });

  it('say which words led there, by which way, and what the unit left out', async () => {
    const [first] = await suggest({ text: 'Natural gas boilers', unit: 'kWh', country: 'GB' });
    expect(first?.reasons[0]).toMatch(/^the line names the English synonym "natural gas" of "[^"]+": "Natural", "gas"$/);
    expect(first?.reasons[1]).toMatch(/^kWh measures energy: \d+ other targets are not counted in it$/);
    const [stem] = await suggest({ text: 'Bürostühle', unit: 'EUR', country: 'DE' });
    expect(stem?.reasons[0]).toContain('"Bürostühle" for "burostuhl" (the same stem)');
    const [supplier] = await suggest({ text: 'Invoice 4411', supplier: 'FedEx' });
    expect(supplier?.reasons[0]).toMatch(/^the supplier of the line names the supplier "FedEx"/);
    const [priced] = await suggest({ text: 'Electricity', unit: 'EUR' });
    expect(priced?.reasons[1]).toBe('EUR is money: it counts here only with a unit price beside it');
    const [odd] = await suggest({ text: 'Office chairs', unit: 'furlongs' });
    expect(odd?.reasons[1]).toBe('the unit "furlongs" is not of the register and excludes nothing');
  });

  it.each<[string, string, string]>([
    ['Diesel', 'EUR', 'DE'],
    ['Unleaded petrol', 'GBP', 'GB'],
    ['Natural gas', 'EUR', 'IE'],
    ['Erdgas', 'EUR', 'DE'],
    ['Fuel card', 'GBP', 'GB'],
    ['Tankkarte', 'EUR', 'DE'],
    ['Heizöl', 'EUR', 'DE'],
    ['Heizöl', 'CHF', 'GB'],
    ['Propane', 'USD', 'US'],
    ['Coal', 'USD', 'US'],
    ['Wood pellets', 'GBP', 'GB'],
    ['Electricity', 'EUR', 'DE'],
    ['Strom', 'EUR', 'DE'],
    ['Fernwärme', 'EUR', 'DE'],
    ['Refrigerant', 'USD', 'US'],
    ['Shell', 'EUR', 'DE'],
    ['gasolio generatore', 'EUR', 'GB'],
  ])('of "%s" in %s from %s are below one half, with the reason that the quantity is to be booked', async (text, unit, country) => {
    const found = await suggest({ text, unit, country });
    expect(found.length).toBeGreaterThan(0);
    for (const { score } of found) expect(score).toBeLessThan(0.5);
    expect(found[0]?.reasons).toContainEqual(expect.stringContaining('litres, kilowatt-hours or kilograms are to be booked'));
  });

  it('of a supplier of fuel are below one half as well', async () => {
    const [first] = await suggest({ text: 'Invoice 4411', unit: 'USD', supplier: 'Chevron' });
    expect(first).toMatchObject({ attributes: { sector: '324110' }, score: 0.49 });
  });

  it('of a fuel in its own unit, and of other goods in money, are as sure as before', async () => {
    expect((await suggest({ text: 'Diesel', unit: 'L', country: 'DE' }))[0]?.score).toBeGreaterThan(0.9);
    expect((await suggest({ text: 'Office chair', unit: 'GBP', country: 'GB' }))[0]?.score).toBeGreaterThan(0.9);
  });

  it('for the language of the country are surer than for another one', async () => {
    const score = async (country: string): Promise<number> => (await suggest({ text: 'Bürostuhl', unit: 'EUR', country }))[0]?.score ?? 0;
    expect(await score('DE')).toBeGreaterThan(await score('GB'));
  });

  it('come best first, no more than asked for, each target once', async () => {
    const found = await suggest({ text: 'software development and consulting', unit: 'USD' }, 3);
    expect(found).toHaveLength(3);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(new Set(found.map(nameOf)).size).toBe(3);
  });

  it('are answered for every line, in order, the same alone as among others and whatever the order of the documents', async () => {
    const some = documents.filter((_, at) => at % 8 === 0);
    const [straight, turned] = [lexicalSuggester(some), lexicalSuggester([...some].reverse())];
    const words = ['office', 'chairs', 'Reinigung', 'diesel', 'papier', 'städning', 'KLM', 'x9', 'repair', 'März', '12'];
    const texts = fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((chosen) => chosen.join(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text: texts, unit: fc.constantFrom('EUR', 'kWh', 'kg') }), { maxLength: 4 }), async (lines) => {
        const together = await straight.suggest(lines, 5);
        const alone = await Promise.all(lines.map((line) => straight.suggest([line], 5)));
        expect(together).toEqual(alone.flat());
        expect(await turned.suggest(lines, 5)).toEqual(together);
      }),
      { numRuns: 25 },
    );
  });

  it('take no longer for lines that are made to take long', async () => {
    const parts = ['reinigung', 'wartung', 'papier', 'kontor', 'maskin', 'schoonmaak', 'xqz'];
    const part = (at: number): string => parts[(at * at + (at >> 3)) % parts.length] ?? '';
    const letters = (from: number, count: number): string => Array.from({ length: count }, (_, at) => part(from * 31 + at)).join('');
    const words = (from: number, length: number, end: string): string =>
      Array.from({ length: 2_000 / length }, (_, at) => letters(from * 53 + at, length).slice(at % 7, (at % 7) + length - 2) + end).join(
        ' ',
      );
    const kinds = [
      (at: number) => letters(at, 400).slice(0, 2_000),
      (at: number) => words(at, 40, ''),
      (at: number) => words(at, 14, ''),
      (at: number) => words(at, 5, '.'),
    ];
    const lines = Array.from({ length: 1_000 }, (_, at) => ({ text: kinds[at % kinds.length]!(at), unit: 'EUR', country: 'DE' }));
    const began = performance.now();
    expect(await suggester.suggest(lines, 5)).toHaveLength(1_000);
    // Some milliseconds each; without bounds on words and letters it took seconds for one. Wide, for slow machines with other work.
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 60_000);

  it('take nonsense of any kind and length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1_500 }), async (text) => {
        for (const { score } of await suggest({ text, supplier: text, country: text })) expect(score).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});
