import {
  applyRate,
  Decimal,
  INSTRUMENT_RULE_2015,
  plain,
  QUALITY_CRITERIA,
  type Basis,
  type HourlyProfile,
  type Instrument,
  type InstrumentAllocation,
  type InstrumentsSpec,
  type LegId,
  type PoolContext,
  type PoolMember,
  type PoolResult,
  type Rate,
} from '#ghg';
import { gases } from '../golden/fixtures';

/** A standing rate of so many kgCO2e per unit, with what a test changes. */
export function rateOf(leg: LegId, basis: Basis, kgco2e: string, changes: Partial<Rate> = {}): Rate {
  return {
    leg,
    basis,
    sourceClass: 'purchased-electricity',
    unit: 'kWh',
    kgco2e,
    biogenicKgco2: '0',
    gwpSet: 'AR5',
    gases: [],
    notConvertible: { kgco2e, gwpSet: 'AR5' },
    factor: null,
    method: 'factor',
    conversion: [],
    fallbacks: [],
    rounded: false,
    formula: `${kgco2e} kgCO2e`,
    ...changes,
  };
}

/** Grid electricity of site S in 2024: 0.2 kg per kWh on the location basis, 0.45 on the market basis (PUB-S2-DUAL). */
export function electricity(matchKeyId: string, quantity: string, changes: Partial<PoolMember> = {}): PoolMember {
  const { unit = 'kWh' } = changes;
  const scale = { kWh: 1, MWh: 1000 }[unit] ?? 1;
  return {
    matchKeyId,
    entityCode: 'S',
    year: 2024,
    activityType: 'electricity.grid',
    unit,
    attributes: {},
    country: 'GB',
    region: null,
    supplier: null,
    quantity,
    activities: 12,
    rates: [
      { rateId: `${matchKeyId}-location`, rate: rateOf('generation', 'location', plain(new Decimal('0.2').mul(scale)), { unit }) },
      { rateId: `${matchKeyId}-market`, rate: rateOf('generation', 'market', plain(new Decimal('0.45').mul(scale)), { unit }) },
      {
        rateId: `${matchKeyId}-energy`,
        rate: rateOf('energy', 'all', '0', { unit, sourceClass: 'energy-use', energy: { kwh: `${scale}`, source: 'unknown' } }),
      },
    ],
    ...changes,
  };
}

/** A member that is no electricity, under one rate of 1 kg per unit. */
export function memberOf(
  matchKeyId: string,
  activityType: string,
  quantity: string,
  unit: string,
  changes: Partial<PoolMember> = {},
): PoolMember {
  const rate = rateOf('operation', 'all', '1', { unit, sourceClass: 'upstream-transport' });
  return { ...electricity(matchKeyId, quantity), activityType, unit, rates: [{ rateId: `${matchKeyId}-operation`, rate }], ...changes };
}

/** A certificate of wind power from Britain, 600 MWh of 2024, that passes every criterion. */
export function certificate(code: string, changes: Partial<Instrument> = {}): Instrument {
  return {
    code,
    kind: 'certificate',
    registryId: `registry-${code}`,
    energySource: 'renewable',
    technology: 'onshore wind',
    market: 'GB',
    vintageStart: '2024-01-01',
    vintageEnd: '2024-12-31',
    retiredMwh: '600',
    retiredOn: '2025-01-31',
    gases: [],
    criteria: QUALITY_CRITERIA.map(({ criterion }) => ({ criterion, finding: 'pass', evidence: 'registry statement' })),
    ...changes,
  };
}

export function allocated(instrument: string, mwh: string, changes: Partial<InstrumentAllocation> = {}): InstrumentAllocation {
  return { instrument, entityCode: 'S', year: 2024, mwh, ...changes };
}

export const annual: InstrumentsSpec = { kind: 'instruments', code: 'market', entityCode: 'S', year: 2024, rule: INSTRUMENT_RULE_2015 };
export const hourly: InstrumentsSpec = { ...annual, rule: { ...INSTRUMENT_RULE_2015, matching: 'hourly' } };

export function contextOf(
  instruments: readonly Instrument[] = [],
  allocations: readonly InstrumentAllocation[] = [],
  profiles: readonly HourlyProfile[] = [],
): PoolContext {
  return { gases, gwpSet: 'AR5', instruments, allocations, profiles };
}

/** kgCO2e of rows and postings together, of the legs on one basis. */
export function kgOn(basis: Basis, members: readonly PoolMember[], { postings }: PoolResult): string {
  const rates = new Map(members.flatMap((member) => member.rates.map(({ rateId, rate }) => [rateId, rate] as const)));
  const lines = [
    ...members.flatMap((member) => member.rates.map(({ rate }) => ({ quantity: member.quantity, rate }))),
    ...postings.map(({ quantity, of }) => ({ quantity, rate: 'rate' in of ? of.rate : (rates.get(of.rateId) as Rate) })),
  ].filter(({ rate }) => rate.basis === basis);
  return plain(lines.reduce((sum, { quantity, rate }) => sum.add(applyRate(quantity, rate).kgco2e), new Decimal(0)));
}
