import type { Factor } from '#ghg';
import { figureOf, rateText, slugOf, textOf, withoutFootnotes } from '../shared/figures';
import { figureAt, grams, kilograms, REGION_OF, rowsOfTable, TOOL_YEAR, type TableRow, type ToolSheet } from './tool';

const UNIT_OF: Readonly<Record<string, string>> = { 'kg/L': 'L', 'kg/m3': 'm3', 'kg/US Gallon': 'US-gal', 'kg/scf': 'ft3' };

/** What is sold at the pump has a type of its own; biofuels have their name in the vocabulary. */
const FUEL_OF: Readonly<Record<string, Pick<Factor, 'activityType' | 'attributes'>>> = {
  'Motor Gasoline': { activityType: 'fuel.petrol', attributes: {} },
  'Motor Gasoline/Petrol': { activityType: 'fuel.petrol', attributes: {} },
  'Diesel Fuel': { activityType: 'fuel.diesel', attributes: {} },
  'On-Road Diesel Fuel': { activityType: 'fuel.diesel', attributes: {} },
  'Ethanol (100%)': { activityType: 'fuel.mobile', attributes: { fuel: 'bioethanol' } },
  Bioethanol: { activityType: 'fuel.mobile', attributes: { fuel: 'bioethanol' } },
  'Biodiesel (100%)': { activityType: 'fuel.mobile', attributes: { fuel: 'biodiesel' } },
  'Biodiesel ME': { activityType: 'fuel.mobile', attributes: { fuel: 'biodiesel' } },
};

/** Table 2 calls some fuels otherwise than table 1. */
const SAME_FUEL: Readonly<Record<string, string>> = {
  Diesel: 'Diesel Fuel',
  LPG: 'Liquefied Petroleum Gases (LPG)',
  'Jet Fuel': 'Kerosene - Type Jet Fuel',
};

/** Fuels that `vehicle.distance` and its sister can name. */
const VEHICLE_FUEL: Readonly<Record<string, string>> = {
  Gasoline: 'petrol',
  Petrol: 'petrol',
  Diesel: 'diesel',
  Hybrid: 'hybrid',
  CNG: 'cng',
  LNG: 'lng',
  LPG: 'lpg',
  Methanol: 'methanol',
  Ethanol: 'bioethanol',
  Biodiesel: 'biodiesel',
  Unknown: 'unknown',
  'All fuels': 'unknown',
};

/** A label in which a unit stands where a factor's unit is told. */
const isData = ({ cells }: TableRow): boolean => withoutFootnotes(textOf(cells, 1)) in REGION_OF && textOf(cells, 2) !== '';

const regionOf = ({ cells }: TableRow): string => REGION_OF[withoutFootnotes(textOf(cells, 1))] ?? 'GLOBAL';

/**
 * Sheet `Mobile Combustion - Fuel Use`. Table 1 is CO2 alone: factors that say so (`partial`), and biogenic CO2 as the leg of its own. Table 2 has
 * CH4 and N2O by machine; where it is per US gallon as table 1 is, the three gases become one factor of the fuel in that machine.
 */
export function readMobileFuel(tool: ToolSheet): void {
  const co2 = rowsOfTable(tool.sheet, /^Table 1\. CO2 Emission Factors by Fuel/).filter(isData);
  for (const found of co2) readFuel(tool, found);
  for (const found of rowsOfTable(tool.sheet, /^Table 2\. CH4 and N2O Emission Factors by Fuel/).filter(isData))
    readMachine(tool, found, co2);
}

function readFuel(tool: ToolSheet, found: TableRow): void {
  const { row, cells } = found;
  const [label, printedUnit] = [withoutFootnotes(textOf(cells, 2)), textOf(cells, 5)];
  const unit = UNIT_OF[printedUnit];
  if (unit === undefined) return tool.account.omit(tool.sheet.name, row, 'unit_unknown', printedUnit, 'F');
  const region = regionOf(found);
  const common = {
    ...(FUEL_OF[label] ?? { activityType: 'fuel.mobile', attributes: { fuel: slugOf(label) } }),
    region,
    year: TOOL_YEAR,
    unit,
  };
  const code = `mobile-${region}-${slugOf(label)}-${unit}`;
  const sourceOf = (text: string) => ({ table: 'Mobile Combustion - Fuel Use, table 1', row: label, printed: `${text} ${printedUnit}` });
  const [fossil, biogenic] = [figureOf(textOf(cells, 3)), figureOf(textOf(cells, 4))];
  const place = { sheet: tool.sheet.name, row };
  if (fossil.value)
    tool.list.add(
      { ...common, code, leg: 'combustion', gases: [kilograms('CO2', fossil.value)], partial: true, source: sourceOf(textOf(cells, 3)) },
      place,
    );
  if (biogenic.value)
    tool.list.add(
      {
        ...common,
        code: `${code}-biogenic`,
        leg: 'biogenic',
        gases: [kilograms('CO2_biogenic', biogenic.value)],
        source: sourceOf(textOf(cells, 4)),
      },
      place,
    );
  if (fossil.reason && biogenic.reason) tool.account.omit(tool.sheet.name, row, fossil.reason, label, 'D');
}

function readMachine(tool: ToolSheet, found: TableRow, co2: readonly TableRow[]): void {
  const { row, cells } = found;
  const [printedFuel, machine, engine] = [2, 3, 4].map((column) => withoutFootnotes(textOf(cells, column))) as [string, string, string];
  const region = regionOf(found);
  const fuel = SAME_FUEL[printedFuel] ?? printedFuel;
  const beside = co2.find(
    (other) => regionOf(other) === region && withoutFootnotes(textOf(other.cells, 2)) === fuel && textOf(other.cells, 5) === 'kg/US Gallon',
  );
  const carbon = beside ? figureOf(textOf(beside.cells, 3)).value : undefined;
  if (textOf(cells, 6) !== 'g/US Gallon' || !carbon)
    return tool.account.omit(
      tool.sheet.name,
      row,
      'total_missing',
      `${fuel}, ${machine}: CH4 and N2O per ${textOf(cells, 6)} without the CO2 beside them`,
    );
  const [methane, nitrous] = [figureAt(tool, found, 5), figureAt(tool, found, 7)];
  if (!methane || !nitrous) return;
  tool.list.add(
    {
      code: `machine-${region}-${slugOf(fuel, machine, engine)}`,
      activityType: 'fuel.mobile',
      leg: 'combustion',
      region,
      year: TOOL_YEAR,
      attributes: { fuel: slugOf(fuel, machine, engine) },
      unit: 'US-gal',
      gases: [kilograms('CO2', carbon), grams('CH4', methane), grams('N2O', nitrous)],
      source: {
        table: 'Mobile Combustion - Fuel Use, tables 1 and 2',
        row: [fuel, machine, engine].filter(Boolean).join(', '),
        printed: `${rateText(carbon)} kg CO2, ${textOf(cells, 5)} g CH4, ${textOf(cells, 7)} g N2O per US gallon`,
      },
    },
    { sheet: tool.sheet.name, row },
  );
}

/** Sheet `Mobile Combustion - Distance`: CH4 and N2O per distance (US, IPCC), and all three gases of UK vehicles. */
export function readMobileDistance(tool: ToolSheet): void {
  for (const { row, cells } of rowsOfTable(tool.sheet, /^Reference Table: Average Fuel Economy/))
    if (figureOf(textOf(cells, 3)).value)
      tool.account.omit(
        tool.sheet.name,
        row,
        'energy_not_emission',
        `${textOf(cells, 1)}: fuel economy, to be used where nothing else is known`,
      );
  for (const found of rowsOfTable(tool.sheet, /^Table 1\. CH4 and N2O Emission Factors/).filter(isData)) readWithoutCo2(tool, found);
  for (const found of rowsOfTable(tool.sheet, /^Table 2\. CO2, CH4, N2O Emission Factors/).filter(isData)) readUkVehicle(tool, found);
}

function readWithoutCo2(tool: ToolSheet, found: TableRow): void {
  const { row, cells } = found;
  const [vehicle, modelYear, printedFuel, printedUnit] = [2, 3, 4, 6].map((column) => textOf(cells, column)) as [
    string,
    string,
    string,
    string,
  ];
  const fuel = VEHICLE_FUEL[printedFuel];
  const unit = { 'g/km': 'km', 'g/mile': 'mi' }[printedUnit];
  if (fuel === undefined)
    return tool.account.omit(tool.sheet.name, row, 'condition_not_covered', `a vehicle that burns ${printedFuel}`, 'E');
  if (unit === undefined) return tool.account.omit(tool.sheet.name, row, 'unit_unknown', printedUnit, 'G');
  const [methane, nitrous] = [figureAt(tool, found, 5), figureAt(tool, found, 7)];
  if (!methane || !nitrous) return;
  const region = regionOf(found);
  tool.list.add(
    {
      code: `distance-${region}-${slugOf(vehicle, printedFuel, modelYear)}`,
      activityType: 'vehicle.distance-ch4-n2o',
      leg: 'combustion',
      region,
      year: TOOL_YEAR,
      attributes: { vehicle: slugOf(vehicle), fuel, ...(modelYear === '' ? {} : { model_year: modelYear }) },
      unit,
      gases: [grams('CH4', methane), grams('N2O', nitrous)],
      source: {
        table: 'Mobile Combustion - Distance, table 1',
        row: [vehicle, printedFuel, modelYear].filter(Boolean).join(', '),
        printed: `${textOf(cells, 5)} g CH4, ${textOf(cells, 7)} g N2O per ${unit}`,
      },
    },
    { sheet: tool.sheet.name, row },
  );
}

function readUkVehicle(tool: ToolSheet, found: TableRow): void {
  const { row, cells } = found;
  const [kind, size, laden, printedFuel] = [2, 3, 4, 5].map((column) => withoutFootnotes(textOf(cells, column))) as [
    string,
    string,
    string,
    string,
  ];
  const fuel = VEHICLE_FUEL[printedFuel];
  if (fuel === undefined)
    return tool.account.omit(tool.sheet.name, row, 'condition_not_covered', `a vehicle that burns ${printedFuel}`, 'F');
  const [carbon, methane, nitrous] = [figureAt(tool, found, 6), figureAt(tool, found, 7), figureAt(tool, found, 8)];
  if (!carbon || !methane || !nitrous) return;
  tool.list.add(
    {
      code: `distance-GB-${slugOf(kind, size, laden, printedFuel)}`,
      activityType: 'vehicle.distance',
      leg: 'combustion',
      region: 'GB',
      year: TOOL_YEAR,
      attributes: { vehicle: slugOf(kind, size, laden), fuel },
      unit: 'km',
      gases: [kilograms('CO2', carbon), grams('CH4', methane), grams('N2O', nitrous)],
      source: {
        table: 'Mobile Combustion - Distance, table 2',
        row: [kind, size, laden, printedFuel].filter(Boolean).join(', '),
        printed: `${textOf(cells, 6)} kg CO2, ${textOf(cells, 7)} g CH4, ${textOf(cells, 8)} g N2O per km`,
      },
    },
    { sheet: tool.sheet.name, row },
  );
}
