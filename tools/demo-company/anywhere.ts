import { dayText, type Draw, YEARS } from './draw';

/** Every entity of the group: fuel cards, trips, freight, waste and purchases come from all of them. */
export const EVERYWHERE = [
  'TW-GB',
  'TW-GB-LEEDS',
  'TW-GB-DEPOT',
  'TW-US',
  'TW-US-OHIO',
  'TW-US-GULF',
  'TW-DE',
  'TW-DE-OPTIK',
  'TW-FR',
  'TW-SE',
] as const;

/** A day of the two years that every month has. */
export const someDay = (draw: Draw): string => dayText(draw.pick(YEARS), draw.int(1, 12), draw.int(1, 28));
