import type { UnitId } from '#ghg';

/** The words of the Emission Factors Hub in ours. What stands in none of these tables takes the publisher's own label as a slug. */

/** Units as the hub writes them below a line. A `ton-mile` of 2021 is a short ton-mile: the same rows say so in the later editions. */
export const HUB_UNITS: Readonly<Record<string, UnitId>> = {
  mmBtu: 'MMBtu',
  'short ton': 'short-ton',
  scf: 'ft3',
  gallon: 'US-gal',
  mile: 'mi',
  'vehicle-mile': 'mi',
  'passenger-mile': 'passenger.mi',
  'short ton-mile': 'short-ton.mi',
  'ton-mile': 'short-ton.mi',
};

/** A fuel, or several readings of one row: wood serves pellets by their energy alone, since pellets are drier than residuals. */
export interface FuelUse {
  readonly activityType: string;
  readonly fuel?: string;
  /** Only per unit of energy, and no heat content. */
  readonly energyAlone?: boolean;
  /** Behind the code where a row serves several. */
  readonly suffix?: string;
}

/** Table 1: labels with a type of their own, or a name that the vocabulary has another word for. */
export const STATIONARY_FUELS: Readonly<Record<string, readonly FuelUse[]>> = {
  'Natural Gas': [{ activityType: 'fuel.natural-gas' }],
  Kerosene: [{ activityType: 'fuel.heating-oil' }],
  'Distillate Fuel Oil No. 2': [{ activityType: 'fuel.gas-oil' }],
  'Liquefied Petroleum Gases (LPG)': [{ activityType: 'fuel.lpg' }],
  'Anthracite Coal': [{ activityType: 'fuel.stationary', fuel: 'anthracite' }],
  'Bituminous Coal': [{ activityType: 'fuel.stationary', fuel: 'bituminous' }],
  'Sub-bituminous Coal': [{ activityType: 'fuel.stationary', fuel: 'sub-bituminous' }],
  'Lignite Coal': [{ activityType: 'fuel.stationary', fuel: 'lignite' }],
  'Mixed (Commercial Sector)': [{ activityType: 'fuel.stationary', fuel: 'coal-mixed-commercial-sector' }],
  'Mixed (Electric Power Sector)': [{ activityType: 'fuel.stationary', fuel: 'coal-mixed-electric-power-sector' }],
  'Mixed (Industrial Coking)': [{ activityType: 'fuel.stationary', fuel: 'coal-mixed-industrial-coking' }],
  'Mixed (Industrial Sector)': [{ activityType: 'fuel.stationary', fuel: 'coal-mixed-industrial-sector' }],
  'Wood and Wood Residuals': [
    { activityType: 'fuel.wood-pellets', energyAlone: true },
    { activityType: 'fuel.stationary', fuel: 'wood-waste', suffix: '-stationary' },
  ],
  'Landfill Gas': [{ activityType: 'fuel.stationary', fuel: 'landfill-gas' }],
  'Other Biomass Gases': [{ activityType: 'fuel.stationary', fuel: 'biogas' }],
  'Biodiesel (100%)': [{ activityType: 'fuel.stationary', fuel: 'biodiesel' }],
  'Ethanol (100%)': [{ activityType: 'fuel.stationary', fuel: 'bioethanol' }],
  'Vegetable Oil': [{ activityType: 'fuel.stationary', fuel: 'vegetable-oil' }],
};

/** Sections of table 1 whose CO2 is biogenic; the second is black liquor by the wood that it is of. */
export const BIOMASS_SECTION = /^Biomass Fuels/;
export const BLACK_LIQUOR_SECTION = /Kraft Pulping Liquor/;
/** US EPA lists peat among biomass; the IPCC (2006 Guidelines, volume 2, chapter 1) counts it as fossil, and so does the vocabulary. */
export const FOSSIL_ALL_THE_SAME: readonly string[] = ['Peat'];

/** Table 2. Petrol and diesel have types of their own. */
export const MOBILE_FUELS: Readonly<Record<string, FuelUse>> = {
  'Diesel Fuel': { activityType: 'fuel.diesel' },
  'Motor Gasoline': { activityType: 'fuel.petrol' },
  'Biodiesel (100%)': { activityType: 'fuel.mobile', fuel: 'biodiesel' },
  'Ethanol (100%)': { activityType: 'fuel.mobile', fuel: 'bioethanol' },
  'Compressed Natural Gas (CNG)': { activityType: 'fuel.mobile', fuel: 'cng' },
  'Liquefied Natural Gas (LNG)': { activityType: 'fuel.mobile', fuel: 'lng' },
  'Liquefied Petroleum Gases (LPG)': { activityType: 'fuel.mobile', fuel: 'lpg' },
};

/** Fuels of table 2 whose CO2 is biogenic. */
export const MOBILE_BIOFUELS: readonly string[] = ['Biodiesel (100%)', 'Ethanol (100%)'];

/** Table 5 prints CH4 and N2O alone: whose CO2 of table 2 belongs to which of its fuels. */
export const CO2_OF_NON_ROAD: readonly (readonly [RegExp, string])[] = [
  [/^Gasoline/, 'Motor Gasoline'],
  [/^Diesel/, 'Diesel Fuel'],
  [/^Residual Fuel Oil$/, 'Residual Fuel Oil'],
  [/^Jet Fuel$/, 'Kerosene-Type Jet Fuel'],
  [/^Aviation Gasoline$/, 'Aviation Gasoline'],
  [/^LPG$/, 'Liquefied Petroleum Gases (LPG)'],
];

/** Tables 3 and 4: vehicles, in the singular that tables 8 and 10 print. */
export const ROAD_VEHICLES: Readonly<Record<string, string>> = {
  'Gasoline Passenger Cars': 'passenger-car',
  'Gasoline Light-Duty Trucks': 'light-duty-truck',
  'Gasoline Heavy-Duty Vehicles': 'heavy-duty-vehicle',
  'Gasoline Motorcycles': 'motorcycle',
  'Passenger Cars': 'passenger-car',
  'Light-Duty Cars': 'light-duty-car',
  'Light-Duty Trucks': 'light-duty-truck',
  'Medium- and Heavy-Duty Vehicles': 'medium-and-heavy-duty-vehicle',
  'Medium-Duty Trucks': 'medium-duty-truck',
  'Heavy-Duty Trucks': 'heavy-duty-truck',
  Buses: 'bus',
};

/** Table 4: the fuels that the attribute `fuel` of a vehicle can state. */
export const ROAD_FUELS: Readonly<Record<string, string>> = {
  Diesel: 'diesel',
  CNG: 'cng',
  LNG: 'lng',
  LPG: 'lpg',
  Methanol: 'methanol',
  Ethanol: 'bioethanol',
  Biodiesel: 'biodiesel',
};

export interface Use {
  readonly activityType: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly suffix?: string;
}

/** Table 8 per short ton-mile. One figure for freight by air whatever the haul: once per haul, since a haul must be stated. */
export const FREIGHT: Readonly<Record<string, readonly Use[]>> = {
  'Medium- and Heavy-Duty Truck': [{ activityType: 'road', attributes: { vehicle: 'hgv-average' } }],
  Rail: [{ activityType: 'rail', attributes: {} }],
  'Waterborne Craft': [{ activityType: 'sea', attributes: {} }],
  Aircraft: ['domestic', 'short-haul', 'long-haul'].map((haul) => ({
    activityType: 'air',
    attributes: { haul, radiative_forcing: 'without' },
    suffix: `-${haul}`,
  })),
};

/** Table 9. */
export const TREATMENTS: Readonly<Record<string, string>> = {
  Recycled: 'recycling',
  Landfilled: 'landfill',
  Combusted: 'combustion',
  Composted: 'composting',
  'Anaerobically Digested (Dry Digestate with Curing)': 'dry-anaerobic-digestion',
  'Anaerobically Digested (Wet Digestate with Curing)': 'wet-anaerobic-digestion',
};

const flight = (haul: string): readonly Use[] => [
  { activityType: `travel.air.${haul}`, attributes: { cabin: 'average', radiative_forcing: 'without' } },
];
const car = (vehicle: Readonly<Record<string, string>>): readonly Use[] => [
  { activityType: 'travel.car', attributes: { fuel: 'unknown', ...vehicle } },
  { activityType: 'commute.car', attributes: { fuel: 'unknown', ...vehicle }, suffix: '-commuting' },
];

/** Table 10, printed for categories 6 and 7. `null`: a line whose passengers no attribute tells from the average. */
export const TRAVEL: readonly (readonly [RegExp, readonly Use[] | null])[] = [
  [/^Passenger Car$/, car({})],
  [/^Light-Duty Truck$/, car({ vehicle: 'light-duty-truck' })],
  [/^Motorcycle$/, car({ vehicle: 'motorcycle' })],
  [/^Intercity Rail - National Average$/, [{ activityType: 'travel.rail', attributes: {} }]],
  [/^Intercity Rail/, null],
  [/^Commuter Rail$/, [{ activityType: 'commute.rail', attributes: {} }]],
  [
    /^Transit Rail/,
    ['travel.rail', 'commute.rail'].flatMap((activityType) =>
      ['underground', 'light-rail-and-tram'].map((service) => ({
        activityType,
        attributes: { service },
        suffix: `-${activityType.replace('.rail', '')}-${service}`,
      })),
    ),
  ],
  [
    /^Bus$/,
    [
      { activityType: 'travel.bus', attributes: {} },
      { activityType: 'commute.bus', attributes: {}, suffix: '-commuting' },
    ],
  ],
  [/^Air Travel - Short Haul/, flight('domestic')],
  [/^Air Travel - Medium Haul/, flight('short-haul')],
  [/^Air Travel - Long Haul/, flight('long-haul')],
];
