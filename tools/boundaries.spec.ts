import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

interface Violation {
  rule: { name: string };
  from: string;
}
interface Rule {
  name: string;
  comment?: string;
}

/** One file per rule, each breaking that rule; the packages they import are empty stand-ins. */
const BREAKS: Record<string, Record<string, string>> = {
  'no-circular-imports': {
    'libs/ghg/src/a.ts': "import { b } from './b';\nexport const a = (): unknown => b;\n",
    'libs/ghg/src/b.ts': "import { a } from './a';\nexport const b = (): unknown => a;\n",
  },
  'ghg-imports-no-lib': { 'libs/ghg/src/lib.ts': "import '#platform';\n" },
  'ghg-uses-decimaljs': { 'libs/ghg/src/clock.ts': "import 'node:fs';\n" },
  'contracts-imports-ghg': { 'libs/contracts/src/lib.ts': "import '#postgres';\n" },
  'contracts-uses-zod': { 'libs/contracts/src/package.ts': "import 'express';\n" },
  'messaging-imports-contracts-platform': { 'libs/messaging/src/lib.ts': "import '#postgres';\n" },
  'postgres-imports-ghg-messaging-platform': { 'libs/postgres/src/lib.ts': "import '#contracts';\n" },
  'clickhouse-imports-ghg-platform': { 'libs/clickhouse/src/lib.ts': "import '#postgres';\n" },
  'archives-imports-no-lib': { 'libs/archives/src/lib.ts': "import '#ghg';\n" },
  'archives-uses-': { 'libs/archives/src/disk.ts': "import 'node:fs';\n" },
  'factor-files-imports-archives-ghg': { 'libs/factor-files/src/lib.ts': "import '#platform';\n" },
  'factor-files-uses-decimaljs-exlsx': { 'libs/factor-files/src/disk.ts': "import 'node:fs';\n" },
  'suggest-imports-ghg': { 'libs/suggest/src/lib.ts': "import '#platform';\n" },
  'suggest-uses-minisearch-snowball-stemmers': { 'libs/suggest/src/disk.ts': "import 'node:fs';\n" },
  'platform-imports-no-lib': { 'libs/platform/src/lib.ts': "import '#ghg';\n" },
  'libs-never-import-apps': { 'libs/platform/src/app.ts': "import '../../../apps/ingestion/src/main';\n" },
  'apps-never-import-apps': { 'apps/reporting/src/app.ts': "import '../../ingestion/src/main';\n" },
  'slices-never-import-slices': { 'apps/ingestion/src/receive-file/other.ts': "import '../parse-file/parse';\n" },
  'only-the-gateway-speaks-public-http': { 'apps/ingestion/src/http.ts': "import 'express';\n" },
  'only-reporting-touches-clickhouse': { 'apps/ingestion/src/columns.ts': "import '#clickhouse';\n" },
  'the-product-imports-no-tools': { 'apps/ingestion/src/tool.ts': "import '../../../test/support/parts';\n" },
};

/** What is allowed, next to what is not. */
const KEEPS: Record<string, string> = {
  ...Object.fromEntries(
    ['ghg', 'contracts', 'messaging', 'postgres', 'clickhouse', 'factor-files', 'archives', 'platform', 'suggest'].map((lib) => [
      `libs/${lib}/src/index.ts`,
      'export {};\n',
    ]),
  ),
  'libs/ghg/src/decimal.ts': "import 'decimal.js';\n",
  'libs/contracts/src/zod.ts': "import 'zod';\nimport '#ghg';\n",
  'libs/messaging/src/port.ts': "import '#contracts';\nimport '#platform';\n",
  'libs/postgres/src/outbox.ts': "import '#messaging';\nimport '#ghg';\nimport 'node:crypto';\n",
  'apps/ingestion/src/main.ts': "import './receive-file/receive';\nimport '#postgres';\n",
  'apps/ingestion/src/receive-file/receive.ts': "import '../shared/words';\nimport '../limits';\n",
  'apps/ingestion/src/receive-file/receive.spec.ts': "import '../../../../test/support/parts';\n",
  'apps/ingestion/src/parse-file/parse.ts': 'export {};\n',
  'apps/ingestion/src/shared/words.ts': 'export {};\n',
  'apps/ingestion/src/limits.ts': 'export {};\n',
  'apps/reporting/src/project-entries/project.ts': "import '#clickhouse';\n",
  'apps/api-gateway/src/main.ts': "import 'express';\n",
  'test/support/parts.ts': 'export {};\n',
};

describe('the boundary rules', () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'boundaries-'));
  let violations: Violation[] = [];

  const write = (files: Record<string, string>): void => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      writeFileSync(path.join(tree, file), text);
    }
  };

  const cruise = (): Violation[] => {
    const run = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/.bin/depcruise'), '--output-type', 'json', '--config', '.dependency-cruiser.cjs', 'apps', 'libs'],
      { cwd: tree, encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (!run.stdout) throw new Error(run.stderr);
    return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
  };

  beforeAll(() => {
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) cpSync(path.join(root, file), path.join(tree, file));
    for (const name of ['express', 'zod', 'decimal.js']) write({ [`node_modules/${name}/index.js`]: 'module.exports = {};\n' });
    // The checker looks for the compiler from where it runs.
    symlinkSync(path.join(root, 'node_modules/typescript'), path.join(tree, 'node_modules/typescript'));
    write(KEEPS);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('let pass what is allowed', () => {
    expect(cruise()).toEqual([]);
  });

  describe('against a file that breaks each of them', () => {
    beforeAll(() => {
      for (const files of Object.values(BREAKS)) write(files);
      violations = cruise();
    });

    const rules = jest.requireActual<{ forbidden: Rule[] }>('../.dependency-cruiser.cjs').forbidden;

    it.each(rules.map((rule) => [rule.name, rule] as const))('%s fails, and says why', (name, rule) => {
      const broken = Object.keys(BREAKS[name] ?? {});
      expect(broken).not.toEqual([]);
      expect(violations.filter((violation) => violation.rule.name === name).map((violation) => violation.from)).toEqual(
        expect.arrayContaining(broken.slice(0, 1)),
      );
      expect(rule.comment ?? '').toMatch(/^[A-Z].{20,}\.$/);
    });
  });

  it('are the ones that `npm run check` applies', () => {
    expect(readFileSync(path.join(root, 'tools/check.mjs'), 'utf8')).toContain('.dependency-cruiser.cjs');
  });
});
