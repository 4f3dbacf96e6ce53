/** The distinct runs of three letters of a word, with its beginning and end marked. */
export function trigramsOf(word: string): string[] {
  const marked = `  ${word} `;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= marked.length; at += 1) found.add(marked.slice(at, at + 3));
  return [...found];
}

/** Shared trigrams of two words, twice, over all of both (Dice): 1 for the same word. */
export function likenessOf(a: string, b: string): number {
  const [own, others] = [trigramsOf(a), new Set(trigramsOf(b))];
  return (2 * own.filter((trigram) => others.has(trigram)).length) / (own.length + others.size);
}

/** Letters to put in, take out, replace or swap with their neighbour until the words are the same (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? 0;
}
