import fc from 'fast-check';
import { FREE_TEXT_MAX, normaliseText } from './free-text';

describe('normaliseText', () => {
  it.each([
    ['Bürostühle, 12 Stk', 'bürostühle, 12 stk'],
    ['  AWS\t EMEA\u00a0 SARL \n', 'aws emea sarl'],
    // A u with a separate diaeresis, a ligature, a full-width letter, an ideographic space.
    ['Bu\u0308rostu\u0308hle', 'bürostühle'],
    ['o\uFB03ce', 'office'],
    ['\uFF21\uFF37\uFF33\u3000EMEA', 'aws emea'],
    // Zero-width space and joiner, soft hyphen, byte order mark: nobody sees them. What they kept apart is one letter again.
    ['\uFEFFBüro\u200Bstühle\u200D', 'bürostühle'],
    ['Papier\u00ADkorb', 'papierkorb'],
    ['Bu\u200B\u0308ro', 'büro'],
    ['\u200B \u2060', ''],
    // Of the root locale, whatever the machine speaks: a capital I becomes an i with a dot.
    ['TITLE', 'title'],
    ['STRASSE', 'strasse'],
    ['straße', 'straße'],
    [' \u2003 ', ''],
  ])('%j is %j', (stated, kept) => expect(normaliseText(stated)).toBe(kept));

  it('cuts what is too long, by characters and never through one', () => {
    const kept = normaliseText(`${'😀'.repeat(FREE_TEXT_MAX)}x`);
    expect([...kept]).toHaveLength(FREE_TEXT_MAX);
    expect(kept).not.toMatch(/\p{Cs}/u);
    expect(normaliseText(`${'a'.repeat(FREE_TEXT_MAX - 1)} b`)).toBe('a'.repeat(FREE_TEXT_MAX - 1));
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect([...once].length).toBeLessThanOrEqual(FREE_TEXT_MAX);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing the second time, of every character there is', () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const once = normaliseText(String.fromCodePoint(code));
      if (normaliseText(once) !== once) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });
});
