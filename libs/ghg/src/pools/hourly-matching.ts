import { Decimal, plain } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { coveredByHour, kwhOf, scaledKwh, spreadOver, sumProfiles, sumOfHours, type HourlySeries, type ScaledKwh } from './hourly';
import type { HourlyProfile, Instrument, InstrumentAllocation, InstrumentsSpec, PoolContext } from './pool';

const KWH_PER_MWH = 1000;

/** How much of what is claimed of an instrument can be covered with it, in kWh. Instruments are asked in order of precedence. */
export type Matching = (instrument: Instrument, claimedKwh: Decimal) => Decimal | Refusal;

/**
 * Hourly matching of one entity's year: an instrument covers only what is consumed in the hour in which its energy was generated. What is claimed of
 * an instrument is spread over the hours by its profile.
 * Refusals, of the entity's profiles: those of `sumProfiles`, `profile_missing`, `profile_does_not_close` (its sum is not what was consumed in the
 * year); of an instrument's profile: those of `sumProfiles`, `profile_missing`, `profile_time_zones_differ`, `profile_does_not_close` (more than
 * was retired, or less than is allocated for the year).
 */
export function hourlyMatching(spec: InstrumentsSpec, consumedKwh: Decimal, context: PoolContext): Matching | Refusal {
  const { entityCode, year } = spec;
  const own = context.profiles.filter((profile) => profile.year === year && isOfEntity(profile, entityCode));
  const consumption = sumProfiles(own, context.calendar);
  if (consumption === null) return refuse('profile_missing', `${entityCode} has no hourly profile of ${year}`, entityCode);
  if (isRefusal(consumption)) return consumption;
  const profiled = kwhOf(sumOfHours(consumption.kwh));
  if (!profiled.eq(consumedKwh)) {
    const detail = `the hours of ${entityCode} sum to ${plain(profiled)} kWh; ${plain(consumedKwh)} kWh were consumed in ${year}`;
    return refuse('profile_does_not_close', detail, entityCode);
  }
  let left: readonly ScaledKwh[] = consumption.kwh;
  return (instrument, claimedKwh) => {
    const supply = supplyOf(instrument, claimedKwh, consumption, year, context);
    if (isRefusal(supply)) return supply;
    const { covered, uncovered } = coveredByHour(left, [supply]);
    left = uncovered;
    return kwhOf(covered[0] as ScaledKwh);
  };
}

function supplyOf(
  { code, retiredMwh }: Instrument,
  claimedKwh: Decimal,
  consumption: HourlySeries,
  year: number,
  { profiles, allocations, calendar }: PoolContext,
): readonly ScaledKwh[] | Refusal {
  const own = profiles.filter((profile) => profile.year === year && isOfInstrument(profile, code));
  const generation = sumProfiles(own, calendar);
  if (generation === null) return refuse('profile_missing', `${code} has no hourly profile of ${year}`, code);
  if (isRefusal(generation)) return generation;
  if (generation.startMs !== consumption.startMs)
    return refuse('profile_time_zones_differ', `${year} of ${code} does not begin in the same hour as that of the consumption`, code);
  const generated = kwhOf(sumOfHours(generation.kwh));
  if (generated.gt(new Decimal(retiredMwh).mul(KWH_PER_MWH)))
    return refuse('profile_does_not_close', `the hours of ${code} sum to ${plain(generated)} kWh; ${retiredMwh} MWh are retired`, code);
  const allocated = allocatedKwh(allocations, code, year);
  if (allocated.gt(generated)) {
    const detail = `${plain(allocated)} kWh of ${code} are allocated for ${year}; its hours sum to ${plain(generated)} kWh`;
    return refuse('profile_does_not_close', detail, code);
  }
  if (claimedKwh.isZero()) return [];
  const scaled = scaledKwh(plain(claimedKwh));
  return typeof scaled === 'bigint' ? spreadOver(generation.kwh, scaled) : scaled;
}

function allocatedKwh(allocations: readonly InstrumentAllocation[], code: string, year: number): Decimal {
  return allocations
    .filter((allocation) => allocation.instrument === code && allocation.year === year)
    .reduce((sum, { mwh }) => sum.add(new Decimal(mwh).mul(KWH_PER_MWH)), new Decimal(0));
}

function isOfEntity({ of }: HourlyProfile, entityCode: string): boolean {
  return 'entity' in of && of.entity === entityCode;
}

function isOfInstrument({ of }: HourlyProfile, code: string): boolean {
  return 'instrument' in of && of.instrument === code;
}
