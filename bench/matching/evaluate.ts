import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Factor, FactorSet } from '#ghg';
import type { Suggester, Suggestion, SuggestLine } from '#suggest';

/** A target that is right for a line: a suggestion with this type and at least these attributes. */
export interface Accepted {
  readonly activityType: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A line with all its right answers; none: it must be refused. */
export interface LabelledLine extends SuggestLine {
  /** Lines for tuning were looked at when they failed; those for testing never. */
  readonly split: 'tune' | 'test';
  /** Of which writing the line is: before the tables of words, or after them, see README.md. */
  readonly written: 'first' | 'second' | 'third';
  readonly language: string;
  readonly accept: readonly Accepted[];
}

export interface Outcome {
  readonly line: LabelledLine;
  readonly suggestions: readonly Suggestion[];
  /** Place of the first right suggestion, from 1; 0: none is right. */
  readonly place: number;
}

/** Shares of lines: of those that have an answer, of those that have none. */
export interface Quality {
  readonly lines: number;
  readonly answerable: number;
  readonly top1: number;
  readonly top5: number;
  readonly refusedWrongly: number;
  readonly unanswerable: number;
  readonly refusedRightly: number;
}

export const LIMIT = 5;
const root = path.resolve(process.cwd());

export function readLines(): LabelledLine[] {
  return JSON.parse(readFileSync(path.join(root, 'bench/matching/lines.json'), 'utf8')) as LabelledLine[];
}

/** The factors that ship with the product: what a fresh installation suggests from. */
export function readCatalogue(): Factor[] {
  const folder = path.join(root, 'catalogue/factor-sets');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as FactorSet).factors);
}

export async function outcomesOf(suggester: Suggester, lines: readonly LabelledLine[]): Promise<Outcome[]> {
  const answers = await suggester.suggest(lines, LIMIT);
  return lines.map((line, at) => {
    const suggestions = answers[at] ?? [];
    return { line, suggestions, place: suggestions.findIndex((suggestion) => isRight(suggestion, line.accept)) + 1 };
  });
}

export function qualityOf(outcomes: readonly Outcome[]): Quality {
  const answerable = outcomes.filter(({ line }) => line.accept.length > 0);
  const unanswerable = outcomes.filter(({ line }) => line.accept.length === 0);
  const share = (of: readonly Outcome[], holds: (outcome: Outcome) => boolean): number =>
    of.length === 0 ? 0 : Math.round((1000 * of.filter(holds).length) / of.length) / 1000;
  return {
    lines: outcomes.length,
    answerable: answerable.length,
    top1: share(answerable, ({ place }) => place === 1),
    top5: share(answerable, ({ place }) => place > 0),
    refusedWrongly: share(answerable, ({ suggestions }) => suggestions.length === 0),
    unanswerable: unanswerable.length,
    refusedRightly: share(unanswerable, ({ suggestions }) => suggestions.length === 0),
  };
}

function isRight(suggestion: Suggestion, accept: readonly Accepted[]): boolean {
  return accept.some(
    ({ activityType, attributes }) =>
      activityType === suggestion.activityType &&
      Object.entries(attributes).every(([name, value]) => suggestion.attributes[name] === value),
  );
}
