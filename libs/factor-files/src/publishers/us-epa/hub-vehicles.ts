import type { Factor } from '#ghg';
import { textOf } from '../shared/figures';
import { cite, FIRST, figureRows, LABEL, labelOf, tableOf, type HubContext, type HubTable } from './hub-sheet';
import { HUB_UNITS, ROAD_FUELS, ROAD_VEHICLES } from './hub-vocabulary';
import { gasColumnOf, gasLineOf, type GasColumn, type SheetRow } from './lines';

const ACTIVITY = 'vehicle.distance-ch4-n2o';
const CENTURY = 100;
/** A range of model years is no longer than the motor car is old. */
const RANGE_MAX = 150;

/**
 * The model years that a cell means, each as text: `1975`, `1973-1974` and `1973-74` every year from the one to the other. A range without a
 * beginning (`≤1980`, and `<1981`, which is the same) is one value, `to-1980`: where it begins the publisher does not say. Null: none of these.
 */
export function modelYearsOf(text: string): readonly string[] | null {
  const open = /^([≤<])\s*(\d{4})$/.exec(text);
  if (open) return [`to-${Number(open[2]) - (open[1] === '<' ? 1 : 0)}`];
  const range = /^(\d{4})(?:\s*[-–]\s*(\d{4}|\d{2}))?$/.exec(text);
  if (!range) return null;
  const first = Number(range[1]);
  const end = range[2] ?? text;
  const last = end.length === 2 ? first - (first % CENTURY) + Number(end) : Number(end);
  if (last < first || last - first > RANGE_MAX) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}

/** Table 3: CH4 and N2O of petrol vehicles by the mile and model year. */
export function readGasolineVehicles(context: HubContext): void {
  const table = tableOf(context, 3);
  const columns = columnsOf(table, FIRST + 1);
  let label = '';
  for (const row of figureRows(context, table)) {
    const own = labelOf(row);
    // `(Vans, Pickup Trucks, SUVs)` explains the label above it.
    if (own !== '' && !own.startsWith('(')) label = own;
    takeVehicle(context, table, row, { label, fuel: 'petrol', years: textOf(row.cells, FIRST) }, columns);
  }
}

/** Table 4: CH4 and N2O of diesel vehicles by model year, and of other fuels whatever the year. */
export function readOtherVehicles(context: HubContext): void {
  const table = tableOf(context, 4);
  const columns = columnsOf(table, FIRST + 2);
  let [label, printedFuel] = ['', ''];
  for (const row of figureRows(context, table)) {
    label = labelOf(row) || label;
    printedFuel = textOf(row.cells, FIRST) || printedFuel;
    const fuel = ROAD_FUELS[printedFuel];
    if (fuel === undefined) context.account.omit(row.row, FIRST, 'type_not_covered', `${ACTIVITY} has no fuel "${printedFuel}" (${label})`);
    else takeVehicle(context, table, row, { label, fuel, years: textOf(row.cells, FIRST + 1) }, columns);
  }
}

function columnsOf({ head }: HubTable, from: number): GasColumn[] {
  const cells = head.at(-1)?.cells ?? [];
  return [from, from + 1].flatMap((column) => gasColumnOf(textOf(cells, column), column) ?? []);
}

function takeVehicle(
  context: HubContext,
  table: HubTable,
  row: SheetRow,
  { label, fuel, years }: { readonly label: string; readonly fuel: string; readonly years: string },
  columns: readonly GasColumn[],
): void {
  const { account, year } = context;
  const vehicle = ROAD_VEHICLES[label];
  const unit = HUB_UNITS[columns[0]?.per ?? ''];
  const modelYears = years === '' ? [null] : modelYearsOf(years);
  if (vehicle === undefined) return account.omit(row.row, LABEL, 'type_not_covered', `no vehicle of ours is "${label}"`);
  if (unit === undefined || columns.length < 2) return account.omit(row.row, FIRST, 'unit_unknown', `per "${columns[0]?.per ?? ''}"`);
  if (modelYears === null) return account.omit(row.row, FIRST, 'value_not_a_number', `model years "${years}"`);
  const line = gasLineOf(row.cells, columns);
  if (line.reason !== undefined) return account.omit(row.row, line.column, line.reason, line.detail);
  const source = cite(table, [label, years].filter((text) => text !== '').join(', '), row, line.printed);
  const factors = modelYears.map((modelYear): Factor => {
    const parts = [`T${table.number}`, vehicle, fuel, ...(modelYear === null ? [] : [modelYear])];
    const attributes = { vehicle, fuel, ...(modelYear === null ? {} : { model_year: modelYear }) };
    return {
      code: parts.join('-'),
      activityType: ACTIVITY,
      leg: 'combustion',
      region: 'US',
      year,
      attributes,
      unit,
      gases: line.gases,
      source,
    };
  });
  account.take(row, factors);
}
