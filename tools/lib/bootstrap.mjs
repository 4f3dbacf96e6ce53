// @ts-check
// The first tenant and its key, and for the demo the whole road over the public API: files in, a run, the inventory.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { explanationLines, inventoryLines } from './inventory-table.mjs';
import { urlForRole } from './parts.mjs';
import { ROOT } from './root.mjs';

const BOOK = 'main';
const POLL_MS = 100;
/** A worker that has just started may not answer yet. */
const UNAVAILABLE_RETRIES = 20;
/** Nothing in the demo takes longer; a wait without an end would hide that something is stuck. */
const WAIT_MS_MAX = 300_000;

/**
 * @typedef {object} Wish
 * @property {string} apiUrl
 * @property {string} ownerUrl Postgres, as the owner
 * @property {import('./secrets.mjs').Secrets} secrets
 * @property {string} dataDir
 * @property {boolean} demo
 * @property {(line: string) => void} say
 */

/**
 * Makes the first tenant and API key if there are none yet, and for the demo brings its company's books up to date. Everything can be repeated:
 * what is there already is found, and a new run starts only when something new came in.
 * @param {Wish} wish
 * @returns {Promise<import('./launch.mjs').Bootstrapped>}
 */
export async function bootstrap({ apiUrl, ownerUrl, secrets, dataDir, demo, say }) {
  /** @type {import('../demo-company/index.js').DemoCompany | undefined} */
  const company = demo ? (await import(path.join(ROOT, 'dist/tools/demo-company/index.js'))).demoCompany() : undefined;
  // The invented company is a tenant of its own: nobody's real books begin in its midst.
  const keyFile = path.join(dataDir, demo ? 'demo-api-key' : 'api-key');
  const apiKey = await firstKey({ apiUrl, ownerUrl, secrets, keyFile, tenantName: company?.tenantName ?? 'My company' });
  if (!company) return { apiKey };
  const api = new Api(apiUrl, apiKey);
  const seconds = { import: 0, calculate: 0, project: 0 };
  /** @param {keyof typeof seconds} phase @param {() => Promise<T>} work @returns {Promise<T>} @template T */
  const timed = async (phase, work) => {
    const started = Date.now();
    const done = await work();
    seconds[phase] = Math.round((Date.now() - started) / 100) / 10;
    return done;
  };
  const isNew = await timed('import', () => importCompany(api, company, say));
  const run = await timed('calculate', () => calculate(api, isNew, say));
  const conservation = await timed('project', () => projected(api, run.ordinal, say));
  const inventory = await api.get(`/v1/inventories?book=${BOOK}&approach=operational-control&gwp=AR5`);
  const entry = await figureToExplain(api, inventory.year);
  return {
    apiKey,
    lines: inventoryLines({ company: company.tenantName, inventory, conservation }),
    next: explanationLines({ apiUrl, apiKey, entry }),
    seconds,
    report: reportOf(inventory, conservation),
  };
}

/**
 * The key in the file, made if there is none yet. It is written down before it is stored, so that a kill between the two leaves nothing that nobody can open.
 * @param {Pick<Wish, 'apiUrl' | 'ownerUrl' | 'secrets'> & { keyFile: string, tenantName: string }} wish
 */
async function firstKey({ apiUrl, ownerUrl, secrets, keyFile: file, tenantName }) {
  if (!fs.existsSync(file)) {
    fs.writeFileSync(`${file}.new`, `sbk_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    fs.renameSync(`${file}.new`, file);
  }
  const key = fs.readFileSync(file, 'utf8').trim();
  const answer = await new Api(apiUrl, key).send('GET', '/v1/tenant');
  if (answer.status === 200) return key;
  if (answer.status !== 401) throw problemOf('GET', '/v1/tenant', answer);
  const role = 'scopebook_gateway';
  await storeTenant(
    urlForRole(ownerUrl, role, secrets.roles[role] ?? ''),
    tenantName,
    createHash('sha256').update(key).digest('hex'),
    file,
  );
  return key;
}

/** @param {string} url of the gateway's role @param {string} name @param {string} keyHash @param {string} keyFile */
async function storeTenant(url, name, keyHash, keyFile) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tenantId = randomUUID();
    await client.query('begin');
    await client.query("select set_config('app.tenant', $1, true)", [tenantId]);
    await client.query('insert into gateway.tenants (id, name) values ($1, $2)', [tenantId, name]);
    await client.query('insert into gateway.api_keys (tenant_id, name, key_hash) values ($1, $2, $3)', [tenantId, 'first key', keyHash]);
    await client.query('commit');
  } catch (error) {
    const UNIQUE_VIOLATION = '23505';
    if (/** @type {{ code?: string }} */ (error).code !== UNIQUE_VIOLATION) throw error;
    throw new Error(`The API key in ${keyFile} was revoked. Move the file away to begin with a new tenant and key.`, { cause: error });
  } finally {
    await client.end();
  }
}

/**
 * Uploads everything that the company has, file after file, since later files correct earlier ones.
 * @param {Api} api @param {import('../demo-company/index.js').DemoCompany} company @param {Wish['say']} say
 * @returns {Promise<boolean>} whether anything was not there before
 */
async function importCompany(api, company, say) {
  say(`\n${company.tenantName}: ${company.files.length} files`);
  await api.put('/v1/entities', company.entities);
  await api.put('/v1/holdings', company.holdings);
  await api.put('/v1/leases', company.leases);
  let isNew = false;
  for (const [name, spec] of Object.entries(company.mappings)) await api.put(`/v1/mappings/${name}`, spec);
  for (const set of company.factorSets) isNew = (await api.request('POST', '/v1/factor-sets', JSON.stringify(set))).status === 201 || isNew;
  for (const { name, mapping, content } of company.files) {
    const target = `/v1/imports?mapping=${mapping}&fileName=${encodeURIComponent(name)}`;
    const { body } = await api.request('POST', target, content, 'text/csv');
    const done = await waitFor(`the import of ${name}`, async () => {
      const view = await api.get(`/v1/imports/${body.import.id}`);
      return ['finished', 'refused', 'failed'].includes(view.status) ? view : undefined;
    });
    if (done.status !== 'finished')
      throw new Error(
        `${name} was not imported: ${done.refusal?.code ?? done.status}: ${done.refusal?.detail ?? 'see the log of ingestion'}`,
      );
    isNew ||= !body.repeated;
    say(importLine(done, body.repeated));
  }
  return isNew;
}

/** @param {any} view @param {boolean} repeated */
function importLine({ fileName, records, accepted, refused, duplicate, corrected }, repeated) {
  const count = (/** @type {number} */ n) => n.toLocaleString('en-GB').padStart(7);
  const more = corrected > 0 ? `, ${corrected} of them corrections` : '';
  return `  ${fileName.padEnd(32)}${count(records)} records:${count(accepted)} accepted,${count(refused)} refused,${count(duplicate)} duplicate${more}${repeated ? ' (there already)' : ''}`;
}

/**
 * Starts a run if something new came in, or if what came in earlier never got one.
 * @param {Api} api @param {boolean} isNew @param {Wish['say']} say
 * @returns {Promise<any>} the last sealed run
 */
async function calculate(api, isNew, say) {
  await openRunsEnd(api);
  const last = await lastSealed(api);
  const imports = await api.all('/v1/imports');
  const cameLater = last && imports.some(({ finishedAt }) => finishedAt !== null && finishedAt > last.startedAt);
  if (last && !isNew && !cameLater) {
    say(`\nrun ${last.ordinal} holds everything already`);
    return last;
  }
  const { id } = (await api.request('POST', '/v1/runs', JSON.stringify({ book: BOOK }))).body;
  const run = await sealed(api, id);
  say(
    `\nrun ${run.ordinal} sealed: ${run.entries.toLocaleString('en-GB')} entries from ${run.keysDecided.toLocaleString('en-GB')} match keys, seal ${run.seal.slice(0, 16)}…`,
  );
  return run;
}

/** A run that a killed launcher had begun goes on by itself; its book takes no other until it ends. @param {Api} api */
async function openRunsEnd(api) {
  for (const { id, status, book } of await api.all('/v1/runs'))
    if (book === BOOK && status !== 'failed' && status !== 'sealed') await sealed(api, id);
}

/** @param {Api} api @param {string} id */
function sealed(api, id) {
  return waitFor('the seal of the run', async () => {
    const run = await api.get(`/v1/runs/${id}`);
    if (run.status === 'failed') throw new Error(`The run failed: ${run.failure ?? 'see the log of calculation-engine'}`);
    return run.status === 'sealed' ? run : undefined;
  });
}

/** @param {Api} api */
async function lastSealed(api) {
  const runs = (await api.all('/v1/runs')).filter(({ status, book }) => status === 'sealed' && book === BOOK);
  return runs.sort((a, b) => b.ordinal - a.ordinal)[0];
}

/** @param {Api} api @param {number} ordinal @param {Wish['say']} say */
async function projected(api, ordinal, say) {
  const conservation = await waitFor('the projection of the run', async () => {
    const answer = await api.send('GET', `/v1/books/${BOOK}/conservation`);
    if (answer.status === 200) return answer.body.run >= ordinal ? answer.body : undefined;
    if (answer.body?.code === 'nothing_calculated') return undefined;
    throw problemOf('GET', `/v1/books/${BOOK}/conservation`, answer);
  });
  say(`projected: ${conservation.projectionEntries.toLocaleString('en-GB')} entries are in the columnar store`);
  return conservation;
}

/** An entry worth taking apart: gas of the German company, in another unit than the factor's and borrowed from another country. @param {Api} api @param {number} year */
async function figureToExplain(api, year) {
  const wished = `&line=scope1&entity=TW-DE&activityType=fuel.natural-gas&leg=combustion`;
  for (const filter of [wished, '']) {
    const { items } = await api.get(`/v1/entries?book=${BOOK}&year=${year}${filter}&limit=1`);
    if (items.length > 0) return items[0];
  }
  return undefined;
}

/** The object of `--json`, without its seconds. @param {any} inventory @param {any} conservation */
function reportOf(inventory, conservation) {
  const { lines, records, accepted, refused, duplicate } = conservation.imports;
  const { activities, calculated, partly, excluded } = conservation;
  return {
    import: { lines, records, accepted, refused, duplicate },
    inventory: {
      year: inventory.year,
      approach: inventory.approach,
      gwp: inventory.gwp,
      scope1: inventory.scope1,
      scope2_location: inventory.scope2Location,
      scope2_market: inventory.scope2Market,
      scope3: inventory.scope3,
      biogenic: inventory.biogenic,
      unit: inventory.unit,
    },
    conservation: {
      activities,
      calculated,
      partly,
      refused: conservation.refused,
      excluded,
      ledger_kgco2e: conservation.ledgerKgco2e,
      projection_kgco2e: conservation.projectionKgco2e,
    },
  };
}

/** @param {string} what @param {() => Promise<T | undefined>} look @returns {Promise<T>} @template T */
async function waitFor(what, look) {
  const started = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - started > WAIT_MS_MAX) throw new Error(`${what} has not come after ${WAIT_MS_MAX / 1000} s.`);
    await pause(POLL_MS);
  }
}

/** @typedef {{ status: number, body: any }} Answer */

/** @param {string} method @param {string} target @param {Answer} answer */
function problemOf(method, target, { status, body }) {
  const places = (body?.places ?? []).slice(0, 5).map((/** @type {any} */ place) => `\n  ${place.at}: ${place.code}: ${place.detail}`);
  return new Error(
    `${method} ${target} was answered ${status} ${body?.code ?? ''}: ${body?.detail ?? body?.title ?? 'no reason given'}${places.join('')}`,
  );
}

/** The public API as any client sees it. */
class Api {
  /** @param {string} url @param {string} key */
  constructor(url, key) {
    this.url = url;
    this.key = key;
  }

  /** @param {string} method @param {string} target @param {string | Buffer} [content] @param {string} [type] @returns {Promise<Answer>} whatever the answer is */
  async send(method, target, content, type = 'application/json') {
    for (let attempt = 1; ; attempt += 1) {
      const headers = { authorization: `Bearer ${this.key}`, ...(content === undefined ? {} : { 'content-type': type }) };
      const response = await fetch(`${this.url}${target}`, { method, headers, body: content });
      const text = await response.text();
      if (response.status !== 503 || attempt > UNAVAILABLE_RETRIES)
        return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
      await pause(POLL_MS * attempt);
    }
  }

  /** Throws unless the answer is one of success. @param {string} method @param {string} target @param {string | Buffer} [content] @param {string} [type] */
  async request(method, target, content, type) {
    const answer = await this.send(method, target, content, type);
    if (answer.status >= 400) throw problemOf(method, target, answer);
    return answer;
  }

  /** @param {string} target */
  async get(target) {
    return (await this.request('GET', target)).body;
  }

  /** @param {string} target @param {unknown} body */
  async put(target, body) {
    return (await this.request('PUT', target, JSON.stringify(body))).body;
  }

  /** Every page of a list. @param {string} target @returns {Promise<any[]>} */
  async all(target) {
    const items = [];
    for (let after = ''; ;) {
      const page = await this.get(`${target}?limit=1000${after}`);
      items.push(...page.items);
      if (page.next === null) return items;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  }
}
