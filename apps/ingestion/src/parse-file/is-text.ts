const HALF_CHARACTER = /\p{Surrogate}/u;
const NO_TEXT = /\0|\p{Surrogate}/gu;

/** Postgres keeps neither NUL nor half of a character; JSON and workbooks can write both. */
export function isText(text: string): boolean {
  return !text.includes('\0') && !HALF_CHARACTER.test(text);
}

const SHOWN_MAX = 100;

/** A name as a refusal can show it, whatever it is made of. */
export function shownName(name: string): string {
  return name.slice(0, SHOWN_MAX).replace(NO_TEXT, '\ufffd');
}
