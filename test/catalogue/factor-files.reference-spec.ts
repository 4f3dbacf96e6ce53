import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { factorSetBody } from '#contracts';
import { accountOf, compareSets, isFileRefusal, readFactorFile, type FactorFileReading } from '#factor-files';
import { gases } from '../golden/fixtures';

const REFERENCE = process.env.SCOPEBOOK_REFERENCE ?? '';
const CPU_SECONDS_MAX = 60;

/** Tables that were compiled for reading, real activity data, and the human layouts that hold what the flat files hold. */
const NO_FACTOR_FILES = [
  'activity/seattle/2015-building-energy-benchmarking.csv',
  'activity/seattle/2016-building-energy-benchmarking.csv',
  'fuel-properties.csv',
  'gwp-source/globalwarmingpotentials.csv',
  'gwp.csv',
  'ipcc/clean_NCV.csv',
  'uk-desnz/2024/ghg-conversion-factors-2024-full_set__for_advanced_users__v1_1.xlsx',
  'uk-desnz/2025/full-set.xlsx',
  'units.csv',
  'us-epa/egrid_co2_ch4_n2o_ef.csv',
  'worked-examples-unverified.json',
  'worked-examples.json',
];
/** Files of known publishers of which no row may become a factor: marginal rates, and life-cycle intensities. */
const NOTHING_TO_READ = /^electricity\/(IFI_|carbon-intensity|average-intensities|electricity-maps-yearly)/;

const read = (file: string) =>
  readFactorFile({ name: path.basename(file), bytes: readFileSync(path.join(REFERENCE, file)) }, gases, { licence: 'given for the test' });
const reading = (file: string): FactorFileReading => {
  const result = read(file);
  if (isFileRefusal(result)) throw new Error(`${result.refused}: ${result.detail}`);
  return result;
};

describe('every file of the reference', () => {
  const files = readdirSync(REFERENCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(xlsx|xls|csv|json)$/.test(name))
    .sort();
  const before = process.cpuUsage();

  it.each(files.filter((name) => NO_FACTOR_FILES.includes(name)))('%s is of no known layout', (name) =>
    expect(read(name)).toMatchObject({ refused: 'layout_unknown' }),
  );

  it.each(files.filter((name) => NOTHING_TO_READ.test(name)))('%s is known and gives nothing, row by row', (name) => {
    const result = read(name);
    expect(result).toMatchObject({ refused: 'nothing_read' });
    expect(isFileRefusal(result) && result.places?.[0]?.code).toMatch(/^(non_baseload|life_cycle_not_for_scope_2)$/);
  });

  it.each(files.filter((name) => !NO_FACTOR_FILES.includes(name) && !NOTHING_TO_READ.test(name)))(
    '%s can be stored as it is read',
    (name) => {
      const result = reading(name);
      expect(accountOf(result)).toBeNull();
      expect(factorSetBody.safeParse(result.set).error?.issues.slice(0, 3) ?? []).toEqual([]);
    },
  );

  it('took less than a minute together', () => {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(CPU_SECONDS_MAX);
  });
});

describe('the UK editions 2024 and 2025', () => {
  it('have the same meanings, and no figure jumps', () => {
    const [earlier, later] = ['uk-desnz/2024/ghg-conversion-factors-2024-FlatFormat_v1_1.xlsx', 'uk-desnz/2025/flat-file.xlsx'].map(
      reading,
    );
    const { added, gone, changed, codesReused } = compareSets(earlier!.set, later!.set, gases);
    expect([added, gone, codesReused, changed.filter(({ jump }) => jump)]).toEqual([[], [], [], []]);
    expect(changed.find(({ label }) => label === 'electricity.grid generation GB kWh')).toMatchObject({
      before: '0.20705',
      after: '0.177',
      percent: '-14.51',
    });
  });
});
