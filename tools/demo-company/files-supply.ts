import { dayText, type Draw } from './draw';
import { OWN_SECTORS } from './own-factors';
import { EVERYWHERE, someDay } from './anywhere';
import { lineOf, soil, written, type Sheet } from './sheet';
import type { DemoFile } from './demo-file';

const numbered = (prefix: string, i: number): string => `${prefix}-${10_000 + i}`;

const REFRIGERANTS = ['Report', 'Entity', 'Date', 'Gas', 'Added', 'Unit', 'Account', 'Technician'];

function refrigerants(draw: Draw): Sheet {
  const lines = Array.from({ length: 180 }, (_, i) => {
    const entity = draw.pick(EVERYWHERE);
    const american = entity.startsWith('TW-US');
    return lineOf(REFRIGERANTS, {
      Report: numbered('SR', i),
      Entity: entity,
      Date: someDay(draw),
      // R-22 is a gas of the Montreal Protocol: kept, and reported apart from the scopes.
      Gas: draw.pick(['R-410A', 'R-410A', 'HFC-134a', 'R-404A', 'R-407C', 'HCFC-22']),
      Added: american ? draw.decimal(10, 180, 1) : draw.decimal(30, 900, 2),
      Unit: american ? 'lb' : 'kg',
      Account: '6450',
      Technician: 'name withheld',
    });
  });
  return { columns: REFRIGERANTS, lines };
}

const WASTE = ['Note', 'Entity', 'Date', 'Material', 'Treatment', 'Weight', 'Unit', 'Cost centre'];
/** Materials and treatments in the words of the two publishers of the starter catalogue. */
const WASTE_ELSEWHERE = [
  ['commercial-and-industrial-waste', 'combustion'],
  ['commercial-and-industrial-waste', 'landfill'],
  ['paper-and-board-mixed', 'recycling'],
  ['plastics-average-plastics', 'recycling'],
  ['metal-scrap-metal', 'recycling'],
  ['organic-food-and-drink-waste', 'anaerobic-digestion'],
  ['weee-mixed', 'recycling'],
  ['wood', 'recycling'],
] as const;
const WASTE_US = [
  ['mixed-msw', 'landfill'],
  ['mixed-msw', 'combustion'],
  ['mixed-paper-general', 'recycling'],
  ['mixed-metals', 'recycling'],
  ['mixed-plastics', 'recycling'],
  ['food-waste', 'composting'],
] as const;

function waste(draw: Draw): Sheet {
  const lines = Array.from({ length: 1_050 }, (_, i) => {
    const entity = draw.pick(EVERYWHERE);
    const american = entity.startsWith('TW-US');
    const [material, treatment] = american ? draw.pick(WASTE_US) : draw.pick(WASTE_ELSEWHERE);
    const light = !american && draw.chance(300);
    return lineOf(WASTE, {
      Note: numbered('WN', i),
      Entity: entity,
      Date: someDay(draw),
      Material: material,
      Treatment: treatment,
      Weight: light ? draw.decimal(40, 900, 0) : draw.decimal(100, 9_000, 3),
      Unit: american ? 'short-ton' : light ? 'kg' : 't',
      'Cost centre': `CC-${draw.int(7000, 7010)}`,
    });
  });
  return { columns: WASTE, lines };
}

const MATERIALS = ['Receipt', 'Entity', 'Date', 'Material', 'Origin', 'Weight', 'Unit', 'Account'];

function materials(draw: Draw): Sheet {
  const lines = Array.from({ length: 420 }, (_, i) =>
    lineOf(MATERIALS, {
      Receipt: numbered('GR', i),
      Entity: draw.pick(['TW-GB-LEEDS', 'TW-DE', 'TW-DE-OPTIK', 'TW-FR', 'TW-SE', 'TW-US-OHIO']),
      Date: someDay(draw),
      Material: draw.pick(['metals', 'plastics-pp-incl-forming', 'plastics-hdpe-incl-forming', 'paper-and-board-board', 'glass', 'wood']),
      Origin: draw.pick(['primary', 'primary', '']),
      Weight: draw.decimal(50, 6_000, 3),
      Unit: 't',
      Account: draw.pick(['4010', '4020']),
    }),
  );
  return { columns: MATERIALS, lines };
}

const SPEND = [
  'Document',
  'Item',
  'Entity',
  'Posting date',
  'Vendor',
  'Sector',
  'Price year',
  'Net amount',
  'Currency',
  'Cost centre',
  'Account',
  'Project',
  'Budget',
  'Capex',
];
/** Industries of the NAICS 2017, as the supply chain factors name them. */
const NAICS = [
  '541110',
  '541512',
  '323111',
  '334413',
  '331313',
  '325998',
  '337214',
  '484121',
  '561720',
  '722511',
  '811310',
  '334514',
  '332721',
] as const;

function grouped(plain: string): string {
  const [whole = '', fraction = '00'] = plain.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

function spend(draw: Draw, year: number, count: number): Sheet {
  const sectors = Object.keys(OWN_SECTORS);
  const lines = Array.from({ length: count }, (_, i) => {
    const entity = draw.pick(EVERYWHERE);
    const currency = entity.startsWith('TW-US') ? 'USD' : entity.startsWith('TW-GB') ? 'GBP' : 'EUR';
    const amount = grouped(draw.decimal(2_500, 4_800_000, 2));
    return lineOf(SPEND, {
      Document: `GL-${year}-${10_000 + Math.floor(i / 3)}`,
      Item: String((i % 3) + 1),
      Entity: entity,
      'Posting date': dayText(year, draw.int(1, 12), draw.int(1, 28)),
      Vendor: `Vendor ${draw.int(1, 12)} (invented)`,
      Sector: currency === 'USD' ? draw.pick(NAICS) : draw.pick(sectors),
      'Price year': String(year),
      // A credit note takes back what an invoice had booked.
      'Net amount': draw.chance(25) ? `-${amount}` : amount,
      // No factor and no rate of exchange is pinned for Swiss francs: these keys stay open, by name.
      Currency: draw.chance(4) ? 'CHF' : currency,
      'Cost centre': `CC-${draw.int(8000, 8030)}`,
      Account: draw.pick(['6000', '6100', '6200', '6300', '0400']),
      Project: draw.pick(['', '', 'PRJ-ORION', 'PRJ-ROLLOUT']),
      Budget: draw.chance(400) ? grouped(draw.decimal(100_000, 9_000_000, 2)) : '',
      Capex: draw.pick(['true', 'false', 'false', 'false']),
    });
  });
  return { columns: SPEND, lines };
}

/** Invoices of 2025 that were posted again with another amount after the year was closed. */
function reposted(sheet: Sheet, draw: Draw): Sheet {
  const at = sheet.columns.indexOf('Net amount');
  const lines = sheet.lines
    .filter((_, index) => index % 23 === 7)
    .map((line) => line.map((cell, i) => (i === at ? grouped(draw.decimal(2_500, 4_800_000, 2)) : cell)));
  return { columns: sheet.columns, lines };
}

/** Refrigerants, waste, materials and spend; `corrections` come last of all files. */
export function supplyFiles(draw: Draw): { files: DemoFile[]; corrections: DemoFile[] } {
  const [spend2024, spend2025] = [spend(draw, 2024, 1_300), spend(draw, 2025, 1_350)];
  const spendSlips = [
    { column: 'Currency', text: 'Taler' },
    { column: 'Net amount', text: '1.234,50' },
    { column: 'Capex', text: 'maybe' },
    { column: 'Sector', text: '' },
    { column: 'Posting date', text: 'Q3' },
  ];
  const soiledSpend = (sheet: Sheet) => written(soil(sheet, draw, { repeatedPerMille: 12, slips: spendSlips, times: 2 }));
  const leaks = soil(refrigerants(draw), draw, {
    repeatedPerMille: 15,
    slips: [
      { column: 'Added', text: '0,8' },
      { column: 'Unit', text: 'L' },
    ],
    times: 1,
  });
  const notes = soil(waste(draw), draw, {
    repeatedPerMille: 14,
    slips: [
      { column: 'Treatment', text: 'shot into space' },
      { column: 'Material', text: '' },
      { column: 'Unit', text: 'bags' },
      { column: 'Material', text: 'unicorn-feathers' },
    ],
    times: 3,
  });
  const receipts = soil(materials(draw), draw, { repeatedPerMille: 12, slips: [{ column: 'Origin', text: 'moon' }], times: 3 });
  return {
    files: [
      { name: 'refrigerants.csv', mapping: 'refrigerants', content: written(leaks) },
      { name: 'waste.csv', mapping: 'waste', content: written(notes) },
      { name: 'materials.csv', mapping: 'materials', content: written(receipts) },
      { name: 'spend-2024.csv', mapping: 'spend', content: soiledSpend(spend2024) },
      { name: 'spend-2025.csv', mapping: 'spend', content: soiledSpend(spend2025) },
    ],
    corrections: [{ name: 'spend-2025-reposted.csv', mapping: 'spend', content: written(reposted(spend2025, draw)) }],
  };
}
