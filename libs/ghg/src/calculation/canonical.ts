/** What a canonical text can hold. Numbers are whole: an amount is a decimal string. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * The one JSON text of a value: names sorted by code unit, no white space (the rules of RFC 8785 for what stands here). A name whose value is
 * undefined is left out. Digests rest on it.
 */
export function canonicalJson(value: unknown): string {
  return write(value as Json);
}

function write(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError('canonicalJson: an amount must be a decimal string');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Plain loops: a run writes out every rate of its book, twice.
  let text = '';
  if (isList(value)) {
    for (const item of value) text += text === '' ? write(item) : `,${write(item)}`;
    return `[${text}]`;
  }
  for (const name of Object.keys(value).sort()) {
    const item = value[name];
    if (item === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${write(item)}`;
  }
  return `{${text}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
