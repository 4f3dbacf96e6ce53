import {
  APPROACHES,
  applyRate,
  bridgeOrder,
  calculatePool,
  checkReading,
  decideRates,
  factorIndex,
  INSTRUMENT_RULE_2015,
  isRefusal,
  legsOf,
  METHOD_PACK_DEFAULT,
  METHOD_PACKS,
  methodPack,
  plain,
  readInventory,
  readQuality,
  readState,
  reportedLine,
  type Approach,
  type Cell,
  type GwpSetId,
  type HourlyProfile,
  type Inventory,
  type LegSpec,
  type MatchKey,
  type MethodPack,
  type PoolMember,
  type RatedLeg,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';
import { allocated, certificate, contextOf } from '../../../../test/support/pool-members';

describe('the method packs', () => {
  it('have names of their own; one of them is the default', () => {
    const ids = METHOD_PACKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(METHOD_PACK_DEFAULT);
  });
  it.each(METHOD_PACKS)('$id names its sources, reads something and bridges in an order that is published', (pack) => {
    expect(pack.sources).not.toEqual([]);
    expect(pack.approaches.every((approach) => APPROACHES.includes(approach))).toBe(true);
    expect(pack.gwpSets).not.toEqual([]);
    expect(bridgeOrder(pack.bridgeOrder)).toMatchObject({ id: pack.bridgeOrder });
    expect(methodPack(pack.id)).toBe(pack);
  });
  it('by the hour differ from the default in matching alone', () => {
    const { id, title, instrumentMatching, ...others } = methodPack('ghg-protocol-2015-hourly') as MethodPack;
    expect([id, title, instrumentMatching]).not.toContain(PACK.instrumentMatching);
    expect({ ...PACK, ...others }).toEqual(PACK);
  });
  it('are refused under a name that nobody knows', () => {
    expect(methodPack('ghg-protocol-1999')).toMatchObject({ refusal: 'method_pack_unknown', at: 'ghg-protocol-1999' });
  });
});

/** Losses stand beside the energy they are of, hotels count what is upstream of them, hours are matched, nobody reads by equity share. */
const DRAFT: MethodPack = {
  id: 'draft-of-a-test',
  title: 'Rules that nobody has drafted',
  sources: ['this test'],
  status: 'draft',
  approaches: PACK.approaches.filter((approach) => approach !== 'equity-share'),
  gwpSets: ['AR5'],
  legsOf: (type, attributes) => [...legsOf(type, attributes), ...(type.id === 'travel.hotel' ? [UPSTREAM_OF_HOTELS] : [])],
  reportedLine: (sourceClass, interest, approach, activityType) =>
    reportedLine(sourceClass === 'transmission-losses' ? 'purchased-electricity' : sourceClass, interest, approach, activityType),
  instrumentMatching: 'hourly',
  bridgeOrder: PACK.bridgeOrder,
};
const UPSTREAM_OF_HOTELS: LegSpec = {
  leg: 'upstream',
  basis: 'all',
  sourceClass: 'business-travel',
  requirement: 'if-published',
  borrowsAbroad: true,
  boundary: 'optional',
};

// 8,784 kWh, one in each hour of the leap year 2024, and five nights. The certificate's wind blows in the first half of the year, 2 kWh an hour.
const POWER = keyOf({ activityType: 'electricity.grid', unit: 'kWh' });
const HOTEL = keyOf({ activityType: 'travel.hotel', unit: 'night' });
const QUANTITIES: readonly (readonly [MatchKey, string])[] = [
  [POWER, '8784'],
  [HOTEL, '5'],
];
const grid = { activityType: 'electricity.grid', unit: 'kWh' } as const;
const hotel = { activityType: 'travel.hotel', unit: 'night' } as const;
const FACTORS = [
  factorOf('grid', { ...grid, leg: 'generation', kgco2e: '0.2' }),
  factorOf('residual', { ...grid, leg: 'generation', kgco2e: '0.45', attributes: { basis: 'market' } }),
  factorOf('losses', { ...grid, leg: 'losses', kgco2e: '0.02' }),
  factorOf('hotel', { ...hotel, leg: 'service', kgco2e: '10' }),
  factorOf('hotel-upstream', { ...hotel, leg: 'upstream', kgco2e: '3' }),
];
const index = factorIndex(FACTORS.map((factor) => pinned(factor)));
const decided = (pack: MethodPack, key: MatchKey) => decideRates(key, { pack, index, gases, gwpSet: 'AR5' });

const hours = (first: string, second: string): string[] => [...Array<string>(4392).fill(first), ...Array<string>(4392).fill(second)];
const PROFILES: readonly HourlyProfile[] = [
  { of: { entity: 'S' }, year: 2024, timeZone: 'Europe/London', kwh: hours('1', '1') },
  { of: { instrument: 'GO' }, year: 2024, timeZone: 'Europe/London', kwh: hours('2', '0') },
];
const CONTEXT = contextOf([certificate('GO', { retiredMwh: '8.784' })], [allocated('GO', '8.784')], PROFILES);

const legOf = (rateId: string, key: MatchKey | null, rate: RatedLeg['rate']): RatedLeg => {
  const { leg, basis, sourceClass } = rate;
  return { rateId, leg, basis, sourceClass, rate, key };
};
const cellOf = ({ rateId, rate, key }: Pick<RatedLeg, 'rateId' | 'rate' | 'key'>, quantity: string): Cell => ({
  entityCode: 'S',
  rateId,
  year: 2024,
  periodStart: null,
  periodEnd: null,
  quantity,
  kgco2e: plain(applyRate(quantity, rate).kgco2e),
  group: null,
  activityType: key?.activityType ?? 'electricity.grid',
  pool: '',
  matchKeyId: null,
});

/** From keys over rates and the instruments' pool to the ledger, as a book under these rules holds it. */
function ledgerUnder(pack: MethodPack): { cells: Cell[]; legs: RatedLeg[]; covered: string | undefined } {
  const legs = QUANTITIES.flatMap(([key]) =>
    decided(pack, key).rates.map((rate) => legOf(`${key.activityType} ${rate.leg} ${rate.basis}`, key, rate)),
  );
  const rows = QUANTITIES.flatMap(([key, quantity]) => legs.filter((leg) => leg.key === key).map((leg) => cellOf(leg, quantity)));
  const member: PoolMember = {
    ...POWER,
    matchKeyId: '1',
    entityCode: 'S',
    quantity: '8784',
    activities: 1,
    rates: legs.filter(({ key }) => key === POWER),
  };
  const rule = { ...INSTRUMENT_RULE_2015, matching: pack.instrumentMatching };
  const pool = calculatePool({ kind: 'instruments', code: 'market', entityCode: 'S', year: 2024, rule }, [member], CONTEXT);
  expect(pool.refusals).toEqual([]);
  const posted = pool.postings.map(({ of, quantity }, i) => {
    const leg = 'rate' in of ? legOf(`posted ${i}`, null, of.rate) : (legs.find(({ rateId }) => rateId === of.rateId) as RatedLeg);
    return { leg, cell: cellOf(leg, quantity) };
  });
  return {
    cells: [...rows, ...posted.map(({ cell }) => cell)],
    legs: [...new Map([...legs, ...posted.map(({ leg }) => leg)].map((leg) => [leg.rateId, leg])).values()],
    covered: pool.figures['covered_kwh'],
  };
}

const reading = (pack: MethodPack, approach: Approach = 'operational-control', gwp: GwpSetId = 'AR5') => {
  const { cells, legs } = ledgerUnder(pack);
  return { pack, cells, legs, organisation: { entities: ['S'], holdings: [] }, year: 2024, approach, gwp, gases };
};
function inventoryUnder(pack: MethodPack): Inventory {
  const inventory = readInventory(reading(pack));
  if (isRefusal(inventory)) throw new Error(inventory.detail);
  return inventory;
}

describe('a pack that the kernel has never seen', () => {
  const packs = METHOD_PACKS.map((pack) => ({ ...pack }));

  it('has its own legs, and every other leg is what it is by default', () => {
    const shown = (pack: MethodPack, key: MatchKey) =>
      decided(pack, key).legs.map(({ leg, basis, outcome }) => `${leg} ${basis} ${outcome}`);
    expect(shown(PACK, HOTEL)).toEqual(['service all rated']);
    expect(shown(DRAFT, HOTEL)).toEqual(['service all rated', 'upstream all rated']);
    expect(decided(DRAFT, HOTEL).rates[1]).toMatchObject({ kgco2e: '3', boundary: 'optional' });
    expect(decided(DRAFT, POWER)).toEqual(decided(PACK, POWER));
  });

  it('matches instruments its own way', () => {
    expect([ledgerUnder(PACK).covered, ledgerUnder(DRAFT).covered]).toEqual(['8784', '4392']);
  });

  it('makes another inventory of the same rows, side by side with the default', () => {
    const figures = ({ methodPack, scope2Location, scope2Market, scope3ByCategory }: Inventory) => ({
      under: `${methodPack.id}, ${methodPack.status}`,
      scope2Location,
      scope2Market,
      scope3ByCategory,
    });
    expect([PACK, DRAFT].map((pack) => figures(inventoryUnder(pack)))).toEqual([
      {
        under: 'ghg-protocol-2015, in-force',
        scope2Location: '1.7568', // 8,784 kWh × 0.2 kg
        scope2Market: '0', // all of it covered over the year
        scope3ByCategory: { '3': '0.17568', '6': '0.05' }, // 8,784 kWh × 0.02 kg; 5 nights × 10 kg
      },
      {
        under: 'draft-of-a-test, draft',
        scope2Location: '1.93248', // losses beside generation
        scope2Market: '2.15208', // 4,392 kWh × 0.45 left uncovered, and the losses
        scope3ByCategory: { '6': '0.065' }, // 5 nights × (10 + 3) kg
      },
    ]);
    expect(METHOD_PACKS).toEqual(packs);
  });
});

describe('a reading that the pack does not have', () => {
  it.each<[Approach, GwpSetId, object | null]>([
    ['operational-control', 'AR5', null],
    ['equity-share', 'AR5', { refusal: 'approach_not_in_pack', at: 'equity-share' }],
    ['operational-control', 'AR6', { refusal: 'gwp_set_not_in_pack', at: 'AR6' }],
    ['equity-share', 'AR6', { refusal: 'approach_not_in_pack', at: 'equity-share' }],
  ])('%s under %s', (approach, gwp, refusal) => {
    const choices = reading(DRAFT, approach, gwp);
    const state = { ...choices, cells: choices.cells.map((cell) => ({ ...cell, poolKind: null, country: 'GB' })) };
    const quality = { ...choices, cells: [], gwpErrors: 'none', financed: [] } as const;
    const readings = [checkReading(DRAFT, approach, gwp), readInventory(choices), readState(state), readQuality(quality)];
    for (const read of readings)
      if (refusal) expect(read).toMatchObject(refusal);
      else expect(isRefusal(read)).toBe(false);
    expect(checkReading(PACK, approach, gwp)).toBeNull();
  });
});
