import { attribute, tagsOf } from './xml';

/** Formats of dates that a workbook need not spell out (ECMA-376, part 1, 18.8.30; 27 to 36 and 50 to 58 in East Asian locales). */
const BUILT_IN: readonly (readonly [from: number, to: number])[] = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
];

/** Whether the numbers of a cell format are days: by the place of the format in the list of styles. */
export function dateStyles(styles: string | null): readonly boolean[] {
  if (styles === null) return [];
  const codes = new Map(
    tagsOf(styles, 'numFmt').map((tag) => [Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? ''] as const),
  );
  return tagsOf(cellFormats(styles), 'xf').map((tag) => {
    const id = Number(attribute(tag, 'numFmtId') ?? '0');
    const code = codes.get(id);
    return code === undefined ? BUILT_IN.some(([from, to]) => id >= from && id <= to) : isDateCode(code);
  });
}

function cellFormats(styles: string): string {
  const begin = styles.search(/<(?:\w+:)?cellXfs[\s>]/);
  const formats = begin < 0 ? '' : styles.slice(begin);
  const end = formats.search(/<\/(?:\w+:)?cellXfs>/);
  return end < 0 ? '' : formats.slice(0, end);
}

/**
 * Whether a number format shows a date: a day, month or year in it, outside of quotes, escapes and colours. Times alone and spans of hours are
 * no dates: such cells stay the numbers that they are.
 */
export function isDateCode(code: string): boolean {
  const [first = ''] = code.split(';');
  const bare = first.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?![hms]+\])[^[\]]*\]/gi, '');
  if (/\[[hms]+\]/i.test(bare) || /general/i.test(bare)) return false;
  return /[yd]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare) && !/[#0?]/.test(bare));
}
