import { ACTIVITY_TYPES } from '#ghg';
import { documentsOf, lexicalSuggester } from '#suggest';
import { keepResult, timed } from '../machine';
import { LIMIT, outcomesOf, qualityOf, readCatalogue, readLines, type LabelledLine, type Outcome, type Quality } from './evaluate';

// How often the first suggestion is right, one of the first five is, and a line without an answer gets none; and how long many lines take.

const MANY = 10_000;
const WRITINGS = ['first', 'second', 'third'] as const;
const SPLITS = ['tune', 'test'] as const;

/** Distinct lines, as a ledger has them: the words of the labelled ones, an order number, and a word from elsewhere. */
function manyLines(lines: readonly LabelledLine[]): LabelledLine[] {
  return Array.from({ length: MANY }, (_, at) => {
    const line = lines[at % lines.length]!;
    const words = lines[(at * 7 + 3) % lines.length]!.text.split(' ');
    return { ...line, text: `${line.text} ${words[Math.floor(at / lines.length) % words.length] ?? ''} ${100_000 + at}` };
  });
}

function row(name: string, quality: Quality): string {
  const percent = (share: number, of: number): string => (of === 0 ? '-' : `${(100 * share).toFixed(1)} %`).padStart(8);
  const { lines, answerable, top1, top5, refusedWrongly, unanswerable, refusedRightly } = quality;
  return [
    name.padEnd(16),
    String(lines).padStart(6),
    percent(top1, answerable),
    percent(top5, answerable),
    percent(refusedWrongly, answerable),
    percent(refusedRightly, unanswerable),
  ].join('  ');
}

/** What a score is worth: of first suggestions at or above it, how many are right. */
function calibration(outcomes: readonly Outcome[]): { score: number; suggested: number; right: number }[] {
  return [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0].map((score) => {
    const of = outcomes.filter(({ suggestions: [first] }) => first !== undefined && first.score >= score);
    return { score, suggested: of.length, right: of.filter(({ place }) => place === 1).length };
  });
}

async function main(): Promise<void> {
  const factors = readCatalogue();
  const lines = readLines();
  const heapBefore = heapUsed();
  let documents = documentsOf([], []);
  const documentsSeconds = await timed(() => (documents = documentsOf(factors, ACTIVITY_TYPES)));
  let suggester = lexicalSuggester([]);
  const indexSeconds = await timed(() => (suggester = lexicalSuggester(documents)));
  const heapMiB = Math.round((heapUsed() - heapBefore) / 2 ** 20);

  const outcomes = await outcomesOf(suggester, lines);
  const of = (holds: (line: LabelledLine) => boolean): Quality => qualityOf(outcomes.filter(({ line }) => holds(line)));
  const bySplit = Object.fromEntries(SPLITS.map((split) => [split, of((line) => line.split === split)]));
  const byWriting = Object.fromEntries(
    WRITINGS.flatMap((written) =>
      SPLITS.map((split) => [`${written}, ${split}`, of((line) => line.written === written && line.split === split)] as const),
    ),
  );
  const languages = [...new Set(lines.map(({ language }) => language))];
  const byLanguage = Object.fromEntries(
    languages.map((it) => [`${it}, test`, of((line) => line.language === it && line.split === 'test')]),
  );
  const scores = calibration(outcomes.filter(({ line }) => line.split === 'test'));

  const many = manyLines(lines);
  const seconds = await timed(() => suggester.suggest(many, LIMIT));

  console.log(['lines'.padEnd(16), '     n', '   first', 'of five', ' refused', 'rightly refused'].join('  '));
  for (const [name, quality] of Object.entries({ ...bySplit, ...byWriting, ...byLanguage })) console.log(row(name, quality));
  for (const { score, suggested, right } of scores) console.log(`score ≥ ${score}: ${right} of ${suggested} first suggestions are right`);
  console.log(
    `${MANY} distinct lines: ${seconds.toFixed(1)} s; ${documents.length} targets in ${(documentsSeconds + indexSeconds).toFixed(1)} s, ${heapMiB} MiB`,
  );
  keepResult('matching', {
    measure: 'suggestions for labelled lines of free text, over the catalogue; see bench/matching/README.md',
    suggester: suggester.name,
    targets: documents.length,
    bySplit,
    byWriting,
    byLanguage,
    scoresOfTest: scores,
    seconds: { documents: round(documentsSeconds), index: round(indexSeconds), [`${MANY} lines`]: round(seconds) },
    heapMiB,
  });
}

function heapUsed(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

const round = (seconds: number): number => Number(seconds.toFixed(2));

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
