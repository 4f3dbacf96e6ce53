import { ACTIVITY_TYPES, activityType, BIOFUELS, isBiofuel, legsOf } from './activity-types';
import { formulaFor } from './formulas';
import type { ActivityType, LegSpec, QuantityFormula } from './vocabulary';

const every = ACTIVITY_TYPES.map((type) => [type.id, type] as const);
const conditions = (type: ActivityType) => type.legs.flatMap(({ when, unless }) => [when, unless].filter((one) => one !== undefined));
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
    ['investment.equity', ['stated minimum']],
    ['investment.scope-3', ['stated optional']],
  ])('%s: %j', (id, expected) => expect(boundaries(id)).toEqual(expected));
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
    expect(source('electricity.on-site', { certificates: 'kept' })).toEqual(['renewable']);
    expect(source('electricity.on-site', { certificates: 'sold' })).toEqual(['unknown']);
    expect(source('vehicle.distance', { vehicle: 'car', fuel: 'battery-electric' })).toEqual([]);
  });

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
  ])('%s %j: %s', (id, attributes, expected) => expect(isBiofuel({ id }, attributes)).toBe(expected));

  it('knows each biofuel once', () => expect(new Set(BIOFUELS).size).toBe(BIOFUELS.length));
});
