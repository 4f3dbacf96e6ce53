// @ts-check
/** Stops the parts when `global-setup` has started them. */
export default async function globalTeardown() {
  await globalThis.stopTestParts?.();
}
