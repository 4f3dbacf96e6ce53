import type { Dimension, Unit, UnitId } from './unit';

/** ISO 4217 codes. A currency is its own base: money becomes other money only through a pinned exchange rate. */
const CURRENCIES =
  'AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MAD MXN MYR NGN NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR'.split(
    ' ',
  );

function unit(id: UnitId, dimension: Dimension, base: UnitId, ratio: string, source: string, aliases: readonly string[]): Unit {
  return { id, dimension, base, ratio, kind: 'exact', source, aliases };
}

/** The register of units, as data: ratio to the base unit of the dimension, exact unless `published`. */
export const UNIT_REGISTER: readonly Unit[] = [
  unit('MJ', 'energy', 'MJ', '1', 'definition', ['megajoule', 'megajoules']),
  unit('GJ', 'energy', 'MJ', '1000', 'definition', ['gigajoule', 'gigajoules']),
  unit('TJ', 'energy', 'MJ', '1000000', 'definition', ['terajoule', 'terajoules']),
  unit('kWh', 'energy', 'MJ', '3.6', 'definition', ['kwh', 'KWH', 'KWh', 'kilowatt-hour', 'kilowatt-hours']),
  unit('MWh', 'energy', 'MJ', '3600', 'definition', ['mwh', 'MWH', 'megawatt-hour', 'megawatt-hours']),
  unit('GWh', 'energy', 'MJ', '3600000', 'definition', ['gwh', 'GWH', 'gigawatt-hour', 'gigawatt-hours']),
  unit('kBtu', 'energy', 'MJ', '1.05505585262', 'International Table Btu, 1055.05585262 J', ['kBTU', 'kbtu']),
  unit('MMBtu', 'energy', 'MJ', '1055.05585262', 'International Table Btu, 1055.05585262 J; MM is a thousand thousand', [
    'mmBtu',
    'MMBTU',
    'mmbtu',
  ]),
  unit('therm-EC', 'energy', 'MJ', '105.505585262', '100,000 International Table Btu; the therm of UK and EU bills', []),
  unit('therm-US', 'energy', 'MJ', '105.4804', 'legal US therm, 59 °F Btu', []),
  unit('kg', 'mass', 'kg', '1', 'definition', ['KG', 'Kg', 'kilogram', 'kilograms', 'kilogramme', 'kilogrammes']),
  unit('g', 'mass', 'kg', '0.001', 'definition', ['gram', 'grams', 'gramme', 'grammes']),
  unit('t', 'mass', 'kg', '1000', 'definition', ['tonne', 'tonnes', 'metric-ton', 'metric-tons', 'metric ton', 'metric tons']),
  unit('lb', 'mass', 'kg', '0.45359237', 'international pound', ['lbs', 'pound', 'pounds']),
  unit('short-ton', 'mass', 'kg', '907.18474', '2,000 lb', ['short-tons', 'short ton', 'short tons', 'US-ton']),
  unit('long-ton', 'mass', 'kg', '1016.0469088', '2,240 lb', ['long-tons', 'long ton', 'long tons', 'imperial-ton']),
  unit('m3', 'volume', 'm3', '1', 'definition', ['m³', 'm^3', 'cubic-metre', 'cubic-metres', 'cubic metre', 'cubic metres']),
  unit('L', 'volume', 'm3', '0.001', 'definition', ['l', 'litre', 'litres', 'liter', 'liters', 'Litre', 'Litres']),
  unit('ML', 'volume', 'm3', '1000', 'definition', ['megalitre', 'megalitres', 'million-litres', 'million litres']),
  unit('US-gal', 'volume', 'm3', '0.003785411784', '231 cubic inches', ['US-gallon', 'US-gallons', 'US gallon', 'US gallons']),
  unit('imp-gal', 'volume', 'm3', '0.00454609', 'UK Weights and Measures Act 1985', [
    'imperial-gallon',
    'imperial-gallons',
    'imperial gallon',
    'imperial gallons',
    'UK-gal',
  ]),
  unit('ft3', 'volume', 'm3', '0.028316846592', '0.3048 m cubed', ['ft³', 'cf', 'cubic-foot', 'cubic-feet']),
  unit('ccf', 'volume', 'm3', '2.8316846592', '100 ft3', ['CCF', 'Ccf']),
  unit('Mcf', 'volume', 'm3', '28.316846592', '1,000 ft3; M is the Roman thousand', []),
  unit('bbl-oil', 'volume', 'm3', '0.158987294928', '42 US gallons', ['oil-barrel', 'oil-barrels']),
  unit('km', 'distance', 'km', '1', 'definition', ['KM', 'kilometre', 'kilometres', 'kilometer', 'kilometers']),
  unit('m', 'distance', 'km', '0.001', 'definition', ['metre', 'metres', 'meter', 'meters']),
  unit('mi', 'distance', 'km', '1.609344', 'international mile', ['mile', 'miles']),
  unit('nmi', 'distance', 'km', '1.852', 'international nautical mile', [
    'nautical-mile',
    'nautical-miles',
    'nautical mile',
    'nautical miles',
  ]),
  unit('m2', 'area', 'm2', '1', 'definition', ['m²', 'm^2', 'square-metre', 'square-metres', 'sqm']),
  unit('ft2', 'area', 'm2', '0.09290304', '0.3048 m squared', ['ft²', 'sqft', 'square-foot', 'square-feet']),
  unit('hour', 'time', 'hour', '1', 'definition', ['h', 'hours']),
  unit('day', 'time', 'hour', '24', 'definition', ['d', 'days']),
  { ...unit('year', 'time', 'hour', '8760', 'convention of 365 days', ['a', 'years']), kind: 'published' },
  unit('passenger', 'passengers', 'passenger', '1', 'definition', ['passengers', 'person', 'persons', 'people', 'pax']),
  unit('room', 'rooms', 'room', '1', 'definition', ['rooms']),
  unit('night', 'nights', 'night', '1', 'definition', ['nights']),
  unit('item', 'items', 'item', '1', 'definition', ['items', 'piece', 'pieces', 'pcs']),
  ...CURRENCIES.map((code) => unit(code, 'money', code, '1', 'ISO 4217', [])),
];

/** Names that mean several things and stand in no register: what to say instead. */
export const UNITS_AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  ton: ['t', 'short-ton', 'long-ton'],
  tons: ['t', 'short-ton', 'long-ton'],
  mt: ['t'],
  gal: ['US-gal', 'imp-gal'],
  gallon: ['US-gal', 'imp-gal'],
  gallons: ['US-gal', 'imp-gal'],
  therm: ['therm-EC', 'therm-US'],
  therms: ['therm-EC', 'therm-US'],
  barrel: ['bbl-oil'],
  barrels: ['bbl-oil'],
  bbl: ['bbl-oil'],
  btu: ['kBtu', 'MMBtu'],
  mbtu: ['kBtu', 'MMBtu'],
  mcf: ['Mcf'],
};
