import { dateOfDay, dayNumber } from '#ghg';
import { TypedCell } from '../../shared/cells';

const DAY_MS = 86_400_000;
/** Day 1 is the first of January 1900, and a 29th of February 1900 is counted that never was (ECMA-376, part 1, 18.17.4.1). */
const BEFORE_LEAP = dayNumber('1899-12-31');
const AFTER_LEAP = dayNumber('1899-12-30');
const LEAP_THAT_NEVER_WAS = 60;
const SINCE_1904 = dayNumber('1904-01-01');
/** 31 December 9999. */
const SERIAL_MAX = 2_958_465;

/** The day, or moment, that a workbook keeps as a number of days; null: none that it can mean. */
export function serialDate(serial: number, since1904: boolean): TypedCell | null {
  if (!(serial >= (since1904 ? 0 : 1)) || serial > SERIAL_MAX) return null;
  let whole = Math.floor(serial);
  // A binary fraction of a day is exact to a few microseconds: whole milliseconds are what was meant.
  let ms = Math.round((serial - whole) * DAY_MS);
  if (ms === DAY_MS) [whole, ms] = [whole + 1, 0];
  if (!since1904 && whole === LEAP_THAT_NEVER_WAS) return null;
  const day = dateOfDay(whole + (since1904 ? SINCE_1904 : whole < LEAP_THAT_NEVER_WAS ? BEFORE_LEAP : AFTER_LEAP));
  if (ms === 0) return new TypedCell('date', day);
  return new TypedCell('time', `${day}T${new Date(ms).toISOString().slice(11, ms % 1000 === 0 ? 19 : 23)}`);
}
