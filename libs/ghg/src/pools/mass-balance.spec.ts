import {
  activityType,
  applyRate,
  balanceMass,
  Decimal,
  leakedMass,
  MOVEMENTS,
  plain,
  type MassBalanceSpec,
  type Movement,
  type PoolMember,
  type RefusalCode,
} from '#ghg';
import { contextOf, memberOf } from '../../../../test/support/pool-members';

const spec: MassBalanceSpec = { kind: 'mass-balance', code: 'refrigerants', select: { activityTypes: ['refrigerant.movement'] } };
const movement = (kind: Movement | string, quantity: string, changes: Partial<PoolMember> = {}, gas = 'R-410A'): PoolMember =>
  memberOf(`${gas}-${kind}`, 'refrigerant.movement', quantity, 'kg', { attributes: { gas, movement: kind }, rates: [], ...changes });

const year = [
  movement('opening', '50'),
  movement('purchase', '30'),
  movement('disposal', '5'),
  movement('closing', '40'),
  movement('capacity', '12'),
];

describe('a mass balance', () => {
  it('knows the movements that rows can state', () => {
    const stated = activityType('refrigerant.movement')?.attributes.find(({ name }) => name === 'movement');
    expect(stated?.values).toEqual(MOVEMENTS);
  });

  it('says that what is nowhere else has leaked', () => {
    const [opening, purchase, disposal, closing, capacity] = ['50', '30', '5', '40', '12'].map((kg) => new Decimal(kg)) as [
      Decimal,
      Decimal,
      Decimal,
      Decimal,
      Decimal,
    ];
    expect(plain(leakedMass({ opening, purchase, disposal, closing, capacity }))).toBe('23');
  });

  it('posts the leak under the composition of the substance: R-410A is half HFC-32, half HFC-125', () => {
    const result = balanceMass(spec, year, contextOf());
    expect(result.refusals).toEqual([]);
    expect(result.postings).toHaveLength(1);
    const [posting] = result.postings;
    expect(posting).toMatchObject({
      entityCode: 'S',
      year: 2024,
      quantity: '23',
      matchKeyId: null,
      of: { rate: { leg: 'leak', basis: 'all', sourceClass: 'fugitive', unit: 'kg', kgco2e: '1923.5', method: 'mass-balance' } },
      because: 'Mass balance of R-410A: 50 opening + 30 purchased − 5 disposed of − 40 closing − 12 increase of capacity = 23 kg.',
    });
    if (posting && 'rate' in posting.of) expect(plain(applyRate(posting.quantity, posting.of.rate).kgco2e)).toBe('44240.5');
    expect(result.figures).toMatchObject({ 'leaked_kg:S 2024 R-410A': '23', 'opening_kg:S 2024 R-410A': '50' });
  });

  it('adds pounds and kilograms in kilograms, and keeps one unit where there is one', () => {
    const pounds = balanceMass(
      spec,
      year.map((member) => ({ ...member, unit: 'lb' })),
      contextOf(),
    );
    expect(pounds.postings[0]).toMatchObject({ quantity: '23', of: { rate: { unit: 'lb', kgco2e: '872.484923695' } } });
    const mixed = balanceMass(spec, [...year, movement('purchase', '1', { unit: 'lb', matchKeyId: 'lb' })], contextOf());
    expect(mixed.postings[0]).toMatchObject({ quantity: '23.45359237', of: { rate: { unit: 'kg' } } });
  });

  it('keeps entities, years and substances apart', () => {
    const other = year.map((member) => ({ ...member, entityCode: 'T', matchKeyId: `T${member.matchKeyId}` }));
    const sf6 = [movement('opening', '9', {}, 'SF6'), movement('closing', '8', {}, 'SF6')];
    const result = balanceMass(spec, [...year, ...other, ...sf6], contextOf());
    expect(result.postings.map(({ entityCode, quantity }) => [entityCode, quantity])).toEqual([
      ['S', '23'],
      ['S', '1'],
      ['T', '23'],
    ]);
  });

  it('posts nothing where nothing leaked', () => {
    const result = balanceMass(spec, [movement('opening', '5'), movement('closing', '5')], contextOf());
    expect(result).toMatchObject({ postings: [], refusals: [] });
  });

  it.each<[string, PoolMember[], RefusalCode]>([
    ['no member', [], 'pool_without_members'],
    ['no closing stock', [movement('opening', '5')], 'mass_balance_open'],
    ['no opening stock', [movement('closing', '5')], 'mass_balance_open'],
    ['a stock whose rows were withdrawn', [movement('opening', '5'), movement('closing', '0', { activities: 0 })], 'mass_balance_open'],
    ['less than nothing leaked', [movement('opening', '5'), movement('closing', '6')], 'mass_balance_negative'],
    ['a movement that nobody knows', [movement('lost', '5')], 'attribute_unknown'],
    ['no movement', [movement('opening', '5', { attributes: { gas: 'SF6' } })], 'attribute_missing'],
    ['no gas', [movement('opening', '5', { attributes: { movement: 'opening' } })], 'attribute_missing'],
    ['a gas that nobody knows', [movement('opening', '5', {}, 'R-0'), movement('closing', '4', {}, 'R-0')], 'gas_unknown'],
    ['a volume', [movement('opening', '5', { unit: 'L' }), movement('closing', '4')], 'unit_dimension_mismatch'],
  ])('is refused with %s', (_, members, refusal) => {
    const result = balanceMass(spec, members, contextOf());
    expect(result.refusals).toMatchObject([{ refusal }]);
    expect(result.postings).toEqual([]);
  });

  it('cites what it does not count with the reason', () => {
    const sf6 = [movement('opening', '9', {}, 'SF6')];
    const { members } = balanceMass(spec, [...year, ...sf6], contextOf());
    expect(new Set(members.map(({ attributes, refusal }) => `${attributes.gas} ${refusal ?? 'counted'}`))).toEqual(
      new Set(['R-410A counted', 'SF6 mass_balance_open']),
    );
    const negative = balanceMass(spec, [movement('opening', '5'), movement('closing', '6')], contextOf());
    expect(new Set(negative.members.map(({ refusal }) => refusal))).toEqual(new Set(['mass_balance_negative']));
  });

  it('shows a negative balance without posting it', () => {
    const result = balanceMass(spec, [movement('opening', '5'), movement('closing', '6')], contextOf());
    expect(result.figures['leaked_kg:S 2024 R-410A']).toBe('-1');
  });
});
