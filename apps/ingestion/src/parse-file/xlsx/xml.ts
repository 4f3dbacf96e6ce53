/** What SpreadsheetML needs of XML: attributes and texts. Entities other than the five of XML itself do not exist, so nothing can be made to expand. */
const ENTITY = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Characters that XML cannot hold, as workbooks write them: `_x000D_`. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;
const CODE_POINT_MAX = 0x10ffff;

export function decoded(text: string): string {
  const plain = text.includes('&') ? text.replace(ENTITY, entity) : text;
  return plain.includes('_x') ? plain.replace(ESCAPED, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : plain;
}

function entity(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name] ?? whole;
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  return code <= CODE_POINT_MAX ? String.fromCodePoint(code) : whole;
}

/** An attribute of a tag, without its quotes. */
export function attribute(tag: string, name: string): string | undefined {
  const found = patternOf(name).exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : decoded(value);
}

const patterns = new Map<string, RegExp>();

/** The names are those of this code, and few. */
function patternOf(name: string): RegExp {
  const known = patterns.get(name) ?? new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  patterns.set(name, known);
  return known;
}

/** The tags of this name, whatever their prefix, each with its attributes. */
export function tagsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}((?:\\s[^<>]*)?)\\/?>`, 'g'))].map(([, attributes = '']) => attributes);
}

/** The texts of an item, and what says how a word is read (`rPh`), beside the word itself. */
const TEXTS = /<(\/?)(?:\w+:)?(t|rPh)(?:\s[^<>]*?)?(\/?)>([^<]*)/g;

/** The text of a string item, of all its runs. */
export function itemText(xml: string): string {
  let text = '';
  let isPhonetic = false;
  for (const [, closing, name, empty, run = ''] of xml.matchAll(TEXTS)) {
    const isOpen = closing === '' && empty === '';
    if (name === 'rPh') isPhonetic = isOpen;
    else if (isOpen && !isPhonetic) text += run;
  }
  return decoded(text);
}
