import { Refused } from '#contracts';

/** Two numbers that order a list: line and slot, or activity and segment. */
export function cursorOf(first: string, second: number): string {
  return `${first}.${second}`;
}

/** The place after which a page begins; the start of the list without a cursor. Refuses: `request_invalid`. */
export function placeAfter(cursor: string | undefined): [string, string] {
  if (cursor === undefined) return ['-1', '0'];
  const parts = /^(\d{1,18})\.(\d{1,5})$/.exec(cursor);
  if (!parts) throw new Refused('request_invalid', 'after: not the `next` of a page.');
  return [parts[1]!, parts[2]!];
}
