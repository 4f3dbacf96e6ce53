import { isRefusal, refuse, type Refusal } from '../refusals';
import { Decimal, plain } from './decimal';

/** Degrees; north and east are positive. */
export interface Coordinates {
  readonly originLatitude: Decimal;
  readonly originLongitude: Decimal;
  readonly destinationLatitude: Decimal;
  readonly destinationLongitude: Decimal;
}

/** Mean radius of the earth, R1 = (2a + b) ÷ 3 of the ellipsoid GRS 80, as the International Union of Geodesy and Geophysics defines it. */
export const EARTH_RADIUS_KM = '6371.0088';
/** A distance is as exact as its formula is far from the ellipsoid; a millimetre keeps every replica on the same digits. */
const DISTANCE_SCALE = 6;

/** Trigonometry is never exact: so many digits that no rounding at a millimetre depends on them. */
const Trigonometric = Decimal.clone({ precision: 40 });
const DEGREES_IN_PI = 180;
const RADIANS_PER_DEGREE = Trigonometric.acos(-1).div(DEGREES_IN_PI);

/** The same pair of airports comes in thousands of rows. */
const distances = new Map<string, Decimal>();
const DISTANCES_MAX = 10_000;

/**
 * The shortest way over a sphere, in kilometres, rounded half-even at 6 decimals: d = 2 R asin √(sin²(Δφ ÷ 2) + cos φ1 cos φ2 sin²(Δλ ÷ 2)), the
 * haversine formula, with R = 6371.0088 km. Great circle distance is one of the two transport activity distances of ISO 14083 (GLEC Framework v3).
 * Refusals: `coordinate_out_of_range`.
 */
export function greatCircleKm(coordinates: Coordinates): Decimal | Refusal {
  const outside = outOfRange(coordinates);
  if (isRefusal(outside)) return outside;
  const { originLatitude, originLongitude, destinationLatitude, destinationLongitude } = coordinates;
  const pair = [originLatitude, originLongitude, destinationLatitude, destinationLongitude].map(plain).join(' ');
  const known = distances.get(pair);
  if (known) return known;
  const km = haversine(coordinates);
  if (distances.size >= DISTANCES_MAX) distances.clear();
  distances.set(pair, km);
  return km;
}

function haversine({ originLatitude, originLongitude, destinationLatitude, destinationLongitude }: Coordinates): Decimal {
  const [phi1, phi2, lambda1, lambda2] = [originLatitude, destinationLatitude, originLongitude, destinationLongitude].map((degrees) =>
    new Trigonometric(degrees).mul(RADIANS_PER_DEGREE),
  ) as [Decimal, Decimal, Decimal, Decimal];
  const square = (difference: Decimal): Decimal => difference.div(2).sin().pow(2);
  const chord = square(phi2.sub(phi1)).add(
    phi1
      .cos()
      .mul(phi2.cos())
      .mul(square(lambda2.sub(lambda1))),
  );
  // Antipodes: the last digit of the trigonometry must not carry the sine above one.
  const sine = Trigonometric.min(chord.sqrt(), 1);
  const km = sine.asin().mul(2).mul(EARTH_RADIUS_KM);
  return new Decimal(km.toDecimalPlaces(DISTANCE_SCALE, Decimal.ROUND_HALF_EVEN));
}

function outOfRange(coordinates: Coordinates): Refusal | null {
  const limits: [keyof Coordinates, string, number][] = [
    ['originLatitude', 'origin_latitude', 90],
    ['originLongitude', 'origin_longitude', 180],
    ['destinationLatitude', 'destination_latitude', 90],
    ['destinationLongitude', 'destination_longitude', 180],
  ];
  const beyond = limits.find(([part, , limit]) => coordinates[part].abs().gt(limit));
  return beyond ? refuse('coordinate_out_of_range', `${plain(coordinates[beyond[0]])} degrees`, beyond[1]) : null;
}
