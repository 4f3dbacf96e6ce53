import type { Dimension, Unit, UnitId } from './unit';

/** ISO 4217 codes. A currency is its own base: money becomes other money only through a pinned exchange rate. */
const CURRENCIES =
  'AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MAD MXN MYR NGN NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR'.split(
    ' ',
  );

type Row = readonly [id: UnitId, ratio: string, source: string, aliases?: readonly string[], kind?: Unit['kind']];

/** Units of one dimension, with their ratio to its base unit. */
function family(dimension: Dimension, base: UnitId, rows: readonly Row[]): Unit[] {
  return rows.map(([id, ratio, source, aliases = [], kind = 'exact']) => ({ id, dimension, base, ratio, kind, source, aliases }));
}

/** A thing that is counted: its own base, and no other unit beside it. */
function counted(dimension: Dimension, id: UnitId, aliases: readonly string[]): Unit[] {
  return family(dimension, id, [[id, '1', 'definition', aliases]]);
}

const BTU = 'International Table Btu, 1055.05585262 J';
const CALORIE = 'International Table calorie, 4.1868 J';

const ENERGY = family('energy', 'MJ', [
  ['MJ', '1', 'definition', ['megajoule', 'megajoules']],
  ['J', '0.000001', 'definition', ['joule', 'joules']],
  ['kJ', '0.001', 'definition', ['kilojoule', 'kilojoules']],
  ['GJ', '1000', 'definition', ['gigajoule', 'gigajoules']],
  ['TJ', '1000000', 'definition', ['terajoule', 'terajoules']],
  ['PJ', '1000000000', 'definition', ['petajoule', 'petajoules']],
  ['Wh', '0.0036', 'definition', ['watt-hour', 'watt-hours']],
  ['kWh', '3.6', 'definition', ['kwh', 'KWH', 'KWh', 'kilowatt-hour', 'kilowatt-hours']],
  ['MWh', '3600', 'definition', ['mwh', 'MWH', 'megawatt-hour', 'megawatt-hours']],
  ['GWh', '3600000', 'definition', ['gwh', 'GWH', 'gigawatt-hour', 'gigawatt-hours']],
  ['TWh', '3600000000', 'definition', ['terawatt-hour', 'terawatt-hours']],
  ['Btu-IT', '0.00105505585262', BTU],
  ['Btu-ISO', '0.001055056', 'ISO 31-4: 1055.056 J, rounded; 1.4e-7 above the International Table Btu', [], 'published'],
  // ENERGY STAR Portfolio Manager prints 1 kWh = 3.412 kBtu, which is rounded and no unit here: figures made with it differ in the fifth digit.
  ['kBtu', '1.05505585262', `${BTU}; 3.412 kBtu per kWh is a rounded figure`, ['kBTU', 'kbtu']],
  ['MMBtu', '1055.05585262', `${BTU}; MM is a thousand thousand`, ['mmBtu', 'MMBTU', 'mmbtu']],
  ['MMBtu-eGRID', '1055.1', 'US EPA eGRID prints 1.0551 GJ per MMBtu, rounded', [], 'published'],
  ['therm-EC', '105.505585262', '100,000 International Table Btu; the therm of UK and EU bills'],
  ['therm-US', '105.4804', 'legal US therm, 59 °F Btu'],
  ['toe', '41868', 'tonne of oil equivalent, 10 Gcal (International Table)', ['TOE', 'tonne-of-oil-equivalent']],
  ['ktoe', '41868000', '1,000 toe'],
  ['Mtoe', '41868000000', '1,000,000 toe'],
  ['kcal-IT', '0.0041868', CALORIE],
  ['Mcal-IT', '4.1868', CALORIE],
  ['Gcal-IT', '4186.8', CALORIE],
  ['kcal-th', '0.004184', 'thermochemical calorie, 4.184 J'],
  ['kcal-15', '0.0041858', '15 °C calorie as UK DESNZ 2025 prints it, sheet Conversions: 4.1858 kJ, rounded', [], 'published'],
  ['ton-hour-refrigeration', '12.66067023144', `12,000 Btu; ${BTU}`, ['ton-hour', 'ton-hours']],
  ['boiler-horsepower-hour', '35.3179946664545', `33,475 Btu; ${BTU}`, [], 'published'],
]);

const MASS = family('mass', 'kg', [
  ['kg', '1', 'definition', ['KG', 'Kg', 'kilogram', 'kilograms', 'kilogramme', 'kilogrammes']],
  ['mg', '0.000001', 'definition; m is milli', ['milligram', 'milligrams']],
  ['g', '0.001', 'definition', ['gram', 'grams', 'gramme', 'grammes']],
  ['t', '1000', 'definition', ['tonne', 'tonnes', 'metric-ton', 'metric-tons', 'metric ton', 'metric tons']],
  ['Mg', '1000', 'definition; M is mega', ['megagram', 'megagrams']],
  ['kt', '1000000', 'definition', ['kilotonne', 'kilotonnes']],
  ['Gg', '1000000', 'definition; 1 kt', ['gigagram', 'gigagrams']],
  ['Mt', '1000000000', 'definition; a million tonnes', ['megatonne', 'megatonnes', 'million-tonnes']],
  ['lb', '0.45359237', 'international pound', ['lbs', 'pound', 'pounds']],
  ['oz', '0.028349523125', '1/16 lb, avoirdupois', ['ounce', 'ounces']],
  ['short-ton', '907.18474', '2,000 lb', ['short-tons', 'short ton', 'short tons', 'US-ton']],
  ['long-ton', '1016.0469088', '2,240 lb', ['long-tons', 'long ton', 'long tons', 'imperial-ton']],
]);

const VOLUME = family('volume', 'm3', [
  ['m3', '1', 'definition', ['m³', 'm^3', 'cubic-metre', 'cubic-metres', 'cubic metre', 'cubic metres']],
  ['L', '0.001', 'definition', ['l', 'litre', 'litres', 'liter', 'liters', 'Litre', 'Litres']],
  ['mL', '0.000001', 'definition; m is milli', ['ml', 'millilitre', 'millilitres']],
  ['ML', '1000', 'definition; M is mega', ['megalitre', 'megalitres', 'million-litres', 'million litres']],
  ['US-gal', '0.003785411784', '231 cubic inches', ['US-gallon', 'US-gallons', 'US gallon', 'US gallons']],
  [
    'imp-gal',
    '0.00454609',
    'UK Weights and Measures Act 1985',
    ['imperial-gallon', 'imperial-gallons', 'imperial gallon', 'imperial gallons', 'UK-gal'],
  ],
  ['ft3', '0.028316846592', '0.3048 m cubed', ['ft³', 'cf', 'cubic-foot', 'cubic-feet']],
  ['ccf', '2.8316846592', '100 ft3', ['CCF', 'Ccf']],
  ['Mcf', '28.316846592', '1,000 ft3; M is the Roman thousand'],
  ['MMcf', '28316.846592', '1,000,000 ft3; MM is a thousand thousand', ['MMCF']],
  ['bbl-oil', '0.158987294928', '42 US gallons', ['oil-barrel', 'oil-barrels']],
  ['US-liquid-barrel', '0.119240471196', '31.5 US gallons; not the barrel of oil'],
]);

/** Gas volumes at reference conditions: each its own base, since without stated conditions none becomes another. */
const GAS_VOLUME = [
  ...family('volume', 'Nm3', [['Nm3', '1', 'normal cubic metre: dry gas at 0 °C and 101.325 kPa (DIN 1343)', ['Nm³']]]),
  ...family('volume', 'Sm3', [['Sm3', '1', 'standard cubic metre: dry gas at 15 °C and 101.325 kPa (ISO 13443)', ['Sm³']]]),
];

const LENGTH = [
  ...family('distance', 'km', [
    ['km', '1', 'definition', ['KM', 'kilometre', 'kilometres', 'kilometer', 'kilometers']],
    ['m', '0.001', 'definition', ['metre', 'metres', 'meter', 'meters']],
    ['mi', '1.609344', 'international mile', ['mile', 'miles']],
    ['nmi', '1.852', 'international nautical mile', ['nautical-mile', 'nautical-miles', 'nautical mile', 'nautical miles']],
    ['yd', '0.0009144', 'international yard', ['yard', 'yards']],
    ['ft', '0.0003048', 'international foot', ['foot', 'feet']],
  ]),
  ...family('area', 'm2', [
    ['m2', '1', 'definition', ['m²', 'm^2', 'square-metre', 'square-metres', 'sqm']],
    ['ft2', '0.09290304', '0.3048 m squared', ['ft²', 'sqft', 'square-foot', 'square-feet']],
    ['ha', '10000', 'definition', ['hectare', 'hectares']],
    ['km2', '1000000', 'definition', ['km²', 'square-kilometre', 'square-kilometres']],
  ]),
];

const TIME = family('time', 'hour', [
  ['hour', '1', 'definition', ['h', 'hours']],
  ['day', '24', 'definition', ['d', 'days']],
  ['week', '168', 'definition', ['weeks']],
  ['year', '8760', 'convention of 365 days', ['a', 'years'], 'convention'],
]);

/** CO2e stated as such. Its GWP set is part of its source; it is no mass and never becomes one. */
const EMISSIONS = family('emissions', 'kgCO2e', [
  ['kgCO2e', '1', 'definition', ['kg CO2e', 'kgCO2eq', 'kg CO2-eq']],
  ['gCO2e', '0.001', 'definition', ['g CO2e']],
  ['tCO2e', '1000', 'definition', ['t CO2e', 'tCO2eq', 'tonnes CO2e']],
  ['ktCO2e', '1000000', 'definition', ['kt CO2e', 'GgCO2e']],
  ['MtCO2e', '1000000000', 'definition; a million tonnes', ['Mt CO2e', 'MMTCO2e', 'MMT CO2e']],
  ['lbCO2e', '0.45359237', 'international pound', ['lb CO2e']],
]);

const COUNTS = [
  ...counted('passengers', 'passenger', ['passengers', 'person', 'persons', 'people', 'pax']),
  ...counted('vehicles', 'vehicle', ['vehicles']),
  ...family('containers', 'TEU', [
    ['TEU', '1', 'twenty-foot equivalent unit; no tonnes without a stated load', ['TEUs']],
    ['FEU', '2', '40 ft standard container, 2 TEU (GLEC Framework v3)', ['FEUs'], 'convention'],
    ['FEU-high-cube', '2.25', '40 ft high cube container, 2.25 TEU (GLEC Framework v3)', [], 'convention'],
  ]),
  ...counted('rooms', 'room', ['rooms']),
  ...counted('nights', 'night', ['nights']),
  ...counted('items', 'item', ['items', 'piece', 'pieces', 'pcs']),
  ...counted('uses', 'use', ['uses', 'cycle', 'cycles', 'wash', 'washes']),
  ...counted('heads', 'head', ['heads', 'employee', 'employees']),
  ...family('ratio', '1', [
    ['1', '1', 'definition', ['fraction']],
    ['%', '0.01', 'definition', ['percent', 'per cent']],
  ]),
  ...counted('angle', 'deg', ['°', 'degree', 'degrees']),
];

/** The register of units, as data: ratio to the base unit, exact unless `kind` says otherwise. */
export const UNIT_REGISTER: readonly Unit[] = [
  ...ENERGY,
  ...MASS,
  ...VOLUME,
  ...GAS_VOLUME,
  ...LENGTH,
  ...TIME,
  ...EMISSIONS,
  ...COUNTS,
  ...CURRENCIES.flatMap((code) => family('money', code, [[code, '1', 'ISO 4217']])),
];

/** Names that mean several things and stand in no register: what to say instead. */
export const UNITS_AMBIGUOUS: Readonly<Record<string, readonly string[]>> = {
  ton: ['t', 'short-ton', 'long-ton'],
  tons: ['t', 'short-ton', 'long-ton'],
  mt: ['t', 'Mt'],
  mtco2e: ['tCO2e', 'MtCO2e'],
  gal: ['US-gal', 'imp-gal'],
  gallon: ['US-gal', 'imp-gal'],
  gallons: ['US-gal', 'imp-gal'],
  therm: ['therm-EC', 'therm-US'],
  therms: ['therm-EC', 'therm-US'],
  barrel: ['bbl-oil'],
  barrels: ['bbl-oil'],
  bbl: ['bbl-oil'],
  btu: ['Btu-IT', 'Btu-ISO'],
  mbtu: ['kBtu', 'MMBtu'],
  kcal: ['kcal-IT', 'kcal-th', 'kcal-15'],
  mcal: ['Mcal-IT'],
  gcal: ['Gcal-IT'],
  mcf: ['Mcf', 'MMcf'],
  month: ['day'],
  months: ['day'],
};
