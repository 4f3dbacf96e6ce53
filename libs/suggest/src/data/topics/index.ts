import { ACTIVITIES } from './activities';
import { GOODS } from './goods';
import { SERVICES } from './services';

export { ATTRIBUTE_TOPICS, type AttributeTopic } from './attributes';
export { type Target } from './target';

/** What a line can be about. The words for a topic stand in `../terms/`, one table per language and kind of topic. */
export const TOPICS = { ...GOODS, ...SERVICES, ...ACTIVITIES };

export type Topic = keyof typeof TOPICS;
