import fc from 'fast-check';
import { allocateTotal, Decimal, isRefusal, plain, shareOut, type AllocationSpec, type RefusalCode } from '#ghg';
import { memberOf, rateOf } from '../../../../test/support/pool-members';

const parts = (total: string, weights: readonly string[]): string[] => {
  const shared = shareOut(
    new Decimal(total),
    weights.map((weight) => new Decimal(weight)),
  );
  if (isRefusal(shared)) throw new Error(shared.refusal);
  return shared.map(plain);
};
const sumOf = (values: readonly string[]): string => plain(values.reduce((sum, value) => sum.add(value), new Decimal(0)));

describe('shareOut', () => {
  it('GHGP-S3-4.3-I: a round of 31.5 kg by driven tonne-kilometres', () => {
    expect(parts('31.5', ['240', '150', '250'])).toEqual(['11.8125', '7.3828125', '12.3046875']);
  });

  it('GLEC-ROUND: five stops by notional direct tonne-kilometres sum to one', () => {
    const shares = parts('1', ['25', '12', '10', '32', '3.6']);
    expect(shares).toEqual(['0.302663438257', '0.145278450363', '0.121065375303', '0.387409200968', '0.043583535109']);
    expect(sumOf(shares)).toBe('1');
  });

  it('GLEC-MAIL-COLL: fourteen collections sum to the round, the seventh 0.103 kg, the fifth 7.492 kg', () => {
    const km = ['7', '7.2', '9', '8.9', '8.6', '9', '9.5', '9.5', '7', '7', '8', '7.7', '8.3', '7'];
    const kg = ['4', '1', '0.25', '2', '20', '2', '0.25', '3', '0.1', '6', '2', '3', '0.2', '0.5'];
    const weights = km.map((distance, i) => plain(new Decimal(distance).mul(kg[i] as string).div(1000)));
    expect(sumOf(weights)).toBe('0.363085');
    const shared = parts('15.815', weights);
    expect(sumOf(shared)).toBe('15.815');
    expect(shared[6]).toBe('0.103448572648');
    expect(shared[4]).toBe('7.491854524423');
  });

  it('GLEC-HUB-2: general emissions over all freight, the reefer station over refrigerated freight alone', () => {
    const general = parts('988475', ['87', '100', '4249813']);
    const reefer = parts('73980', ['100', '49900']);
    expect(general[0]).toBe('20.234664705882');
    expect(sumOf([general[1] as string, reefer[0] as string])).toBe('171.218235294118');
    expect(sumOf([...general, ...reefer])).toBe('1062455');
  });

  it('GHGP-S3-13.1: a leased factory by floor area', () => expect(parts('9000', ['5000', '10000'])).toEqual(['3000', '6000']));

  it.each<[string, readonly string[], RefusalCode]>([
    ['all weights zero', ['0', '0'], 'allocation_without_weight'],
    ['no weight at all', [], 'allocation_without_weight'],
    ['a negative weight', ['2', '-1'], 'allocation_weight_negative'],
  ])('refuses %s', (_, weights, refusal) => {
    expect(
      shareOut(
        new Decimal(1),
        weights.map((weight) => new Decimal(weight)),
      ),
    ).toMatchObject({ refusal });
  });

  it('gives parts that sum to the whole, never negative, never above their weight where the whole is not', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((value) => new Decimal(value.toString()).mul('1e-12'));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 1000 }), (weights, permille) => {
        const all = Decimal.sum(...weights);
        fc.pre(!all.isZero());
        const total = all.mul(permille).div(1000).toDecimalPlaces(12, Decimal.ROUND_DOWN);
        const shared = shareOut(total, weights);
        if (isRefusal(shared)) throw new Error(shared.refusal);
        expect(plain(Decimal.sum(...shared))).toBe(plain(total));
        shared.forEach((part, i) => expect(part.gte(0) && part.lte(weights[i] as Decimal)).toBe(true));
      }),
    );
  });
});

describe('a shared total', () => {
  // One delivery round: 31.5 units of fuel, three shipments by driven tonne-kilometres (Scope 3 Technical Guidance, example 4.3).
  const spec: AllocationSpec = {
    kind: 'allocation',
    code: 'round-1',
    sources: { activityTypes: ['freight.fuel'] },
    basis: 'driven-tonne-kilometres',
    receivers: [
      { name: 'shipment 1', entityCode: 'A', weight: '240', unit: 't.km' },
      { name: 'shipment 2', entityCode: 'B', weight: '150000', unit: 'kg.km' },
      { name: 'shipment 3', entityCode: null, weight: '250', unit: 't.km' },
    ],
  };
  const round = memberOf('1', 'freight.fuel', '31.5', 'L');

  it('is released, shared out under the same rates, and what others received is shown', () => {
    const result = allocateTotal(spec, [round]);
    expect(result.postings).toEqual([
      expect.objectContaining({
        entityCode: 'S',
        quantity: '-31.5',
        of: { rateId: '1-operation' },
        because: 'Released: 31.5 L are shared out by driven-tonne-kilometres, 640 t.km in all.',
      }),
      expect.objectContaining({
        entityCode: 'A',
        quantity: '11.8125',
        of: { rateId: '1-operation' },
        because: 'Share of shipment 1: 31.5 L × 240 ÷ 640 t.km = 11.8125 L.',
      }),
      expect.objectContaining({ entityCode: 'B', quantity: '7.3828125' }),
    ]);
    expect(result.figures).toMatchObject({
      weight_total: '640',
      'share:shipment 1': '0.375',
      'share:shipment 2': '0.234375',
      'share:shipment 3': '0.390625',
      'others:shipment 3:S 2024 freight.fuel GB in L': '12.3046875',
    });
  });

  it('says where a part takes the remainder, so that every other share multiplies out', () => {
    const thirds = ['a', 'b', 'c'].map((name) => ({ name, entityCode: 'A', weight: '1', unit: 't.km' }));
    const { postings } = allocateTotal({ ...spec, receivers: thirds }, [memberOf('1', 'freight.fuel', '1', 'L')]);
    expect(postings.slice(1).map(({ because }) => because)).toEqual([
      'Share of a: 1 L × 1 ÷ 3 t.km = 0.333333333333 L.',
      'Share of b: 1 L × 1 ÷ 3 t.km = 0.333333333334 L (takes the remainder).',
      'Share of c: 1 L × 1 ÷ 3 t.km = 0.333333333333 L.',
    ]);
  });

  it('shares each year out by the weights stated for it, and says which weight holds for every year', () => {
    const receivers = [
      { name: 'a', entityCode: 'A', weight: '1', unit: 't.km' },
      {
        name: 'b',
        entityCode: 'B',
        years: [
          { year: 2024, weight: '3' },
          { year: 2023, weight: '1' },
        ],
        unit: 't.km',
      },
    ];
    const rounds = [2022, 2023, 2024].map((year) => memberOf('1', 'freight.fuel', '12', 'L', { year }));
    const { postings, figures } = allocateTotal({ ...spec, receivers }, rounds);
    expect(postings.map(({ year, entityCode, quantity }) => `${year} ${entityCode} ${quantity}`)).toEqual([
      '2022 S -12',
      '2022 A 12',
      '2023 S -12',
      '2023 A 6',
      '2023 B 6',
      '2024 S -12',
      '2024 A 3',
      '2024 B 9',
    ]);
    expect(figures).toMatchObject({ '2024:weight_years:a': 'every year', '2024:weight_years:b': '2024', '2024:share:b': '0.75' });
    expect(figures).not.toHaveProperty('2022:share:b');
    const twice = [
      {
        ...receivers[1]!,
        years: [
          { year: 2024, weight: '1' },
          { year: 2024, weight: '2' },
        ],
      },
    ];
    expect(allocateTotal({ ...spec, receivers: twice }, [round]).refusals).toMatchObject([{ refusal: 'allocation_receiver_twice' }]);
  });

  it('names a source without a rate, and cites what it does not count with the reason', () => {
    const result = allocateTotal(spec, [round, memberOf('2', 'freight.fuel', '5', 'L', { supplier: 'X', rates: [] })]);
    expect(result.refusals).toMatchObject([{ refusal: 'allocation_source_unrated', at: 'S 2024 freight.fuel GB X in L' }]);
    expect(result.members.map(({ matchKeyId, refusal }) => [matchKeyId, refusal])).toEqual([
      ['2', 'allocation_source_unrated'],
      ['1', undefined],
    ]);
    expect(result.postings.every(({ matchKeyId }) => matchKeyId === '1')).toBe(true);
  });

  it('shares out every leg', () => {
    const rates = ['operation', 'upstream'].map((rateId) => ({ rateId, rate: rateOf('operation', 'all', '1', { unit: 'L' }) }));
    const own = { ...spec, receivers: spec.receivers.map((receiver) => ({ ...receiver, entityCode: 'A' })) };
    const { postings } = allocateTotal(own, [{ ...round, rates }]);
    for (const { rateId } of rates)
      expect(sumOf(postings.filter(({ of }) => 'rateId' in of && of.rateId === rateId).map(({ quantity }) => quantity))).toBe('0');
  });

  it('lets members receive by their own quantity', () => {
    const legs = [
      memberOf('2', 'freight.road', '300', 't.km', { entityCode: 'A' }),
      memberOf('3', 'freight.road', '100', 't.km', { entityCode: 'B' }),
    ];
    const result = allocateTotal({ ...spec, receivers: [], receivingMembers: { activityTypes: ['freight.road'] } }, [...legs, round]);
    expect(result.postings.map(({ entityCode, quantity }) => [entityCode, quantity])).toEqual([
      ['S', '-31.5'],
      ['A', '23.625'],
      ['B', '7.875'],
    ]);
    expect(result.members).toHaveLength(3);
  });

  it('weighs a passenger as 100 kg beside freight', () => {
    const receivers = [
      { name: 'freight', entityCode: 'A', weight: '30', unit: 't.km' },
      { name: 'passengers', entityCode: null, weight: '100', unit: 'passenger.km' },
    ];
    const result = allocateTotal({ ...spec, basis: 'passenger-equivalent-kilometres', receivers }, [round]);
    expect(result.figures).toMatchObject({ 'weight:passengers': '10', 'share:freight': '0.75', 'share:passengers': '0.25' });
  });

  it.each<[string, Partial<AllocationSpec>, RefusalCode]>([
    ['no source', { sources: { activityTypes: ['freight.rail'] } }, 'pool_without_members'],
    ['no weight', { receivers: [{ name: 'a', entityCode: 'A', weight: '0', unit: 't.km' }] }, 'allocation_without_weight'],
    ['no receiver', { receivers: [] }, 'allocation_without_weight'],
    ['a weight of another dimension', { receivers: [{ name: 'a', entityCode: 'A', weight: '1', unit: 'm2' }] }, 'unit_dimension_mismatch'],
    ['a negative weight', { receivers: [{ name: 'a', entityCode: 'A', weight: '-1', unit: 't.km' }] }, 'number_malformed'],
    ['a receiver twice', { receivers: [...spec.receivers, ...spec.receivers] }, 'allocation_receiver_twice'],
    ['a unit that nobody knows', { receivers: [{ name: 'a', entityCode: 'A', weight: '1', unit: 'crate' }] }, 'unit_unknown'],
  ])('is refused with %s', (_, changes, refusal) => {
    const result = allocateTotal({ ...spec, ...changes }, [round]);
    expect(result.refusals).toMatchObject([{ refusal }]);
    expect(result.postings).toEqual([]);
  });
});
