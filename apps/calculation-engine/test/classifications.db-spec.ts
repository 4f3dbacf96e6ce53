import type { ClassificationWish } from '#contracts';
import { UNCLASSIFIED, type FactorSet } from '#ghg';
import { inTenant, KEYS_TO_DECIDE } from '#postgres';
import type { Suggestion } from '#suggest';
import { SeededLedger, type SeedRecord } from '../../../test/support/seeded-ledger';
import { ClassificationsService } from '../src/classifications/classifications.service';
import { SuggestService } from '../src/classifications/suggest.service';
import { SuggestionPolicyService } from '../src/classifications/suggestion-policy.service';
import { UnclassifiedService } from '../src/classifications/unclassified.service';
import { DeclarePoolsService } from '../src/declare-pools/declare-pools.service';
import { ExplainEntryService } from '../src/explain-entry/explain-entry.service';
import { OpenKeysService } from '../src/open-keys/open-keys.service';
import { Suggestions } from '../src/shared/suggestions';

// Real Postgres. The lines are written as ingestion writes them; the broker and the index of suggestions are left out.

const spendFactor = (sector: string, kgco2e: string): FactorSet['factors'][number] => ({
  code: `spend-${sector}`,
  activityType: 'spend.goods',
  leg: 'supply',
  region: 'GB',
  year: 2025,
  attributes: { sector, price_year: '2025' },
  unit: 'GBP',
  gases: [],
  kgco2e,
  source: { table: 'invented', row: sector },
});
const FACTORS: FactorSet = {
  publisher: 'Test Press (invented)',
  edition: '2025',
  version: '1',
  title: 'Test factors',
  licence: 'invented',
  attribution: 'invented',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    spendFactor('software', '0.1'),
    spendFactor('furniture', '0.4'),
    {
      ...spendFactor('mains', '0.3'),
      code: 'water',
      activityType: 'water.supply',
      leg: 'service',
      attributes: {},
      unit: 'm3',
    },
  ],
};

let line = 0;
const spent = (description: string, gbp: string, more: Partial<SeedRecord> = {}): SeedRecord => ({
  name: `line ${(line += 1)}`,
  activityType: UNCLASSIFIED,
  unit: 'GBP',
  quantity: gbp,
  attributes: { description, price_year: '2025' },
  ...more,
});
const wish = (description: string, sector: string, more: Partial<ClassificationWish> = {}): ClassificationWish => ({
  description,
  to: { activityType: 'spend.goods', attributes: { sector } },
  reason: 'the invoice says so',
  ...more,
});

const AUTHOR = 'Ada (API key "test")';

describe('free text', () => {
  let ledger: SeededLedger;
  let classifications: ClassificationsService;
  let unclassified: UnclassifiedService;

  beforeEach(async () => {
    ledger = await SeededLedger.open('classifications');
    classifications = new ClassificationsService(ledger.dataSource);
    unclassified = new UnclassifiedService(ledger.dataSource);
    await ledger.addFactorSet(FACTORS);
  });
  afterEach(() => ledger.close());

  const add = async (...wishes: ClassificationWish[]): Promise<string[]> =>
    (await classifications.add(ledger.tenantId, AUTHOR, wishes)).ids;
  const open = async (limit = 100, after?: string) => unclassified.list(ledger.tenantId, 'main', after, limit);
  const texts = async (): Promise<string[]> => (await open()).items.map(({ description }) => description);
  const lastRun = async (): Promise<Record<string, unknown>> => {
    const [run] = await ledger.query<Record<string, unknown>>('select * from calculation.runs order by ordinal desc limit 1');
    return run!;
  };

  it('is kept, counted and open until somebody has said what it is', async () => {
    await ledger.addImport([
      spent('aws', '100'),
      spent('aws', '50'),
      spent('chairs', '10'),
      spent('aws', '7', { unit: 'm3', attributes: { description: 'aws' } }),
    ]);
    await ledger.run();
    expect(await ledger.sum()).toBe('0');
    expect(await lastRun()).toMatchObject({ activities: '4', refused: '4', calculated: '0' });
    expect((await open()).items).toEqual([
      {
        description: 'aws',
        activities: 3,
        quantities: [
          { unit: 'GBP', quantity: '150' },
          { unit: 'm3', quantity: '7' },
        ],
        countries: ['GB'],
        suppliers: [],
        accounts: [],
        refusals: ['classification_missing'],
      },
      expect.objectContaining({ description: 'chairs', activities: 1 }),
    ]);
    const keys = await new OpenKeysService(ledger.dataSource).list(ledger.tenantId, 'main', undefined, 10);
    expect(keys.items.map(({ refusals }) => refusals)).toEqual(
      ['aws', 'chairs', 'aws'].map((text) => [
        { leg: null, basis: 'all', code: 'classification_missing', detail: `nobody has said what "${text}" is` },
      ]),
    );
  });

  it('is listed page by page, those with the most activities first, ties in one order', async () => {
    await ledger.addImport(['a', 'b', 'c', 'b', 'd', 'd', 'd'].map((text) => spent(text, '1')));
    await ledger.run();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { items, next } = await open(1, after);
      seen.push(...items.map(({ description }) => description));
      after = next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(['d', 'b', 'a', 'c']);
    await expect(open(1, 'b')).rejects.toMatchObject({ code: 'request_invalid' });
    await expect(unclassified.list(ledger.tenantId, 'none', undefined, 1)).rejects.toMatchObject({ code: 'book_unknown' });
  });

  it('is posted by the next run as what it was classified as, and nothing else moves', async () => {
    await ledger.addImport([spent('aws', '100'), spent('aws', '50'), spent('chairs', '10'), spent('rent', '1')]);
    await add(wish('CHAIRS ', 'furniture'));
    await ledger.run();
    expect(await ledger.sum()).toBe('4');
    expect(await texts()).toEqual(['aws', 'rent']);
    await add(wish('aws', 'software', { supplier: 'nobody' }), wish('AWS', 'software'));
    await ledger.run();
    expect(await lastRun()).toMatchObject({ entries: '2', reversals: '0', keys_changed: '1', calculated: '3', refused: '1' });
    expect(await ledger.sum()).toBe('19'); // 150 × 0.1 + 10 × 0.4
    await ledger.run();
    expect(await lastRun()).toMatchObject({ entries: '0', keys_changed: '0' });
  });

  it('comes to what the rows would have come to under that type, digit for digit', async () => {
    const native = (sector: string, gbp: string): SeedRecord => ({
      ...spent('x', gbp),
      activityType: 'spend.goods',
      attributes: { sector, price_year: '2025' },
    });
    await ledger.addImport([spent('aws', '100.123456789012'), spent('chairs', '-10')]);
    await add(wish('aws', 'software'), wish('chairs', 'furniture'));
    await ledger.run();
    const sum = await ledger.sum();
    await ledger.addImport([native('software', '-100.123456789012'), native('furniture', '10')]);
    await ledger.run();
    expect([sum, await ledger.sum()]).toEqual(['6.0123456789012', '0']);
  });

  it('is taken back and said again: reversed, and posted as something else', async () => {
    await ledger.addImport([spent('aws', '100'), spent('chairs', '10')]);
    const [aws] = await add(wish('aws', 'software'), wish('chairs', 'furniture'));
    await ledger.run();
    const withdrawn = await classifications.withdraw(ledger.tenantId, aws!, AUTHOR, 'wrong supplier');
    expect(withdrawn).toMatchObject({ id: aws, withdrawn: { author: AUTHOR, reason: 'wrong supplier' } });
    await ledger.run();
    expect(await lastRun()).toMatchObject({ entries: '1', reversals: '1', keys_changed: '1' });
    expect([await ledger.sum(), await texts()]).toEqual(['4', ['aws']]);
    await add(wish('aws', 'furniture'));
    await ledger.run();
    expect([await ledger.sum(), await texts()]).toEqual(['44', []]);
    await add(wish('aws', 'software'));
    await ledger.run();
    expect(await lastRun()).toMatchObject({ entries: '2', reversals: '1', keys_changed: '1' });
    expect(await ledger.sum()).toBe('14');
  });

  it('moves nothing where somebody says the same again, and says who said it first', async () => {
    await ledger.addImport([spent('aws', '100')]);
    await add(wish('aws', 'software'));
    await ledger.run();
    await classifications.add(ledger.tenantId, 'Bob', [wish('aws', 'software', { reason: 'so do I' })]);
    await ledger.run();
    expect(await lastRun()).toMatchObject({ entries: '0', keys_changed: '0' });
  });

  it('stays open where its classification does not fit its unit, and the list says so', async () => {
    await ledger.addImport([spent('rain', '3', { unit: 'm3', attributes: { description: 'rain' } }), spent('rain', '3')]);
    await add(wish('rain', '', { to: { activityType: 'water.supply', attributes: {} } }));
    await ledger.run();
    expect(await ledger.sum()).toBe('0.9');
    expect((await open()).items).toMatchObject([
      { description: 'rain', refusals: ['classification_target_unfit'], quantities: [{ unit: 'GBP' }] },
    ]);
  });

  it('shows beside a refused leg what the text was classified as', async () => {
    await ledger.addImport([spent('aws', '100')]);
    await add(wish('aws', 'unheard-of'));
    await ledger.run();
    const { items } = await new OpenKeysService(ledger.dataSource).list(ledger.tenantId, 'main', undefined, 10);
    expect(items).toMatchObject([
      {
        activityType: UNCLASSIFIED,
        classifiedAs: { activityType: 'spend.goods', attributes: { sector: 'unheard-of', price_year: '2025' } },
        refusals: [{ leg: 'supply', code: 'factor_attribute_mismatch' }],
      },
    ]);
    expect(await texts()).toEqual([]);
  });

  it('is a member of declared pools as what it was classified as', async () => {
    await new DeclarePoolsService(ledger.dataSource).put(ledger.tenantId, 'asked', {
      kind: 'survey',
      select: { activityTypes: ['spend.goods'] },
      populations: [{ entityCode: 'HQ', year: 2025, heads: '30', respondents: '10' }],
    });
    await ledger.addImport([spent('aws', '100'), spent('chairs', '10')]);
    const [id] = await add(wish('aws', 'software'));
    await ledger.run();
    expect(await ledger.sum()).toBe('30'); // 100 × 0.1, three times
    const lines = await ledger.query('select distinct activity_type from calculation.pool_postings');
    expect(lines).toEqual([{ activity_type: 'spend.goods' }]);
    await classifications.withdraw(ledger.tenantId, id!, AUTHOR, 'no');
    await ledger.run();
    expect(await ledger.sum()).toBe('0');
  });

  it('is explained with both: the text, and what it was classified as, by whom and why', async () => {
    await ledger.addImport([spent('aws', '100')]);
    const [id] = await add(wish('aws', 'software'));
    await ledger.run();
    const [entry] = await ledger.query<{ id: string }>('select id from calculation.entries');
    const explained = await new ExplainEntryService(ledger.dataSource).explain(ledger.tenantId, entry!.id);
    expect(explained.activity).toMatchObject({ activityType: UNCLASSIFIED, attributes: { description: 'aws' } });
    expect(explained.classification).toMatchObject({
      id,
      activityType: 'spend.goods',
      attributes: { sector: 'software', price_year: '2025' },
      author: AUTHOR,
      reason: 'the invoice says so',
      source: 'person',
      score: null,
    });
    expect(explained.rate).toMatchObject({ classification: { id } });
  });

  it.each<[string, ClassificationWish[], string]>([
    ['an activity type that is none', [wish('a', 'x', { to: { activityType: 'spend.all', attributes: {} } })], 'activity_type_unknown'],
    ['free text again', [wish('a', 'x', { to: { activityType: UNCLASSIFIED, attributes: {} } })], 'classification_target_unfit'],
    ['what pools read', [wish('a', 'x', { to: { activityType: 'electricity.grid', attributes: {} } })], 'classification_target_unfit'],
    ['kilograms of spend', [wish('a', 'x', { unitDimension: 'mass' })], 'classification_target_unfit'],
    [
      'an attribute that is missing',
      [wish('a', 'x', { to: { activityType: 'spend.goods', attributes: { sector: '' } } })],
      'attribute_missing',
    ],
    [
      'an attribute that the type has not',
      [wish('a', 'x', { to: { activityType: 'water.supply', attributes: { sector: '1' } } })],
      'attribute_unknown',
    ],
    ['a country that is none', [wish('a', 'x', { country: 'XX' })], 'attribute_unknown'],
    ['the same rows twice', [wish('a', 'x'), wish(' A', 'y')], 'classification_twice'],
  ])('refuses %s, and with it the whole body', async (_, wishes, code) => {
    await expect(add(wish('good', 'software'), ...wishes)).rejects.toMatchObject({
      code: 'classification_invalid',
      places: [expect.objectContaining({ code })],
    });
    expect((await classifications.list(ledger.tenantId, undefined, undefined, 10)).items).toEqual([]);
  });

  it('lists classifications as they were written, and takes each back once', async () => {
    const ids = await add(
      wish('a', 'software', { country: 'GB', unitDimension: 'money', account: 'IT' }),
      wish('b', 'software'),
      wish('c', 'software'),
    );
    await classifications.withdraw(ledger.tenantId, ids[1]!, AUTHOR, 'no');
    const first = await classifications.list(ledger.tenantId, undefined, undefined, 2);
    const second = await classifications.list(ledger.tenantId, undefined, first.next!, 2);
    expect([...first.items, ...second.items].map(({ description, withdrawn }) => [description, withdrawn?.reason ?? null])).toEqual([
      ['a', null],
      ['b', 'no'],
      ['c', null],
    ]);
    expect(first.items[0]).toMatchObject({ account: 'it', supplier: null, country: 'GB', unitDimension: 'money', author: AUTHOR });
    expect((await classifications.list(ledger.tenantId, ' B ', undefined, 2)).items).toHaveLength(1);
    await expect(classifications.withdraw(ledger.tenantId, ids[1]!, AUTHOR, 'no')).rejects.toMatchObject({
      code: 'classification_withdrawn',
    });
    const nobodys = '0198f000-0000-7000-8000-000000000009';
    await expect(classifications.withdraw(ledger.tenantId, nobodys, AUTHOR, 'no')).rejects.toMatchObject({
      code: 'classification_unknown',
    });
    await expect(classifications.withdraw(nobodys, ids[0]!, AUTHOR, 'no')).rejects.toMatchObject({ code: 'classification_unknown' });
  });

  describe('and suggestions', () => {
    const suggestion = (sector: string, score: number): Suggestion => ({
      activityType: 'spend.goods',
      attributes: { sector },
      score,
      reasons: [`"${sector}" in words`],
    });
    /** Stands for the index of words: sure of software, unsure of chairs, and surest of rain. */
    const suggestions = () =>
      new Suggestions((factors) => ({
        name: `words-${factors.length}`,
        suggest: (lines) =>
          Promise.resolve(
            lines.map(({ text }) => [
              ...(text.includes('rain') ? [{ activityType: 'water.supply', attributes: {}, score: 1, reasons: [] }] : []),
              ...(text.includes('aws') ? [suggestion('software', 0.97)] : []),
              ...(text.includes('chair') ? [suggestion('furniture', 0.9)] : []),
            ]),
          ),
      }));
    const policy = () => new SuggestionPolicyService(ledger.dataSource);

    it('are ranked, with reasons, of what the unit allows, over one factor for each target', async () => {
      const service = new SuggestService(ledger.dataSource, suggestions());
      const answer = await service.suggest(
        ledger.tenantId,
        [
          { text: 'aws rain', unit: 'GBP' },
          { text: 'rain', unit: 'm3' },
          { text: 'x', unit: 'kg' },
        ],
        5,
      );
      expect(answer).toEqual({
        method: 'words-3',
        lines: [
          [{ activityType: 'spend.goods', attributes: { sector: 'software' }, score: '0.97', reasons: ['"software" in words'] }],
          [{ activityType: 'water.supply', attributes: {}, score: '1', reasons: [] }],
          [],
        ],
      });
      await expect(service.suggest(ledger.tenantId, [{ text: 'a' }, { text: 'b', unit: 'furlongs' }], 1)).rejects.toMatchObject({
        code: 'request_invalid',
        places: [{ at: 'lines.1.unit', code: 'unit_unknown' }],
      });
    });

    it('are never taken without a policy', async () => {
      ledger.suggestions = suggestions();
      await ledger.addImport([spent('aws', '100')]);
      await ledger.run();
      expect(await texts()).toEqual(['aws']);
      expect(await policy().get(ledger.tenantId)).toEqual({ threshold: null, author: null, reason: null, decidedAt: null });
    });

    it('are taken by a run from the threshold on, in the name of the author, and are withdrawn for good', async () => {
      ledger.suggestions = suggestions();
      expect(await policy().put(ledger.tenantId, '0.95', AUTHOR, 'checked on samples')).toMatchObject({
        threshold: '0.95',
        author: AUTHOR,
      });
      await ledger.addImport([spent('aws emea', '100'), spent('chairs', '10'), spent('aws rent', '1'), spent('aws rain', '5')]);
      await add(wish('aws rent', 'furniture'));
      await ledger.run();
      expect(await ledger.sum()).toBe('10.4'); // 100 × 0.1 + 1 × 0.4, which a person has said
      expect(await texts()).toEqual(['aws rain', 'chairs']); // rain counts no money
      const { items } = await classifications.list(ledger.tenantId, 'aws emea', undefined, 10);
      expect(items).toMatchObject([
        {
          source: 'suggestion',
          score: '0.97',
          author: AUTHOR,
          unitDimension: 'money',
          reason: 'suggested by words-3 with a score of 0.97; policy: checked on samples',
        },
      ]);
      await classifications.withdraw(ledger.tenantId, items[0]!.id, AUTHOR, 'not this one');
      await ledger.run();
      expect([await ledger.sum(), await texts()]).toEqual(['0.4', ['aws emea', 'aws rain', 'chairs']]);
      await policy().put(ledger.tenantId, '0.9', AUTHOR, 'bolder');
      await ledger.run();
      expect(await texts()).toEqual(['aws emea', 'aws rain']);
      await policy().put(ledger.tenantId, null, AUTHOR, 'no more');
      await ledger.addImport([spent('chair covers', '1')]);
      await ledger.run();
      expect(await texts()).toEqual(['aws emea', 'aws rain', 'chair covers']);
    });

    it('are pinned: what a run took stands in its decisions, whatever is withdrawn later', async () => {
      ledger.suggestions = suggestions();
      await policy().put(ledger.tenantId, '0.95', AUTHOR, 'checked');
      await ledger.addImport([spent('aws', '100')]);
      await ledger.run();
      const { items } = await classifications.list(ledger.tenantId, 'aws', undefined, 1);
      await classifications.withdraw(ledger.tenantId, items[0]!.id, AUTHOR, 'no');
      const [pinned] = await ledger.query<{ classifications: { source: string; description: string }[] }>(
        `select i.body -> 'classifications' as classifications from calculation.runs r
         join calculation.decision_inputs i on i.tenant_id = r.tenant_id and i.digest = r.pins ->> 'decisionInputs'`,
      );
      expect(pinned!.classifications).toMatchObject([{ source: 'suggestion', description: 'aws' }]);
    });
  });

  it('is read by nobody else', async () => {
    await add(wish('a', 'software'));
    const other = '0198f000-0000-7000-8000-000000000008';
    expect((await classifications.list(other, undefined, undefined, 10)).items).toEqual([]);
    expect(
      await inTenant(ledger.dataSource, other, async ({ client }) => (await client.query(KEYS_TO_DECIDE, [other, other, other])).rows),
    ).toEqual([]);
  });
});
