import { BIOFUELS, plain, type Factor, type FuelProperty } from '#ghg';
import type { OmissionReason } from '../../factor-file';
import { slugOf, textOf } from '../shared/figures';
import { cite, FIRST, figureRows, LABEL, labelOf, NAMELESS, tableOf, type HubContext, type HubTable } from './hub-sheet';
import {
  BIOMASS_SECTION,
  BLACK_LIQUOR_SECTION,
  CO2_OF_NON_ROAD,
  FOSSIL_ALL_THE_SAME,
  HUB_UNITS,
  MOBILE_BIOFUELS,
  MOBILE_FUELS,
  STATIONARY_FUELS,
  type FuelUse,
} from './hub-vocabulary';
import { biogenicSplit, gasColumnOf, gasLineOf, usFigure, type GasColumn, type GasLine, type SheetRow } from './lines';

/** Columns of table 1: heat content, then CO2, CH4 and N2O per unit of energy, then per unit of mass or volume. */
const [HEAT, PER_ENERGY, PER_UNIT] = [FIRST, FIRST + 1, FIRST + 4];
const GASES_MAX = 3;

/** The units of the rows that follow, as the sub-header above them says. */
interface Section {
  readonly label: string;
  readonly heatUnit: string;
  readonly columns: readonly GasColumn[];
}

interface FuelRow {
  readonly context: HubContext;
  readonly table: HubTable;
  readonly row: SheetRow;
  readonly label: string;
  readonly biogenic: boolean;
  readonly uses: readonly FuelUse[];
}

/**
 * Table 1, stationary combustion. Three lines a row: heat content (higher heating value), gases per mmBtu, gases per short ton, scf or gallon. The
 * per-unit figures are printed rounded and are taken as they stand, not recomputed from heat: what is burnt by the gallon was published by the gallon.
 */
export function readStationary(context: HubContext): void {
  const table = tableOf(context, 1);
  for (const row of table.head) context.account.note(row);
  let section: Section = { label: '', heatUnit: '', columns: [] };
  for (const row of table.body) {
    const heatUnit = /^mmBtu per (.+)$/.exec(textOf(row.cells, HEAT))?.[1];
    const filled = row.cells.slice(FIRST).some(({ kind }) => kind !== 'blank');
    if (heatUnit !== undefined) section = { ...section, heatUnit, columns: gasColumns(row, PER_ENERGY, 2 * GASES_MAX) };
    else if (!filled) section = { ...section, label: textOf(row.cells, LABEL) };
    if (heatUnit !== undefined || !filled) context.account.note(row);
    else readStationaryRow(context, table, row, section);
  }
}

function gasColumns({ cells }: SheetRow, from: number, count: number): GasColumn[] {
  const columns: GasColumn[] = [];
  for (let column = from; column < from + count; column += 1) {
    const gas = gasColumnOf(textOf(cells, column), column);
    if (gas) columns.push(gas);
  }
  return columns;
}

function readStationaryRow(context: HubContext, table: HubTable, row: SheetRow, section: Section): void {
  const { account } = context;
  const label = labelOf(row);
  const biogenic = BIOMASS_SECTION.test(section.label) && !FOSSIL_ALL_THE_SAME.includes(label);
  const named = BLACK_LIQUOR_SECTION.test(section.label) ? slugOf('black liquor', label) : slugOf(label);
  const uses = STATIONARY_FUELS[label] ?? [{ activityType: 'fuel.stationary', fuel: named }];
  const unknown = biogenic ? uses.find(({ fuel }) => fuel !== undefined && !BIOFUELS.includes(fuel)) : undefined;
  if (label === '') account.omit(row.row, LABEL, 'type_not_covered', NAMELESS);
  else if (unknown)
    for (const column of [HEAT, PER_ENERGY, PER_UNIT])
      account.omit(row.row, column, 'type_not_covered', `"${unknown.fuel}" is biogenic here and is no biofuel of the vocabulary`);
  else {
    const fuel: FuelRow = { context, table, row, label, biogenic, uses };
    readHeat(fuel, section.heatUnit);
    readGases(fuel, section.columns.slice(0, GASES_MAX), PER_ENERGY);
    readGases(fuel, section.columns.slice(GASES_MAX), PER_UNIT);
  }
}

/** Heat content as printed, on the higher heating value: the gross calorific value. The fuels of table 2 by the same name have it too. */
function readHeat({ context, table, row, label, uses }: FuelRow, printedUnit: string): void {
  const { account, year } = context;
  const { value, reason } = usFigure(row.cells, HEAT);
  const unit = HUB_UNITS[printedUnit];
  if (value === undefined) return account.omit(row.row, HEAT, reason, `heat content: "${textOf(row.cells, HEAT)}"`);
  if (unit === undefined) return account.omit(row.row, HEAT, 'unit_unknown', `mmBtu per ${printedUnit}`);
  const mobile = MOBILE_FUELS[label] ?? (isMobileFuel(context, label) ? { activityType: 'fuel.mobile', fuel: slugOf(label) } : undefined);
  const serves = [...uses.filter(({ energyAlone }) => !energyAlone), ...(mobile ? [{ ...mobile, suffix: '-mobile' }] : [])];
  const properties = serves.map(({ activityType, fuel, suffix = '' }): FuelProperty => ({
    code: `T1-${slugOf(label)}-heat-content${suffix}`,
    kind: 'gross-cv',
    activityType,
    attributes: fuel === undefined ? {} : { fuel },
    region: 'US',
    year,
    value: plain(value),
    unit: `MMBtu/${unit}`,
    source: cite(table, label, row, `${plain(value)} mmBtu (HHV) per ${printedUnit}`),
  }));
  account.takeProperties(row, properties, HEAT);
}

function isMobileFuel(context: HubContext, label: string): boolean {
  return tableOf(context, 2).body.some((row) => labelOf(row) === label);
}

function readGases(fuel: FuelRow, columns: readonly GasColumn[], at: number): void {
  const { context, row, uses } = fuel;
  const { account } = context;
  const per = columns[0]?.per ?? '';
  const unit = HUB_UNITS[per];
  if (unit === undefined) return account.omit(row.row, at, 'unit_unknown', `per "${per}"`);
  const line = gasLineOf(row.cells, columns);
  if (line.reason !== undefined) return account.omit(row.row, line.column, line.reason, line.detail);
  const isEnergy = unit === 'MMBtu';
  const serves = uses.filter(({ energyAlone }) => isEnergy || !energyAlone);
  if (serves.length === 0) return account.omit(row.row, at, 'type_not_covered', `per ${per}`);
  account.take(
    row,
    serves.flatMap((use) => burnt(fuel, use, line, unit)),
    { column: at },
  );
}

/** Combustion, and the biogenic CO2 of a biofuel beside it. */
function burnt(
  { context, table, row, label, biogenic }: FuelRow,
  use: FuelUse,
  line: Extract<GasLine, { printed: string }>,
  unit: string,
): Factor[] {
  const printed = unit === 'MMBtu' ? `${line.printed} (HHV)` : line.printed;
  const factor: Omit<Factor, 'gases'> = {
    code: `T1-${slugOf(label)}-${UNIT_SUFFIX[unit] ?? unit}${use.suffix ?? ''}`,
    activityType: use.activityType,
    leg: 'combustion',
    region: 'US',
    year: context.year,
    attributes: {
      ...(use.fuel === undefined ? {} : { fuel: use.fuel }),
      ...(unit === 'MMBtu' ? { calorific_basis: 'gross' } : {}),
    },
    unit,
    source: cite(table, label, row, printed),
  };
  if (!biogenic) return [{ ...factor, gases: line.gases }];
  const split = biogenicSplit(line.gases);
  return [
    { ...factor, gases: split.combustion },
    { ...factor, code: `${factor.code}-biogenic`, leg: 'biogenic', gases: split.biogenic },
  ];
}

const UNIT_SUFFIX: Readonly<Record<string, string>> = { MMBtu: 'mmbtu', ft3: 'scf', 'US-gal': 'gallon' };

/** What table 2 says of a fuel, or why it says nothing. */
type Carbon =
  | { readonly label: string; readonly unit: string; readonly line: Extract<GasLine, { printed: string }>; readonly reason?: never }
  | { readonly reason: OmissionReason; readonly column: number; readonly detail: string };

function carbonOf(table: HubTable, row: SheetRow): Carbon {
  const label = labelOf(row);
  const per = textOf(row.cells, FIRST + 1);
  const mass = /\b(kg|g|lb) CO2\b/.exec(textOf(table.head.at(-1)?.cells, FIRST))?.[1] ?? '';
  const column = gasColumnOf(`${mass} CO2 per ${per}`, FIRST);
  const unit = HUB_UNITS[per];
  if (label === '') return { reason: 'type_not_covered', column: LABEL, detail: NAMELESS };
  if (unit === undefined || !column) return { reason: 'unit_unknown', column: FIRST + 1, detail: `${mass} CO2 per "${per}"` };
  const line = gasLineOf(row.cells, [column]);
  return line.reason === undefined ? { label, unit, line } : line;
}

/** Table 2: CO2 of fuels for vehicles, alone. CH4 and N2O are published by the mile (tables 3 and 4), so what is burnt on the road is `partial`. */
export function readMobile(context: HubContext): void {
  const { account, year } = context;
  const table = tableOf(context, 2);
  for (const row of figureRows(context, table)) {
    const carbon = carbonOf(table, row);
    if (carbon.reason !== undefined) {
      account.omit(row.row, carbon.column, carbon.reason, carbon.detail);
      continue;
    }
    const { label, unit, line } = carbon;
    const { activityType, fuel } = MOBILE_FUELS[label] ?? { activityType: 'fuel.mobile', fuel: slugOf(label) };
    const head = {
      code: `T2-${slugOf(label)}`,
      activityType,
      region: 'US',
      year,
      attributes: fuel === undefined ? {} : { fuel },
      unit,
      source: cite(table, `${label}; CO2 alone, CH4 and N2O are published per mile`, row, line.printed),
    };
    account.take(row, [
      MOBILE_BIOFUELS.includes(label)
        ? { ...head, leg: 'biogenic', gases: biogenicSplit(line.gases).biogenic }
        : { ...head, leg: 'combustion', gases: line.gases, partial: true },
    ]);
  }
}

/**
 * Table 5: CH4 and N2O per gallon of machines, ships and aircraft. A gallon burnt releases the CO2 of table 2 beside them: the two rows make one
 * factor of `fuel.mobile`, whose `fuel` names the fuel and where it is burnt.
 */
export function readNonRoad(context: HubContext): void {
  const { account, year } = context;
  const table = tableOf(context, 5);
  const header = table.head.at(-1);
  const columns = header ? gasColumns(header, FIRST + 1, 2) : [];
  let vehicle = '';
  for (const row of figureRows(context, table)) {
    vehicle = labelOf(row) || vehicle;
    const fuel = textOf(row.cells, FIRST);
    const unit = HUB_UNITS[columns[0]?.per ?? ''];
    const line = gasLineOf(row.cells, columns);
    const co2 = carbonOfNonRoad(context, fuel);
    if (unit === undefined) account.omit(row.row, FIRST + 1, 'unit_unknown', `per "${columns[0]?.per ?? ''}"`);
    else if (line.reason !== undefined) account.omit(row.row, line.column, line.reason, line.detail);
    else if (!co2 || co2.unit !== unit) account.omit(row.row, FIRST + 1, 'type_not_covered', `no CO2 of "${fuel}" in table 2`);
    else
      account.take(row, [
        {
          code: `T5-${slugOf(vehicle)}-${slugOf(fuel)}`,
          activityType: 'fuel.mobile',
          leg: 'combustion',
          region: 'US',
          year,
          attributes: { fuel: slugOf(fuel, vehicle) },
          unit,
          gases: [...co2.line.gases, ...line.gases],
          source: cite(table, `${vehicle}, ${fuel}`, row, `${line.printed}; CO2 of table 2, ${co2.label}: ${co2.line.printed}`),
        },
      ]);
  }
}

function carbonOfNonRoad(context: HubContext, fuel: string): Extract<Carbon, { label: string }> | null {
  const table = tableOf(context, 2);
  const label = CO2_OF_NON_ROAD.find(([name]) => name.test(fuel))?.[1];
  const row = table.body.find((candidate) => label !== undefined && labelOf(candidate) === label);
  const carbon = row && carbonOf(table, row);
  return carbon === undefined || carbon.reason !== undefined ? null : carbon;
}
