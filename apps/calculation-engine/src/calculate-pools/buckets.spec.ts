import { POOL_ORDER, retired, type MemberSelector, type PoolMember } from '#ghg';
import { bucketsOf, wantedRows, type Place, type PoolInputs } from './buckets';

const NOTHING: PoolInputs = { pools: [], instruments: [], allocations: [], profiles: [] };

const row = (activityType: string, entityCode: string, year: number): PoolMember => ({
  matchKeyId: `${activityType} ${entityCode} ${year}`,
  entityCode,
  year,
  activityType,
  unit: 'kWh',
  attributes: {},
  country: 'GB',
  region: null,
  supplier: null,
  quantity: '1',
  activities: 1,
  rates: [],
});
const ROWS = [row('power', 'A', 2024), row('power', 'A', 2025), row('power', 'B', 2025), row('gas', 'A', 2025)];

const claim = (instrument: string, entityCode: string, year: number) => ({ instrument, entityCode, year, mwh: '1' });
const declared = (code: string, spec: object) => ({ code, version: 1, spec: spec as never });
const select: MemberSelector = { activityTypes: ['power'] };

const RETIRED = retired({ kind: 'mass-balance', code: 'any', select });
const ENERGY = ['electricity.grid', 'electricity.on-site', 'heat.district', 'heat.steam', 'heat.cooling'];

/** Each bucket in words: pool, entity, year, and how many rows. */
const places = (inputs: Partial<PoolInputs>, before: readonly Place[] = []) =>
  POOL_ORDER.flatMap((kind) => bucketsOf(kind, { ...NOTHING, ...inputs }, ROWS, before, 'annual')).map(
    ({ pool, entityCode, year, members }) => `${pool} ${entityCode ?? '-'} ${year ?? '-'}: ${members.length}`,
  );

describe('the calculations of a run', () => {
  it.each<[string, string[], Partial<PoolInputs>, Place[]]>([
    ['nothing declared, nothing claimed', [], {}, []],
    [
      'instruments, by what is claimed, with all rows of the place',
      ['instruments A 2025: 2', 'instruments B 2025: 1'],
      { allocations: [claim('WIND', 'B', 2025), claim('WIND', 'A', 2025), claim('SUN', 'A', 2025)] },
      [],
    ],
    ['a place where nothing is claimed any more', ['instruments A 2024: 1'], {}, [{ pool: 'instruments', entityCode: 'A', year: 2024 }]],
    [
      'a mass balance, entity by entity and year by year',
      ['tanks A 2024: 1', 'tanks A 2025: 1', 'tanks B 2025: 1'],
      { pools: [declared('tanks', { kind: 'mass-balance', select })] },
      [],
    ],
    [
      'a survey, also of those of whom no row is there',
      ['staff A 2024: 1', 'staff A 2025: 1', 'staff B 2025: 1', 'staff C 2025: 0'],
      {
        pools: [
          declared('staff', { kind: 'survey', select, populations: [{ entityCode: 'C', year: 2025, heads: '1', respondents: '1' }] }),
        ],
      },
      [],
    ],
    [
      'an allocation, year by year and across entities',
      ['round - 2024: 1', 'round - 2025: 2'],
      { pools: [declared('round', { kind: 'allocation', sources: select, basis: 'mass', receivers: [] })] },
      [],
    ],
    [
      'a pool that selects no row anywhere, at no place',
      ['tanks - -: 0', 'round - -: 0'],
      {
        pools: [
          declared('round', { kind: 'allocation', sources: { activityTypes: ['steam'] }, basis: 'mass', receivers: [] }),
          declared('tanks', { kind: 'mass-balance', select: { activityTypes: ['steam'] } }),
        ],
      },
      [],
    ],
    [
      'the place of nothing once more, where rows have come',
      ['tanks A 2025: 1', 'tanks - -: 0'],
      { pools: [declared('tanks', { kind: 'mass-balance', select: { activityTypes: ['gas'] } })] },
      [{ pool: 'tanks', entityCode: null, year: null }],
    ],
    [
      'a retired pool, where it came to something before, and nowhere else',
      ['tanks A 2025: 0'],
      { pools: [declared('tanks', RETIRED), declared('tubs', RETIRED)] },
      [{ pool: 'tanks', entityCode: 'A', year: 2025 }],
    ],
    [
      'pools in the order of their codes',
      ['a A 2025: 1', 'b A 2025: 1'],
      { pools: ['b', 'a'].map((code) => declared(code, { kind: 'mass-balance', select: { activityTypes: ['gas'] } })) },
      [],
    ],
  ])('%s', (_what, expected, inputs, before) => expect(places(inputs, before)).toEqual(expected));

  it('gives each place its own claims and instruments, and narrows the spec to it', () => {
    const allocations = [claim('WIND', 'A', 2025), claim('SUN', 'B', 2025)];
    const instruments = [{ code: 'WIND' }, { code: 'SUN' }] as never;
    const [atA] = bucketsOf('instruments', { ...NOTHING, allocations, instruments }, ROWS, [], 'annual');
    expect(atA!.input).toEqual({ allocations: [claim('WIND', 'A', 2025)], instruments: [{ code: 'WIND' }], profiles: [] });
    const populations = [
      { entityCode: 'A', year: 2025, heads: '2', respondents: '1' },
      { entityCode: 'B', year: 2025, heads: '3', respondents: '1' },
    ];
    const pools = [declared('staff', { kind: 'survey', select: { ...select, years: [2025] }, populations })];
    expect(bucketsOf('survey', { ...NOTHING, pools }, ROWS, [], 'annual').map(({ spec }) => spec)).toMatchObject([
      { code: 'staff', select: { entities: ['A'], years: [2025] }, populations: [populations[0]] },
      { code: 'staff', select: { entities: ['B'], years: [2025] }, populations: [populations[1]] },
    ]);
  });

  it('takes the rule of vintages from the declaration, and that of hours from the method pack', () => {
    const allocations = [claim('WIND', 'A', 2025)];
    const pools = [declared('instruments', { kind: 'instruments', vintage: 'within', toleranceDays: 30 })];
    const rules = [[], pools].map((pools) => bucketsOf('instruments', { ...NOTHING, pools, allocations }, ROWS, [], 'hourly')[0]!.spec);
    expect(rules).toMatchObject([
      { rule: { matching: 'hourly', vintage: 'overlaps', toleranceDays: 0 } },
      { rule: { matching: 'hourly', vintage: 'within', toleranceDays: 30 } },
    ]);
  });

  it('says nothing of where nothing is, once something is somewhere', () => {
    const pools = [declared('tanks', { kind: 'mass-balance', select: { activityTypes: ['gas'] } })];
    const before = [{ pool: 'tanks', entityCode: null, year: null }];
    const nowhere = bucketsOf('mass-balance', { ...NOTHING, pools }, ROWS, before, 'annual').at(-1)!;
    expect(nowhere.spec).toEqual({ kind: 'mass-balance', code: 'tanks', select: { activityTypes: [] } });
  });

  it('reads only the rows that a pool may ask for', () => {
    const round = declared('round', {
      kind: 'allocation',
      sources: select,
      receivingMembers: { activityTypes: ['gas'] },
      basis: 'mass',
      receivers: [],
    });
    expect(wantedRows({ ...NOTHING, pools: [round] }, [])).toEqual({ activityTypes: ['gas', 'power'], energyTypes: ENERGY, places: [] });
    const before = [{ pool: 'instruments', entityCode: 'A', year: 2024 }];
    expect(wantedRows({ ...NOTHING, allocations: [claim('WIND', 'B', 2025), claim('SUN', 'B', 2025)] }, before)).toEqual({
      activityTypes: [],
      energyTypes: ENERGY,
      places: [
        { entityCode: 'A', year: 2024 },
        { entityCode: 'B', year: 2025 },
      ],
    });
  });
});
