import { type Draw, dayText, MONTHS, monthEnd, monthText, spelled, withDecimalComma, YEARS } from './draw';
import { lineOf, soil, written, type Sheet } from './sheet';
import type { DemoFile } from './demo-file';

const UTILITIES_GB = [
  'Site',
  'Building',
  'Month',
  'Electricity kWh',
  'Gas kWh (gross)',
  'Water m3',
  'Waste water m3',
  'Cost centre',
  'Budget',
  'Remarks',
];
const SITES_GB = [
  { site: 'BRISTOL', buildings: 8, gas: true },
  { site: 'LEEDS', buildings: 12, gas: true },
  { site: 'DAVENTRY', buildings: 5, gas: false },
];

/** Winter costs more heat than summer: per cent of a mean month. */
const SEASON = [165, 150, 130, 100, 70, 45, 35, 35, 55, 95, 135, 160];
const season = (month: number): number => SEASON[month - 1] ?? 100;

function utilitiesGb(draw: Draw, year: number): Sheet {
  const lines = SITES_GB.flatMap(({ site, buildings, gas }) =>
    Array.from({ length: buildings }, (_, b) => b + 1).flatMap((building) =>
      MONTHS.map((month) =>
        lineOf(UTILITIES_GB, {
          Site: site,
          Building: `${site.slice(0, 3)}-${building}`,
          Month: monthText(year, month),
          'Electricity kWh': draw.decimal(180_000, 960_000, 1),
          'Gas kWh (gross)': gas ? draw.decimal(2_000 * season(month), 9_000 * season(month), 1) : '',
          'Water m3': building % 2 === 0 ? draw.decimal(1_200, 9_000, 2) : '',
          'Waste water m3': building % 2 === 0 ? draw.decimal(1_000, 8_000, 2) : '',
          'Cost centre': `CC-${1000 + building}`,
          Budget: draw.decimal(200_000, 900_000, 2),
          Remarks: draw.chance(20) ? 'meter read by hand' : '',
        }),
      ),
    ),
  );
  return { columns: UTILITIES_GB, lines };
}

const UTILITIES_US = ['Meter', 'Site', 'Service start', 'Service end', 'Commodity', 'Usage', 'UOM', 'Cost centre'];
const SITES_US = [
  { site: 'TW-US', meters: 7 },
  { site: 'TW-US-OHIO', meters: 11 },
  { site: 'TW-US-GULF', meters: 6 },
];

/** Bills run from the 17th to the 16th, that of December into the next year; only the books' last one is cut off at the end of the year. */
function utilitiesUs(draw: Draw): Sheet {
  const lines = SITES_US.flatMap(({ site, meters }) =>
    Array.from({ length: meters }, (_, m) => m + 1).flatMap((meter) =>
      YEARS.flatMap((year) => MONTHS.flatMap((month) => usBills(draw, site, meter, year, month))),
    ),
  );
  return { columns: UTILITIES_US, lines };
}

function usBills(draw: Draw, site: string, meter: number, year: number, month: number): string[][] {
  const end = serviceEnd(year, month);
  const bill = (commodity: string, usage: string, uom: string) =>
    lineOf(UTILITIES_US, {
      Meter: `${site.slice(3)}-${commodity[0] ?? ''}${meter}`,
      Site: site,
      'Service start': spelled(dayText(year, month, 17), 'MM/DD/YYYY'),
      'Service end': spelled(end, 'MM/DD/YYYY'),
      Commodity: commodity,
      Usage: usage,
      UOM: uom,
      'Cost centre': `CC-${2000 + meter}`,
    });
  const bills = [
    bill('Electric', draw.decimal(200_000, 1_400_000, 1), 'kWh'),
    meter % 3 === 0
      ? bill('Gas', draw.decimal(20 * season(month), 90 * season(month), 1), 'ccf')
      : bill('Gas', draw.decimal(100 * season(month), 500 * season(month), 2), 'MMBtu'),
  ];
  return meter % 2 === 0 ? bills : [...bills, bill('Water', draw.decimal(4_000, 60_000, 0), 'US-gal')];
}

function serviceEnd(year: number, month: number): string {
  if (month < 12) return dayText(year, month + 1, 16);
  return year === YEARS[YEARS.length - 1] ? dayText(year, 12, 31) : dayText(year + 1, 1, 16);
}

const ENERGIE_DE = ['Gesellschaft', 'Zähler', 'von', 'bis', 'Energieträger', 'Verbrauch', 'Einheit', 'Kostenstelle'];
const METERS_DE = [
  { company: 'Messtechnik', carriers: ['Strom', 'Strom', 'Strom', 'Erdgas', 'Erdgas', 'Fernwärme', 'Wasser', 'Heizöl'] },
  { company: 'Saaletal', carriers: ['Strom', 'Strom', 'Erdgas', 'Fernwärme', 'Wasser'] },
] as const;

function energieDe(draw: Draw): Sheet {
  const amount = {
    Strom: (_: number): [string, string] =>
      draw.chance(200) ? [draw.decimal(20_000, 90_000, 3), 'MWh'] : [draw.decimal(2_000_000, 9_000_000, 2), 'kWh'],
    Erdgas: (month: number): [string, string] => [draw.decimal(3_000 * season(month), 9_000 * season(month), 2), 'm³'],
    Fernwärme: (month: number): [string, string] => [draw.decimal(300 * season(month), 800 * season(month), 3), 'MWh'],
    Wasser: (_: number): [string, string] => [draw.decimal(8_000, 50_000, 2), 'm³'],
    Heizöl: (month: number): [string, string] => [draw.decimal(10 * season(month), 40 * season(month), 0), 'L'],
  };
  const lines = METERS_DE.flatMap(({ company, carriers }) =>
    carriers.flatMap((carrier, c) =>
      YEARS.flatMap((year) =>
        MONTHS.map((month) => {
          const [quantity, unit] = amount[carrier](month);
          return lineOf(ENERGIE_DE, {
            Gesellschaft: company,
            Zähler: `${company.slice(0, 2)}-${carrier.slice(0, 2)}-${c + 1}`,
            von: spelled(dayText(year, month, 1), 'DD.MM.YYYY'),
            bis: spelled(monthEnd(year, month), 'DD.MM.YYYY'),
            Energieträger: carrier,
            Verbrauch: withDecimalComma(quantity),
            Einheit: unit,
            Kostenstelle: `CC-${3000 + c}`,
          });
        }),
      ),
    ),
  );
  return { columns: ENERGIE_DE, lines };
}

const ENERGIE_FR = ['Compteur', 'Énergie', 'Début', 'Fin', 'Quantité', 'Unité', 'Centre de coûts'];

function energieFr(draw: Draw): Sheet {
  const lines = Array.from({ length: 9 }, (_, m) => m + 1).flatMap((meter) =>
    YEARS.flatMap((year) =>
      MONTHS.map((month) => {
        const gas = meter % 3 === 0;
        const quantity = gas ? draw.decimal(900 * season(month), 4_000 * season(month), 1) : draw.decimal(150_000, 700_000, 1);
        return lineOf(ENERGIE_FR, {
          Compteur: `LYO-${meter}`,
          Énergie: gas ? 'gaz naturel' : 'électricité',
          Début: spelled(dayText(year, month, 1), 'DD/MM/YYYY'),
          Fin: spelled(monthEnd(year, month), 'DD/MM/YYYY'),
          Quantité: withDecimalComma(quantity).replaceAll('.', ' '),
          Unité: gas ? 'kWh PCS' : 'kWh',
          'Centre de coûts': `CC-${4000 + meter}`,
        });
      }),
    ),
  );
  return { columns: ENERGIE_FR, lines };
}

const SITE_ENERGY = [
  'Log no',
  'Entity',
  'Kind',
  'Activity type',
  'Month',
  'Quantity',
  'Unit',
  'Calorific basis',
  'Supplier',
  'Cost centre',
  'Project',
];
const LOGGED = [
  {
    entity: 'TW-SE',
    kind: 'grid',
    type: 'electricity.grid',
    unit: 'MWh',
    min: 9_000,
    max: 42_000,
    decimals: 3,
    basis: '',
    supplier: 'Mälarkraft (invented)',
  },
  { entity: 'TW-SE', kind: 'grid', type: 'electricity.grid', unit: 'MWh', min: 4_000, max: 18_000, decimals: 3, basis: '', supplier: '' },
  { entity: 'TW-SE', kind: 'grid', type: 'heat.district', unit: 'MWh', min: 6_000, max: 90_000, decimals: 3, basis: '', supplier: '' },
  { entity: 'TW-SE', kind: 'fuel', type: 'fuel.wood-pellets', unit: 't', min: 400, max: 2_900, decimals: 2, basis: '', supplier: '' },
  { entity: 'TW-GB-LEEDS', kind: 'fuel', type: 'fuel.gas-oil', unit: 'L', min: 3_000, max: 22_000, decimals: 1, basis: '', supplier: '' },
  { entity: 'TW-GB-DEPOT', kind: 'fuel', type: 'fuel.lpg', unit: 'L', min: 9_000, max: 48_000, decimals: 1, basis: '', supplier: '' },
  {
    entity: 'TW-GB',
    kind: 'fuel',
    type: 'fuel.heating-oil',
    unit: 'kWh',
    min: 40_000,
    max: 220_000,
    decimals: 1,
    basis: 'net',
    supplier: '',
  },
  { entity: 'TW-US-OHIO', kind: 'fuel', type: 'fuel.lpg', unit: 'US-gal', min: 2_000, max: 9_000, decimals: 1, basis: '', supplier: '' },
  {
    entity: 'TW-US-GULF',
    kind: 'fuel',
    type: 'fuel.gas-oil',
    unit: 'US-gal',
    min: 2_000,
    max: 12_000,
    decimals: 1,
    basis: '',
    supplier: '',
  },
] as const;

function siteEnergy(draw: Draw): Sheet {
  const lines = LOGGED.flatMap((log, l) =>
    YEARS.flatMap((year) =>
      MONTHS.map((month) =>
        lineOf(SITE_ENERGY, {
          'Log no': `SE-${l + 1}-${monthText(year, month)}`,
          Entity: log.entity,
          Kind: log.kind,
          'Activity type': log.type,
          Month: monthText(year, month),
          Quantity: draw.decimal(log.min, log.max, log.decimals),
          Unit: log.unit,
          'Calorific basis': log.basis,
          Supplier: log.supplier,
          'Cost centre': `CC-${5000 + l}`,
          Project: draw.chance(100) ? 'PRJ-BOILER' : '',
        }),
      ),
    ),
  );
  return { columns: SITE_ENERGY, lines };
}

/** Readings of 2025 that the meter operator put right afterwards: the same buildings and months, other amounts. */
function corrected(sheet: Sheet, draw: Draw): Sheet {
  const at = sheet.columns.indexOf('Electricity kWh');
  const lines = sheet.lines
    .filter((_, index) => index % 9 === 4)
    .map((line) => line.map((cell, i) => (i === at ? draw.decimal(180_000, 960_000, 1) : cell)));
  return { columns: sheet.columns, lines };
}

/** Everything that meters and logs say; `corrections` come last of all files. */
export function energyFiles(draw: Draw): { files: DemoFile[]; corrections: DemoFile[] } {
  const gb2024 = utilitiesGb(draw, 2024);
  const gb2025 = utilitiesGb(draw, 2025);
  const slipsGb = [
    { column: 'Site', text: 'LEEDZ' },
    { column: 'Month', text: '2025-13' },
    { column: 'Electricity kWh', text: '41,22.5' },
    { column: 'Gas kWh (gross)', text: 'see letter' },
    { column: 'Budget', text: 'tbd' },
  ];
  const soiledGb = (sheet: Sheet) => written(soil(sheet, draw, { repeatedPerMille: 10, slips: slipsGb, times: 1 }));
  const us = soil(utilitiesUs(draw), draw, {
    repeatedPerMille: 12,
    slips: [
      { column: 'Service end', text: '01/02/2024' },
      { column: 'UOM', text: 'therms' },
      { column: 'Site', text: 'TW-US-IOWA' },
      { column: 'Commodity', text: 'Chilled water' },
      { column: 'Usage', text: '-118.25' },
    ],
    times: 2,
  });
  const de = soil(energieDe(draw), draw, {
    repeatedPerMille: 10,
    slips: [
      { column: 'Verbrauch', text: '12,345.6' },
      { column: 'von', text: '2025-01-01' },
      { column: 'Einheit', text: 'Scheffel' },
    ],
    times: 1,
  });
  const fr = soil(energieFr(draw), draw, { repeatedPerMille: 10, slips: [{ column: 'Quantité', text: '1234.5' }], times: 2 });
  const log = soil(siteEnergy(draw), draw, {
    repeatedPerMille: 10,
    slips: [
      { column: 'Activity type', text: 'fuel.moonlight' },
      { column: 'Quantity', text: '' },
      { column: 'Unit', text: 'ton' },
    ],
    times: 1,
  });
  return {
    files: [
      { name: 'utilities-gb-2024.csv', mapping: 'utilities-gb', content: soiledGb(gb2024) },
      { name: 'utilities-gb-2025.csv', mapping: 'utilities-gb', content: soiledGb(gb2025) },
      { name: 'utilities-us.csv', mapping: 'utilities-us', content: written(us) },
      // Every letter of the sheet is in Latin-1, where windows-1252 is the same.
      { name: 'energie-jena.csv', mapping: 'energie-de', content: Buffer.from(written(de, ';'), 'latin1') },
      { name: 'energie-lyon.csv', mapping: 'energie-fr', content: written(fr, ';') },
      { name: 'site-energy.csv', mapping: 'site-energy', content: written(log) },
    ],
    corrections: [{ name: 'utilities-gb-2025-corrected.csv', mapping: 'utilities-gb', content: written(corrected(gb2025, draw)) }],
  };
}
