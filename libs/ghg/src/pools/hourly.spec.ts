import fc from 'fast-check';
import {
  allocateInstruments,
  coveredByHour,
  Decimal,
  hoursOfYear,
  kwhOf,
  plain,
  reportingCalendar,
  scaledKwh,
  spreadOver,
  sumProfiles,
  sumOfHours,
  type HourlyProfile,
  type Instrument,
  type PoolResult,
  type RefusalCode,
  type ReportingCalendar,
} from '#ghg';
import { allocated, annual, certificate, contextOf, electricity, hourly, kgOn } from '../../../../test/support/pool-members';

const utc = (text: string): number => Date.parse(text);
const flat = (hours: number, kwh: string): string[] => Array.from({ length: hours }, () => kwh);
const profileOf = (of: HourlyProfile['of'], kwh: readonly string[], timeZone = 'Europe/London'): HourlyProfile => ({
  of,
  year: 2024,
  timeZone,
  kwh,
});
const refusalsOf = ({ refusals }: PoolResult): RefusalCode[] => refusals.map(({ refusal }) => refusal);

describe('the hours of a year', () => {
  it.each([
    // From April on, by summer time; 29 February 2024 is in 2023. In London clocks change on 31 March 2024 and on 30 March 2025.
    ['04-01', 2023, '2023-03-31T23:00Z', 8784],
    ['04-01', 2024, '2024-03-31T23:00Z', 8760],
    ['10-01', 2024, '2023-09-30T23:00Z', 8784],
    ['03-31', 2023, '2023-03-30T23:00Z', 8785],
    ['03-31', 2024, '2024-03-31T00:00Z', 8759],
  ])('of years from %s on: %d in London begin at %s and are %d', (startsOn, year, start, hours) => {
    const calendar = reportingCalendar(startsOn) as ReportingCalendar;
    expect(hoursOfYear(year, 'Europe/London', calendar)).toEqual({ startMs: utc(start), hours });
  });

  it.each([
    [2023, 'Europe/London', '2023-01-01T00:00Z', 8760],
    [2024, 'Europe/London', '2024-01-01T00:00Z', 8784],
    [2023, 'America/New_York', '2023-01-01T05:00Z', 8760],
    [2024, 'America/New_York', '2024-01-01T05:00Z', 8784],
    [2023, 'Asia/Kolkata', '2022-12-31T18:30Z', 8760],
    [2023, 'Australia/Lord_Howe', '2022-12-31T13:00Z', 8760],
    [2024, 'Australia/Lord_Howe', '2023-12-31T13:00Z', 8784],
    [2100, 'UTC', '2100-01-01T00:00Z', 8760],
  ])('%d in %s begin at %s and are %d', (year, timeZone, start, hours) => {
    expect(hoursOfYear(year, timeZone)).toEqual({ startMs: utc(start), hours });
  });

  it('are fewer where a country left out a day: Samoa had no 30 December 2011', () => {
    expect(hoursOfYear(2011, 'Pacific/Apia')).toMatchObject({ hours: 8736 });
  });

  it('are refused for a time zone that nobody knows', () => {
    expect(hoursOfYear(2024, 'Europe/Atlantis')).toMatchObject({ refusal: 'time_zone_unknown' });
  });

  it('follow one another without a gap, through every clock change', () => {
    for (const timeZone of ['Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'])
      for (let year = 2000; year < 2040; year++) {
        const [these, next] = [hoursOfYear(year, timeZone), hoursOfYear(year + 1, timeZone)];
        if ('refusal' in these || 'refusal' in next) throw new Error('refused');
        expect(these.startMs + these.hours * 3_600_000).toBe(next.startMs);
      }
  });
});

describe('scaled kilowatt-hours', () => {
  it('are whole numbers and lose nothing', () => {
    expect(scaledKwh('12.5')).toBe(12_500_000_000_000n);
    expect(plain(kwhOf(1n))).toBe('0.000000000001');
  });
  it.each<[string, RefusalCode]>([
    ['', 'number_malformed'],
    ['-1', 'number_malformed'],
    ['1e3', 'number_malformed'],
    ['0.0000000000001', 'number_too_precise'],
  ])('"%s" is refused', (text, refusal) => expect(scaledKwh(text)).toMatchObject({ refusal }));
});

describe('coveredByHour', () => {
  it('covers Σ min per hour, in order; an hour’s surplus covers no other hour', () => {
    expect(
      coveredByHour(
        [10n, 10n, 0n],
        [
          [4n, 20n, 5n],
          [9n, 9n, 9n],
        ],
      ),
    ).toEqual({ covered: [14n, 6n], uncovered: [0n, 0n, 0n] });
  });

  const amount = fc.bigInt({ min: 0n, max: 10n ** 18n });
  const series = fc
    .integer({ min: 1, max: 48 })
    .chain((hours) =>
      fc.tuple(
        fc.array(amount, { minLength: hours, maxLength: hours }),
        fc.array(fc.array(amount, { minLength: hours, maxLength: hours }), { maxLength: 4 }),
      ),
    );

  it('is never more than was consumed or supplied in an hour, and never more than over the year', () => {
    fc.assert(
      fc.property(series, ([consumption, supplies]) => {
        const { covered, uncovered } = coveredByHour(consumption, supplies);
        expect(sumOfHours(covered) + sumOfHours(uncovered)).toBe(sumOfHours(consumption));
        expect(uncovered.every((value) => value >= 0n)).toBe(true);
        covered.forEach((value, i) => expect(value <= sumOfHours(supplies[i] as bigint[])).toBe(true));
        const yearly = coveredByHour(
          [sumOfHours(consumption)],
          supplies.map((supply) => [sumOfHours(supply)]),
        );
        expect(sumOfHours(covered) <= sumOfHours(yearly.covered)).toBe(true);
      }),
    );
  });

  it('with one bucket is the annual rule', () => {
    const kwh = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(kwh, fc.array(kwh, { maxLength: 4 }), (consumption, supplies) => {
        const instruments = supplies.map((supply, i) =>
          certificate(`c${i}`, { retiredMwh: plain(new Decimal(supply.toString()).div(1000)) }),
        );
        const allocations = instruments.map(({ code, retiredMwh }) => allocated(code, retiredMwh));
        const result = allocateInstruments(annual, [electricity('1', consumption.toString())], contextOf(instruments, allocations));
        const { covered } = coveredByHour(
          [consumption],
          supplies.map((supply) => [supply]),
        );
        covered.forEach((value, i) => expect(result.figures[`covered_kwh:c${i}`]).toBe(value.toString()));
      }),
    );
  });

  it('spreads a total over a shape exactly, no hour above its shape', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), fc.bigInt({ min: 0n, max: 1_000_000n }), (shape, part) => {
        fc.pre(sumOfHours(shape) > 0n);
        const total = (sumOfHours(shape) * part) / 1_000_000n;
        const hours = spreadOver(shape, total);
        expect(sumOfHours(hours)).toBe(total);
        hours.forEach((value, i) => expect(value >= 0n && value <= (shape[i] as bigint)).toBe(true));
      }),
    );
  });
});

describe('hourly matching of instruments', () => {
  // Consumption is even; the wind blows in the first half of the year alone, twice as much.
  const consumption = profileOf({ entity: 'S' }, flat(8784, '1'));
  const wind = profileOf({ instrument: 'GO-1' }, [...flat(4392, '2'), ...flat(4392, '0')]);
  const instrument = (changes: Partial<Instrument> = {}): Instrument => certificate('GO-1', { retiredMwh: '8.784', ...changes });
  const members = [electricity('1', '8784')];

  it('covers half of what the year covers', () => {
    const context = contextOf([instrument()], [allocated('GO-1', '8.784')], [consumption, wind]);
    const byHour = allocateInstruments(hourly, members, context);
    const byYear = allocateInstruments(annual, members, context);
    expect(byHour.refusals).toEqual([]);
    expect(byHour.figures).toMatchObject({ covered_kwh: '4392', uncovered_kwh: '4392', surplus_kwh: '4392' });
    expect(byYear.figures).toMatchObject({ covered_kwh: '8784', surplus_kwh: '0' });
    expect(kgOn('market', members, byHour)).toBe('1976.4');
    expect(kgOn('location', members, byHour)).toBe('1756.8');
  });

  it('lets a second instrument cover the hours that the first left', () => {
    const sun = profileOf({ instrument: 'PPA' }, [...flat(4392, '0'), ...flat(4392, '0.5')]);
    const instruments = [instrument(), certificate('PPA', { kind: 'contract', retiredMwh: '2.196' })];
    const context = contextOf(instruments, [allocated('GO-1', '8.784'), allocated('PPA', '2.196')], [sun, wind, consumption]);
    expect(allocateInstruments(hourly, members, context).figures).toMatchObject({ covered_kwh: '6588', 'covered_kwh:PPA': '2196' });
  });

  it('adds up the meters of an entity hour by hour', () => {
    const meters = [profileOf({ entity: 'S' }, flat(8784, '0.25')), profileOf({ entity: 'S' }, flat(8784, '0.75'))];
    const context = contextOf([instrument()], [allocated('GO-1', '8.784')], [...meters, wind]);
    expect(allocateInstruments(hourly, members, context).figures.covered_kwh).toBe('4392');
  });

  it.each<[string, readonly HourlyProfile[], Partial<Instrument>, RefusalCode]>([
    ['no profile of the entity', [wind], {}, 'profile_missing'],
    ['no profile of the instrument', [consumption], {}, 'profile_missing'],
    ['a sum that is not the consumption', [profileOf({ entity: 'S' }, flat(8784, '1.1')), wind], {}, 'profile_does_not_close'],
    ['8,760 values in a leap year', [profileOf({ entity: 'S' }, flat(8760, '1')), wind], {}, 'profile_hours_wrong'],
    ['a time zone that nobody knows', [profileOf({ entity: 'S' }, flat(8784, '1'), 'Here'), wind], {}, 'time_zone_unknown'],
    ['hours that begin elsewhere', [profileOf({ entity: 'S' }, flat(8784, '1'), 'Asia/Kolkata'), wind], {}, 'profile_time_zones_differ'],
    ['a value that is no number', [profileOf({ entity: 'S' }, flat(8784, '?')), wind], {}, 'number_malformed'],
    ['more generated than retired', [consumption, wind], { retiredMwh: '8' }, 'instrument_over_allocated'],
    ['less generated than allocated', [consumption, profileOf({ instrument: 'GO-1' }, flat(8784, '0.5'))], {}, 'profile_does_not_close'],
    ['more in the hours than was retired', [consumption, profileOf({ instrument: 'GO-1' }, flat(8784, '3'))], {}, 'profile_does_not_close'],
  ])('refuses %s, once, and covers nothing', (_, profiles, changes, refusal) => {
    const context = contextOf([instrument(changes)], [allocated('GO-1', '8.784')], profiles);
    const result = allocateInstruments(hourly, members, context);
    expect(refusalsOf(result)).toEqual([refusal]);
    expect(result.postings).toEqual([]);
  });

  it('adds meters one by one without holding them', () => {
    const kwh = flat(8784, '0.123');
    function* meters(): Iterable<HourlyProfile> {
      for (let meter = 0; meter < 10; meter++) yield profileOf({ entity: 'S' }, kwh);
    }
    const sum = sumProfiles(meters());
    expect(sum !== null && 'kwh' in sum && plain(kwhOf(sumOfHours(sum.kwh)))).toBe('10804.32');
  });
});
