import fc from 'fast-check';
import { Decimal, EARTH_RADIUS_KM, greatCircleKm, isRefusal, plain } from '#ghg';

/** The law of cosines loses half of its digits at short distances: it starts with enough of them. */
const Precise = Decimal.clone({ precision: 60 });

const km = (...degrees: [from: string | number, from: string | number, to: string | number, to: string | number]): string => {
  const [originLatitude, originLongitude, destinationLatitude, destinationLongitude] = degrees.map((text) => new Decimal(text)) as [
    Decimal,
    Decimal,
    Decimal,
    Decimal,
  ];
  const found = greatCircleKm({ originLatitude, originLongitude, destinationLatitude, destinationLongitude });
  return isRefusal(found) ? `${found.refusal} at ${found.at}` : plain(found);
};

describe('greatCircleKm', () => {
  it.each<[string, Parameters<typeof km>, string]>([
    ['a place and itself', [51.47, -0.4543, 51.47, -0.4543], '0'],
    // R × π ÷ 180 = 111.19508023353…
    ['a degree of the equator', [0, 0, 0, 1], '111.19508'],
    ['a degree of a meridian', [10, 20, 11, 20], '111.19508'],
    ['across the date line', [0, 179.5, 0, -179.5], '111.19508'],
    // R × π = 20015.11444203609…
    ['from pole to pole', [90, 0, -90, 0], '20015.114442'],
    ['antipodes on the equator', [0, 0, 0, 180], '20015.114442'],
    ['a quarter of the equator', [0, 0, 0, 90], '10007.557221'],
    ['too far north', [90.1, 0, 0, 0], 'coordinate_out_of_range at origin_latitude'],
    ['too far west', [0, 0, 0, -180.001], 'coordinate_out_of_range at destination_longitude'],
  ])('of %s', (_, places, expected) => expect(km(...places)).toBe(expected));

  it('is the same there and back, and agrees with the law of cosines', () => {
    const latitude = fc.integer({ min: -8999, max: 8999 }).map((value) => value / 100);
    const longitude = fc.integer({ min: -17999, max: 17999 }).map((value) => value / 100);
    fc.assert(
      fc.property(latitude, longitude, latitude, longitude, (a, b, c, d) => {
        const there = km(a, b, c, d);
        expect(km(c, d, a, b)).toBe(there);
        const [p, q, l] = [a, c, d - b].map((degrees) => Precise.acos(-1).mul(degrees).div(180)) as [Decimal, Decimal, Decimal];
        const cosine = p.sin().mul(q.sin()).add(p.cos().mul(q.cos()).mul(l.cos()));
        const other = Precise.min(Precise.max(cosine, -1), 1).acos().mul(EARTH_RADIUS_KM);
        expect(other.sub(there).abs().lte('0.000001')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
