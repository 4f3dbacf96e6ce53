import fc from 'fast-check';
import {
  applyRate,
  canonicalJson,
  conversion,
  Decimal,
  decideRates,
  factorIndex,
  isRefusal,
  plain,
  rebase,
  type Decision,
  type Factor,
  type GwpSetId,
  type MatchKey,
  type Rate,
} from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const decide = (key: MatchKey, factors: readonly Factor[], gwpSet: GwpSetId = 'AR5'): Decision =>
  decideRates(key, { pack: PACK, index: factorIndex(factors.map((factor) => pinned(factor))), gases, gwpSet });
const rateOf = (key: MatchKey, factor: Factor, gwpSet: GwpSetId = 'AR5'): Rate => decide(key, [factor], gwpSet).rates[0] as Rate;
const split: Partial<Factor> = {
  gases: [
    { gas: 'CO2', kg: '2' },
    { gas: 'CH4', kgco2e: '0.28' },
    { gas: 'N2O', kg: '0.001' },
    { gas: 'CO2_biogenic', kg: '0.5' },
  ],
};

describe('decideRates', () => {
  it('takes the publisher’s total before the split, and keeps the residual on its GWP set', () => {
    const rate = rateOf(keyOf(), factorOf('a', { ...split, kgco2e: '2.6' }));
    expect(rate).toMatchObject({
      kgco2e: '2.6',
      biogenicKgco2: '0.5',
      notConvertible: { kgco2e: '0.055', gwpSet: 'AR5' },
      gases: [
        { gas: 'CO2', kg: '2' },
        { gas: 'CH4', kg: '0.01', stated: { kgco2e: '0.28', gwpSet: 'AR5' } },
        { gas: 'N2O', kg: '0.001' },
        { gas: 'CO2_biogenic', kg: '0.5' },
      ],
      rounded: false,
    });
  });

  it('sums the gases where no total is printed', () => {
    const { kgco2e: total, ...factor } = factorOf('a', split);
    expect(total).toBe('1');
    expect(rateOf(keyOf(), factor)).toMatchObject({ kgco2e: '2.545', notConvertible: null, biogenicKgco2: '0.5' });
  });

  it('re-bases what gases explain, and leaves the residual as it is', () => {
    const rate = rateOf(keyOf(), factorOf('a', { ...split, kgco2e: '2.6' }), 'AR6');
    expect(rate).toMatchObject({ gwpSet: 'AR6', kgco2e: '2.598', notConvertible: { kgco2e: '0.055', gwpSet: 'AR5' } });
    expect(rate.formula).toBe(
      '(2 kg CO2 × 1 + 0.28 as CH4 ÷ 28 × 27 + 0.001 kg N2O × 273 + 0.055 in no gas (AR5)) kgCO2e/t.km = 2.598 kgCO2e/t.km; ' +
        '(0.5 kg CO2_biogenic) kgCO2/t.km = 0.5 kgCO2/t.km',
    );
  });

  it('divides once, half-even at 18 decimals, and says so', () => {
    const rate = rateOf(keyOf(), factorOf('a', { unit: 'short-ton.mi' }));
    // 1 ÷ (0.90718474 × 1.609344) = 0.684944493485785452715…
    expect(rate).toMatchObject({ kgco2e: '0.684944493485785453', rounded: true });
    expect(rate.conversion.map((step) => `${step.from} → ${step.to}`)).toEqual(['t → short-ton', 'km → mi']);
  });

  it('is calculated, partly or refused by its required legs', () => {
    const diesel = keyOf({ activityType: 'fuel.diesel', unit: 'L' });
    const fuel = (leg: Factor['leg']) => factorOf(leg, { activityType: 'fuel.diesel', leg, unit: 'L' });
    expect(decide(diesel, [fuel('combustion'), fuel('upstream')]).outcome).toBe('calculated');
    const partly = decide(diesel, [fuel('combustion')]);
    expect(partly.outcome).toBe('partly');
    expect(partly.legs.find(({ leg }) => leg === 'upstream')).toMatchObject({ outcome: 'refused', refusal: { code: 'factor_missing' } });
    expect(decide(keyOf(), [])).toMatchObject({ outcome: 'refused', rates: [] });
    expect(decide(keyOf({ activityType: 'fuel.peat' }), [])).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'activity_type_unknown' },
    });
  });

  it('takes silence of a leg that is only if-published for no gap', () => {
    expect(decide(keyOf(), [factorOf('a')])).toMatchObject({
      outcome: 'calculated',
      legs: [{ outcome: 'rated' }, { outcome: 'not-published', refusal: { code: 'factor_missing' } }],
    });
  });

  it('refuses a leg whose gas the book’s GWP set does not know', () => {
    const factor = factorOf('a', { gases: [{ gas: 'HFC-41', kg: '1' }], kgco2e: '116' });
    expect(decide(keyOf(), [factor], 'AR4').legs[0]).toMatchObject({ outcome: 'refused', refusal: { code: 'gas_unknown' } });
  });

  it('has one canonical text for digests', () => {
    const decision = decide(keyOf(), [factorOf('a', split)]);
    expect(JSON.parse(canonicalJson(decision))).toEqual(JSON.parse(JSON.stringify(decision)));
    expect(() => canonicalJson({ kg: 0.1 })).toThrow('decimal string');
  });
});

const quantity = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => new Decimal(digits.toString()).div(new Decimal(10).pow(decimals)));
const figure = fc
  .tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }))
  .map(([digits, decimals]) => plain(new Decimal(digits).div(new Decimal(10).pow(decimals))));

describe('applyRate', () => {
  it('refuses a quantity beyond the scale', () =>
    expect(() => applyRate('0.0000000000001', rateOf(keyOf(), factorOf('a')))).toThrow('12 decimals'));

  it('splitting a row, and reversing it, keeps the total exactly', () =>
    fc.assert(
      fc.property(fc.array(quantity, { minLength: 1, maxLength: 6 }), figure, (parts, kgco2e) => {
        const rate = rateOf(keyOf(), factorOf('a', { kgco2e, unit: 'short-ton.mi' }));
        const amount = (q: Decimal) => applyRate(q, rate).kgco2e;
        const whole = parts.reduce((sum, part) => sum.add(part), new Decimal(0));
        const pieces = parts.reduce((sum, part) => sum.add(amount(part)), new Decimal(0));
        expect(plain(pieces)).toBe(plain(amount(whole)));
        expect(plain(amount(whole).add(amount(whole.neg())))).toBe('0');
        expect(amount(whole).decimalPlaces()).toBeLessThanOrEqual(30);
      }),
    ));

  it('stating a quantity in another unit keeps the total, wherever the conversion terminates', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        figure,
        fc.constantFrom('kg.km', 'g.m', 't.m', 'lb.mi', 'short-ton.mi'),
        (digits, kgco2e, unit) => {
          const way = conversion(unit, 't.km');
          if (isRefusal(way)) throw new Error(way.detail);
          const factor = factorOf('a', { kgco2e: plain(new Decimal(kgco2e).toDecimalPlaces(3)) });
          const stated = new Decimal(digits.toString());
          const there = rateOf(keyOf({ unit }), factor);
          fc.pre(!there.rounded);
          const inFactorUnit = stated.mul(way.numerator).mul(factor.kgco2e as string);
          expect(plain(applyRate(stated, there).kgco2e)).toBe(plain(inFactorUnit));
        },
      ),
    ));
});

describe('rebase', () => {
  const amounts = fc.record({ CO2: figure, CH4: figure, N2O: figure, residual: figure });
  const factorWith = ({ CO2, CH4, N2O, residual }: Record<'CO2' | 'CH4' | 'N2O' | 'residual', string>) =>
    factorOf('a', {
      gases: [
        { gas: 'CO2', kg: CO2 },
        { gas: 'CH4', kgco2e: CH4 },
        { gas: 'N2O', kgco2e: N2O },
      ],
      kgco2e: plain([CO2, CH4, N2O, residual].reduce((sum, part) => sum.add(part), new Decimal(0))),
    });

  it('there and back is the publisher’s figure; a book under one set reads as a book under the other', () =>
    fc.assert(
      fc.property(amounts, (printed) => {
        const factor = factorWith(printed);
        const [ar5, ar6] = [rateOf(keyOf(), factor, 'AR5'), rateOf(keyOf(), factor, 'AR6')];
        expect(plain(rebase(ar6, 'AR5', gases).kgco2e)).toBe(ar5.kgco2e);
        expect(plain(rebase(ar5, 'AR6', gases).kgco2e)).toBe(ar6.kgco2e);
        expect(plain(rebase(ar5, 'AR6', gases).notConvertible)).toBe(plain(new Decimal(printed.residual)));
        expect(plain(rebase(ar6, 'AR5', gases).notConvertible)).toBe('0');
        expect(plain(rebase(ar6, 'AR6', gases).notConvertible)).toBe(plain(new Decimal(printed.residual)));
      }),
    ));

  const everySet = fc.constantFrom<GwpSetId>('AR4', 'AR5', 'AR5-feedback', 'AR5-fossil-30', 'AR6', 'AR6-27.9', 'AR6-fossil-29.8');
  it('there and back between any two sets is the identity, of a fossil fuel and of a biofuel; the rest stays on its own set', () =>
    fc.assert(
      fc.property(
        amounts,
        everySet,
        everySet,
        everySet,
        fc.constantFrom<[string, 'fossil' | 'biogenic']>(['coal', 'fossil'], ['wood-logs', 'biogenic']),
        (printed, printedUnder, book, read, [fuel, origin]) => {
          const key = keyOf({ activityType: 'fuel.stationary', unit: 't', attributes: { fuel } });
          const factor = {
            ...factorWith(printed),
            activityType: 'fuel.stationary',
            leg: 'combustion' as const,
            unit: 't',
            attributes: { fuel },
          };
          const decideUnder = (gwpSet: GwpSetId) =>
            decideRates(key, { pack: PACK, index: factorIndex([pinned(factor, { gwpSet: printedUnder })]), gases, gwpSet })
              .rates[0] as Rate;
          const [there, here] = [decideUnder(read), decideUnder(book)];
          expect(plain(rebase(here, read, gases).kgco2e)).toBe(there.kgco2e);
          expect(plain(rebase(there, book, gases).kgco2e)).toBe(here.kgco2e);
          expect(plain(rebase(here, printedUnder, gases).kgco2e)).toBe(plain(new Decimal(factor.kgco2e ?? '')));
          const rest = read === printedUnder ? '0' : plain(new Decimal(printed.residual));
          expect(plain(rebase(here, read, gases).notConvertible)).toBe(rest);
          expect(there.gases.find(({ gas }) => gas === 'CH4')?.origin).toBe(origin);
        },
      ),
    ));

  it('keeps a gas that the wanted set does not know on the rate’s set, and counts it as not convertible', () => {
    const rate = rateOf(
      keyOf(),
      factorOf('a', {
        gases: [
          { gas: 'HFC-41', kg: '1' },
          { gas: 'CO2', kg: '1' },
        ],
        kgco2e: '117',
      }),
    );
    const { kgco2e, notConvertible } = rebase(rate, 'AR4', gases);
    expect([plain(kgco2e), plain(notConvertible)]).toEqual(['117', '116']);
  });
});
