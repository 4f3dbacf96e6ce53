// The direction of imports (docs/architecture.md), as rules that can fail; tools/boundaries.spec.ts proves that each of them does.
// A rule's comment says why, and is printed with the violation.

/** Tests may reach into test/support and whatever they test. */
const TESTS = '\\.(spec|db-spec|e2e-spec|reference-spec)\\.ts$';
const npm = (names) => `node_modules/(${names})(/|$)`;

/** One lib may import these other libs and nothing else of ours. */
const libMayImport = (lib, others, comment) => ({
  name: `${lib}-imports-${others.length > 0 ? others.join('-') : 'no-lib'}`,
  severity: 'error',
  comment,
  from: { path: `^libs/${lib}/src/`, pathNot: TESTS },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[lib, ...others].join('|')})/` },
});

/** One lib may import these packages, and of Node these modules, and nothing else from outside. */
const libMayUse = (lib, packages, comment, ofNode = []) => ({
  name: `${lib}-uses-${packages.join('-').replace(/[^a-z-]/g, '')}`,
  severity: 'error',
  comment,
  from: { path: `^libs/${lib}/src/`, pathNot: TESTS },
  to: {
    pathNot: [
      '^libs/',
      '^apps/',
      npm(packages.map((name) => name.replace('.', '\\.')).join('|')),
      ...ofNode.map((name) => `^(node:)?${name}$`),
    ],
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular-imports',
      severity: 'error',
      comment: 'In a circle no file can be read, tested or moved without all the others, and what is loaded first is left to chance.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    libMayImport(
      'ghg',
      [],
      'The kernel states the GHG Protocol and knows nothing of how it is run: an accountant reads it, a test runs it in milliseconds.',
    ),
    libMayUse(
      'ghg',
      ['decimal.js'],
      'The kernel is pure: no framework, clock, file or network, or the same inputs would not always give the same figure.',
    ),
    libMayImport(
      'contracts',
      ['ghg'],
      'Messages are what services agree on: they may use the words of the kernel, never the machinery of one side.',
    ),
    libMayUse('contracts', ['zod'], 'A contract is data and its check. Whatever else it imported, every service would have to load.'),
    libMayImport(
      'messaging',
      ['contracts', 'platform'],
      'Messaging carries messages between services; it must not know what storage keeps the promise (it declares the outbox port).',
    ),
    libMayImport(
      'postgres',
      ['ghg', 'messaging', 'platform'],
      'Postgres implements the outbox port of messaging and speaks the words of the kernel; more would tie storage to one service.',
    ),
    libMayImport(
      'clickhouse',
      ['ghg', 'platform'],
      'The columnar store is a projection: knowing the ledger database or the messages would let it become a second source.',
    ),
    libMayImport(
      'archives',
      [],
      'Guards against archives that unpack to more than anybody needs serve whoever reads files, and know none of them.',
    ),
    libMayUse(
      'archives',
      [],
      'What an archive states is looked at in the bytes that are handed in; reading and unpacking is for those who use it.',
    ),
    libMayImport(
      'factor-files',
      ['archives', 'ghg'],
      "Publishers' files become factor sets by what stands in them: who stores the set, and where, is not for a layout to know.",
    ),
    libMayUse(
      'factor-files',
      ['decimal.js', '@e965/xlsx'],
      'Reading a layout is pure: bytes in, factors and omissions out, the same on every machine.',
      // Unpacking with a limit, which the workbook parser does not have; digests, which are the same everywhere.
      ['zlib', 'crypto'],
    ),
    libMayImport(
      'suggest',
      ['ghg'],
      'What a text may be is looked up in the vocabulary and in factors that are handed in: who stores them is not for an index to know.',
    ),
    libMayUse(
      'suggest',
      ['minisearch', 'snowball-stemmers'],
      'An index in memory: no file, clock or network, so that the same lines get the same suggestions everywhere.',
    ),
    libMayImport('platform', [], 'Platform lies under every lib: an import back would make a circle of libs.'),
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      comment: 'A lib that knows an app can serve no other.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      comment: 'Services meet in messages only: an import would make them one deployment, scaled and failing together.',
      from: { path: '^apps/([^/]+)/', pathNot: TESTS },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'slices-never-import-slices',
      severity: 'error',
      comment: 'A slice is one use case, whole. What two of them need lies beside them, in apps/x/src/ or apps/x/src/shared/, or in a lib.',
      from: { path: '^apps/([^/]+)/src/([^/]+)/', pathNot: TESTS },
      to: { path: '^apps/$1/src/[^/]+/', pathNot: ['^apps/$1/src/$2/', '^apps/$1/src/shared/'] },
    },
    {
      name: 'only-the-gateway-speaks-public-http',
      severity: 'error',
      comment: 'One door: access, limits and audit are checked there, and a second door would have none of them.',
      from: { path: '^(apps|libs)/', pathNot: ['^apps/api-gateway/', TESTS] },
      to: { path: npm('express|@nestjs/platform-express|swagger-ui-dist') },
    },
    {
      name: 'only-reporting-touches-clickhouse',
      severity: 'error',
      comment: 'The projection has one writer and one reader, or its figures could differ from the ledger with nobody to answer for it.',
      from: { path: '^(apps|libs)/', pathNot: ['^apps/reporting/', '^libs/clickhouse/', TESTS] },
      to: { path: ['^libs/clickhouse/', npm('@clickhouse/client|chdb')] },
    },
    {
      name: 'the-product-imports-no-tools',
      severity: 'error',
      comment: 'Tools, tests and benchmarks are not part of an image: code that imports them breaks in production only.',
      from: { path: '^(apps|libs)/', pathNot: TESTS },
      to: { path: '^(tools|test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated|\\.scopebook)/' },
    // Imports of types are imports too: they bind just as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'] },
  },
};
