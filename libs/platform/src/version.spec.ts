import { readFileSync } from 'node:fs';
import path from 'node:path';
import { VERSION } from './version';

it('the version is that of the package', () => {
  const text = readFileSync(path.resolve(__dirname, '../../../package.json'), 'utf8');
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});
