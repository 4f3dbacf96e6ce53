import { Decimal, OWN_LINES, type EmittingClass, type Rate } from '#ghg';
import type { InventoryView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import type { RunningServices } from '../support/services';
import { factorSetOf } from './golden-figures';
import type { GoldenActivity, GoldenCase, GoldenExpectation } from './read-golden';

/** An entry as the API lists it, with the rate that its explanation shows. */
interface ApiEntry {
  readonly id: string;
  readonly year: number;
  readonly leg: string;
  readonly basis: string;
  readonly sourceClass: string;
  readonly country: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kgco2e: string;
  readonly biogenicKgco2: string;
  readonly fallbacks: readonly string[];
  readonly flags: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly rate: Rate;
}

/** What the whole stack made of a golden case. */
export interface CaseThroughApi {
  readonly entries: readonly ApiEntry[];
  readonly activities: readonly { readonly tags: Readonly<Record<string, string>>; readonly flags: readonly string[] }[];
  /** Refusals of records, by activity; the file has one line per activity. */
  readonly recordRefusals: readonly { readonly activity: string; readonly code: string }[];
  /** Refused legs of keys. */
  readonly legRefusals: readonly { readonly activityType: string; readonly leg: string; readonly basis: string; readonly code: string }[];
  readonly conserved: boolean;
  /** Null of a case that has no entry in its year: such a year has no inventory. */
  readonly inventory: InventoryView | null;
}

interface ApiFigures {
  readonly entries: readonly ApiEntry[];
  readonly kgco2e: Decimal;
  readonly biogenic: Decimal;
  readonly energy: Decimal;
  readonly gasKg: (gas: string) => Decimal;
}

/** A tenant of its own uploads the case's factors as a set and its activities as one file, and calculates. */
export async function runThroughApi(services: RunningServices, golden: GoldenCase): Promise<CaseThroughApi> {
  const tenant = await TestTenant.create(services, golden.id);
  const places = new Map(golden.activities.map((activity) => [entityOf(activity), activity]));
  const entities = [...places].map(([code, { country, region }]) => ({ code, name: code, country, ...(region ? { region } : {}) }));
  await tenant.put('/v1/entities', entities).expect(succeeded);
  await tenant.put('/v1/books/main', { gwpSet: golden.book, catalogue: false }).expect(succeeded);
  const set = factorSetOf(golden);
  if (golden.factors.length + golden.properties.length + golden.exchangeRates.length > 0)
    await tenant.post('/v1/factor-sets', set).expect(succeeded);
  await tenant.put('/v1/mappings/golden', mappingOf(golden)).expect(succeeded);
  const { id } = await tenant.import('golden', `${golden.id}.csv`, fileOf(golden));
  await tenant.calculate();
  const refused = await tenant.all<{ line: number; code: string }>(`/v1/imports/${id}/refusals`);
  const activities = await tenant.all<CaseThroughApi['activities'][number]>('/v1/activities', { importId: id });
  const openKeys = await tenant.all<{ activityType: string; refusals: { leg: string; basis: string; code: string }[] }>(
    '/v1/books/main/open-keys',
  );
  const listed = await tenant.all<Omit<ApiEntry, 'rate'>>('/v1/entries', { book: 'main' });
  const entries: ApiEntry[] = [];
  for (const entry of listed) {
    const { body } = await tenant.get(`/v1/entries/${entry.id}/explanation`).expect(succeeded);
    entries.push({ ...entry, rate: (body as { rate: Rate }).rate });
  }
  const { body: conservation } = await tenant.get('/v1/books/main/conservation').expect(succeeded);
  const asked = { year: golden.activities[0]?.year ?? 2025, gwp: golden.book };
  const hasEntries = entries.some(({ year }) => year === asked.year);
  if (!hasEntries) await tenant.get('/v1/inventories').query(asked).expect(404);
  return {
    entries,
    activities,
    recordRefusals: refused.map(({ line, code }) => ({ activity: golden.activities[line - 2]?.name ?? '', code })),
    legRefusals: openKeys.flatMap(({ activityType, refusals }) => refusals.map((refusal) => ({ activityType, ...refusal }))),
    conserved: (conservation as { holds: boolean }).holds,
    inventory: hasEntries ? await tenant.inventory(asked) : null,
  };
}

/** The sums over the entries that a line of `expect` means. */
export function figuresOfEntries(run: CaseThroughApi, expectation: GoldenExpectation): ApiFigures {
  const entries = run.entries.filter((entry) => isMeant(entry, expectation));
  const total = (of: (entry: ApiEntry) => Decimal) => entries.reduce((sum, entry) => sum.add(of(entry)), new Decimal(0));
  return {
    entries,
    kgco2e: total((entry) => new Decimal(entry.kgco2e)),
    biogenic: total((entry) => new Decimal(entry.biogenicKgco2)),
    energy: total((entry) => new Decimal(entry.quantity).mul(entry.rate.energy?.kwh ?? 0)),
    gasKg: (gas) => total((entry) => new Decimal(entry.quantity).mul(entry.rate.gases.find((amount) => amount.gas === gas)?.kg ?? 0)),
  };
}

function isMeant(entry: ApiEntry, { of, legs, bases, lines, countries, boundary }: GoldenExpectation): boolean {
  const among = (wanted: readonly string[], value: string): boolean => wanted.length === 0 || wanted.includes(value);
  const line = entry.sourceClass === 'energy-use' ? 'energy' : OWN_LINES[entry.sourceClass as EmittingClass];
  if (of !== 'sum' && entry.tags.activity !== of) return false;
  if (!among(legs, entry.leg) || !among(bases, entry.basis) || !among(lines, line) || !among(countries, entry.country)) return false;
  return boundary === null || boundary === (entry.rate.boundary ?? 'minimum');
}

function entityOf({ country, region }: GoldenActivity): string {
  return region ?? country;
}

/** One slot per line, so that each activity has its own operands, attributes and supplier. */
function mappingOf({ activities }: GoldenCase): object {
  return {
    source: 'golden',
    locale: { decimal: '.', group: '', date: 'YYYY' },
    identity: ['row'],
    entity: { column: 'entity' },
    period: { start: { column: 'year' } },
    tags: [{ column: 'activity', tag: 'activity', type: 'text' }],
    ignore: '*',
    slots: activities.map((activity, i) => ({
      slot: i + 1,
      when: { column: 'row', in: [String(i + 1)] },
      activityType: { column: 'type' },
      operands: Object.fromEntries(
        activity.operands.map(({ name }, n) => [name, { value: { column: `value ${n + 1}` }, unit: { column: `unit ${n + 1}` } }]),
      ),
      attributes: Object.fromEntries(Object.entries(activity.attributes).map(([name, value]) => [name, { constant: value }])),
      ...(activity.supplier ? { supplier: { constant: activity.supplier } } : {}),
    })),
  };
}

function fileOf({ activities }: GoldenCase): string {
  const operands = Math.max(...activities.map((activity) => activity.operands.length));
  const values = Array.from({ length: operands }, (_, n) => n);
  const header = ['row', 'activity', 'type', 'entity', 'year', ...values.flatMap((n) => [`value ${n + 1}`, `unit ${n + 1}`])];
  const lines = activities.map((activity, i) => [
    String(i + 1),
    activity.name,
    activity.type,
    entityOf(activity),
    String(activity.year),
    ...values.flatMap((n) => [activity.operands[n]?.value.toFixed() ?? '', activity.operands[n]?.unit ?? '']),
  ]);
  return [header, ...lines].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}
