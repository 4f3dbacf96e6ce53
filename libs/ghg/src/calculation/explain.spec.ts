import { amountFormula, cutAtYearEnds, Decimal, decideRates, factorIndex, quantitySteps, type Factor, type Rate } from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';

const whole = { start: '2024-12-01', end: '2025-01-31', quantity: new Decimal(60) };
const uncut = { ...whole, start: '2025-01-01', segment: 1, segments: 1 };
const freight = [
  { operand: 'distance', text: '30', unit: 'km' },
  { operand: 'mass', text: '2', unit: 't' },
];
const rail = { activityType: 'freight.rail', stated: freight };
const one = { activityType: 'fuel.wood-pellets', stated: [{ operand: 'quantity', text: '60', unit: 't' }], unit: 't' };

describe('quantitySteps', () => {
  it('shows the product of the operands', () =>
    expect(quantitySteps({ ...rail, unit: 't.km', rounded: false, whole: uncut, part: uncut })).toEqual(['2 t × 30 km = 60 t.km']));

  it('falls back to the product where the vocabulary knows the formula no more', () =>
    expect(quantitySteps({ ...rail, activityType: 'gone', unit: 't.km', rounded: false, whole: uncut, part: uncut })).toEqual([
      '30 km × 2 t = 60 t.km',
    ]));

  it.each<[string, string, string, boolean, Record<string, string>, string]>([
    [
      'a division',
      'travel.car',
      'km',
      true,
      { distance: '100 km', people: '100 person', people_per_car: '3 person' },
      '100 person × 100 km ÷ 3 person = 60 km, divided half-even at 12 decimals',
    ],
    [
      'a division with a conversion',
      'fuel.diesel',
      'L',
      false,
      { spend: '90 GBP', unit_price: '1,500 GBP/m3' },
      '90 GBP ÷ 1,500 GBP/m3 = 60 L',
    ],
    [
      'a sum, a ratio and a conversion',
      'freight.vehicle',
      'km',
      false,
      { loaded_distance: '118 km', empty_distance: '2000 m', share: '50 %' },
      '(118 km + 2000 m) × 50 % (1 m = 0.001 km) = 60 km',
    ],
    ['what is taken off', 'spend.goods', 'GBP', false, { quantity: '72 GBP', tax_rate: '20 %' }, '72 GBP ÷ (1 + 20 %) = 60 GBP'],
    [
      'a great circle',
      'travel.air.domestic',
      'passenger.km',
      false,
      {
        passengers: '1 passenger',
        origin_latitude: '51.47 deg',
        origin_longitude: '-0.45 deg',
        destination_latitude: '55.95 deg',
        destination_longitude: '-3.37 deg',
        distance_addition: '95 km',
      },
      '(great circle from 51.47° -0.45° to 55.95° -3.37°, radius 6371.0088 km, + 95 km) × 1 passenger = 60 passenger.km',
    ],
  ])('shows %s', (_, activityType, unit, divided, operands, expected) => {
    const stated = Object.entries(operands).map(([operand, figure]) => {
      const [text = '', of = ''] = figure.split(' ');
      return { operand, text, unit: of };
    });
    expect(quantitySteps({ activityType, stated, unit, rounded: false, divided, whole: uncut, part: uncut })).toEqual([expected]);
  });

  it('shows the cut at the end of a year, and what the last part takes', () =>
    expect(cutAtYearEnds(whole).flatMap((part) => quantitySteps({ ...one, rounded: false, whole, part }))).toEqual([
      'part of 2024: 60 t × 31 of 62 days = 30 t',
      'part of 2025: 60 t × 31 of 62 days = 30 t, what the earlier parts left',
    ]));

  it('shows both, the product first', () =>
    expect(
      quantitySteps({
        ...rail,
        unit: 't.km',
        rounded: true,
        whole,
        part: { ...whole, end: '2024-12-31', segment: 1, segments: 2 },
      }),
    ).toEqual(['2 t × 30 km = 60 t.km, rounded half-even at 12 decimals', 'part of 2024: 60 t.km × 31 of 62 days = 60 t.km']));

  it('is silent where one number was stated and nothing was cut', () =>
    expect(quantitySteps({ ...one, rounded: false, whole: uncut, part: uncut })).toEqual([]));
});

describe('amountFormula', () => {
  const pellets = (leg: Factor['leg'], amounts: Pick<Factor, 'gases' | 'kgco2e'>): Rate => {
    const { kgco2e: total, ...factor } = factorOf(leg, { activityType: 'fuel.wood-pellets', leg, unit: 't' });
    expect(total).toBe('1');
    const key = keyOf({ activityType: 'fuel.wood-pellets', unit: 't' });
    return decideRates(key, { pack: PACK, index: factorIndex([pinned({ ...factor, ...amounts })]), gases, gwpSet: 'AR5' }).rates[0] as Rate;
  };

  it('of a biogenic leg is of its CO2, not of zeros', () =>
    expect(amountFormula(pellets('biogenic', { gases: [{ gas: 'CO2_biogenic', kg: '1.7' }] }), '2', '0', '3.4')).toBe(
      '2 t × 1.7 kg CO2/t = 3.4 kg CO2 of biogenic origin, outside the scopes, where the rate is (1.7 kg CO2_biogenic) kgCO2/t = 1.7 kgCO2/t',
    ));

  it('shows biogenic CO2 beside what is inside the scopes', () =>
    expect(amountFormula(pellets('combustion', { kgco2e: '1', gases: [{ gas: 'CO2_biogenic', kg: '0.5' }] }), '2', '2', '1')).toBe(
      '2 t × 1 kg CO2e/t = 2 kg CO2e; 2 t × 0.5 kg CO2/t = 1 kg CO2 of biogenic origin, outside the scopes, ' +
        'where the rate is 1 kgCO2e/t = 1 kgCO2e/t; (0.5 kg CO2_biogenic) kgCO2/t = 0.5 kgCO2/t',
    ));

  it('says nothing of biogenic CO2 where there is none', () =>
    expect(amountFormula(pellets('combustion', { kgco2e: '1', gases: [] }), '2', '2', '0')).toBe(
      '2 t × 1 kg CO2e/t = 2 kg CO2e, where the rate is 1 kgCO2e/t = 1 kgCO2e/t',
    ));
});
