import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { divide, Decimal } from '#ghg';
import { startServices, type RunningServices } from '../support/services';
import { expectFigure } from './expect-figure';
import { readGolden, type GoldenCase, type GoldenExpectation } from './read-golden';
import { figuresOfEntries, runThroughApi, type CaseThroughApi } from './through-api';

// The golden cases through the public API of the whole stack, nothing faked: factors uploaded as a set, activities as a file, figures from the entries
// of the sealed book. Cases about shares, masses and scores alone have no activities: those are questions to a function, not to a book.

const AT_ONCE = 3;
const files = readdirSync(__dirname).filter((name) => name.endsWith('.golden.txt'));
const cases = files.flatMap((file) =>
  readGolden(readFileSync(path.join(__dirname, file), 'utf8')).filter(({ activities }) => activities.length > 0),
);

type Outcome = { readonly run: CaseThroughApi } | { readonly error: unknown };

let services: RunningServices;
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  services = await startServices('golden');
  const waiting = [...cases];
  const worker = async (): Promise<void> => {
    for (let golden = waiting.shift(); golden; golden = waiting.shift())
      outcomes.set(
        golden.id,
        await runThroughApi(services, golden).then(
          (run) => ({ run }),
          (error: unknown) => ({ error }),
        ),
      );
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}, 900_000);
afterAll(() => services?.stop());

it.each(cases.map((golden) => [golden.id, golden] as const))('%s', (id, golden) => {
  const outcome = outcomes.get(id);
  if (!outcome || 'error' in outcome) throw outcome?.error ?? new Error(`${id} was not run`);
  expect(outcome.run.conserved).toBe(true);
  const asked = golden.expect.filter(({ of }) => of === 'sum' || golden.activities.some(({ name }) => name === of));
  for (const expectation of asked) check(outcome.run, golden, expectation);
});

function check(run: CaseThroughApi, golden: GoldenCase, expectation: GoldenExpectation): void {
  const figures = figuresOfEntries(run, expectation);
  const { kgco2e, biogenic, energy, quantity, fallbacks, flags, refusal, per } = expectation;
  if (refusal) expect(refusalsOf(run, golden, expectation)).toContain(refusal);
  if (kgco2e || biogenic || energy) expect(figures.entries).not.toHaveLength(0);
  if (kgco2e) expectFigure(per === null ? figures.kgco2e : divide(figures.kgco2e, new Decimal(per.split(' ')[0] ?? '')).value, kgco2e);
  if (biogenic) expectFigure(figures.biogenic, biogenic);
  if (energy) expectFigure(figures.energy, energy);
  for (const { gas, kg } of expectation.gases) expectFigure(figures.gasKg(gas), kg);
  if (quantity && figures.entries[0]) expectQuantity(figures.entries, figures.entries[0], quantity);
  if (fallbacks) expect(figures.entries.flatMap((entry) => entry.fallbacks).sort()).toEqual([...fallbacks].sort());
  const meant = run.activities.filter(({ tags }) => expectation.of === 'sum' || tags.activity === expectation.of);
  if (flags) expect(new Set(meant.flatMap((activity) => activity.flags))).toEqual(new Set(flags));
}

/** Each activity is counted once: by its entries of one leg and basis. */
function expectQuantity(entries: CaseThroughApi['entries'], { leg, basis }: CaseThroughApi['entries'][number], quantity: string): void {
  const [figure = '', unit] = quantity.split(' ');
  const counted = entries.filter((entry) => entry.leg === leg && entry.basis === basis);
  for (const entry of counted) expect(entry.unit).toBe(unit);
  expectFigure(
    counted.reduce((sum, entry) => sum.add(entry.quantity), new Decimal(0)),
    figure,
  );
}

function refusalsOf(run: CaseThroughApi, golden: GoldenCase, { of, legs }: GoldenExpectation): string[] {
  const meant = golden.activities.filter(({ name }) => of === 'sum' || of === name);
  const records = run.recordRefusals.filter(({ activity }) => meant.some(({ name }) => name === activity)).map(({ code }) => code);
  const types = new Set(meant.map(({ type }) => type));
  const keys = run.legRefusals.filter(({ activityType, leg }) => types.has(activityType) && (legs.length === 0 || legs.includes(leg)));
  return [...records, ...keys.map(({ code }) => code)];
}
