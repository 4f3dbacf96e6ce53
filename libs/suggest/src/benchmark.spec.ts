import { ACTIVITY_TYPES } from '#ghg';
import { outcomesOf, qualityOf, readCatalogue, readLines, type Outcome } from '../../../bench/matching/evaluate';
import { documentsOf } from './documents';
import { lexicalSuggester } from './lexical-suggester';

/** A little below what is measured (bench/results/matching.json), so that quality cannot fall unseen; nothing here depends on time or machine. */
const FLOORS = [
  { of: 'all lines for testing', holds: () => true, top1: 0.83, top5: 0.88, refusedRightly: 0.88 },
  { of: 'those of the third writing', holds: (written: string) => written === 'third', top1: 0.64, top5: 0.71, refusedRightly: 0.8 },
] as const;

describe('the labelled lines', () => {
  const lines = readLines();
  let outcomes: Outcome[];
  beforeAll(async () => {
    outcomes = await outcomesOf(lexicalSuggester(documentsOf(readCatalogue(), ACTIVITY_TYPES)), lines);
  });

  it('are many, mostly for testing, and some have no answer', () => {
    expect(lines.length).toBeGreaterThanOrEqual(300);
    expect(lines.filter(({ split }) => split === 'test').length / lines.length).toBeGreaterThanOrEqual(0.6);
    expect(lines.filter(({ language }) => language === 'en').length / lines.length).toBeGreaterThanOrEqual(0.6);
    expect(lines.filter(({ accept }) => accept.length === 0).length).toBeGreaterThanOrEqual(30);
  });

  it.each(FLOORS)('$of: first suggestion, first five and refusals stay above the floor', ({ holds, top1, top5, refusedRightly }) => {
    const quality = qualityOf(outcomes.filter(({ line }) => line.split === 'test' && holds(line.written)));
    expect(quality.top1).toBeGreaterThanOrEqual(top1);
    expect(quality.top5).toBeGreaterThanOrEqual(top5);
    expect(quality.refusedRightly).toBeGreaterThanOrEqual(refusedRightly);
  });

  it('are right in at least nine of ten cases where the first score is 0.8 or more', () => {
    const sure = outcomes.filter(({ line, suggestions: [first] }) => line.split === 'test' && (first?.score ?? 0) >= 0.8);
    expect(sure.length).toBeGreaterThan(50);
    expect(sure.filter(({ place }) => place === 1).length / sure.length).toBeGreaterThanOrEqual(0.9);
  });
});
