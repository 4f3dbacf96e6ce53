import type { ActivityType, AttributeSpec, Measure } from '../vocabulary';
import { PRICES, stated } from './parts';

/** What only free text says: no leg and no factor until a classification says what it is. */
export const UNCLASSIFIED = 'unclassified';

/** Everything that anything is counted in. A ratio and an angle are no quantities. */
const MEASURES: readonly Measure[] = [
  'money',
  'items',
  'mass',
  'mass·distance',
  'mass·time',
  'energy',
  'volume',
  'volume·time',
  'area',
  'area·time',
  'distance',
  'time',
  'passengers',
  'passengers·distance',
  'vehicles',
  'containers',
  'containers·distance',
  'rooms',
  'nights',
  'rooms·nights',
  'heads',
  'heads·time',
  'uses',
  'emissions',
];

const freeText = (name: string, required: boolean): AttributeSpec => ({ name, required, format: 'text' });

/** As spend types have them, for money alone; what is left open is for the type that the text is classified as to say. */
const prices = PRICES.map(({ default: _default, strict: _strict, ...spec }): AttributeSpec => ({ ...spec, onlyFor: 'money' }));

/**
 * Lines of which a text is all that is known (`Bürostühle, 12 Stk`, `AWS EMEA SARL`): kept, counted and refused, until a person says once per text what
 * it is. Neither lost nor guessed.
 */
export const UNCLASSIFIED_TEXT: readonly ActivityType[] = [
  {
    id: UNCLASSIFIED,
    title: 'Free text, until it is classified',
    formulas: stated({ name: 'quantity', dimension: MEASURES }),
    attributes: [freeText('description', true), freeText('account', false), ...prices],
    legs: [],
  },
];
