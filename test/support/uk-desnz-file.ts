import { validateFactorSet, type Factor } from '#ghg';
import { isFileRefusal, type FactorFileReading, type FileRefusal, type OpenedFile } from '../../libs/factor-files/src/factor-file';
import { ukDesnzFlatFile } from '../../libs/factor-files/src/publishers/uk-desnz';
import { accountOf } from '../../libs/factor-files/src/read-factor-file';
import { gases } from '../golden/fixtures';
import { openedFile, type TestCell } from './factor-files';

/** Level 1 to 4, Column Text, UOM, GHG, figure. */
export type Row = readonly [string, string, string, string | number | null, string | null, string, string, TestCell];

export const TITLE = ['UK Government GHG Conversion Factors for Company Reporting'];
const LEVELS = ['Scope', 'Level 1', 'Level 2', 'Level 3', 'Level 4', 'Column Text'];

/** The layouts of the editions: with simple units and a lookup until 2021, bare in 2022, with ids from 2023. */
export function sheetOf(year: number, rows: readonly Row[]): TestCell[][] {
  const figure = `GHG Conversion Factor ${year}`;
  const id = (i: number): string => `1_${100 + i}_1_1`;
  if (year < 2022)
    return [
      TITLE,
      ['Factors by Category'],
      [],
      [null, 'Category', null, null, null, null, 'HIDE', null, null, 'HIDE'],
      [...LEVELS, 'UOM (simple)', 'UOM', 'GHG', 'Lookup', figure],
      ...rows.map(([one, two, three, four, text, unit, counted, value]) => [
        'Scope 1',
        one,
        two,
        three,
        four,
        text,
        unit.replace(/ \(.*/, ''),
        unit,
        counted,
        `${three} ${unit}`,
        value,
      ]),
    ];
  if (year === 2022) return [TITLE, [], [...LEVELS, 'UOM', 'GHG/Unit', figure], ...rows.map((row): TestCell[] => ['Scope 1', ...row])];
  return [TITLE, [], ['ID', ...LEVELS, 'UOM', 'GHG/Unit', figure], ...rows.map((row, i): TestCell[] => [id(i), 'Scope 1', ...row])];
}

export function fileOf(
  year: number,
  rows: readonly Row[],
  more: Readonly<Record<string, readonly (readonly TestCell[])[]>> = {},
): OpenedFile {
  const front: TestCell[][] = [TITLE, [], [null, 'Version:', 1.1, 'Year:', year]];
  return openedFile({ 'Front page': front, 'Factors by Category': sheetOf(year, rows), ...more });
}

export function outcome(file: OpenedFile): FactorFileReading | FileRefusal {
  const recognised = ukDesnzFlatFile.recognise(file);
  if (!recognised) throw new Error('not recognised');
  return ukDesnzFlatFile.read(file, recognised, {});
}

/** What was read; every row is accounted for and the kernel finds no fault. */
export function readingOf(file: OpenedFile): FactorFileReading {
  const reading = outcome(file);
  if (isFileRefusal(reading)) throw new Error(JSON.stringify(reading));
  const unaccounted = accountOf(reading);
  if (unaccounted !== null) throw new Error(unaccounted);
  const { factors, properties = [] } = reading.set;
  const problems = factors.length + properties.length > 0 ? validateFactorSet(reading.set, gases) : [];
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return reading;
}
export const read = (year: number, ...rows: Row[]): FactorFileReading => readingOf(fileOf(year, rows));
export const whyNot = ({ omissions }: FactorFileReading): [number, string][] => omissions.map(({ row, reason }) => [row, reason]);
/** Type, leg, region, attributes, unit of each factor. */
export const meanings = ({ set }: FactorFileReading): unknown[] =>
  set.factors.map(({ activityType, leg, region, attributes, unit }) => [activityType, leg, region, attributes, unit]);
export const factorOf = ({ set }: FactorFileReading, activityType: string): Factor | undefined =>
  set.factors.find((factor) => factor.activityType === activityType);

/** A row that every edition has. */
export const WATER: Row = ['Water supply', 'Water supply', 'Water supply', null, null, 'cubic metres', 'kg CO2e', 0.1913];
