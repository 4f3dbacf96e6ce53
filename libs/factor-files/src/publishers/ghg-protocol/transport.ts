import type { Decimal, GasAmount } from '#ghg';
import { figureOf, slugOf, textOf, withoutFootnotes } from '../shared/figures';
import { grams, kilograms, REGION_OF, rowsOfTable, TOOL_YEAR, type TableRow, type ToolSheet } from './tool';
import { FREIGHT, FREIGHT_VEHICLES, PUBLIC, type TransportType } from './transport-types';
import { partialIf } from './stationary';

const UNIT_OF: Readonly<Record<string, string>> = {
  'kg/tonne-kilometer': 't.km',
  'kg/short ton-mile': 'short-ton.mi',
  'kg/passenger-kilometer': 'passenger.km',
  'kg/passenger-mile': 'passenger.mi',
  'kg/vehicle-mile': 'mi',
};

/** One row of transport in the publisher's words, with what it says. */
interface TransportRow {
  readonly found: TableRow;
  readonly region: string;
  readonly vehicle: string;
  readonly kind: string;
  readonly section: string;
}

/** Data rows of a table, each under the sub-heading that it stands under (`Weight-Distance Basis`). */
function transportRows(tool: ToolSheet, title: RegExp, kindColumns: readonly number[]): TransportRow[] {
  const rows: TransportRow[] = [];
  let section = '';
  for (const found of rowsOfTable(tool.sheet, title)) {
    const [first, vehicle] = [withoutFootnotes(textOf(found.cells, 1)), withoutFootnotes(textOf(found.cells, 2))];
    const region = REGION_OF[first];
    if (region === undefined || vehicle === '') section = vehicle === '' && first !== '' ? first : section;
    else {
      const kinds = kindColumns
        .map((column) => withoutFootnotes(textOf(found.cells, column)))
        .filter((text) => text !== '' && text !== 'N/A');
      rows.push({ found, region, vehicle, kind: kinds.join(', '), section });
    }
  }
  return rows;
}

const groupOf = ({ region, vehicle, section, found }: TransportRow): string =>
  [region, vehicle, section, withoutFootnotes(textOf(found.cells, 5))].join(' / ');

/**
 * The row of the second table for the same thing. The two tables list the same vehicles in the same order and name the sizes otherwise: within one
 * region, vehicle and fuel, the n-th row stands for the n-th row, if there are equally many.
 */
function besides(first: readonly TransportRow[], second: readonly TransportRow[]): Map<TransportRow, TransportRow> {
  const pairs = new Map<TransportRow, TransportRow>();
  for (const group of new Set(first.map(groupOf))) {
    const [left, right] = [first.filter((row) => groupOf(row) === group), second.filter((row) => groupOf(row) === group)];
    if (left.length === right.length)
      left.forEach((row, i) => {
        const other = right[i];
        if (other) pairs.set(row, other);
      });
  }
  return pairs;
}

/** Sheet `Mobile Combustion - Freight`: CO2 in table 1, CH4 and N2O in table 2, joined. */
export function readFreight(tool: ToolSheet): void {
  const carbon = transportRows(tool, /^Table 1\. CO2 Emission Factors by Weight/, [3, 4, 5]);
  const others = transportRows(tool, /^Table 2\. CH4 and N2O Emission Factors by Weight/, [3, 4, 5]);
  const pairs = besides(carbon, others);
  for (const row of carbon) {
    const other = pairs.get(row);
    const gases = [gasAt('CO2', row, 6), ...(other ? [gasAt('CH4', other, 6), gasAt('N2O', other, 8)] : [])];
    const types = row.section === 'Vehicle-Distance Basis' ? FREIGHT_VEHICLES : FREIGHT;
    addTransport(tool, row, types, 'freight', textOf(row.found.cells, 7), gases, other ? [other.found.row] : []);
  }
  for (const { found, vehicle, kind } of others)
    if (tool.account.isOpen(tool.sheet.name, found.row))
      tool.account.omit(tool.sheet.name, found.row, 'condition_not_covered', `${vehicle} ${kind}: as its CO2 in table 1`);
}

/** Sheet `Mobile Combustion - Public`: all three gases in one row. */
export function readPublic(tool: ToolSheet): void {
  for (const row of transportRows(tool, /^Table 1\. CO2, CH4, and N2O Emission Factors by Passenger/, [3]))
    addTransport(
      tool,
      row,
      PUBLIC,
      'public',
      textOf(row.found.cells, 5),
      [gasAt('CO2', row, 4), gasAt('CH4', row, 6), gasAt('N2O', row, 8)],
      [],
    );
}

interface PrintedGas {
  readonly gas: 'CO2' | 'CH4' | 'N2O';
  readonly text: string;
  readonly value: Decimal | undefined;
}

function gasAt(gas: PrintedGas['gas'], { found }: TransportRow, column: number): PrintedGas {
  const text = textOf(found.cells, column);
  return { gas, text, value: figureOf(text).value };
}

/** CO2 stands in kilograms, the others in grams. */
const massOf = (gas: string, value: Decimal): GasAmount => (gas === 'CO2' ? kilograms(gas, value) : grams(gas, value));

function addTransport(
  tool: ToolSheet,
  row: TransportRow,
  types: readonly TransportType[],
  prefix: string,
  printedUnit: string,
  printed: readonly PrintedGas[],
  joined: readonly number[],
): void {
  const { region, vehicle, kind, found } = row;
  const unit = UNIT_OF[printedUnit];
  const type = types.find((known) => known.region === region && known.vehicle === vehicle && (known.kind ?? '') === kind);
  if (unit === undefined) return tool.account.omit(tool.sheet.name, found.row, 'unit_unknown', printedUnit);
  if (!type)
    return tool.account.omit(tool.sheet.name, found.row, 'condition_not_covered', `${vehicle} ${kind}: no class of the vocabulary`);
  const gases = printed.flatMap(({ gas, value }) => (value ? [massOf(gas, value)] : []));
  if (gases[0]?.gas !== 'CO2') return tool.account.omit(tool.sheet.name, found.row, 'value_blank', `${vehicle} ${kind}: CO2`);
  type.is.forEach(({ activityType, attributes }) => {
    tool.list.add(
      {
        code: [prefix, region, slugOf(vehicle, kind), unit, ...(type.is.length > 1 ? [attributes.haul ?? ''] : [])].join('-'),
        activityType,
        leg: 'operation',
        region,
        year: TOOL_YEAR,
        attributes,
        unit,
        gases,
        ...partialIf(gases.length < 3),
        source: {
          table: `${tool.sheet.name}, ${row.section}`,
          row: [vehicle, kind].filter(Boolean).join(', '),
          printed: printed.map(({ gas, text }) => `${text} ${gas === 'CO2' ? 'kg' : 'g'} ${gas}`).join(', ') + ` per ${unit}`,
        },
      },
      { sheet: tool.sheet.name, row: found.row },
    );
  });
  tool.account.use(tool.sheet.name, ...joined);
}
