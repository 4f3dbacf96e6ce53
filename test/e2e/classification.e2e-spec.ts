import { Decimal, plain, type FactorSet } from '#ghg';
import type { ClassificationView, InventoryView, SuggestionView, UnclassifiedView } from '#contracts';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// From lines of which a text is all that is known to an inventory, through the public API, with the four services as separate processes and nothing faked.

const mapping = {
  source: 'purchase-ledger',
  locale: { decimal: '.', group: '', date: 'YYYY-MM-DD' },
  identity: ['doc'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'date' } },
  tags: [{ column: 'centre', tag: 'cost_centre', type: 'text' }],
  slots: [
    {
      slot: 1,
      activityType: { constant: 'unclassified' },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: {
        description: { column: 'text' },
        account: { column: 'account' },
        price_year: { constant: '2025' },
      },
      supplier: { column: 'supplier' },
    },
  ],
};

/** Five texts in several spellings over twenty lines. */
const TEXTS: readonly (readonly [text: string, supplier: string, amounts: readonly string[]])[] = [
  ['Office chairs', 'Möbel GmbH', ['100', '100', '100', '100', '100', '100']],
  ['OFFICE  CHAIRS', 'Möbel GmbH', ['100', '100']],
  ['AWS EMEA SARL', 'AWS', ['50.25', '50.25', '50.25', '50.25', '-1']],
  ['Umzug, 3 Tage', '', ['10', '10', '10']],
  ['zzqx 4711-B', '', ['1', '1', '1']],
  ['Blumen', 'Rosa', ['7']],
];
const LINES = TEXTS.flatMap(([text, supplier, amounts]) => amounts.map((amount) => ({ text, supplier, amount })));
const FILE = [
  'doc,date,text,account,supplier,amount,unit,centre',
  ...LINES.map(({ text, supplier, amount }, i) => `D${i},2025-03-0${(i % 9) + 1},"${text}",Other costs,${supplier},${amount},EUR,CC-1`),
  '',
].join('\n');

const spend = (code: string, activityType: string, sector: string, kgco2e: string): FactorSet['factors'][number] => ({
  code,
  activityType,
  leg: 'supply',
  region: 'GLOBAL',
  year: 2025,
  attributes: { sector, price_year: '2025' },
  unit: 'EUR',
  gases: [],
  kgco2e,
  source: { table: 'invented', row: code },
});
const FACTORS: FactorSet = {
  publisher: 'Test Press (invented)',
  edition: '2025',
  version: '1',
  title: 'Invented spend factors',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    spend('Office furniture', 'spend.goods', 'furniture', '0.5'),
    spend('Data processing and hosting', 'spend.goods', 'hosting', '0.2'),
    spend('Machinery', 'spend.capital-goods', 'machinery', '0.7'),
  ],
};

interface EntryItem {
  id: string;
  activityType: string;
  sourceClass: string;
  kgco2e: string;
  tags: Record<string, string>;
}

describe('free text', () => {
  let services: RunningServices;
  let company: TestTenant;
  let ids: string[];

  const open = async (): Promise<[string, number, string][]> =>
    (await company.all<UnclassifiedView>('/v1/books/main/unclassified')).map(({ description, activities, quantities }) => [
      description,
      activities,
      quantities.map(({ unit, quantity }) => `${quantity} ${unit}`).join(' '),
    ]);
  const inventory = (): Promise<InventoryView> => company.inventory({ year: 2025 });
  const entries = () => company.all<EntryItem>('/v1/entries', { year: 2025 });
  const classify = async (...classifications: object[]): Promise<string[]> => {
    const { body } = await company.post('/v1/classifications', { author: 'Ada Accountant', classifications }).expect(201);
    return (body as { ids: string[] }).ids;
  };
  const conserves = async (): Promise<void> => {
    const { body } = await company.get('/v1/books/main/conservation').expect(200);
    expect(body).toMatchObject({ holds: true, activities: LINES.length });
  };

  beforeAll(async () => {
    services = await startServices('classification');
    company = await TestTenant.create(services, 'Words Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'DE' }]).expect(200);
    await company.put('/v1/mappings/ledger', mapping).expect(succeeded);
    await company.post('/v1/factor-sets', FACTORS).expect(succeeded);
    expect(await company.import('ledger', 'ledger.csv', FILE)).toMatchObject({ status: 'finished', records: 20, accepted: 20 });
  }, 180_000);
  afterAll(() => services?.stop());

  it('is accepted, counted and listed, and has no tonnes', async () => {
    const run = await company.calculate();
    expect(run).toMatchObject({ activities: 20, refused: 20, calculated: 0, entries: 0 });
    expect(await open()).toEqual([
      ['office chairs', 8, '800 EUR'],
      ['aws emea sarl', 5, '200 EUR'],
      ['umzug, 3 tage', 3, '30 EUR'],
      ['zzqx 4711-b', 3, '3 EUR'],
      ['blumen', 1, '7 EUR'],
    ]);
    const [first] = await company.all<UnclassifiedView>('/v1/books/main/unclassified');
    expect(first).toMatchObject({
      countries: ['DE'],
      suppliers: ['Möbel GmbH'],
      accounts: ['other costs'],
      refusals: ['classification_missing'],
    });
    const { body } = await company.get('/v1/activities').query({ limit: 1 }).expect(200);
    expect((body as { items: unknown[] }).items).toMatchObject([
      {
        activityType: 'unclassified',
        attributes: { description: 'office chairs', account: 'other costs', price_year: '2025' },
        stated: [
          { operand: 'quantity', text: '100', unit: 'EUR' },
          { operand: 'description', text: 'Office chairs', unit: '' },
          { operand: 'account', text: 'Other costs', unit: '' },
        ],
      },
    ]);
  });

  it('gets suggestions with scores and reasons, and none where nothing stands out', async () => {
    const lines = (await open()).map(([text]) => ({ text, unit: 'EUR', country: 'DE' }));
    const { body } = await company.post('/v1/suggestions', { lines }).expect(200);
    const suggested = (body as { lines: { suggestions: SuggestionView[] }[] }).lines.map(({ suggestions }) => suggestions);
    expect(suggested).toHaveLength(5);
    expect(suggested[3]).toEqual([]);
    for (const { activityType, score, reasons } of suggested.flat()) {
      expect(activityType).toMatch(/spend/);
      expect(Number(score)).toBeGreaterThan(0);
      expect(reasons.length).toBeGreaterThan(0);
    }
    expect(suggested[0]!.map(({ activityType }) => activityType)).toContain('spend.goods');
    await company.post('/v1/suggestions', { lines: [{ text: 'x', unit: 'furlongs' }] }).expect(400);
    expect(await company.all<ClassificationView>('/v1/classifications')).toEqual([]);
  });

  it('is answered in bulk', async () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => ({ text: `office chair no. ${i}`, unit: 'EUR' }));
    const { body } = await company.post('/v1/suggestions', { lines, limit: 1 }).expect(200);
    expect((body as { lines: unknown[] }).lines).toHaveLength(1_000);
    const wrong = [...lines.slice(0, 60), { text: 'x', unit: 'furlongs' }];
    const refused = await company.post('/v1/suggestions', { lines: wrong }).expect(400);
    expect((refused.body as { places: { at: string }[] }).places).toMatchObject([{ at: 'lines.60.unit' }]);
  });

  it('counts from the next run on as what a person has said, and nothing else moves', async () => {
    ids = await classify(
      { description: 'Office chairs', to: { activityType: 'spend.goods', attributes: { sector: 'furniture' } }, reason: 'invoices seen' },
      {
        description: 'aws emea sarl',
        supplier: 'aws',
        unitDimension: 'money',
        to: { activityType: 'spend.goods', attributes: { sector: 'hosting' } },
        reason: 'hosting contract',
      },
    );
    const run = await company.calculate();
    expect(run).toMatchObject({ keysChanged: 2, entries: 13, reversals: 0, calculated: 13, refused: 7 });
    const { scope3ByCategory, lines } = await inventory();
    expect(scope3ByCategory['1']).toBe('0.44'); // 800 × 0.5 + 200 × 0.2
    expect(lines.map(({ line }) => line)).toEqual(expect.arrayContaining(['scope3.1']));
    expect(new Set((await entries()).map(({ activityType }) => activityType))).toEqual(new Set(['spend.goods']));
    const ofType = await company.all<EntryItem>('/v1/entries', { year: 2025, activityType: 'spend.goods', tag: 'cost_centre:CC-1' });
    expect(ofType).toHaveLength(13);
    await conserves();
  });

  it('is read as that type by exclusions, quality and bridges', async () => {
    const exclusion = { code: 'GOODS', activityType: 'spend.goods', reason: 'tried', validFrom: '2025-01-01' };
    await company.put('/v1/exclusions', [exclusion]).expect(succeeded);
    const excluded = await inventory();
    expect([excluded.scope3ByCategory['1'], excluded.reconciliation.excluded]).toEqual([undefined, '0.44']);
    await company.put('/v1/exclusions', []).expect(succeeded);
    const { body: quality } = await company.get('/v1/quality').query({ year: 2025 }).expect(200);
    expect(JSON.stringify(quality)).toContain('"0.44"');
    await company.get('/v1/bridges').query({ from: 2025, to: 2025 }).expect(200);
  });

  it('is explained with the text, what it was classified as, by whom, when and why', async () => {
    const [entry] = (await entries()).filter(({ kgco2e }) => kgco2e === '50');
    const { body } = await company.get(`/v1/entries/${entry!.id}/explanation`).query({ approach: 'operational-control' }).expect(200);
    expect(body).toMatchObject({
      activity: {
        activityType: 'unclassified',
        attributes: { description: 'office chairs' },
        quantitySteps: [],
        stated: expect.arrayContaining([
          expect.objectContaining({ text: expect.stringMatching(/office {1,2}chairs/i) as string }),
        ]) as unknown[],
      },
      classification: {
        id: ids[0],
        activityType: 'spend.goods',
        attributes: { sector: 'furniture', price_year: '2025' },
        author: 'Ada Accountant (API key "test")',
        reason: 'invoices seen',
        source: 'person',
      },
      boundary: { treatments: [{ portions: [{ line: 'scope3.1' }] }] },
    });
  });

  it('is refused with its place where the text cannot be that, and nothing of the body is kept', async () => {
    const good = { description: 'blumen', to: { activityType: 'spend.goods', attributes: { sector: 'furniture' } }, reason: 'x' };
    const { body } = await company
      .post('/v1/classifications', { classifications: [good, { ...good, description: 'y', to: { activityType: 'electricity.grid' } }] })
      .expect(422);
    expect(body).toMatchObject({
      code: 'classification_invalid',
      places: [{ at: 'classifications.1.to.activityType', code: 'classification_target_unfit' }],
    });
    expect(await company.all<ClassificationView>('/v1/classifications')).toHaveLength(2);
  });

  it('is said again: reversed and posted on another line, and only that', async () => {
    await classify({
      description: 'Office chairs',
      country: 'DE',
      to: { activityType: 'spend.capital-goods', attributes: { sector: 'machinery' } },
      reason: 'they are capitalised',
    });
    const run = await company.calculate();
    expect(run).toMatchObject({ keysChanged: 1, entries: 16, reversals: 8 });
    const { scope3ByCategory } = await inventory();
    expect([scope3ByCategory['1'], scope3ByCategory['2']]).toEqual(['0.04', '0.56']); // 200 × 0.2; 800 × 0.7
    const net = new Map<string, Decimal>();
    for (const { activityType, kgco2e } of await entries()) net.set(activityType, (net.get(activityType) ?? new Decimal(0)).add(kgco2e));
    expect([...net].map(([type, sum]) => [type, plain(sum)]).sort()).toEqual([
      ['spend.capital-goods', '560'],
      ['spend.goods', '40'],
    ]);
    await conserves();
  });

  it('is taken back: what else stands decides, or the text is open again', async () => {
    const listed = await company.all<ClassificationView>('/v1/classifications', { description: 'OFFICE CHAIRS' });
    const later = listed.find(({ country }) => country === 'DE')!;
    const withdraw = (id: string) => company.post(`/v1/classifications/${id}/withdrawal`, { reason: 'not ours' });
    await withdraw(later.id).expect(200);
    await withdraw(later.id).expect(409);
    await withdraw(ids[1]!).expect(200);
    await company.calculate();
    expect((await inventory()).scope3ByCategory).toMatchObject({ '1': '0.4' });
    expect((await open())[0]).toEqual(['aws emea sarl', 5, '200 EUR']);
    const all = await company.all<ClassificationView>('/v1/classifications');
    expect(all.map(({ withdrawn }) => withdrawn?.reason ?? null)).toEqual([null, 'not ours', 'not ours']);
    await conserves();
  });

  it('is taken from suggestions only under a policy, which says who set it and why', async () => {
    expect((await company.get('/v1/suggestion-policy').expect(200)).body).toMatchObject({ threshold: null, author: null });
    await company.put('/v1/suggestion-policy', { threshold: '1.5', reason: 'x' }).expect(400);
    await company.put('/v1/suggestion-policy', { threshold: '0.01', author: 'Ada', reason: 'tried on samples' }).expect(200);
    await company.calculate();
    const taken = (await company.all<ClassificationView>('/v1/classifications')).filter(({ source }) => source === 'suggestion');
    expect(taken.length).toBeGreaterThan(0);
    for (const { author, score } of taken) {
      expect(author).toBe('Ada (API key "test")');
      expect(Number(score)).toBeGreaterThanOrEqual(0.01);
    }
    expect((await open()).map(([text]) => text)).toContain('zzqx 4711-b');
    await company.put('/v1/suggestion-policy', { threshold: null, reason: 'enough' }).expect(200);
    await conserves();
  });

  it('is shown to no other tenant', async () => {
    const other = await TestTenant.create(services, 'Other Words Ltd');
    expect(await other.all('/v1/classifications')).toEqual([]);
    await other.post(`/v1/classifications/${ids[0]}/withdrawal`, { reason: 'x' }).expect(404);
  });
});
