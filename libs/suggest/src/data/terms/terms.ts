import type { AttributeTopic, Topic } from '../topics';

/** The words of one language for topics, separated by commas. A topic without a word in a language is not found in it. */
export type Terms = Readonly<Partial<Record<Topic | AttributeTopic, string>>>;
