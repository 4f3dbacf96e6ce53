import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Decimal, isRefusal, kgCo2e } from '#ghg';
import { gases } from './fixtures';
import { figuresOf } from './golden-figures';
import { readGolden, type GoldenCase, type GoldenExpectation } from './read-golden';

// Every worked example of the reference data has a golden case under its id, and the figures that the case asks for and the kernel gives are the
// example's: its main value within its tolerance, its parts within a millionth.
interface Figure {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
}
interface WorkedExample {
  readonly id: string;
  readonly expected: { readonly value: number; readonly unit: string; readonly tolerance: number; readonly parts?: readonly Figure[] };
}

const { examples } = JSON.parse(readFileSync(path.join(process.env['SCOPEBOOK_REFERENCE'] ?? '', 'worked-examples.json'), 'utf8')) as {
  examples: readonly WorkedExample[];
};
const cases = readdirSync(__dirname)
  .filter((name) => name.endsWith('.golden.txt'))
  .flatMap((name) => readGolden(readFileSync(path.join(__dirname, name), 'utf8')));

/** Golden figures are kilograms, kilowatt-hours and the units of their rows; the examples state tonnes and grams as well. */
const SCALES: Readonly<Record<string, string>> = { t: '1000', g: '0.001' };
const PARTS_TOLERANCE = new Decimal('0.000001');

/** Parts that show what the method is not, or that a case cannot hold. */
const NOT_EXPECTED: Readonly<Record<string, string>> = {
  'PCAF-BOX5, Wrong: both together with cash deducted': 'the mistake that the box warns of',
  'PCAF-SOV-DEBT, Debt approach (not the PCAF method)': 'the approach that the standard rejects',
  'UK-ERG-H-GROSS, Net': 'credits are never netted',
  'UK-ERG-H-RECALC, Original base year': 'an input of the case',
  'GLEC-MAIL-COLL, Total activity': 'in t.km; the case has 363.085 kg.km',
  'CON-BLEND-R-410A, AR4': 'case CON-BLEND-R-410A-AR4',
  'CON-BLEND-R-410A, AR6': 'case CON-BLEND-R-410A-AR6',
  'CON-BLEND-R-407C, AR4': 'case CON-BLEND-R-407C-AR4',
  'CON-BLEND-R-407C, AR5': 'case CON-BLEND-R-407C-AR5',
};
/** A case that stands under a book of its own for each assessment report. */
const ELSEWHERE: Readonly<Record<string, string>> = { 'CON-BLEND-R-410A': 'CON-BLEND-R-410A-AR6' };

function goldenOf(id: string): GoldenCase {
  const found = cases.filter((golden) => golden.id === id);
  expect(found).toHaveLength(1);
  return found[0] as GoldenCase;
}

/** The figures that the case asks for, as the kernel gives them: never more than what a line of `expect` names. */
function figuresAsked(golden: GoldenCase): Decimal[] {
  return golden.expect.flatMap((expectation) => {
    const figures = figuresOf(golden, expectation);
    const named: (keyof GoldenExpectation & keyof typeof figures)[] = ['kgco2e', 'biogenic', 'energy', 'share', 'score'];
    const single = named.flatMap((name) => (expectation[name] && figures[name] ? [figures[name] as Decimal] : []));
    const quantity = expectation.quantity && figures.quantity ? [figures.quantity.value] : [];
    return [...single, ...quantity, ...expectation.gases.flatMap(({ gas }) => massAndCo2e(golden, gas, figures.gasKg(gas)))];
  });
}

function massAndCo2e({ book }: GoldenCase, gas: string, kg: Decimal): Decimal[] {
  const kgco2e = kgCo2e(gases, book, [{ gas, kg }]);
  return isRefusal(kgco2e) ? [kg] : [kg, kgco2e];
}

function scaleOf(unit: string): Decimal {
  return new Decimal(SCALES[unit.split(' ')[0] ?? ''] ?? 1);
}

function isAmong(figures: readonly Decimal[], wanted: Decimal, tolerance: Decimal): boolean {
  return figures.some((figure) => figure.sub(wanted).abs().lte(tolerance));
}

describe('worked examples', () => {
  it('are 83', () => expect(examples).toHaveLength(83));

  it.each(examples.map((example) => [example.id, example] as const))('%s', (id, { expected }) => {
    const { value, unit, tolerance, parts = [] } = expected;
    const scale = scaleOf(unit);
    const main = goldenOf(ELSEWHERE[id] ?? id);
    // The examples are binary fractions themselves: half a unit of their last digit is no difference.
    const slack = new Decimal(Math.abs(value)).mul('0.000000000001');
    expect({
      main: value,
      among: isAmong(figuresAsked(main), new Decimal(value).mul(scale), new Decimal(tolerance).add(slack).mul(scale)),
    }).toEqual({
      main: value,
      among: true,
    });
    const figures = figuresAsked(goldenOf(id));
    for (const part of parts) {
      if (`${id}, ${part.name}` in NOT_EXPECTED) continue;
      const wanted = new Decimal(part.value).mul(scaleOf(part.unit));
      expect({ part: part.name, among: isAmong(figures, wanted, wanted.abs().mul(PARTS_TOLERANCE)) }).toEqual({
        part: part.name,
        among: true,
      });
    }
  });
});
