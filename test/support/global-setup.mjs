// @ts-check
// Runs once before the tiers that need real parts. `npm test` has started them already; jest called directly starts its own.
import { startTestParts, TEST_PARTS_VARIABLE } from '../../tools/lib/test-parts.mjs';

export default async function globalSetup() {
  if (process.env[TEST_PARTS_VARIABLE]) return;
  const { parts, stop } = await startTestParts();
  process.env[TEST_PARTS_VARIABLE] = JSON.stringify(parts);
  globalThis.stopTestParts = stop;
}
