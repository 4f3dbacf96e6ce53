import type { Factor } from '#ghg';
import { textOf } from '../shared/figures';
import { OPERATORS } from '../shared/of-others';
import { cite, FIRST, figureRows, labelOf, tableOf, type HubContext } from './hub-sheet';
import { HUB_UNITS } from './hub-vocabulary';
import { gasColumnOf, gasLineOf, type SheetRow } from './lines';
import { placeOf, readSubregion, subregionColumnsOf } from './subregions';

/** Which eGRID the rates of table 6 are of, as its source line says: the year of the data. Null: it says none. */
export function egridYearOf(rows: readonly SheetRow[]): number | null {
  for (const { cells } of rows)
    for (let column = 0; column < cells.length; column += 1) {
      const year = /\beGRID\s?(\d{4})\b/.exec(textOf(cells, column))?.[1];
      if (year !== undefined) return Number(year);
    }
  return null;
}

/** Table 6: rates of the subregions. The line above the header names the groups and the line beneath it the units. */
export function readElectricity(context: HubContext, egridYear: number): void {
  const { account } = context;
  const table = tableOf(context, 6);
  const header = [...table.head, ...table.body.slice(0, 1)];
  const columns = subregionColumnsOf(header);
  for (const row of header) account.note(row);
  for (const row of table.body.slice(1)) {
    if (!columns || placeOf(row, columns.name) === null || row.cells.length <= columns.name + 1) leaveOut(context, row);
    else
      readSubregion(account, row, columns, {
        year: egridYear,
        table: `Emission Factors Hub ${context.year}, Table 6, Total Output Emission Factors`,
      });
  }
}

function leaveOut({ account }: HubContext, row: SheetRow): void {
  if (row.cells.some(({ kind }) => kind === 'number')) account.omit(row.row, undefined, 'region_unknown', labelOf(row));
  else account.note(row);
}

const HEAT_USES: readonly Pick<Factor, 'code' | 'activityType' | 'leg'>[] = [
  { code: 'T7-steam-and-heat', activityType: 'heat.district', leg: 'generation' },
  { code: 'T7-steam-and-heat-steam', activityType: 'heat.steam', leg: 'generation' },
  ...OPERATORS.map((who) => ({ code: `T7-steam-and-heat-${who}`, activityType: `${who}.heat`, leg: 'operation' as const })),
];

/** Table 7: steam and heat bought, at 80 per cent efficiency on natural gas: a network of a district, and steam of a neighbour. */
export function readHeat(context: HubContext): void {
  const { account, year } = context;
  const table = tableOf(context, 7);
  const header = table.head.at(-1)?.cells ?? [];
  const columns = [FIRST, FIRST + 1, FIRST + 2].flatMap((column) => gasColumnOf(textOf(header, column), column) ?? []);
  const unit = HUB_UNITS[columns[0]?.per ?? ''];
  for (const row of figureRows(context, table)) {
    const line = gasLineOf(row.cells, columns);
    if (unit === undefined || columns.length < 3) account.omit(row.row, FIRST, 'unit_unknown', `per "${columns[0]?.per ?? ''}"`);
    else if (line.reason !== undefined) account.omit(row.row, line.column, line.reason, line.detail);
    else
      account.take(
        row,
        HEAT_USES.map((use) => ({
          ...use,
          region: 'US',
          year,
          attributes: {},
          unit,
          gases: line.gases,
          source: cite(table, labelOf(row), row, line.printed),
        })),
      );
  }
}
