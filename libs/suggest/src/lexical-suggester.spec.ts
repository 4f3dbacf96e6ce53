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

  it('take nonsense of any kind and length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 1_500 }), async (text) => {
        for (const { score } of await suggest({ text, supplier: text, country: text })) expect(score).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});
