import type { Factor } from '#ghg';

/** A row by its words (footnotes off), and what it is in our vocabulary. Several types may be served by one row. */
export interface TransportType {
  readonly region: 'GB' | 'US';
  readonly vehicle: string;
  /** The columns after the vehicle, joined by a comma; absent: none is filled. */
  readonly kind?: string;
  readonly is: readonly Pick<Factor, 'activityType' | 'attributes'>[];
}

const one = (activityType: string, attributes: Record<string, string> = {}): TransportType['is'] => [{ activityType, attributes }];
const flight = (haul: string, ...cabin: string[]): TransportType['is'] =>
  cabin.length === 0
    ? one('freight.air', { haul, radiative_forcing: 'without' })
    : one(`travel.air.${haul}`, { cabin: cabin[0] ?? 'average', radiative_forcing: 'without' });

/**
 * Freight per tonne-kilometre and per vehicle-mile. The publisher's average of each class is taken; the sizes, which are the UK's of an earlier
 * edition, are omitted by name. The air factors leave out radiative forcing, as the sheet says.
 */
export const FREIGHT: readonly TransportType[] = [
  { region: 'GB', vehicle: 'Freight flights', kind: 'Domestic, between UK airports', is: flight('domestic') },
  { region: 'GB', vehicle: 'Freight flights', kind: 'Short-haul, up to 3700km distance', is: flight('short-haul') },
  { region: 'GB', vehicle: 'Freight flights', kind: 'Long-haul, over 3700km distance', is: flight('long-haul') },
  { region: 'GB', vehicle: 'Rail', kind: 'Freight train', is: one('freight.rail') },
  { region: 'GB', vehicle: 'Vans', kind: 'Average (up to 3.5 tonnes), Unknown', is: one('freight.road', { vehicle: 'van' }) },
  { region: 'GB', vehicle: 'HGV - Rigid', kind: 'Average, Average Laden, Diesel', is: one('freight.road', { vehicle: 'hgv-rigid' }) },
  {
    region: 'GB',
    vehicle: 'HGV - Articulated',
    kind: 'Average, Average Laden, Diesel',
    is: one('freight.road', { vehicle: 'hgv-articulated' }),
  },
  {
    region: 'GB',
    vehicle: 'HGV - Type Unknown',
    kind: 'Average, Average Laden, Diesel',
    is: one('freight.road', { vehicle: 'hgv-average' }),
  },
  { region: 'GB', vehicle: 'Sea tanker', kind: 'Crude tanker, Average', is: one('freight.sea', { vessel: 'crude-tanker' }) },
  { region: 'GB', vehicle: 'Cargo ship', kind: 'Bulk carrier, Average', is: one('freight.sea', { vessel: 'bulk' }) },
  { region: 'GB', vehicle: 'Cargo ship', kind: 'Container ship, Average', is: one('freight.sea', { vessel: 'container' }) },
  { region: 'GB', vehicle: 'Cargo ship', kind: 'Vehicle transport, Average', is: one('freight.sea', { vessel: 'vehicle-carrier' }) },
  { region: 'GB', vehicle: 'Cargo ship', kind: 'Large RoPax ferry, Average', is: one('freight.sea', { vessel: 'ro-pax' }) },
  { region: 'US', vehicle: 'Heavy-Duty Truck', is: one('freight.road', { vehicle: 'hgv-average' }) },
  { region: 'US', vehicle: 'Rail', is: one('freight.rail') },
  { region: 'US', vehicle: 'Waterborne Craft', is: one('freight.sea') },
  { region: 'US', vehicle: 'Aircraft', is: ['domestic', 'short-haul', 'long-haul'].flatMap((haul) => flight(haul)) },
];

/** Freight by whole vehicles. */
export const FREIGHT_VEHICLES: readonly TransportType[] = [
  { region: 'US', vehicle: 'Medium-Duty Truck', is: one('freight.vehicle', { vehicle: 'medium-duty-truck' }) },
  { region: 'US', vehicle: 'Heavy-Duty Truck', is: one('freight.vehicle', { vehicle: 'heavy-duty-truck' }) },
  { region: 'US', vehicle: 'Passenger Car', is: one('freight.vehicle', { vehicle: 'passenger-car' }) },
  { region: 'US', vehicle: 'Light-Duty Truck', is: one('freight.vehicle', { vehicle: 'light-duty-truck' }) },
];

const SHORT = 'Air - Short Haul, up to 3700km distance';
const LONG = 'Air - Long Haul, over 3700km distance';

/** Journeys. Of several kinds of rail or bus the publisher's national average is taken: the type has no attribute for the kind. */
export const PUBLIC: readonly TransportType[] = [
  { region: 'GB', vehicle: 'Air - Domestic', kind: 'Average Passenger', is: flight('domestic', 'average') },
  { region: 'GB', vehicle: SHORT, kind: 'Average Passenger', is: flight('short-haul', 'average') },
  { region: 'GB', vehicle: SHORT, kind: 'Economy Class', is: flight('short-haul', 'economy') },
  { region: 'GB', vehicle: SHORT, kind: 'Business Class', is: flight('short-haul', 'business') },
  { region: 'GB', vehicle: LONG, kind: 'Average Passenger', is: flight('long-haul', 'average') },
  { region: 'GB', vehicle: LONG, kind: 'Economy Class', is: flight('long-haul', 'economy') },
  { region: 'GB', vehicle: LONG, kind: 'Premium Economy Class', is: flight('long-haul', 'premium-economy') },
  { region: 'GB', vehicle: LONG, kind: 'Business Class', is: flight('long-haul', 'business') },
  { region: 'GB', vehicle: LONG, kind: 'First Class', is: flight('long-haul', 'first') },
  { region: 'GB', vehicle: 'Rail', kind: 'National Rail', is: one('travel.rail') },
  { region: 'GB', vehicle: 'Taxi', is: one('travel.taxi') },
  { region: 'GB', vehicle: 'Bus', kind: 'Average Local Bus', is: one('travel.bus') },
  { region: 'GB', vehicle: 'Average Ferry', is: one('travel.ferry') },
  { region: 'US', vehicle: 'Air Travel - Short Haul', kind: '< 300 miles', is: flight('domestic', 'average') },
  { region: 'US', vehicle: 'Air - Medium Haul', kind: '>= 300 miles and < 2300 miles', is: flight('short-haul', 'average') },
  { region: 'US', vehicle: 'Air - Long Haul', kind: '>= 2300 miles', is: flight('long-haul', 'average') },
  { region: 'US', vehicle: 'Intercity Rail', kind: 'National Average', is: one('travel.rail') },
  { region: 'US', vehicle: 'Bus', is: one('travel.bus') },
  { region: 'US', vehicle: 'Passenger Car', is: one('travel.car', { fuel: 'unknown' }) },
  { region: 'US', vehicle: 'Light-Duty Truck', is: one('travel.car', { fuel: 'unknown', vehicle: 'light-duty-truck' }) },
  { region: 'US', vehicle: 'Motorcycle', is: one('travel.car', { fuel: 'unknown', vehicle: 'motorcycle' }) },
];
