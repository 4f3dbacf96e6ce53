export * from './suggester';
export { documentsOf, MONEY_BY_PRICE } from './documents';
export { lexicalSuggester } from './lexical-suggester';
