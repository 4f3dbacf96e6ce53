import fc from 'fast-check';
import {
  calculatePool,
  Decimal,
  poolText,
  type AllocationSpec,
  type Instrument,
  type InstrumentAllocation,
  type PoolContext,
  type PoolMember,
  type PoolResult,
  type PoolSpec,
} from '#ghg';
import { allocated, annual, certificate, contextOf, electricity, kgOn, memberOf } from '../../../../test/support/pool-members';

/** A plain decimal of at most 12 decimals. */
const amount = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => new Decimal(digits.toString()).mul(new Decimal(10).pow(-decimals)).toFixed());
const share = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((value) => new Decimal(value.toString()).mul('1e-12').toFixed());
const shuffled = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...values], { minLength: values.length });

const meters = fc
  .array(fc.record({ quantity: amount, unit: fc.constantFrom('kWh', 'MWh', 'GJ'), country: fc.constantFrom('GB', 'FR') }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => all.map(({ quantity, unit, country }, i) => electricity(`${i}`, quantity, { unit, country, supplier: `supplier-${i}` })));
const claims = fc.array(
  fc.record({
    kind: fc.constantFrom<Instrument['kind']>('certificate', 'contract', 'supplier-rate'),
    market: fc.constantFrom('GB', 'FR'),
    retired: amount,
    share,
  }),
  { maxLength: 5 },
);

function claimsOf(
  stated: readonly { kind: Instrument['kind']; market: string; retired: string; share: string }[],
): [Instrument[], InstrumentAllocation[]] {
  const instruments = stated.map(({ kind, market, retired }, i) => certificate(`i${i}`, { kind, market, retiredMwh: retired }));
  const allocations = stated.map(({ retired, share: part }, i) =>
    allocated(`i${i}`, new Decimal(retired).mul(part).toDecimalPlaces(9, Decimal.ROUND_DOWN).toFixed()),
  );
  return [instruments, allocations];
}

const released = ({ postings }: PoolResult, rateId: string): Decimal =>
  postings.reduce((sum, { of, quantity }) => ('rateId' in of && of.rateId === rateId ? sum.sub(quantity) : sum), new Decimal(0));
const figure = ({ figures }: PoolResult, name: string): Decimal => new Decimal(figures[name] ?? '0');

describe('every pool', () => {
  const round: AllocationSpec = {
    kind: 'allocation',
    code: 'round',
    sources: { activityTypes: ['freight.fuel'] },
    basis: 'mass',
    receivers: ['x', 'y', 'z'].map((name, i) => ({ name, entityCode: 'A', weight: `${i + 1}`, unit: 'kg' })),
    receivingMembers: { activityTypes: ['goods.material'] },
  };
  const members = [
    ...['1', '2', '3'].map((id) => electricity(id, '7', { supplier: id })),
    ...['4', '5'].map((id) => memberOf(id, 'freight.fuel', '10', 'L', { supplier: id })),
    ...['6', '7'].map((id) => memberOf(id, 'goods.material', '1', 't', { supplier: id })),
    ...['opening', 'purchase', 'closing'].map((movement, i) =>
      memberOf(movement, 'refrigerant.movement', `${9 - i}`, 'kg', { attributes: { gas: 'R-404A', movement } }),
    ),
  ];
  const specs: PoolSpec[] = [
    annual,
    round,
    { kind: 'mass-balance', code: 'gas', select: { activityTypes: ['refrigerant.movement'] } },
    {
      kind: 'survey',
      code: 'survey',
      select: { activityTypes: ['goods.material', 'freight.fuel'] },
      populations: [{ entityCode: 'S', year: 2024, heads: '70', respondents: '30' }],
    },
  ];
  const [instruments, allocations] = claimsOf(
    (['certificate', 'contract', 'supplier-rate'] as const).map((kind) => ({ kind, market: 'GB', retired: '0.006', share: '0.9' })),
  );
  const context = contextOf(instruments, allocations);

  it.each(specs.map((spec) => [spec.kind, spec] as const))(
    '%s has the same text in whatever order its members and instruments come',
    (_, spec) => {
      const text = poolText(calculatePool(spec, members, context));
      expect(calculatePool(spec, members, context).postings.length).toBeGreaterThan(0);
      fc.assert(
        fc.property(shuffled(members), shuffled(instruments), shuffled(allocations), (reordered, otherInstruments, otherAllocations) => {
          const otherContext: PoolContext = { ...context, instruments: otherInstruments, allocations: otherAllocations };
          expect(poolText(calculatePool(spec, reordered, otherContext))).toBe(text);
        }),
        { numRuns: 30 },
      );
    },
  );

  it('has another text where a member has another quantity', () => {
    const changed = members.map((member) => ({ ...member, quantity: new Decimal(member.quantity).add(1).toFixed() }));
    for (const spec of specs)
      expect(poolText(calculatePool(spec, changed, context))).not.toBe(poolText(calculatePool(spec, members, context)));
  });

  it('has postings that a ledger can hold', () => {
    for (const spec of specs)
      for (const { quantity } of calculatePool(spec, members, context).postings) expect(quantity).toMatch(/^-?\d{1,20}(\.\d{1,12})?$/);
  });
});

describe('instruments, whatever is consumed and allocated', () => {
  const calculated = (all: readonly PoolMember[], stated: Parameters<typeof claimsOf>[0]): PoolResult =>
    calculatePool(annual, all, contextOf(...claimsOf(stated)));

  it('cover no key beyond its consumption, and release exactly what they post', () => {
    fc.assert(
      fc.property(meters, claims, (all, stated) => {
        const result = calculated(all, stated);
        for (const { matchKeyId, quantity } of all) {
          const out = released(result, `${matchKeyId}-market`);
          expect(out.gte(0) && out.lte(quantity)).toBe(true);
          const net = result.postings
            .filter((posting) => posting.matchKeyId === matchKeyId)
            .reduce((sum, posting) => sum.add(posting.quantity), new Decimal(0));
          expect(net.isZero()).toBe(true);
        }
      }),
    );
  });

  it('never cover more than was allocated, nor allocate more than was retired; the figures close', () => {
    fc.assert(
      fc.property(meters, claims, (all, stated) => {
        const result = calculated(all, stated);
        expect(result.refusals.every(({ refusal }) => refusal === 'instrument_market_differs')).toBe(true);
        stated.forEach(({ retired }, i) => expect(figure(result, `covered_kwh:i${i}`).lte(new Decimal(retired).mul(1000))).toBe(true));
        const tiny = '1e-9';
        const closes = (whole: string, ...named: string[]): boolean =>
          named
            .reduce((left, name) => left.sub(figure(result, name)), figure(result, whole))
            .abs()
            .lte(tiny);
        expect(closes('consumed_kwh', 'covered_kwh', 'uncovered_kwh')).toBe(true);
        expect(closes('allocated_kwh', 'covered_kwh', 'surplus_kwh', 'refused_kwh')).toBe(true);
        expect(figure(result, 'surplus_kwh').gte(0)).toBe(true);
      }),
    );
  });

  it('never touch the location basis', () => {
    fc.assert(
      fc.property(meters, claims, (all, stated) => {
        const rows = { ...calculated(all, stated), postings: [] };
        expect(kgOn('location', all, calculated(all, stated))).toBe(kgOn('location', all, rows));
      }),
    );
  });

  it('in kilowatt-hours cover and close to the last digit', () => {
    fc.assert(
      fc.property(meters, claims, (all, stated) => {
        const inKwh = all.map((member) => electricity(member.matchKeyId, member.quantity, { supplier: member.matchKeyId }));
        const result = calculated(
          inKwh,
          stated.map((claim) => ({ ...claim, market: 'GB' })),
        );
        const consumed = Decimal.sum(...inKwh.map(({ quantity }) => quantity));
        expect(figure(result, 'covered_kwh').toFixed()).toBe(Decimal.min(consumed, figure(result, 'allocated_kwh')).toFixed());
      }),
    );
  });
});

describe('an allocation, whatever is shared out by whatever weights', () => {
  it('posts nothing in sum where all receivers are own, and what others received where they are not', () => {
    const receivers = fc.array(fc.record({ weight: amount, own: fc.boolean() }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amount, receivers, (quantity, stated) => {
        fc.pre(stated.some(({ weight }) => weight !== '0'));
        const spec: AllocationSpec = {
          kind: 'allocation',
          code: 'a',
          sources: { activityTypes: ['freight.fuel'] },
          basis: 'throughput',
          receivers: stated.map(({ weight, own }, i) => ({ name: `r${i}`, entityCode: own ? 'A' : null, weight, unit: 't' })),
        };
        const { postings, figures } = calculatePool(spec, [memberOf('1', 'freight.fuel', quantity, 'L')], contextOf());
        const sumOf = (prefix: string): Decimal =>
          Object.entries(figures).reduce((sum, [name, value]) => (name.startsWith(prefix) ? sum.add(value) : sum), new Decimal(0));
        const net = postings.reduce((sum, posting) => sum.add(posting.quantity), new Decimal(0));
        expect(net.add(sumOf('others:')).isZero()).toBe(true);
        expect(sumOf('share:').toFixed()).toBe('1');
      }),
    );
  });
});
