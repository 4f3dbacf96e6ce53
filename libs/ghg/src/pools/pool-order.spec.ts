import {
  calculatePool,
  Decimal,
  isRetired,
  mayOverlap,
  netAfter,
  plain,
  POOL_ORDER,
  refusedPool,
  retired,
  TakenMembers,
  type AllocationSpec,
  type MassBalanceSpec,
  type PoolMember,
  type PoolSpec,
  type SurveySpec,
} from '#ghg';
import { allocated, annual, certificate, contextOf, electricity, kgOn, memberOf } from '../../../../test/support/pool-members';

const area: AllocationSpec = {
  kind: 'allocation',
  code: 'building',
  sources: { activityTypes: ['electricity.grid'] },
  basis: 'area',
  receivers: [
    { name: 'own floors', entityCode: 'S', weight: '300', unit: 'm2' },
    { name: 'tenant', entityCode: null, weight: '700', unit: 'm2' },
  ],
};
const survey: SurveySpec = {
  kind: 'survey',
  code: 'heads',
  select: { activityTypes: ['electricity.grid'] },
  populations: [{ entityCode: 'S', year: 2024, heads: '20', respondents: '10' }],
};
const context = contextOf([certificate('GO-1')], [allocated('GO-1', '600')]);

/** Members as instruments see them, after the kinds before. */
const after = (specs: readonly PoolSpec[], members: readonly PoolMember[]): readonly PoolMember[] =>
  specs.reduce((net, spec) => netAfter(net, [calculatePool(spec, net, context)]), members);

describe('pools over the same rows', () => {
  it('a shared total before a survey before instruments', () => {
    expect(POOL_ORDER.filter((kind) => kind !== 'mass-balance')).toEqual(['allocation', 'survey', 'instruments']);
  });

  it('300 of 1,000 MWh are the own floors’: 600 MWh of certificates cover them all, and 300 MWh are surplus', () => {
    const members = [electricity('1', '1000000')];
    const shared = calculatePool(area, members, context);
    const covered = calculatePool(annual, netAfter(members, [shared]), context);
    expect(covered.figures).toMatchObject({ consumed_kwh: '300000', covered_kwh: '300000', uncovered_kwh: '0', surplus_kwh: '300000' });
    const both = { ...covered, postings: [...shared.postings, ...covered.postings] };
    expect(kgOn('market', members, both)).toBe('0');
    expect(kgOn('location', members, both)).toBe('60000'); // 300,000 kWh × 0.2
  });

  it('moves a key once, however many legs it has, and gives a receiver a member under the same rates', () => {
    const receivers = [
      { name: 'a', entityCode: 'A', weight: '1', unit: 'm2' },
      { name: 'b', entityCode: null, weight: '3', unit: 'm2' },
    ];
    const source = electricity('1', '1000');
    const net = after([{ ...area, receivers }], [source, memberOf('2', 'goods.material', '1', 't')]);
    expect(net.map(({ matchKeyId, entityCode, quantity, activities }) => [matchKeyId, entityCode, quantity, activities])).toEqual([
      ['1', 'S', '0', 12],
      ['2', 'S', '1', 12],
      ['1', 'A', '250', 0],
    ]);
    expect(net[2]?.rates).toEqual(source.rates);
  });

  it('lets instruments cover what a receiver really consumes', () => {
    const receivers = [{ name: 'a', entityCode: 'A', weight: '1', unit: 'm2' }];
    const net = after([{ ...area, receivers }], [electricity('1', '1000')]);
    const claims = contextOf([certificate('GO-1')], [allocated('GO-1', '0.6', { entityCode: 'A' })]);
    const result = calculatePool({ ...annual, entityCode: 'A' }, net, claims);
    expect(result.figures).toMatchObject({ consumed_kwh: '1000', covered_kwh: '600', surplus_kwh: '0' });
    expect(result.postings[0]).toMatchObject({ entityCode: 'A', quantity: '-600', of: { rateId: '1-market' } });
  });

  it('extrapolates what the shared total left, and covers what was extrapolated', () => {
    const net = after([area, survey], [electricity('1', '1000')]);
    expect(net.map(({ quantity }) => quantity)).toEqual(['600']); // 1,000 × 0.3 × 20 ÷ 10
    expect(calculatePool(annual, net, context).figures).toMatchObject({ consumed_kwh: '600', covered_kwh: '600' });
  });

  it('posts in sum what the members came to', () => {
    const members = ['1', '2', '3'].map((id) => electricity(id, '7.3', { supplier: id }));
    const net = after([area], members);
    const { postings } = calculatePool(area, members, context);
    const sum = (all: readonly { quantity: string }[]): string => plain(Decimal.sum(0, ...all.map(({ quantity }) => quantity)));
    const onceEach = postings.filter(({ of }) => 'rateId' in of && of.rateId.endsWith('-market'));
    expect(sum(net)).toBe(sum([...members, ...onceEach]));
  });
});

describe('two pools of one kind', () => {
  const balance = (code: string, select: Partial<MassBalanceSpec['select']> = {}): MassBalanceSpec => ({
    kind: 'mass-balance',
    code,
    select: { activityTypes: ['refrigerant.movement'], ...select },
  });

  it.each<[string, boolean, PoolSpec, PoolSpec]>([
    ['one activity type', true, balance('a'), balance('b')],
    ['one of several', true, balance('a', { activityTypes: ['x', 'y'] }), balance('b', { activityTypes: ['y', 'z'] })],
    ['none', false, balance('a', { activityTypes: ['x'] }), balance('b', { activityTypes: ['y'] })],
    ['two values of an attribute', false, balance('a', { attributes: { gas: 'SF6' } }), balance('b', { attributes: { gas: 'R-32' } })],
    ['two attributes', true, balance('a', { attributes: { gas: 'SF6' } }), balance('b', { attributes: { movement: 'opening' } })],
    ['two entities', false, balance('a', { entities: ['A'] }), balance('b', { entities: ['B'] })],
    ['two years', false, balance('a', { years: [2024] }), balance('b', { years: [2025] })],
    ['one entity of all', true, balance('a', { entities: ['A'] }), balance('b')],
    ['two kinds', false, survey, area],
    ['a retired one', false, balance('a'), retired(balance('b'))],
    ['what an allocation weighs by', false, { ...area, sources: { activityTypes: ['x'] }, receivingMembers: area.sources }, area],
  ])('may overlap by %s: %s', (_, expected, one, other) => {
    expect(mayOverlap(one, other)).toBe(expected);
    expect(mayOverlap(other, one)).toBe(expected);
  });

  it('refuses the later by code that takes a member again, as a whole', () => {
    const members = [electricity('1', '1000'), electricity('2', '500', { supplier: 'X' })];
    const taken = new TakenMembers();
    expect(taken.take({ ...survey, code: 'a', select: { ...survey.select, entities: ['S'] } }, [members[0] as PoolMember])).toBeNull();
    const overlap = taken.take({ ...survey, code: 'b' }, members);
    expect(overlap).toEqual({
      refusal: 'pool_overlaps',
      detail: 'S 2024 electricity.grid GB in kWh is in the pool a already; b takes nothing',
      at: 'a',
    });
    expect(taken.take({ ...survey, code: 'c' }, [members[1] as PoolMember])).toBeNull();
    expect(taken.take(area, members)).toBeNull();
    const refused = overlap && refusedPool({ ...survey, code: 'b' }, members, overlap);
    expect(refused).toMatchObject({ code: 'b', postings: [], members: [{ refusal: 'pool_overlaps' }, { refusal: 'pool_overlaps' }] });
  });

  it('comes to nothing once it is retired, and says nothing', () => {
    for (const spec of [area, survey, balance('a')]) {
      expect(isRetired(spec)).toBe(false);
      expect(isRetired(retired(spec))).toBe(true);
      expect(calculatePool(retired(spec), [electricity('1', '1')], context)).toMatchObject({ members: [], postings: [], refusals: [] });
    }
    expect(retired(annual)).toBe(annual);
  });
});
