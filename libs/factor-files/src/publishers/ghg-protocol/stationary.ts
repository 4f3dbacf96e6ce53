import { plain, type Factor, type GasAmount } from '#ghg';
import { figureOf, slugOf, textOf, withoutFootnotes } from '../shared/figures';
import { ipccFuel, type NamedFuel } from '../shared/ipcc-fuels';
import { kilograms, rowsOfTable, TOOL_YEAR, type TableRow, type ToolSheet } from './tool';

const GASES = ['CO2', 'CH4', 'N2O'] as const;
const [LABEL, HEATING_VALUE, LIQUID_DENSITY, GAS_DENSITY] = [2, 3, 6, 7];
/** Columns of one table, each with what its figure is per. All energy is on net calorific value. */
const BASES = [
  { column: 4, unit: 'TJ', attributes: { calorific_basis: 'net' } },
  { column: 5, unit: 't', attributes: {} },
  { column: 8, unit: 'L', attributes: {} },
  { column: 9, unit: 'm3', attributes: {} },
] as const;

type Gas = (typeof GASES)[number];
type RowsOfFuel = Map<Gas, TableRow>;

/** One table names petrol twice (`Motor gasoline`, `Motor gasoline/Petrol`). */
function fuelOf(label: string): string {
  return withoutFootnotes(label).replace(/\/Petrol$/, '');
}

/**
 * Sheet `Stationary Combustion`: one table per gas (2006 IPCC Guidelines, volume 2, chapter 2, table 2.4), the same fuels in each. A fuel becomes a
 * factor per basis with its gases together. The heating value and the density of table 1 become properties; tables 2 and 3 print other densities
 * for kerosene, and their figures per litre rest on those.
 */
export function readStationary(tool: ToolSheet): void {
  const fuels = new Map<string, RowsOfFuel>();
  GASES.forEach((gas, i) => {
    for (const found of rowsOfTable(tool.sheet, new RegExp(`^Table ${i + 1}\\. ${gas} Emission Factors by Fuel`))) {
      const label = textOf(found.cells, LABEL);
      if (label === '' || textOf(found.cells, 4) === '') continue;
      const fuel = fuelOf(label);
      fuels.set(fuel, (fuels.get(fuel) ?? new Map<Gas, TableRow>()).set(gas, found));
    }
  });
  for (const [label, rows] of fuels) {
    const fuel = ipccFuel(label);
    if (fuel) readFuel(tool, label, fuel, rows);
    else
      for (const { row } of rows.values())
        tool.account.omit(tool.sheet.name, row, 'type_not_covered', `${label}: no biofuel of the vocabulary`);
  }
}

function readFuel(tool: ToolSheet, label: string, fuel: NamedFuel, rows: RowsOfFuel): void {
  const place = (row: number) => ({ sheet: tool.sheet.name, row });
  for (const { column, unit, attributes } of BASES) {
    const gases: GasAmount[] = [];
    const printed: string[] = [];
    const used: number[] = [];
    for (const [gas, { row, cells }] of rows) {
      const { value } = figureOf(textOf(cells, column));
      if (value === undefined) continue;
      gases.push(kilograms(gas === 'CO2' && fuel.isBiofuel ? 'CO2_biogenic' : gas, value));
      printed.push(`${textOf(cells, column)} kg ${gas}`);
      used.push(row);
    }
    const [first] = used;
    if (first === undefined) continue;
    const common = {
      activityType: fuel.activityType,
      region: 'GLOBAL',
      year: TOOL_YEAR,
      attributes: { ...fuel.attributes, ...attributes },
      unit,
      source: {
        table: 'Stationary Combustion, tables 1 to 3 (net calorific value)',
        row: label,
        printed: `${printed.join(', ')} per ${unit}`,
      },
    };
    const inScope = gases.filter(({ gas }) => gas !== 'CO2_biogenic');
    const code = `stationary-${slugOf(label)}-${unit}`;
    if (inScope.length > 0)
      tool.list.add({ ...common, code, leg: 'combustion', gases: inScope, ...partialIf(gases.length < GASES.length) }, place(first));
    const biogenic = gases.filter(({ gas }) => gas === 'CO2_biogenic');
    if (biogenic.length > 0) tool.list.add({ ...common, code: `${code}-biogenic`, leg: 'biogenic', gases: biogenic }, place(first));
    tool.account.use(tool.sheet.name, ...used);
  }
  readProperties(tool, label, fuel, rows);
}

export function partialIf(isPartial: boolean): Pick<Factor, 'partial'> {
  return isPartial ? { partial: true } : {};
}

function readProperties(tool: ToolSheet, label: string, fuel: NamedFuel, rows: RowsOfFuel): void {
  const co2 = rows.get('CO2');
  if (!co2) return;
  for (const { column, kind, unit, printed } of [
    { column: HEATING_VALUE, kind: 'net-cv', unit: 'TJ/Gg', printed: 'TJ/Gg' },
    { column: LIQUID_DENSITY, kind: 'density', unit: 'kg/L', printed: 'kg/litre' },
    { column: GAS_DENSITY, kind: 'density', unit: 'kg/m3', printed: 'kg/m3' },
  ] as const) {
    const { value } = figureOf(textOf(co2.cells, column));
    if (value === undefined || value.isZero()) continue;
    tool.properties.push({
      code: `${kind}-${slugOf(label)}`,
      kind,
      activityType: fuel.activityType,
      attributes: fuel.attributes,
      region: 'GLOBAL',
      year: TOOL_YEAR,
      value: plain(value),
      unit,
      source: { table: 'Stationary Combustion, table 1', row: label, printed: `${textOf(co2.cells, column)} ${printed}` },
    });
  }
}
