import type { FactorSet } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// Bills over New Year: their later parts stand on keys of their own, and a factor that changes for one year alone moves those parts alone.

const edition = (year: number, kgco2e: string): FactorSet => ({
  publisher: 'Invented gas',
  edition: String(year),
  version: '1',
  title: 'Natural gas, invented',
  licence: 'own',
  attribution: 'own',
  gwpSet: 'AR5',
  invented: true,
  factors: [
    {
      code: 'gas',
      activityType: 'fuel.natural-gas',
      leg: 'combustion',
      region: 'GB',
      year,
      attributes: { calorific_basis: 'gross' },
      unit: 'kWh',
      gases: [],
      kgco2e,
      source: { table: 'invented', row: 'gas' },
    },
  ],
});

const MAPPING = {
  source: 'bills',
  locale: { decimal: '.', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { constant: 'HQ' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  slots: [
    {
      slot: 1,
      activityType: { constant: 'fuel.natural-gas' },
      operands: { quantity: { value: { column: 'kWh' }, unit: { constant: 'kWh' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
  ],
};

const BILLS = 'bill,from,to,kWh\nA,2024-07-01,2025-06-30,1000\nB,2024-12-31,2025-12-30,365\n';

interface Conservation {
  readonly holds: boolean;
  readonly ledgerKgco2e: string;
}

describe('a bill over New Year', () => {
  let services: RunningServices;
  let company: TestTenant;

  beforeAll(async () => {
    services = await startServices('cut-periods');
    company = await TestTenant.create(services, 'Winter Ltd');
    await company.put('/v1/entities', [{ code: 'HQ', name: 'Head office', country: 'GB' }]).expect(succeeded);
    await company.put('/v1/books/main', { gwpSet: 'AR5', catalogue: false }).expect(succeeded);
    await company.put('/v1/mappings/bills', MAPPING).expect(succeeded);
    await company.post('/v1/factor-sets', edition(2024, '0.2')).expect(succeeded);
    await company.import('bills', 'bills.csv', BILLS);
  }, 120_000);
  afterAll(() => services?.stop(), 60_000);

  const ledger = async (): Promise<Conservation> => (await company.get('/v1/books/main/conservation').expect(200)).body as Conservation;

  it('stands on the edition of 2024 until there is another', async () => {
    await company.calculate();
    expect(await ledger()).toMatchObject({ holds: true, ledgerKgco2e: '273' }); // 1,365 kWh × 0.2
  });

  it('has its part of 2025 restated by the edition of 2025, and its part of 2024 left alone', async () => {
    await company.post('/v1/factor-sets', edition(2025, '0.19')).expect(succeeded);
    expect(await company.calculate()).toMatchObject({ keysChanged: 1, entries: 4, reversals: 2 });
    // Of A 184 of 365 days lie in 2024, of B one: 505.109589041096 kWh × 0.2 + 859.890410958904 kWh × 0.19
    expect(await ledger()).toMatchObject({ holds: true, ledgerKgco2e: '264.40109589041096' });
  });
});
