/** What is remarkable about an accepted record: it is counted and shown, never a reason to leave it out. The closed list. */
export const FLAGS = {
  negative_quantity: 'A stated number is below zero: a credit, or a reading that ran backwards.',
  rounded: 'The stated number had more decimals than the scale keeps and was rounded half-even, as the mapping declares.',
  divided: 'The quantity is a quotient that does not end and was rounded half-even at 12 decimals.',
  from_spend: 'The quantity is an amount of money divided by a unit price.',
  long_period: 'The period is longer than 400 days.',
  distance_actual:
    'The distance is the one travelled: a factor per shortest feasible or great-circle distance overstates it by the adjustment.',
  fuel_origin_assumed: 'The fuel has a name of no list and its origin is not stated: it is taken for fossil.',
} as const;
export type Flag = keyof typeof FLAGS;

/** A yearly bill read late still fits; two years in one line do not. */
export const LONG_PERIOD_DAYS = 400;
