// @ts-check
// Publishers' own factor files: `npm run factors -- check <file>...`, `-- import <file>...`, `-- compare <old> <new>`,
// `-- digests <file>...`: what the API shows in the place of figures that may not be shown. For maintainers
// `-- starter <file>...` writes the sets of `catalogue/factor-sets` anew from the publishers' files.
// `--values withheld`: the licence forbids to show the figures. `--licence "…"` says under which licence a file is held that states none.
// `import` sends to `--url` with `--api-key`, else to the installation that `npm start` or `npm run demo` keeps running on this machine.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { install } from './lib/install.mjs';
import { DEFAULT_DATA_DIR, ROOT } from './lib/root.mjs';

const EXAMPLES_PER_REASON = 3;
const EXAMPLES_MAX = 60;
const CHANGES_MAX = 20;
const COMMANDS = ['check', 'import', 'compare', 'digests', 'starter'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { licence: { type: 'string' }, values: { type: 'string' }, url: { type: 'string' }, 'api-key': { type: 'string' } },
});
const [command = '', ...files] = positionals;
if (!COMMANDS.includes(command) || files.length === 0 || (command === 'compare' && files.length !== 2)) {
  console.error(
    'npm run factors -- check <file>... | import <file>... [--url … --api-key …] | compare <old> <new> | digests <file>... | starter <file>...    [--licence "…"] [--values withheld]',
  );
  process.exit(2);
}
for (const file of files)
  if (!fs.existsSync(file)) {
    console.error(`${file}: there is no such file`);
    process.exit(2);
  }

await install();
const { PREFERRED_PORTS } = await import('./lib/parts.mjs');
const { build } = await import('./build.mjs');
await build();
const {
  compareSets,
  figureDigest,
  figuresKey,
  FILE_REFUSALS,
  isFileRefusal,
  readFactorFile,
  reportOf,
  shippedSet,
  starterSetOf,
  textOfSet,
} = createRequire(import.meta.url)('../dist/libs/factor-files/src/index.js');
const gases = JSON.parse(fs.readFileSync(path.join(ROOT, 'catalogue/gwp/gwp.json'), 'utf8'));
const options = values.licence === undefined ? {} : { licence: values.licence };

const count = (/** @type {number} */ n) => n.toLocaleString('en-GB');
const placeOf = (/** @type {any} */ { sheet, row, column }) =>
  [sheet, row === undefined ? undefined : `row ${row}`, column ? `column ${column}` : undefined].filter(Boolean).join(', ') || 'file';

/** What a file is and what came of it, for a person. @param {string} file @returns {any} the reading, undefined if it was refused */
function read(file) {
  const started = Date.now();
  const reading = readFactorFile({ name: path.basename(file), bytes: fs.readFileSync(file) }, gases, options);
  if (isFileRefusal(reading)) {
    console.error(
      `${path.basename(file)}: ${reading.refused} (${placeOf(reading)})\n  ${FILE_REFUSALS[reading.refused]}\n  ${reading.detail}`,
    );
    for (const place of (reading.places ?? []).slice(0, CHANGES_MAX))
      console.error(`    ${placeOf(place)}: ${place.code}: ${place.detail}`);
    return undefined;
  }
  const { recognised, rowsRead, rowsUsed, omitted, omissions } = reportOf(reading, EXAMPLES_MAX);
  const { factors, properties = [], exchangeRates = [], priceIndices = [], licence, gwpSet } = reading.set;
  console.log(
    `${path.basename(file)}: ${recognised.publisher}, ${recognised.edition}, version ${recognised.version} (${Date.now() - started} ms)`,
  );
  if (recognised.newerThanKnown) console.log('  newer than any layout that is known: read as the last known one');
  console.log(`  licence ${licence}; GWP ${gwpSet}`);
  console.log(`  ${count(rowsRead)} rows = ${count(rowsUsed)} used + ${count(rowsRead - rowsUsed)} left out`);
  const tables = [
    [factors, 'factors'],
    [properties, 'properties'],
    [exchangeRates, 'exchange rates'],
    [priceIndices, 'price indices'],
  ];
  const held = tables.filter(([table]) => table.length > 0).map(([table, name]) => `${count(table.length)} ${name}`);
  console.log(`  ${held.join(', ')}`);
  for (const { reason, rows, meaning } of omitted) {
    console.log(`  ${count(rows).padStart(8)} ${reason}: ${meaning}`);
    const examples = omissions.filter((/** @type {any} */ omission) => omission.reason === reason).slice(0, EXAMPLES_PER_REASON);
    for (const example of examples) console.log(`             ${placeOf(example)}: ${example.detail}`);
  }
  return reading;
}

/** Where to send: what was said, else the installation that runs here. @returns {Promise<{ url: string, key: string } | undefined>} */
async function destination() {
  const url = (values.url ?? `http://127.0.0.1:${PREFERRED_PORTS.gateway}`).replace(/\/$/, '');
  const keyFiles = ['api-key', 'demo-api-key'].map((name) => path.join(DEFAULT_DATA_DIR, name)).filter((file) => fs.existsSync(file));
  // A key of this installation goes to this machine alone.
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const kept = isHere ? keyFiles.map((file) => fs.readFileSync(file, 'utf8').trim()) : [];
  for (const key of values['api-key'] === undefined ? kept : [values['api-key']]) {
    const answer = await fetch(`${url}/v1/tenant`, { headers: { authorization: `Bearer ${key}` } }).catch(() => undefined);
    if (answer?.status === 200) return { url, key };
  }
  return undefined;
}

/** @param {string} file @param {{ url: string, key: string }} to @returns {Promise<boolean>} whether the set is stored */
async function send(file, { url, key }) {
  const licence = values.licence === undefined ? '' : `&licence=${encodeURIComponent(values.licence)}`;
  const shown = values.values === undefined ? '' : `&values=${encodeURIComponent(values.values)}`;
  const query = `fileName=${encodeURIComponent(path.basename(file))}${licence}${shown}`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
  const response = await fetch(`${url}/v1/factor-sets?${query}`, { method: 'POST', headers, body: fs.readFileSync(file) });
  const body = /** @type {any} */ (await response.json());
  if (response.status >= 400) {
    console.error(`  not stored: ${body.code}: ${body.detail}`);
    for (const place of (body.places ?? []).slice(0, CHANGES_MAX)) console.error(`    ${place.at}: ${place.code}: ${place.detail}`);
    return false;
  }
  console.log(
    `  ${body.repeated ? 'there already' : 'stored'} as factor set ${body.factorSet.id}, ${count(body.factorSet.factors)} factors`,
  );
  return true;
}

/** @param {any} before @param {any} after */
function printComparison(before, after) {
  const { gwpSet, same, added, gone, changed, codesReused } = compareSets(before.set, after.set, gases);
  const jumps = changed.filter((/** @type {any} */ change) => change.jump);
  console.log(`\n${before.recognised.edition} ${before.recognised.version} → ${after.recognised.edition} ${after.recognised.version}`);
  if (gwpSet.before !== gwpSet.after) console.log(`  GWP ${gwpSet.before} → ${gwpSet.after}: part of every change of a figure in CO2e`);
  console.log(`  ${count(same)} the same, ${count(changed.length)} changed, ${count(added.length)} added, ${count(gone.length)} gone`);
  if (codesReused.length > 0)
    console.log(`  ${count(codesReused.length)} codes mean something else now: ${codesReused.slice(0, CHANGES_MAX).join(', ')}`);
  if (jumps.length > 0) console.log(`  ${count(jumps.length)} jumps: more than ten times as much, or less than a tenth`);
  // A row of the publisher may stand in several factors of ours, all of them changed alike: one line for all.
  const lines = new Map();
  for (const change of changed) {
    const line = `${change.code.split(':')[0]} ${change.before} ${change.after}`;
    if (!lines.has(line)) lines.set(line, change);
  }
  for (const { code, label, before: from, after: to, percent, jump } of [...lines.values()].slice(0, CHANGES_MAX))
    console.log(`  ${percent === null ? 'from zero' : `${percent} %`}${jump ? ', jump' : ''}: ${from} → ${to}  ${code} ${label}`);
  if (lines.size > CHANGES_MAX) console.log(`  … and ${count(lines.size - CHANGES_MAX)} more rows`);
}

/** What stands for each figure where the set is withheld. @param {any} reading */
function printDigests({ set, further = [] }) {
  for (const each of [set, ...further].map((one) => ({ ...one, values: 'withheld' }))) {
    const key = figuresKey(each);
    for (const table of [each.factors, each.properties, each.exchangeRates, each.priceIndices])
      for (const figure of table ?? []) console.log(`  ${figureDigest(key, figure)}  ${nameOf(figure)}`);
  }
}

/** @param {any} figure */
const nameOf = ({ code, from, to, series, sector, year }) =>
  code ?? (from === undefined ? [series, sector, year].filter(Boolean).join(' ') : `${from} ${to} ${year}`);

/** Writes the sets of a file that ship. @param {any} reading @returns {boolean} whether all of them do */
function writeStarter({ set, further = [] }) {
  let known = true;
  for (const each of [set, ...further]) {
    const starter = starterSetOf(each);
    if (!starter) {
      console.error(`  ${each.publisher}, ${each.edition}: no set of the starter catalogue (STARTER_SETS in libs/factor-files)`);
      known = false;
      continue;
    }
    const byHand = starter.transcribed && path.join(ROOT, `catalogue/transcribed/${starter.transcribed}.json`);
    const { properties = [] } = byHand ? JSON.parse(fs.readFileSync(byHand, 'utf8')) : {};
    const file = path.join(ROOT, `catalogue/factor-sets/${starter.name}.json`);
    fs.writeFileSync(file, textOfSet(shippedSet(each, starter, properties)));
    console.log(`  written: ${path.relative(ROOT, file)}`);
  }
  return known;
}

let failed = false;
if (command === 'compare') {
  const [before, after] = files.map(read);
  if (before && after) printComparison(before, after);
  else failed = true;
} else {
  const to = command === 'import' ? await destination() : undefined;
  for (const file of files) {
    const reading = read(file);
    if (!reading) failed = true;
    else if (command === 'digests') printDigests(reading);
    else if (command === 'starter') failed = !writeStarter(reading) || failed;
    else if (to) failed = !(await send(file, to)) || failed;
  }
  if (command === 'import' && !to) {
    console.error(
      'nothing was stored: no installation answers here with a key that is known (npm start), and no --url with --api-key was given',
    );
    failed = true;
  }
}
process.exitCode = failed ? 1 : 0;
