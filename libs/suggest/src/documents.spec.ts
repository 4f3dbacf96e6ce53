import { ACTIVITY_TYPES, activityType, type Factor } from '#ghg';
import { readCatalogue } from '../../../bench/matching/evaluate';
import { SUPPLIERS } from './data/suppliers';
import { TERMS } from './data/terms';
import { ATTRIBUTE_TOPICS, TOPICS, type Target } from './data/topics';
import { documentsOf, MONEY_BY_PRICE } from './documents';
import type { SuggestDocument } from './suggester';

const factor = (over: Partial<Factor>): Factor => ({
  code: 'x',
  activityType: 'spend.goods',
  leg: 'supply',
  region: 'US',
  year: 2022,
  attributes: { sector: '337214', price_year: '2022' },
  unit: 'USD',
  gases: [],
  kgco2e: '0.1',
  source: { table: 't', row: '337214 Office Furniture (except Wood) Manufacturing' },
  ...over,
});
const find = (documents: readonly SuggestDocument[], id: string, attributes: Record<string, string>): SuggestDocument | undefined =>
  documents.find((document) => document.activityType === id && JSON.stringify(document.attributes) === JSON.stringify(attributes));

describe('what can be suggested', () => {
  it('is what a factor of the sets leads to, under the name of its row and our words for it', () => {
    const [document] = documentsOf([factor({})], ACTIVITY_TYPES).filter(({ activityType: id }) => id === 'spend.goods');
    expect(document).toMatchObject({ attributes: { sector: '337214' }, label: 'Office Furniture Manufacturing', dimensions: ['money'] });
    expect(document?.texts).toContainEqual({ language: 'en', text: 'Office Furniture Manufacturing', kind: 'factor' });
    expect(document?.texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['Bürostuhl', 'kontorsstol', 'sedia da ufficio']));
  });

  it('has no sector that no set has', () => {
    expect(documentsOf([], ACTIVITY_TYPES).filter(({ attributes }) => attributes['sector'] !== undefined)).toEqual([]);
  });

  it('has spend on travel and freight under their own types, once', () => {
    const air = factor({ attributes: { sector: '481111' }, source: { table: 't', row: '481111 Scheduled Passenger Air Transportation' } });
    const documents = documentsOf([air], ACTIVITY_TYPES);
    expect(find(documents, 'travel.spend', { sector: '481111' })?.texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['Flug']));
    expect(find(documents, 'spend.goods', { sector: '481111' })).toBeUndefined();
  });

  it("reads a row of another publisher's own sectors in the language of its country", () => {
    const own = factor({ region: 'FR', attributes: { sector: 'C31' }, source: { table: 't', row: 'Meubles et ameublement' } });
    const document = find(documentsOf([own], ACTIVITY_TYPES), 'spend.goods', { sector: 'C31' });
    expect(document?.texts).toEqual([{ language: 'fr', text: 'Meubles et ameublement', kind: 'factor' }]);
  });

  it('names materials and treatments of waste in words, each beside each', () => {
    const glass = factor({ activityType: 'waste.disposal', leg: 'service', attributes: { material: 'glass', treatment: 'recycling' } });
    const document = find(documentsOf([glass], ACTIVITY_TYPES), 'waste.disposal', { material: 'glass', treatment: 'recycling' });
    expect(document?.texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['Altglas Recycling', 'verre recyclage']));
    expect(document?.dimensions).toEqual(['mass']);
  });

  it('leaves to a person what no text can tell', () => {
    const ofSupplier = factor({ activityType: 'supplier.fuel', leg: 'operation', attributes: { fuel: 'diesel' } });
    expect(documentsOf([ofSupplier], ACTIVITY_TYPES).some(({ activityType: id }) => id.startsWith('supplier.'))).toBe(false);
  });

  it('tells what money counts only by a price', () => {
    const document = find(documentsOf([], ACTIVITY_TYPES), 'fuel.diesel', {});
    expect(document?.dimensions).toEqual(expect.arrayContaining(['volume', MONEY_BY_PRICE]));
    expect(document?.dimensions).not.toContain('money');
  });

  it('does not depend on the order of the factors', () => {
    const factors = readCatalogue().filter((_, at) => at % 7 === 0);
    expect(documentsOf([...factors].reverse(), ACTIVITY_TYPES)).toEqual(documentsOf(factors, ACTIVITY_TYPES));
  });
});

describe('the tables of words', () => {
  const targets: readonly Target[] = Object.values(TOPICS).flat();

  it('lead to types and attributes of the vocabulary', () => {
    const unknown = targets.filter(({ activityType: id, attributes }) => {
      const names = activityType(id)?.attributes.map(({ name }) => name);
      return names === undefined || Object.keys(attributes).some((name) => !names.includes(name));
    });
    expect(unknown).toEqual([]);
  });

  it('lead to sectors, materials and treatments that the catalogue has', () => {
    const known = new Set(readCatalogue().flatMap(({ attributes }) => Object.entries(attributes).map((pair) => pair.join(' '))));
    const sectors = targets.flatMap(({ attributes: { sector } }) => (sector === undefined ? [] : [sector]));
    expect(sectors.filter((sector) => !known.has(`sector ${sector}`))).toEqual([]);
    const listed = activityType('waste.disposal')?.attributes.find(({ name }) => name === 'treatment')?.values ?? [];
    for (const treatment of listed) known.add(`treatment ${treatment}`);
    const values = Object.values(ATTRIBUTE_TOPICS).flatMap(({ attribute, values: all }) => all.map((value) => `${attribute} ${value}`));
    expect(values.filter((value) => !known.has(value))).toEqual([]);
  });

  it('have words in English for every topic, and no empty word', () => {
    const names = [...Object.keys(TOPICS), ...Object.keys(ATTRIBUTE_TOPICS)];
    expect(names.filter((name) => TERMS.en[name as keyof typeof TOPICS] === undefined)).toEqual([]);
    const words = [...Object.values(TERMS).flatMap((terms) => Object.values(terms)), ...SUPPLIERS.map(([, text]) => text)];
    expect(words.flatMap((text) => text.split(', ')).filter((word) => word.trim() !== word || word === '')).toEqual([]);
  });
});
