import * as XLSX from '@e965/xlsx';
import request from 'supertest';
import { figureDigest, figuresKey, isFileRefusal, readFactorFile } from '#factor-files';
import { gases } from '../golden/fixtures';
import { TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';
import { FRONT, TABLES } from '../support/us-epa-hub';

// Publishers' own files through the public API, all services real. Figures and suppliers are invented.

const OWN = [
  '#scopebook-factors,1',
  '#publisher,Own laboratory (invented)',
  '#edition,2024',
  '#version,1',
  '#title,Measured figures',
  '#licence,own',
  '#gwpSet,AR5',
  '#invented,true',
  'code,activityType,leg,region,year,unit,kgco2e,attribute.material',
  'steel,goods.material,supply,GB,2024,kg,2.5,steel',
  'felt,goods.material,supply,GB,2024,kg,,felt',
  'cork,goods.material,supply,GB,2024,kg,0,cork',
].join('\n');

const FOOTPRINT = {
  id: '11111111-0000-4000-8000-000000000001',
  specVersion: '2.2.0',
  status: 'Active',
  companyName: 'Weaver & Sons (invented)',
  productIds: ['urn:gtin:4712345060507'],
  productNameCompany: 'Canvas',
  pcf: {
    declaredUnit: 'kilogram',
    unitaryProductAmount: '1',
    pCfExcludingBiogenic: '2.63',
    referencePeriodEnd: '2025-01-01T00:00:00Z',
    ipccCharacterizationFactorsSources: ['AR5'],
  },
};

function workbookOf(rows: unknown[][], sheet = 'Sheet1'): Buffer {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), sheet);
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

describe("publishers' files", () => {
  let services: RunningServices;
  let company: TestTenant;
  beforeAll(async () => {
    services = await startServices('factor files');
    company = await TestTenant.create(services, 'Factor files (invented)');
  });
  afterAll(() => services?.stop());

  const send = (bytes: Buffer | string, query: object, type = 'application/octet-stream') =>
    request(services.apiUrl)
      .post('/v1/factor-sets')
      .query(query)
      .set('Authorization', `Bearer ${company.apiKey}`)
      .set('Content-Type', type)
      .send(bytes);
  const setsOf = async (publisher: string) => {
    const { body } = await company.get('/v1/factor-sets?limit=1000').expect(200);
    return (body as { items: { id: string; publisher: string }[] }).items.filter((set) => set.publisher === publisher);
  };

  it('become a set, with an account of every row', async () => {
    const { body } = await send(OWN, { fileName: 'own.csv' }, 'text/csv').expect(201);
    expect(body).toMatchObject({
      repeated: false,
      factorSet: { publisher: 'Own laboratory (invented)', edition: '2024', factors: 2, invented: true },
      report: {
        recognised: { publisher: 'Own laboratory (invented)', newerThanKnown: false },
        rowsRead: 3,
        rowsUsed: 2,
        omitted: [{ reason: 'value_blank', rows: 1 }],
        omissions: [{ sheet: 'table', row: 11, column: null, reason: 'value_blank' }],
      },
    });
    const { factorSet } = body as { factorSet: { id: string } };
    const { body: factors } = await company.get(`/v1/factors?setId=${factorSet.id}`).expect(200);
    expect(factors).toMatchObject({
      items: [
        { code: 'steel', kgco2e: '2.5', source: { table: 'own.csv', row: 'row 10, steel' } },
        { code: 'cork', kgco2e: '0' },
      ],
    });
  });

  it('are listed with every row that was left out, and with what they hold beside factors', async () => {
    const [set] = await setsOf('Own laboratory (invented)');
    const { body: detail } = await company.get(`/v1/factor-sets/${set?.id}`).expect(200);
    expect(detail).toMatchObject({ factors: 2, properties: 0, current: true, values: 'shown', report: { rowsRead: 3, rowsUsed: 2 } });
    const omissions = await company.all(`/v1/factor-sets/${set?.id}/omissions`, { limit: 1 });
    expect(omissions).toMatchObject([{ sheet: 'table', row: 11, column: null, reason: 'value_blank' }]);
    expect(await company.all(`/v1/factor-sets/${set?.id}/omissions`, { reason: 'note' })).toEqual([]);
    await company.get(`/v1/factor-sets/${set?.id}/omissions?after=x`).expect(400);
    await company.get('/v1/factor-sets/00000000-0000-8000-8000-000000000000').expect(404);
  });

  it('may be withheld: digests stand in the place of figures, and whoever has the file makes them again', async () => {
    const file = OWN.replace('laboratory', 'lab of secrets');
    await send(file, { values: 'withheld' }).expect(400);
    const { body } = await send(file, { fileName: 'own.csv', values: 'withheld' }).expect(201);
    const { factorSet } = body as { factorSet: { id: string; values: string } };
    expect(factorSet.values).toBe('withheld');
    const reading = readFactorFile({ name: 'own.csv', bytes: Buffer.from(file) }, gases);
    if (isFileRefusal(reading)) throw new Error(reading.detail);
    const key = figuresKey({ ...reading.set, values: 'withheld' });
    const { body: factors } = await company.get(`/v1/factors?setId=${factorSet.id}`).expect(200);
    const { items } = factors as { items: { figuresDigest: string; kgco2e: string | null }[] };
    expect(items.map(({ figuresDigest, kgco2e }) => [figuresDigest, kgco2e])).toEqual(
      reading.set.factors.map((factor) => [figureDigest(key, factor), null]),
    );
    const { body: again } = await send(file, { fileName: 'own.csv', values: 'withheld' }).expect(200);
    expect(again).toMatchObject({ repeated: true });
    const { body: shown } = await send(file, { fileName: 'own.csv' }).expect(409);
    expect(shown).toMatchObject({ code: 'factor_set_exists' });
  });

  it('sent again are the same set', async () => {
    const { body } = await send(OWN, { fileName: 'own.csv' }, 'text/csv').expect(200);
    expect(body).toMatchObject({ repeated: true, report: { rowsRead: 3 } });
  });

  it('with other figures under the same version are refused: a set never changes', async () => {
    const { body } = await send(OWN.replace('2.5', '2.6'), { fileName: 'own.csv' }).expect(409);
    expect(body).toMatchObject({ code: 'factor_set_exists' });
  });

  it('become two sets where the publisher prints a part under another GWP set', async () => {
    const rows = [...FRONT, ...Object.values(TABLES).flat()].map((row) => [...row]);
    const hub = workbookOf(rows, 'Emission Factors Hub');
    const { body } = await send(hub, { fileName: 'hub.xlsx' }).expect(201);
    const { factorSet, further, report } = body as {
      factorSet: { id: string; gwpSet: string };
      further: { id: string; gwpSet: string; factors: number }[];
      report: { rowsRead: number; rowsUsed: number };
    };
    expect([factorSet.gwpSet, further.map(({ gwpSet }) => gwpSet)]).toEqual(['AR5', ['AR4']]);
    expect(further[0]?.factors).toBeGreaterThan(0);
    const { body: factors } = await company.get(`/v1/factors?setId=${further[0]?.id}&limit=1`).expect(200);
    expect(factors).toMatchObject({ items: [{ activityType: 'waste.disposal' }] });
    const reportOf = async (id: string | undefined) => (await company.get(`/v1/factor-sets/${id}`).expect(200)).body as { report: object };
    expect((await reportOf(further[0]?.id)).report).toEqual((await reportOf(factorSet.id)).report);
    const omissionsOf = (id: string | undefined) => company.all(`/v1/factor-sets/${id}/omissions`);
    const omissions = await omissionsOf(factorSet.id);
    expect(omissions).toHaveLength(report.rowsRead - report.rowsUsed);
    expect(await omissionsOf(further[0]?.id)).toEqual(omissions);
  });

  it('of a supplier need the terms that they were shared under', async () => {
    const bytes = JSON.stringify(FOOTPRINT);
    const { body } = await send(bytes, { fileName: 'pcf.json' }).expect(422);
    expect(body).toMatchObject({ code: 'factor_file_refused', places: [{ at: 'file', code: 'licence_missing' }] });
    await send(bytes, { fileName: 'pcf.json', licence: 'supplier agreement' }).expect(201);
    expect(await setsOf(FOOTPRINT.companyName)).toMatchObject([{ licence: 'supplier agreement', factors: 1 }]);
  });

  it.each<[string, Buffer | string, string, string]>([
    ['of nobody', workbookOf([['My factors'], ['Name', 'Value'], ['a', 1]]), 'file', 'layout_unknown'],
    ['that are no files', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), 'file', 'file_unreadable'],
    [
      'with text among the numbers',
      OWN.replace('2.5', '< 1').replace('laboratory', 'lab 2'),
      'table, row 10, column kgco2e',
      'cell_invalid',
    ],
    [
      'with an unknown unit',
      OWN.replace('kg,2.5', 'bushel,2.5').replace('laboratory', 'lab 3'),
      'table, row 10, column unit',
      'figures_unusable',
    ],
  ])('%s are refused with their place, and nothing of them is kept', async (_what, bytes, at, code) => {
    const { body } = await send(bytes, { fileName: 'x' }).expect(422);
    expect(body).toMatchObject({ code: 'factor_file_refused' });
    expect((body as { places: object[] }).places[0]).toMatchObject({ at, code });
    expect(await setsOf('Own lab 2 (invented)')).toEqual([]);
    expect(await setsOf('Own lab 3 (invented)')).toEqual([]);
  });

  it('that take more memory than a factor file may are refused, and the next one is read', async () => {
    const cells = `${'1,'.repeat(4999)}1\n`.repeat(1200);
    const { body } = await send(cells, { fileName: 'x.csv' }).expect(422);
    expect(body).toMatchObject({ code: 'factor_file_refused', places: [{ code: 'file_too_large' }] });
    await send(OWN, { fileName: 'own.csv' }).expect(200);
  });

  it('take a licence only as files', async () => {
    const { body } = await send('{}', { licence: 'x' }, 'application/json').expect(400);
    expect(body).toMatchObject({ code: 'request_invalid' });
  });
});
