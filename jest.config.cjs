// Nest 12 ships ES modules; Node 20's Jest runs CommonJS, so those packages pass through swc as our own code does.
const swc = (syntax) => [
  '@swc/jest',
  {
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax, decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  },
];

const shared = {
  rootDir: __dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/tools'],
  transform: { '^.+\\.ts$': swc('typescript'), '^.+\\.m?js$': swc('ecmascript') },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|hyparquet|hyparquet-compressors|hyparquet-writer|hysnappy)/)',
  ],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  testEnvironment: 'node',
  // The package.json "imports" map sends '#ghg' and its like to the sources under this condition, and to dist/ elsewhere.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons', 'require', 'default'] },
};

// The real parts start only when at least one test of a tier that needs them is about to run.
const parts = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

/** The tier of a test is in its file name. */
const tiers = [
  { ...shared, displayName: 'unit', testRegex: '\\.spec\\.ts$' },
  { ...shared, ...parts, displayName: 'db', testRegex: '\\.db-spec\\.ts$' },
  { ...shared, ...parts, displayName: 'e2e', testRegex: '\\.e2e-spec\\.ts$' },
];

// Tests against published files that the repository does not carry: part of the run only where those files are.
if (process.env.SCOPEBOOK_REFERENCE) tiers.push({ ...shared, ...parts, displayName: 'reference', testRegex: '\\.reference-spec\\.ts$' });

// A test that hangs ends; a slow machine does not fail one.
module.exports = { projects: tiers, testTimeout: 60_000 };
