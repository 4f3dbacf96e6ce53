import { ACTIVITY_TYPES } from '#ghg';
import { documentsOf, lexicalSuggester } from '#suggest';
import type { SuggesterOf } from './suggestions';

/** An index of words in memory, over the vocabulary and what the factor sets name. A service of embeddings would stand here instead. */
export const suggesterOf: SuggesterOf = (factors) => lexicalSuggester(documentsOf(factors, ACTIVITY_TYPES));
