/** The longest free text that a key keeps, in characters (code points). */
export const FREE_TEXT_MAX = 200;

/**
 * Free text as a match key keeps it, so that equal lines share a key: format characters that nobody sees fall away (general category Cf: zero-width
 * spaces, soft hyphens), compatibility forms are one form (Unicode normalisation form NFKC), capital letters are small ones (lower case of the root
 * locale), every run of white space is one space, none stands at the ends, and what is beyond 200 characters is cut off. Applied twice it changes
 * nothing. The empty text stays empty: nothing was stated.
 */
export function normaliseText(text: string): string {
  // Small letters may fall apart into others that have a form of their own: the form is taken again.
  const folded = text
    .replace(/\p{Cf}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...folded];
  return characters.length <= FREE_TEXT_MAX ? folded : characters.slice(0, FREE_TEXT_MAX).join('').trim();
}
