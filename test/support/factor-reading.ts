import { validateFactorSet } from '#ghg';
import { isFileRefusal, type FactorFileReading, type Layout, type OpenedFile } from '../../libs/factor-files/src/factor-file';
import { accountOf } from '../../libs/factor-files/src/read-factor-file';
import { gases } from '../golden/fixtures';

/** What a layout makes of a file that it recognises: every row accounted for, and a set that the kernel finds nothing wrong with. */
export function readBy(layout: Layout, file: OpenedFile, licence?: string): FactorFileReading {
  const recognised = layout.recognise(file);
  if (!recognised) throw new Error(`${layout.id} does not recognise the file`);
  const reading = layout.read(file, recognised, licence === undefined ? {} : { licence });
  if (isFileRefusal(reading)) throw new Error(reading.refused);
  expect(accountOf(reading)).toBeNull();
  expect(validateFactorSet(reading.set, gases)).toEqual([]);
  return reading;
}

/** Row and reason of what was left out, remarks aside. */
export function leftOut({ omissions }: FactorFileReading): (readonly [number, string])[] {
  return omissions.filter(({ reason }) => reason !== 'note').map(({ row, reason }) => [row, reason] as const);
}

export function factorCoded({ set }: FactorFileReading, code: string) {
  const found = set.factors.find((factor) => factor.code === code);
  if (!found) throw new Error(`no factor ${code} among ${set.factors.length}`);
  return found;
}
