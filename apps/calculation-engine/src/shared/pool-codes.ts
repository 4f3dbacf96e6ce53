/** The pool of contractual instruments is there without being declared. */
export const INSTRUMENTS_POOL = 'instruments';
