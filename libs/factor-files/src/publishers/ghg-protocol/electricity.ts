import { figureOf, textOf } from '../shared/figures';
import { partialIf } from './stationary';
import { figureAt, kilograms, rowsOfTable, type ToolSheet } from './tool';

const LB_IN_KG = '0.45359237';
const THOUSAND = '1000';
/** A pound per gigawatt-hour is a thousandth of a pound per megawatt-hour. */
const PER_GWH_IN_PER_MWH = '0.001';

/** eGRID subregions by the name that the tool prints. */
const SUBREGION_OF: Readonly<Record<string, string>> = {
  'ASCC Alaska Grid': 'AKGD',
  'ASCC Miscellaneous': 'AKMS',
  'WECC Southwest': 'AZNM',
  'WECC California': 'CAMX',
  'ERCOT All': 'ERCT',
  'FRCC All': 'FRCC',
  'HICC Miscellaneous': 'HIMS',
  'HICC Oahu': 'HIOA',
  'MRO East': 'MROE',
  'MRO West': 'MROW',
  'NPCC New England': 'NEWE',
  'WECC Northwest': 'NWPP',
  'NPCC NYC/Westchester': 'NYCW',
  'NPCC Long Island': 'NYLI',
  'NPCC Upstate NY': 'NYUP',
  'Puerto Rico Miscellaneous': 'PRMS',
  'RFC East': 'RFCE',
  'RFC Michigan': 'RFCM',
  'RFC West': 'RFCW',
  'WECC Rockies': 'RMPA',
  'SPP North': 'SPNO',
  'SPP South': 'SPSO',
  'SERC Mississippi Valley': 'SRMV',
  'SERC Midwest': 'SRMW',
  'SERC South': 'SRSO',
  'SERC Tennessee Valley': 'SRTV',
  'SERC Virginia/Carolina': 'SRVC',
};

const TITLE = /^Table (\d+)\. Year (\d{4}) US Regional Electricity/;

/** Sheet `Electricity US`: eGRID total output rates, one table per year. CO2 is in lb/MWh, CH4 and N2O in lb/GWh. */
export function readElectricityUs(tool: ToolSheet): void {
  for (const cells of tool.sheet.rows) {
    const [, table, printedYear] = TITLE.exec(textOf(cells, 1)) ?? [];
    if (table === undefined || printedYear === undefined) continue;
    const year = Number(printedYear);
    for (const found of rowsOfTable(tool.sheet, new RegExp(`^Table ${table}\\. Year ${printedYear} US`))) {
      // The oldest tables write `ASCC - Alaska Grid`.
      const name = textOf(found.cells, 1).replace(' - ', ' ');
      if (name === '' || figureOf(textOf(found.cells, 2)).value === undefined) continue;
      const subregion = SUBREGION_OF[name];
      if (subregion === undefined) {
        tool.account.omit(tool.sheet.name, found.row, 'region_unknown', name, 'B');
        continue;
      }
      const [carbon, methane, nitrous] = [2, 3, 4].map((column) => figureAt(tool, found, column));
      if (!carbon || !methane || !nitrous) continue;
      tool.list.add(
        {
          code: `eGRID${year}-${subregion}`,
          activityType: 'electricity.grid',
          leg: 'generation',
          region: `US-${subregion}`,
          year,
          attributes: {},
          unit: 'MWh',
          gases: [
            kilograms('CO2', carbon.mul(LB_IN_KG)),
            kilograms('CH4', methane.mul(LB_IN_KG).mul(PER_GWH_IN_PER_MWH)),
            kilograms('N2O', nitrous.mul(LB_IN_KG).mul(PER_GWH_IN_PER_MWH)),
          ],
          source: {
            table: `Electricity US, table ${table}`,
            row: `${subregion}, ${name}`,
            printed: `${textOf(found.cells, 2)} lb CO2/MWh, ${textOf(found.cells, 3)} lb CH4/GWh, ${textOf(found.cells, 4)} lb N2O/GWh`,
          },
        },
        { sheet: tool.sheet.name, row: found.row },
      );
    }
  }
}

/** National tables of a year per row. What the columns hold decides: CO2 alone is `partial`; CO2e of unsaid GWPs is no figure for anybody. */
const NATIONAL = [
  { title: /^Table 1\. Chinese Electricity/, region: 'CN', unit: 'MWh', per: THOUSAND, printed: 't CO2/MWh' },
  { title: /^Table 2\. Electricity Emission Factors for Taiwan/, region: 'TW', unit: null, per: '1', printed: 'kg CO2e/kWh' },
  { title: /^Table 3\. Electricity Emission Factors for Brazil/, region: 'BR', unit: 'MWh', per: THOUSAND, printed: 't CO2/MWh' },
  { title: /^Table 4\. Electricity Emission Factors for Thailand/, region: 'TH', unit: 'kWh', per: '1', printed: 'kg CO2/kWh' },
  { title: /^Table 5\. Electricity Emission Factors for U\.K\./, region: 'GB', unit: 'kWh', per: '1', printed: 'kg/kWh' },
] as const;

/** Sheet `Electricity CN, TW, BR, TH, UK`. */
export function readElectricityElsewhere(tool: ToolSheet): void {
  for (const { title, region, unit, per, printed } of NATIONAL)
    for (const found of rowsOfTable(tool.sheet, title)) {
      const printedYear = textOf(found.cells, 1);
      if (!/^\d{4}$/.test(printedYear)) continue;
      if (unit === null) {
        tool.account.omit(
          tool.sheet.name,
          found.row,
          'gwp_unknown',
          `${region}, ${printedYear}: ${textOf(found.cells, 2)} ${printed}`,
          'C',
        );
        continue;
      }
      const carbon = figureAt(tool, found, 2);
      if (!carbon) continue;
      const [methane, nitrous] = [3, 4].map((column) => figureOf(textOf(found.cells, column)).value);
      const gases = [
        kilograms('CO2', carbon.mul(per)),
        ...(methane ? [kilograms('CH4', methane.mul(per))] : []),
        ...(nitrous ? [kilograms('N2O', nitrous.mul(per))] : []),
      ];
      tool.list.add(
        {
          code: `electricity-${region}-${printedYear}`,
          activityType: 'electricity.grid',
          leg: 'generation',
          region,
          year: Number(printedYear),
          attributes: {},
          unit,
          gases,
          ...partialIf(gases.length < 3),
          source: {
            table: tool.sheet.name,
            row: `${region}, ${printedYear}`,
            printed: `${[2, 3, 4]
              .map((column) => textOf(found.cells, column))
              .filter(Boolean)
              .join(', ')} ${printed}`,
          },
        },
        { sheet: tool.sheet.name, row: found.row },
      );
    }
}
