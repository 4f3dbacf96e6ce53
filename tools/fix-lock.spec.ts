interface FixLock {
  missingOptionalPackages(packages: Record<string, object>): { added: Record<string, object>; ranges: string[] };
}
const { missingOptionalPackages } = jest.requireActual<FixLock>('./fix-lock.mjs');

describe('the lock file completed', () => {
  it('has every optional package of an exact version, with its system and processor', () => {
    const { added, ranges } = missingOptionalPackages({
      'node_modules/engine': {
        optionalDependencies: {
          '@engine/linux-x64-gnu': '1.2.3',
          '@engine/darwin-arm64': '1.2.3',
          '@engine/wasm32-wasi': '1.2.3',
          fsevents: '^2.0.0',
        },
      },
      'node_modules/@engine/linux-x64-gnu': { version: '1.2.3' },
    });
    expect(added).toEqual({
      'node_modules/@engine/darwin-arm64': { version: '1.2.3', cpu: ['arm64'], optional: true, os: ['darwin'] },
      'node_modules/@engine/wasm32-wasi': { version: '1.2.3', cpu: ['wasm32'], optional: true },
    });
    expect(ranges).toEqual(['fsevents@^2.0.0']);
  });

  it('changes nothing when nothing is missing', () => {
    const packages = { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } }, 'node_modules/a/node_modules/b': { version: '1.0.0' } };
    expect(missingOptionalPackages(packages)).toEqual({ added: {}, ranges: [] });
  });
});
