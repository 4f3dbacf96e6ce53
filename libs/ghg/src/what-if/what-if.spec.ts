import fc from 'fast-check';
import { Decimal, plain } from '../quantity/decimal';
import { scaledOf } from '../quantity/scaled';
import { sumsOfKeys, whatIf, type WhatIfCell, type WhatIfKey, type WhatIfRate } from './what-if';

const rate = (kgco2e: string, wish: Partial<WhatIfRate> = {}): WhatIfRate => ({
  leg: 'combustion',
  basis: 'all',
  sourceClass: 'stationary-combustion',
  activityType: 'fuel.natural-gas',
  kgco2e: scaledOf(kgco2e, 18),
  biogenicKgco2: 0n,
  effect: `${kgco2e} ${wish.leg ?? ''} ${wish.basis ?? ''}`,
  ...wish,
});
const cell = (entity: string, quantity: string, activities = 1, year = 2025): WhatIfCell => ({
  entity,
  year,
  quantity: scaledOf(quantity, 12),
  activities,
});
const key = (id: string, cells: readonly WhatIfCell[], ...rates: readonly WhatIfRate[]): WhatIfKey => ({
  id,
  cells,
  rates,
  outcome: rates.length > 0 ? 'calculated' : 'refused',
});
const grid = (location: string, market: string): WhatIfRate[] =>
  [[location, 'location'] as const, [market, 'market'] as const].map(([kg, basis]) =>
    rate(kg, { leg: 'generation', basis, sourceClass: 'purchased-electricity', activityType: 'electricity.grid' }),
  );

const decided = (...rates: readonly WhatIfRate[]) => ({ outcome: rates.length > 0 ? 'calculated' : 'refused', rates }) as const;

describe('a what-if', () => {
  const gas = key('1', [cell('A', '100', 2), cell('B', '50.5', 3, 2024)], rate('0.2'));
  const power = key('2', [cell('A', '10', 7)], ...grid('0.3', '0.4'));
  const open = key('3', [cell('B', '4', 1)]);
  const keys = [gas, power, open];

  it('of nothing changes nothing', () => {
    const answer = whatIf(
      sumsOfKeys(keys, 'location'),
      keys.map((each) => [each, each] as const),
    );
    expect(answer).toMatchObject({ changes: [], rows: 0, total: { location: { before: '33.1', after: '33.1', difference: '0' } } });
  });

  it('differs by quantity × (rate after − rate before), told apart by line, entity, type, year and key', () => {
    const answer = whatIf(sumsOfKeys(keys, 'location'), [
      [gas, decided(rate('0.25'))],
      [power, decided(...grid('0.3', '0.1'))],
      [open, decided(rate('2', { leg: 'service', sourceClass: 'waste', activityType: 'waste.disposal' }))],
    ]);
    expect(answer.total).toEqual({
      posted: { before: '37.1', after: '49.625', difference: '12.525' },
      location: { before: '33.1', after: '48.625', difference: '15.525' },
      market: { before: '34.1', after: '46.625', difference: '12.525' },
      biogenic: { before: '0', after: '0', difference: '0' },
    });
    expect(answer.lines.map(({ sourceClass, leg, basis, difference }) => `${sourceClass} ${leg} ${basis} ${difference}`)).toEqual([
      'purchased-electricity generation location 0',
      'purchased-electricity generation market -3',
      'stationary-combustion combustion all 7.525',
      'waste service all 8',
    ]);
    expect(Object.fromEntries(answer.entities)).toEqual({
      A: { before: '23', after: '28', difference: '5' },
      B: { before: '10.1', after: '20.625', difference: '10.525' },
    });
    expect(Object.fromEntries([...answer.activityTypes].map(([name, { difference }]) => [name, difference]))).toEqual({
      'electricity.grid': '0',
      'fuel.natural-gas': '7.525',
      'waste.disposal': '8',
    });
    expect([...answer.years].map(([year, { difference }]) => [year, difference])).toEqual([
      ['2024', '2.525'],
      ['2025', '13'],
    ]);
    expect(answer.changes.map(({ id, moves, newly, difference }) => [id, moves, newly, difference])).toEqual([
      ['3', true, 'rated', '8'],
      ['1', true, null, '7.525'],
      ['2', true, null, '0'],
    ]);
    expect(answer.rows).toBe(13);
  });

  it('moves nothing where the effects are the same, and names a key that loses its rates', () => {
    const answer = whatIf(sumsOfKeys(keys, 'market'), [
      [gas, decided()],
      [power, decided(...[...power.rates].reverse())],
    ]);
    expect(answer.changes).toMatchObject([
      { id: '1', newly: 'refused', outcome: { before: 'calculated', after: 'refused' }, before: '30.1', after: '0', difference: '-30.1' },
    ]);
    expect(answer.rows).toBe(5);
  });

  it('counts biogenic CO2 beside the total', () => {
    const wood = key('4', [cell('A', '10')], rate('1', { biogenicKgco2: scaledOf('3', 18) }));
    const answer = whatIf(sumsOfKeys([wood], 'location'), [[wood, decided(rate('1', { biogenicKgco2: 0n, effect: 'other' }))]]);
    expect(answer.total).toMatchObject({ posted: { difference: '0' }, biogenic: { before: '30', after: '0', difference: '-30' } });
  });

  it('is exact, adds up in every direction, and does not depend on the order of the keys', () => {
    const amount = (digits: bigint, scale: number) =>
      fc.bigInt(-digits, digits).map((value) => plain(new Decimal(value.toString()).div(new Decimal(10).pow(scale))));
    const drawn = fc.array(
      fc.record({
        quantities: fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), amount(10n ** 20n, 12)), { maxLength: 3 }),
        before: fc.array(amount(10n ** 22n, 18), { maxLength: 2 }),
        after: fc.array(amount(10n ** 22n, 18), { maxLength: 2 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(drawn, (wishes) => {
        const rates = (texts: readonly string[]) => texts.map((text, i) => rate(text, { leg: i === 0 ? 'combustion' : 'upstream' }));
        const pairs = wishes.map(({ quantities, before, after }, i) => {
          const cells = quantities.map(([entity, quantity]) => cell(entity, quantity));
          return [key(String(i), cells, ...rates(before)), decided(...rates(after))] as const;
        });
        const answer = whatIf(
          sumsOfKeys(
            pairs.map(([each]) => each),
            'location',
          ),
          pairs,
        );
        const backwards = [...pairs].reverse();
        expect(
          whatIf(
            sumsOfKeys(
              backwards.map(([each]) => each),
              'location',
            ),
            backwards,
          ),
        ).toEqual(answer);
        const expected = wishes.reduce((sum, { quantities, before, after }) => {
          const change = [...after.map((text) => new Decimal(text)), ...before.map((text) => new Decimal(text).neg())].reduce(
            (a, b) => a.add(b),
            new Decimal(0),
          );
          return quantities.reduce((rest, [, quantity]) => rest.add(change.mul(quantity)), sum);
        }, new Decimal(0));
        expect(answer.total.location.difference).toBe(plain(expected));
        const sumOf = (figures: Iterable<{ readonly difference: string }>) =>
          plain([...figures].reduce((sum, { difference }) => sum.add(difference), new Decimal(0)));
        for (const figures of [
          answer.lines,
          answer.entities.values(),
          answer.activityTypes.values(),
          answer.years.values(),
          answer.changes,
        ])
          expect(sumOf(figures)).toBe(plain(expected));
      }),
    );
  });
});
