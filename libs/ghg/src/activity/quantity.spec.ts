import fc from 'fast-check';
import {
  ACTIVITY_TYPES,
  Decimal,
  formulaFor,
  GREAT_CIRCLE_OPERANDS,
  isRefusal,
  measuredDimensions,
  operandsOfType,
  parseUnit,
  plain,
  quantityOf,
  spellings,
  spendOver,
  withGreatCircle,
  withSpend,
  type ActivityType,
  type OperandSpec,
  type QuantityFormula,
  type Rounding,
} from '#ghg';

const type = (...formulas: QuantityFormula[]): ActivityType => ({ id: 'test', title: 'Test', formulas, attributes: [], legs: [] });
const formula = (method: string, ...operands: OperandSpec[]): QuantityFormula => ({ method, operands });
const share: OperandSpec = { name: 'share', dimension: 'ratio', max: '1', optional: true };

const freight = type(
  ...withGreatCircle([
    formula('stated', { name: 'mass', dimension: 'mass' }, { name: 'distance', dimension: 'distance' }),
    formula('as tonne-kilometres', { name: 'work', dimension: ['mass·distance', 'containers·distance'] }),
  ]),
);
const fuel = type(...withSpend([formula('stated', { name: 'quantity', dimension: ['volume', 'energy'] })]));
const cars = type(
  formula('stated', { name: 'distance', dimension: 'distance' }, share),
  formula(
    'people',
    { name: 'people', dimension: 'passengers' },
    { name: 'people_per_car', dimension: 'passengers', role: 'divisor' },
    { name: 'trip', dimension: 'distance' },
  ),
);
const shared = type(
  formula(
    'share-by-area',
    { name: 'quantity', dimension: 'energy' },
    { name: 'own_area', dimension: 'area' },
    { name: 'total_area', dimension: 'area', role: 'divisor', wholeOf: 'own_area' },
  ),
);
const vehicles = type(
  formula(
    'people',
    { name: 'people', dimension: 'passengers' },
    { name: 'occupancy', dimension: 'passengers', per: 'vehicles', role: 'divisor' },
  ),
);
const sold = type(
  formula(
    'per use',
    { name: 'lifetime_uses', dimension: 'uses' },
    { name: 'sold', dimension: 'items', bare: true },
    { name: 'energy_per_use', dimension: 'energy', per: 'uses' },
  ),
  formula(
    'power',
    { name: 'power', dimension: 'energy', per: 'time' },
    { name: 'hours_per_day', dimension: 'time', per: 'time' },
    { name: 'days_per_year', dimension: 'time', per: 'time' },
    { name: 'lifetime', dimension: 'time' },
    { name: 'sold', dimension: 'items', bare: true },
  ),
);
const stock = type(
  formula(
    'balance',
    { name: 'opening', dimension: 'mass', role: 'addend' },
    { name: 'bought', dimension: 'mass', role: 'addend', optional: true },
    { name: 'closing', dimension: 'mass', role: 'subtrahend' },
    share,
  ),
  formula('gross', { name: 'gross', dimension: 'money' }, { name: 'tax', dimension: 'ratio', role: 'gross-up' }),
);

/** `people=100 person, trip=50 km`. */
const operands = (text: string) =>
  text.split(', ').map((part) => {
    const [, name = '', value = '', unit = ''] = /^(\w+)=(\S+) (.+)$/.exec(part) ?? [];
    return { name, value: new Decimal(value), unit };
  });
const count = (of: ActivityType, text: string, rounding: Rounding = 'refuse'): string => {
  const found = quantityOf(of, operands(text), rounding);
  if (isRefusal(found)) return `${found.refusal}${found.at === undefined ? '' : ` at ${found.at}`}`;
  return [`${plain(found.quantity)} ${found.unit}`, ...found.flags].join(', ');
};

describe('a quantity formula', () => {
  it.each<[string, ActivityType, string, string]>([
    ['a product', freight, 'mass=12 lb, distance=800 mi', '9600 lb.mi'],
    ['a product that the file states as one', freight, 'work=30 short-ton-mile', '30 short-ton.mi'],
    ['containers, which are no tonnes', freight, 'work=30 TEU-km', '30 TEU.km'],
    ['people over people per car', cars, 'people=100 person, people_per_car=3 person, trip=100 km', '3333.333333333333 km, divided'],
    ['people over people per vehicle', vehicles, 'people=100 person, occupancy=3 person/vehicle', '33.333333333333 vehicle, divided'],
    ['a quotient that ends', vehicles, 'people=90 person, occupancy=3 person/vehicle', '30 vehicle'],
    ['a share in percent', cars, 'distance=200 km, share=12.5 %', '25 km'],
    ['a share as a fraction', cars, 'distance=200 km, share=0.125 1', '25 km'],
    ['a part of the floor, in another unit', shared, 'quantity=100 kWh, own_area=0.09290304 m2, total_area=4 ft2', '25 kWh'],
    ['a share left out', cars, 'distance=200 km', '200 km'],
    ['uses by energy per use', sold, 'lifetime_uses=1000 use, sold=11500 piece, energy_per_use=1.3 kWh/use', '14950000 kWh'],
    [
      'watts, hours, days and years',
      sold,
      'power=300 W, hours_per_day=6 hour/day, days_per_year=40 day/year, lifetime=5 year, sold=1000 piece',
      '360000000 Wh',
    ],
    [
      'kilowatts that are no watts',
      sold,
      'power=300 kW, hours_per_day=6 hour/day, days_per_year=40 day/year, lifetime=5 year, sold=1000 piece',
      '360000000 kWh',
    ],
    ['stock and what was bought', stock, 'opening=10 kg, bought=2000 g, closing=4 kg', '8 kg'],
    ['a stock that grew', stock, 'opening=10 kg, closing=14 kg', '-4 kg, negative_quantity'],
    ['a share of a stock', stock, 'opening=10 kg, closing=4 kg, share=50 %', '3 kg'],
    ['addends whose units do not end in each other', stock, 'opening=1 lb, bought=1 kg, closing=0 lb', '3.204622621849 lb, divided'],
    ['a price before tax', stock, 'gross=120 GBP, tax=20 %', '100 GBP'],
    ['spend over the price of a litre', fuel, 'spend=300 GBP, unit_price=1.5 GBP/L', '200 L, from_spend'],
    ['spend over the price of a kilowatt-hour', fuel, 'spend=100 EUR, unit_price=0.3 EUR/kWh', '333.333333333333 kWh, from_spend, divided'],
    ['a credit', fuel, 'spend=-300 GBP, unit_price=1.5 GBP/L', '-200 L, negative_quantity, from_spend'],
  ])('counts %s', (_, of, stated, expected) => expect(count(of, stated)).toBe(expected));

  it.each<[string, ActivityType, string, string]>([
    ['an operand of no formula', freight, 'mass=1 t, distance=1 km, colour=1 1', 'operand_unknown at colour'],
    ['operands of two formulas', cars, 'distance=1 km, trip=1 km', 'operand_unknown at trip'],
    ['a missing operand', freight, 'mass=1 t', 'value_missing at distance'],
    ['a price without spend', fuel, 'unit_price=1 GBP/L', 'value_missing at spend'],
    ['an ambiguous unit', freight, 'mass=1 ton, distance=1 km', 'unit_unknown at mass'],
    ['containers where a mass belongs', freight, 'mass=1 TEU, distance=1 km', 'unit_dimension_mismatch at mass'],
    ['a price that is no quotient', fuel, 'spend=1 GBP, unit_price=1 GBP', 'unit_dimension_mismatch at unit_price'],
    ['a price per kilogram of what has no mass', fuel, 'spend=1 GBP, unit_price=1 GBP/kg', 'unit_dimension_mismatch at unit_price'],
    ['a price in another currency', fuel, 'spend=1 GBP, unit_price=1 EUR/L', 'currency_without_rate'],
    [
      'an addend of gas at reference conditions',
      type(formula('sum', { name: 'a', dimension: 'volume', role: 'addend' }, { name: 'b', dimension: 'volume', role: 'addend' })),
      'a=1 Nm3, b=1 Sm3',
      'volume_conditions_differ at b',
    ],
    ['a share above one', cars, 'distance=1 km, share=1.01 1', 'share_above_one at share'],
    ['a share above a hundred percent', cars, 'distance=1 km, share=100.5 %', 'share_above_one at share'],
    ['a part above its whole', shared, 'quantity=1 kWh, own_area=11 m2, total_area=100 ft2', 'share_above_one at own_area'],
    ['cars without seats', cars, 'people=1 person, people_per_car=0 person, trip=1 km', 'divisor_zero at people_per_car'],
    ['tax of minus a hundred percent', stock, 'gross=120 GBP, tax=-100 %', 'divisor_zero at tax'],
    [
      'a latitude beyond the pole',
      freight,
      'mass=1 t, origin_latitude=91 deg, origin_longitude=0 deg, destination_latitude=0 deg, destination_longitude=0 deg',
      'coordinate_out_of_range at origin_latitude',
    ],
    ['more decimals than the scale', freight, 'mass=0.0000001 t, distance=0.0000001 km', 'number_too_precise at quantity'],
    [
      'more digits than are multiplied exactly',
      freight,
      `mass=0.${'1'.repeat(78)} t, distance=0.${'1'.repeat(78)} km`,
      'number_too_precise at mass',
    ],
  ])('refuses %s', (_, of, stated, refusal) => expect(count(of, stated)).toBe(refusal));

  it('refuses names that two formulas would take', () => {
    const operand: OperandSpec = { name: 'quantity', dimension: 'mass' };
    expect(count(type(formula('a', operand), formula('b', operand, share)), 'quantity=1 t')).toBe('formula_ambiguous');
  });

  it('rounds a product only where the mapping says so', () =>
    expect(count(freight, 'mass=0.0000001 t, distance=0.0000005 km', 'half-even')).toBe('0 t.km, rounded'));
});

describe('great circle distance as an operand', () => {
  const flight =
    'origin_latitude=51.47 deg, origin_longitude=-0.4543 deg, destination_latitude=40.6413 deg, destination_longitude=-73.7781 deg';
  it('takes the place of the distance, and a longitude in the west is no negative quantity', () =>
    expect(count(freight, `mass=1 t, ${flight}`)).toMatch(/^55\d\d\.\d{1,6} t\.km$/));
  it('takes what is added to it', () => {
    const [plainKm = '', more = ''] = ['', ', distance_addition=95000 m'].map(
      (tail) => count(freight, `mass=1 t, ${flight}${tail}`).split(' ')[0],
    );
    expect(plain(new Decimal(more).sub(plainKm))).toBe('95');
  });
  it('knows its operands', () =>
    expect(operandsOfType(freight).map(({ name }) => name)).toEqual([
      'mass',
      'distance',
      'work',
      ...GREAT_CIRCLE_OPERANDS.map(({ name }) => name),
    ]));
});

describe('measuredDimensions', () => {
  it.each<[string, ActivityType, string[]]>([
    ['freight', freight, ['mass·distance', 'containers·distance']],
    ['fuel, also by spend', fuel, ['volume', 'energy']],
    ['cars', cars, ['distance']],
    ['vehicles', vehicles, ['vehicles']],
    ['sold products', sold, ['energy']],
    ['stock', stock, ['mass', 'money']],
    ['spend over a price per tonne-kilometre', type(spendOver('mass·distance')), ['mass·distance']],
  ])('of %s', (_, of, expected) => expect(measuredDimensions(of).map((dimensions) => dimensions.join('·'))).toEqual(expected));
});

describe('the formulas of the vocabulary', () => {
  it.each(ACTIVITY_TYPES.map((known) => [known.id, known] as const))(
    '%s: each is chosen by its own operands and ends in a unit',
    (_, known) => {
      expect(measuredDimensions(known).length).toBeGreaterThan(0);
      for (const one of known.formulas) {
        const names = one.operands.filter(({ optional }) => !optional).map(({ name }) => name);
        for (const stated of [names, one.operands.map(({ name }) => name)]) expect(formulaFor(known, stated)).toBe(one);
        expect(measuredDimensions(type(one)).length).toBeGreaterThan(0);
      }
    },
  );

  it.each(ACTIVITY_TYPES.map((known) => [known.id, known] as const))('%s: spells products in canonical order', (_, known) => {
    const canonical: Readonly<Record<string, string>> = {
      mass: 't',
      distance: 'km',
      passengers: 'passenger',
      containers: 'TEU',
      rooms: 'room',
      nights: 'night',
      vehicles: 'vehicle',
      volume: 'm3',
      time: 'day',
      area: 'm2',
      items: 'item',
      energy: 'kWh',
      heads: 'head',
      uses: 'use',
      money: 'EUR',
      emissions: 'kgCO2e',
      ratio: '1',
      angle: 'deg',
    };
    for (const spelling of operandsOfType(known).flatMap(spellings))
      for (const measure of spelling.split('/')) {
        const unit = parseUnit(
          measure
            .split('·')
            .map((dimension) => canonical[dimension])
            .join('.'),
        );
        expect(isRefusal(unit) ? unit : unit.dimension).toBe(measure);
      }
  });
});

describe('properties of quantities', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }), fc.integer({ min: 0, max: 3 }))
    .map(([digits, decimals]) => new Decimal(digits.toString()).div(10 ** decimals));
  /** Units whose numbers stay decimals when they are changed into one another. */
  const masses = ['kg', 't', 'g', 'Gg'] as const;
  const inKg: Readonly<Record<string, string>> = { kg: '1', t: '0.001', g: '1000', Gg: '0.000001' };

  const quantityIn = (stated: { mass: [Decimal, string]; distance: [Decimal, string] }): Decimal => {
    const found = quantityOf(
      freight,
      Object.entries(stated).map(([name, [value, unit]]) => ({ name, value, unit })),
      'half-even',
    );
    if (isRefusal(found)) throw new Error(found.detail);
    const unit = parseUnit(found.unit);
    if (isRefusal(unit)) throw new Error(unit.detail);
    return unit.parts.reduce((product, part) => product.mul(part.ratio), found.quantity);
  };

  it('changing the unit of an operand keeps the quantity in base units', () =>
    fc.assert(
      fc.property(decimal, decimal, fc.constantFrom(...masses), (kilograms, km, unit) => {
        const restated = kilograms.mul(inKg[unit] as string);
        fc.pre(restated.mul(km).decimalPlaces() <= 12);
        const [base, other] = [
          quantityIn({ mass: [kilograms, 'kg'], distance: [km, 'km'] }),
          quantityIn({ mass: [restated, unit], distance: [km, 'km'] }),
        ];
        expect(plain(other)).toBe(plain(base));
      }),
    ));

  it('changing the unit of a divisor changes nothing', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 1, max: 10 ** 6 }), (spend, price) => {
        const perLitre = count(fuel, `spend=${spend} GBP, unit_price=${price} GBP/L`);
        const perCubicMetre = quantityOf(fuel, operands(`spend=${spend} GBP, unit_price=${price}000 GBP/m3`));
        if (isRefusal(perCubicMetre)) throw new Error(perCubicMetre.detail);
        const litres = new Decimal(perLitre.split(' ')[0] as string);
        expect(litres.sub(perCubicMetre.quantity.mul(1000)).abs().lte('0.000000001')).toBe(true);
      }),
    ));

  it('splitting an operand keeps the sum', () =>
    fc.assert(
      fc.property(decimal, decimal, decimal, (first, second, km) => {
        const of = (mass: Decimal): Decimal => quantityIn({ mass: [mass, 't'], distance: [km, 'km'] });
        expect(plain(of(first).add(of(second)))).toBe(plain(of(first.add(second))));
      }),
    ));
});
