/** The running parts that a test may use; `test/support/global-setup.mjs` publishes them. */
export interface TestParts {
  /** The installing superuser's URL of the template database. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly natsToken: string;
  /** With user and password. */
  readonly clickhouseUrl: string;
  readonly fileStoreUrl: string;
  readonly dataDir: string;
  /** Migrated and empty; nobody connects to it, or it could not be copied. */
  readonly templateDatabase: string;
  readonly rolePasswords: Readonly<Record<string, string>>;
}

/** The running parts. Refuses in a unit test (`*.spec.ts`), which has none. */
export function testParts(): TestParts {
  const text = process.env['SCOPEBOOK_TEST_PARTS'];
  if (!text) throw new Error('No parts are running: only *.db-spec.ts, *.e2e-spec.ts and *.reference-spec.ts may use them.');
  return JSON.parse(text) as TestParts;
}
