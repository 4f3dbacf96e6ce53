import { ACTIVITY_TYPES, activityType, BIOFUELS, FOSSIL_FUELS, isBiofuel, legsOf } from './activity-types';
import { formulaFor } from './formulas';
import type { ActivityType, AttributeCondition, LegSpec, QuantityFormula } from './vocabulary';

const every = ACTIVITY_TYPES.map((type) => [type.id, type] as const);
const conditions = (type: ActivityType) => type.legs.flatMap(({ when, unless }) => [...alternatives(when), ...alternatives(unless)]);
const alternatives = (condition?: AttributeCondition): AttributeCondition[] =>
  condition ? [condition, ...alternatives(condition.or)] : [];
const standing = ({ leg, basis }: LegSpec): string => `${leg} ${basis}`;

/** Attributes of a key for every case that a condition of a leg can tell apart. */
function cases(type: ActivityType): Record<string, string>[] {
  return [{}, ...conditions(type).flatMap(({ attribute, in: values }) => values.map((value) => ({ [attribute]: value })))];
}

const names = ({ operands }: QuantityFormula, all: boolean): string[] =>
  operands.filter(({ optional }) => all || !optional).map(({ name }) => name);

describe('ACTIVITY_TYPES', () => {
  it('has each id once', () => expect(new Set(ACTIVITY_TYPES.map(({ id }) => id)).size).toBe(ACTIVITY_TYPES.length));

  it.each(every)('%s: the names of the operands choose one formula', (_id, type) => {
    for (const formula of type.formulas)
      for (const all of [false, true]) expect(formulaFor(type, names(formula, all))).toMatchObject({ method: formula.method });
  });

  it.each(every)('%s: each leg stands once on each basis, whatever the attributes', (_id, type) => {
    for (const attributes of cases(type)) {
      const legs = legsOf(type, attributes).map(standing);
      expect(new Set(legs).size).toBe(legs.length);
    }
  });

  it.each(every)('%s: a leg that depends on an attribute names one that the type has', (_id, type) => {
    for (const { attribute, in: values } of conditions(type)) {
      const spec = type.attributes.find(({ name }) => name === attribute);
      expect(spec).toBeDefined();
      if (spec?.values) expect(spec.values).toEqual(expect.arrayContaining([...values]));
    }
  });

  it.each(every)('%s: energy has a source, and nothing else has', (_id, type) => {
    for (const leg of type.legs) {
      expect(leg.energySource !== undefined).toBe(leg.leg === 'energy');
      expect(leg.sourceClass === 'energy-use').toBe(leg.leg === 'energy');
    }
  });

  it.each(every)('%s: a default is one of the values, and no attribute is asked for and defaulted', (_id, type) => {
    for (const { default: standard, values, required } of type.attributes) {
      if (standard !== undefined && values) expect(values).toContain(standard);
      if (standard !== undefined) expect(required).toBe(false);
    }
  });

  it.each(every)('%s: a part stands above its whole, and is measured as it is', (_id, type) => {
    for (const { operands } of type.formulas)
      for (const { name, role, dimension, wholeOf } of operands) {
        const part = operands.find((operand) => operand.name === wholeOf);
        if (wholeOf !== undefined) expect(part).toMatchObject({ dimension });
        // A divisor of what has its own dimension is the whole of it, unless it is a number per something (a price, people per car).
        const isTotal = role === 'divisor' && !['unit_price', 'people_per_car'].includes(name);
        expect({ name, isTotal }).toEqual({ name, isTotal: wholeOf !== undefined });
      }
  });

  it.each(every)('%s: a ratio is not below zero, and a rate on top or a share not above one', (_id, type) => {
    for (const { name, dimension, role, min, max } of type.formulas.flatMap(({ operands }) => operands)) {
      if (dimension !== 'ratio') continue;
      expect({ name, bounded: min !== undefined }).toEqual({ name, bounded: true });
      if (role === 'gross-up' || /share|rate$/.test(name)) expect({ name, min, max }).toEqual({ name, min: '0', max: '1' });
    }
  });

  it.each(every)('%s: a formula that takes something off says whether it can come to less than nothing', (_id, type) => {
    for (const { method, operands, belowZero } of type.formulas)
      expect({ method, belowZero: belowZero !== undefined }).toEqual({
        method,
        belowZero: operands.some(({ role }) => role === 'subtrahend'),
      });
  });

  it.each(every)('%s: a leg of transport or travel that is optional leaves no gap', (_id, type) => {
    for (const { leg, boundary, requirement } of type.legs)
      if (leg === 'upstream') expect(boundary === 'optional').toBe(requirement === 'if-published');
  });

  it('has every category of scope 3', () => {
    const classes = new Set(ACTIVITY_TYPES.flatMap(({ legs }) => legs.map(({ sourceClass }) => sourceClass)));
    for (const sourceClass of [
      'purchased-goods',
      'capital-goods',
      'upstream-of-energy',
      'upstream-transport',
      'waste',
      'business-travel',
      'commuting',
      'leased-assets-upstream',
      'downstream-transport',
      'processing-of-products',
      'use-of-products',
      'end-of-life',
      'leased-assets-downstream',
      'franchises',
      'investments',
    ])
      expect(classes).toContain(sourceClass);
  });
});

describe('minimum boundary (Scope 3 Standard, table 5.4)', () => {
  const boundaries = (id: string) => (activityType(id) as ActivityType).legs.map(({ leg, boundary }) => `${leg} ${boundary ?? 'minimum'}`);

  it.each([
    ['freight.road', ['operation minimum', 'upstream optional']],
    ['travel.rail', ['operation minimum', 'upstream optional']],
    ['travel.hotel', ['service optional']],
    ['waste.disposal', ['service minimum']],
    ['waste.transport', ['operation optional']],
    ['commute.telework', ['operation optional']],
    ['use.electricity', ['use minimum']],
    ['use-indirect.electricity', ['use optional']],
    ['goods.material', ['supply minimum']],
    ['supplier.waste', ['operation minimum']],
    ['capital-supplier.waste', ['operation minimum']],
    ['hub.waste', ['operation optional']],
    ['hub-downstream.waste', ['operation optional']],
    ['processor.waste', ['operation optional']],
    ['leased-in.waste', ['operation optional']],
    ['leased-out.waste', ['operation optional']],
    ['franchise.waste', ['operation optional']],
    ['franchise.refrigerant', ['leak minimum']],
    ['processor.process', ['process minimum']],
    ['leased-in.asset', ['operation minimum']],
    ['investment.equity', ['stated minimum']],
    ['investment.project', ['stated minimum']],
    ['investment.sovereign', ['stated optional']],
    ['investment.scope-3', ['stated optional']],
  ])('%s: %j', (id, expected) => expect(boundaries(id)).toEqual(expected));
});

describe('debt', () => {
  it.each([
    ['investment.bond', {}, 'optional'],
    ['investment.bond', { use_of_proceeds: 'known' }, 'minimum'],
    ['investment.business-loan', {}, 'optional'],
    ['investment.business-loan', { use_of_proceeds: 'general' }, 'optional'],
    ['investment.business-loan', { use_of_proceeds: 'known' }, 'minimum'],
  ])('%s %j: %s', (id, attributes, expected) =>
    expect(legsOf(activityType(id) as ActivityType, attributes).map(({ boundary }) => boundary ?? 'minimum')).toEqual([expected]),
  );
});

describe('process emissions of others', () => {
  it.each([
    ['supplier.process', 'purchased-goods'],
    ['capital-supplier.process', 'capital-goods'],
    ['hub.process', 'upstream-transport'],
    ['hub-downstream.process', 'downstream-transport'],
    ['processor.process', 'processing-of-products'],
    ['leased-in.process', 'leased-assets-upstream'],
    ['leased-out.process', 'leased-assets-downstream'],
    ['franchise.process', 'franchises'],
  ])('%s stands under %s', (id, sourceClass) => expect(activityType(id)?.legs).toMatchObject([{ leg: 'process', sourceClass }]));
});

describe('what can be shared out', () => {
  it.each(['supplier', 'capital-supplier', 'hub', 'processor', 'leased-in', 'leased-out', 'franchise'])(
    'the waste, and all else, of %s by share, area, volume, mass, number and revenue',
    (prefix) => {
      for (const what of ['electricity', 'heat', 'fuel', 'process', 'refrigerant', 'waste'])
        for (const method of ['share', 'share-by-area', 'share-by-volume', 'share-by-mass', 'share-by-items', 'share-by-revenue'])
          expect(activityType(`${prefix}.${what}`)?.formulas.map((formula) => formula.method)).toContain(method);
    },
  );
});

describe('what existing rows and factors leave open', () => {
  it.each([
    ['travel.rail', 'service', 'national'],
    ['travel.bus', 'service', 'local'],
    ['travel.taxi', 'service', 'regular'],
    ['travel.ferry', 'passenger', 'average'],
    ['freight.road', 'distance_basis', 'shortest-feasible'],
    ['heat.resold', 'energy_carrier', 'heat'],
  ])('%s: %s is %s', (id, name, expected) =>
    expect(activityType(id)?.attributes.find((spec) => spec.name === name)).toMatchObject({ required: false, default: expected }),
  );
});

describe('legsOf', () => {
  const legs = (id: string, attributes: Record<string, string>) => legsOf(activityType(id) as ActivityType, attributes);

  it('drops the upstream leg where the factor is well-to-wheel', () => {
    expect(legs('freight.road', {}).map(({ leg }) => leg)).toEqual(['operation', 'upstream']);
    expect(legs('freight.road', { life_cycle: 'well-to-wheel' }).map(({ leg }) => leg)).toEqual(['operation']);
  });

  it('takes the source of energy from the fuel, and from who keeps the certificates', () => {
    const source = (id: string, attributes: Record<string, string>) =>
      legs(id, attributes).flatMap(({ energySource }) => (energySource ? [energySource] : []));
    expect(source('fuel.stationary', { fuel: 'coal' })).toEqual(['fossil']);
    expect(source('fuel.stationary', { fuel: 'wood-logs' })).toEqual(['renewable']);
    expect(source('fuel.mobile', { fuel: 'palm-oil', origin: 'biogenic' })).toEqual(['renewable']);
    expect(source('fuel.mobile', { fuel: 'palm-oil' })).toEqual(['fossil']);
    expect(source('electricity.on-site', { certificates: 'kept' })).toEqual(['renewable']);
    expect(source('electricity.on-site', { certificates: 'sold' })).toEqual(['unknown']);
    expect(source('vehicle.distance', { vehicle: 'car', fuel: 'battery-electric' })).toEqual([]);
    expect(source('vehicle.distance', { vehicle: 'bus', fuel: 'biodiesel' })).toEqual(['renewable']);
    expect(source('vehicle.distance-electricity', { vehicle: 'car', fuel: 'battery-electric' })).toEqual(['unknown']);
  });

  it('counts what made the electricity of a vehicle once: with the electricity, or where a hybrid says it, with the distance', () => {
    const upstream = (fuel: string) =>
      ['vehicle.distance', 'vehicle.distance-electricity'].map((id) =>
        legs(id, { vehicle: 'car', fuel }).some(({ leg }) => leg === 'upstream'),
      );
    expect([upstream('battery-electric'), upstream('plug-in-hybrid')]).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it.each([
    ['fuel.wood-pellets', {}, 'required'],
    ['fuel.stationary', { fuel: 'wood-logs' }, 'required'],
    ['fuel.stationary', { fuel: 'palm-shells', origin: 'biogenic' }, 'required'],
    ['fuel.stationary', { fuel: 'palm-shells' }, 'if-published'],
    ['fuel.stationary', { fuel: 'coal' }, 'if-published'],
    ['fuel.diesel', {}, 'if-published'],
  ])('asks for the CO2 outside the scopes of %s %j: %s', (id, attributes, expected) =>
    expect(legs(id, attributes).filter(({ leg }) => leg === 'biogenic')).toMatchObject([{ requirement: expected }]),
  );

  it('reads a stated figure of scope 2 as what it says that it is', () => {
    const bases = (reading: string) => legs('stated.purchased-electricity', { reading }).map(({ basis }) => basis);
    expect([bases('location'), bases('market'), bases('both')]).toEqual([['location'], ['market'], ['location', 'market']]);
  });
});

describe('isBiofuel', () => {
  it.each([
    ['fuel.wood-pellets', {}, true],
    ['fuel.stationary', { fuel: 'biogas' }, true],
    ['fuel.mobile', { fuel: 'biodiesel' }, true],
    ['fuel.stationary', { fuel: 'peat' }, false],
    ['fuel.natural-gas', {}, false],
    ['fuel.stationary', { fuel: 'palm-shells' }, false],
    ['fuel.stationary', { fuel: 'palm-shells', origin: 'biogenic' }, true],
    ['fuel.stationary', { fuel: 'palm-shells', origin: 'fossil' }, false],
    // What the name says is not to be stated otherwise; `recordOf` refuses it.
    ['fuel.stationary', { fuel: 'coal', origin: 'biogenic' }, false],
    ['fuel.stationary', { fuel: 'biogas', origin: 'fossil' }, true],
    ['travel.fuel', { fuel: 'biodiesel' }, true],
    ['goods.material', { material: 'steel', origin: 'primary' }, false],
  ])('%s %j: %s', (id, attributes, expected) => expect(isBiofuel({ id }, attributes)).toBe(expected));

  it('knows each name once', () => {
    const names = [...BIOFUELS, ...FOSSIL_FUELS];
    expect(new Set(names).size).toBe(names.length);
  });
});
