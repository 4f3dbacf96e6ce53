import type { Language } from '../../words';
import * as ACTIVITIES from './activities';
import * as GOODS from './goods';
import * as SERVICES from './services';
import type { Terms } from './terms';

export const TERMS: Readonly<Record<Language, Terms>> = {
  en: { ...GOODS.ENGLISH, ...SERVICES.ENGLISH, ...ACTIVITIES.ENGLISH },
  de: { ...GOODS.GERMAN, ...SERVICES.GERMAN, ...ACTIVITIES.GERMAN },
  fr: { ...GOODS.FRENCH, ...SERVICES.FRENCH, ...ACTIVITIES.FRENCH },
  sv: { ...GOODS.SWEDISH, ...SERVICES.SWEDISH, ...ACTIVITIES.SWEDISH },
  es: { ...GOODS.SPANISH, ...SERVICES.SPANISH, ...ACTIVITIES.SPANISH },
  nl: { ...GOODS.DUTCH, ...SERVICES.DUTCH, ...ACTIVITIES.DUTCH },
  it: { ...GOODS.ITALIAN, ...SERVICES.ITALIAN, ...ACTIVITIES.ITALIAN },
};
