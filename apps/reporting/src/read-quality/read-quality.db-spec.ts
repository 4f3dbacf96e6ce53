import { Logger } from '@nestjs/common';
import { sumSquares } from '#clickhouse';
import { qualityView, Refused, type QualityView } from '#contracts';
import { openWorld, type World } from '../../../../test/support/reporting-world';
import { SmallLedger } from '../../../../test/support/small-ledger';
import { ProjectRunService } from '../project-entries/project-run.service';
import { ReadQualityService } from './read-quality.service';

const GASES = {
  gases: [{ id: 'CO2', name: 'Carbon dioxide', kind: 'kyoto' as const }],
  blends: [],
  sets: (['AR4', 'AR5', 'AR6'] as const).map((id) => ({ id, source: 'by definition', gwp100: { CO2: '1' } })),
};

/**
 * HQ, and JV: held at 40 % and run by others until 30 June 2025, at 50 % and run by HQ from 1 July.
 *
 * | activity | entity | kWh       | per kWh                          | data status |
 * | gas      | HQ     | 600, 400  | 0.18 scope 1, 0.03 of 3.3        | invoiced    |
 * | gas      | JV     | 3650      | 0.18 scope 1, 0.03 of 3.3        | invoiced    |
 * | goods    | HQ     | 100 (EUR) | 0.5 of 3.1                       | none        |
 */
describe('what reporting reads of quality', () => {
  let world: World;
  let ledger: SmallLedger;
  let quality: ReadQualityService;
  let importId: string;
  let gas: string;
  let corrected: string;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    world = await openWorld();
    quality = new ReadQualityService(world.dataSource, world.clickhouse, GASES);
    ledger = await SmallLedger.open(world.database.ownerUrl);
    for (const code of ['HQ', 'JV']) await ledger.entity(code);
    await ledger.holding('JV', 'HQ', '0.4', false, '2020-01-01', '2025-06-30');
    await ledger.holding('JV', 'HQ', '0.5', true, '2025-07-01');
  });
  afterAll(async () => {
    await ledger.close();
    await world.close();
  });

  const project = (runId: string) => new ProjectRunService(world.dataSource, world.clickhouse).handle({ tenantId: ledger.tenantId, runId });
  const read = async (more: Partial<Parameters<ReadQualityService['read']>[0]> = {}): Promise<QualityView> => {
    const choices = { book: 'main', year: 2025, approach: 'operational-control', gwp: 'AR5', gwpErrors: 'published' } as const;
    return qualityView.parse(await quality.read({ tenantId: ledger.tenantId, ...choices, ...more }));
  };
  const squares = (runOrdinal: number, surveys: string[] = [], changing: string[] = []) =>
    sumSquares(world.clickhouse, { tenantId: ledger.tenantId, bookId: ledger.bookId, runOrdinal, year: 2025, changing, surveys });

  it('refuses by name before anything is projected', async () => {
    const refused = await read().catch((error: unknown) => error);
    expect(refused instanceof Refused && refused.code).toBe('nothing_calculated');
  });

  it('sums quantities and their squares per entity and rate', async () => {
    importId = await ledger.import(4);
    gas = await ledger.key(
      'fuel.natural-gas',
      'kWh',
      [{ kgco2e: '0.18' }, { leg: 'upstream', sourceClass: 'upstream-of-energy', kgco2e: '0.03' }],
      { attributes: { data_status: 'invoiced' } },
    );
    const goods = await ledger.key('spend.goods', 'EUR', [{ leg: 'supply', sourceClass: 'purchased-goods', kgco2e: '0.5' }]);
    await ledger.activity({ importId, key: gas, entity: 'HQ', quantity: '600' });
    corrected = await ledger.activity({ importId, key: gas, entity: 'HQ', quantity: '400' });
    await ledger.activity({ importId, key: gas, entity: 'JV', quantity: '3650' });
    await ledger.activity({ importId, key: goods, entity: 'HQ', quantity: '100' });
    await project(await ledger.seal(4));
    const rows = await squares(1);
    const sums = rows.map(({ entityCode, quantity, rowQuantity, rowSquares }) => [entityCode, quantity, rowQuantity, rowSquares].join(' '));
    expect(sums.sort()).toEqual([
      'HQ 100 100 10000',
      'HQ 1000 1000 520000',
      'HQ 1000 1000 520000',
      'JV 3650 3650 13322500',
      'JV 3650 3650 13322500',
    ]);
    expect((await squares(1, [], ['JV'])).filter(({ periodStart }) => periodStart === '2025-01-01')).toHaveLength(2);
  });

  it('reads lines and totals with their intervals and what they rest on', async () => {
    const view = await read();
    expect(view).toMatchObject({ book: 'main', asOfRun: 1, year: 2025, unit: 'tCO2e', pcaf: [] });
    const [scope1] = view.lines;
    // 180 of HQ and 657 × 184/365 of JV
    expect(scope1).toMatchObject({ line: 'scope1', basis: 'all', tco2e: '0.5112', primaryDataShare: '1' });
    expect(scope1?.statuses).toEqual([{ status: 'invoiced', tco2e: '0.5112' }]);
    expect(Number(scope1?.interval?.low)).toBeLessThan(0.5112);
    expect(Number(scope1?.interval?.high)).toBeGreaterThan(0.5112);
    expect(scope1?.assumptions.map(({ assumption, tco2e }) => [assumption, tco2e])).toEqual([
      ['activity_quality_from_status', '0.5112'],
      ['factor_quality_unknown', '0.5112'],
    ]);
    expect(view.lines.map(({ line, tco2e }) => [line, tco2e])).toEqual([
      ['scope1', '0.5112'],
      ['scope3.1', '0.05'],
      ['scope3.3', '0.0852'], // 30 and 109.5 × 184/365
      ['scope3.15', '0.13032'], // 657 × 181/365 × 40 %
    ]);
    expect(view.totals.map(({ total, reading, tco2e }) => [total, reading, tco2e])).toEqual([
      ['scope3', 'location', '0.26552'],
      ['scope3', 'market', '0.26552'],
      ['scopes1-3', 'location', '0.77672'],
      ['scopes1-3', 'market', '0.77672'],
    ]);
  });

  it('adds no variance for a reversal: the books before and after a correction and its correction are equally sure', async () => {
    const before = await read();
    const counted = await squares(1);
    await ledger.reverse(corrected);
    const wrong = await ledger.activity({ importId, key: gas, entity: 'HQ', quantity: '9000' });
    await project(await ledger.seal(4));
    expect((await read()).lines[0]?.interval).not.toEqual(before.lines[0]?.interval);
    await ledger.reverse(wrong);
    await ledger.activity({ importId, key: gas, entity: 'HQ', quantity: '400' });
    await project(await ledger.seal(4));
    expect({ ...(await read()), asOfRun: 1, asOf: before.asOf }).toEqual(before);
    expect(await squares(3)).toEqual(expect.arrayContaining(counted));
  });

  it('keeps what pools posted apart from the squares, and what surveys extrapolated by name', async () => {
    await world.command(`insert into ledger_entries
      select * replace (-entry_id as entry_id, toInt64(0) as activity_id, toInt16(0) as segment, 'commuters' as pool, quantity / 2 as quantity)
      from ledger_entries where entity_code = 'HQ' and activity_type = 'spend.goods'`);
    const goods = async (surveys: string[]) =>
      (await squares(3, surveys))
        .filter(({ rowSquares }) => rowSquares === '10000')
        .map(({ quantity, rowQuantity, extrapolated }) => [quantity, rowQuantity, extrapolated]);
    expect(await goods([])).toEqual([['150', '100', '0']]);
    expect(await goods(['commuters'])).toEqual([['150', '100', '50']]);
  });

  it('weighs PCAF scores by what the files state as outstanding, in their own numbers', async () => {
    await ledger.sql(`update ingestion.mappings set spec = '{"locale": {"decimal": ",", "group": "."}}' where tenant_id = $1`, [
      ledger.tenantId,
    ]);
    const loan = async (score: string, outstanding: string, year = 2025) => {
      const leg = { leg: 'stated', sourceClass: 'investments', kgco2e: '1' } as const;
      const key = await ledger.key('investment.business-loan', 'kgCO2e', [leg], { year, attributes: { pcaf_score: score } });
      const id = await ledger.activity({ importId, key, entity: 'HQ', quantity: '10' });
      const stated = [
        { operand: 'emissions', text: '20', unit: 'kgCO2e' },
        { operand: 'outstanding', text: outstanding, unit: 'USD' },
      ];
      await ledger.sql('update ingestion.activities set stated = $3 where tenant_id = $1 and id = $2', [
        ledger.tenantId,
        id,
        JSON.stringify(stated),
      ]);
      return id;
    };
    await loan('3', '522.425,00'); // PCAF-DQ-OG
    await loan('5', '187.449');
    await loan('1', '1', 2024);
    await ledger.reverse(await loan('1', '82.778'));
    await project(await ledger.seal(8));
    expect((await read()).pcaf).toEqual([{ currency: 'USD', outstanding: '709874', score: '3.528119' }]);
  });
});
