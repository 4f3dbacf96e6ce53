import { Readable } from 'node:stream';
import { IngestionWorld } from '../../../test/support/ingestion-world';
const N = Number(process.env['N'] ?? 200_000);
it('speed', async () => {
  const world = await IngestionWorld.open('speed');
  try {
    await world.addEntity('HQ', 'GB'); await world.addEntity('E2', 'US', 'US-CAMX');
    await world.putMapping('m', { source: 's', locale: { decimal: '.', date: 'YYYY-MM-DD' }, identity: ['id'], entity: { column: 'site' }, period: { start: { column: 'from' }, end: { column: 'to' } },
      tags: [{ column: 'cc', tag: 'cc', type: 'text' }, { column: 'budget', tag: 'budget', type: 'decimal' }], ignore: ['note'],
      slots: [{ slot: 1, activityType: { column: 'type' }, operands: { quantity: { value: { column: 'q' }, unit: { column: 'unit' } } }, supplier: { column: 'supplier' } }] });
    const rows = function* () {
      yield 'id,site,type,q,unit,from,to,cc,budget,supplier,note\n';
      for (let i = 0; i < N; i++) yield `B${i},${i % 2 ? 'HQ' : 'E2'},electricity.grid,${i}.5,kWh,202${i % 5}-0${1 + (i % 9)}-01,202${i % 5}-0${1 + (i % 9)}-28,CC-${i % 50},${i % 100}.25,S${i % 400},"some note"\n`;
    };
    const { import: r } = await world.receive('m', Readable.from(rows()).map((s: string) => Buffer.from(s)));
    let peak = 0; const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 50);
    const before = process.memoryUsage().rss;
    const t = Date.now();
    await world.staging().handle({ tenantId: world.tenantId, importId: r.id });
    const s = (Date.now() - t) / 1000; clearInterval(timer);
    const done = await world.imports.get(world.tenantId, r.id);
    console.log(N, 'rows', s, 's', Math.round(N / s), 'rows/s', 'rss before', before >> 20, 'peak', peak >> 20, done.accepted, (await world.query<{n:string}>('select count(*) n from ingestion.match_keys'))[0]);
    expect(done.accepted).toBe(N);
  } finally { await world.close(); }
}, 300_000);
