import type { FuelProperty, GasAmount } from '#ghg';
import type { Cell, Layout, OpenedFile, Sheet } from '../factor-file';
import { FactorList } from './shared/factor-list';
import { columnsOf, figureOf, letterOf, licenceOf, rateText, readingOf, slugOf, textOf } from './shared/figures';
import { ipccFuel, type NamedFuel } from './shared/ipcc-fuels';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'IPCC Emission Factor Database';
const HEADER = [
  'EF ID',
  'IPCC 2006 Source/Sink Category',
  'Gas',
  'Fuel 2006',
  'Type of parameter',
  'Description',
  'Technologies / Practices',
  'Parameters / Conditions',
  'Region / Regional Conditions',
  'Abatement / Control Technologies',
  'Other properties',
  'Value',
  'Unit',
] as const;
type Column = (typeof HEADER)[number];
type Columns = Readonly<Record<Column, number>>;

/** What a row must be of to be taken: the defaults of the 2006 Guidelines, volume 2, chapters 1 and 2. */
const GUIDELINES = '2006 IPCC default';
const GUIDELINES_YEAR = 2006;
const STATIONARY = /^(CO2|CH4|N2O) Emission Factor for Stationary Combustion \(kg\/TJ on a net calorific basis\)$/;
const HEATING_VALUE = 'Net Calorific Value (NCV)';
const GAS_OF: Readonly<Record<string, 'CO2' | 'CH4' | 'N2O'>> = { 'CARBON DIOXIDE': 'CO2', METHANE: 'CH4', 'NITROUS OXIDE': 'N2O' };
const GASES = ['CO2', 'CH4', 'N2O'] as const;
/** Where a row states one of these, its figure holds under that condition alone. */
const CONDITIONS: readonly Column[] = [
  'Technologies / Practices',
  'Parameters / Conditions',
  'Region / Regional Conditions',
  'Abatement / Control Technologies',
  'Other properties',
];

/** Commercial and institutional sources (table 2.4) are the fuel as such; others carry the sector in the name of the fuel. */
const SECTOR_OF: Readonly<Record<string, string>> = {
  '1.A.1 - Energy Industries': 'energy-industries',
  '1.A.2 - Manufacturing Industries and Construction': 'manufacturing-industries-and-construction',
  '1.A.4.a - Commercial/Institutional': '',
  '1.A.4.b - Residential 1.A.4.c.i - Stationary': 'residential-and-agriculture',
};

interface EfdbRow {
  readonly row: number;
  readonly id: string;
  readonly at: (column: Column) => string;
}

/** The export is one sheet; its edition is the last id in it, for it carries no date. */
function newestId(sheet: Sheet): string {
  let newest = 0;
  for (const cells of sheet.rows) {
    const id = Number(textOf(cells, 0));
    if (Number.isInteger(id) && id > newest) newest = id;
  }
  return String(newest);
}

function headerOf(file: OpenedFile): { readonly sheet: Sheet; readonly columns: Columns } | null {
  if (file.sheetNames.length !== 1 || (file.kind !== 'xlsx' && file.kind !== 'xls')) return null;
  const sheet = file.sheet(file.sheetNames[0] ?? '');
  const found = columnsOf(sheet.rows[0], HEADER);
  return 'columns' in found ? { sheet, columns: found.columns } : null;
}

/**
 * Export of the IPCC Emission Factor Database: 24,000 parameters of every sector, all stored as text, many of them ranges or sentences. Taken are
 * single plain values whose unit, fuel and gas leave no question: the stationary defaults of the 2006 Guidelines (tables 2.2 to 2.5, kg per TJ on
 * net calorific value; the three gases of a fuel and sector make one factor) and their net calorific values. All else is omitted by name: that the
 * value is none, or that no type is measured so. The terms of the database are to be handed in.
 */
export const ipccEfdb: Layout = {
  id: 'ipcc-efdb',
  publisher: PUBLISHER,
  recognise: (file) => {
    const found = headerOf(file);
    return found
      ? { publisher: PUBLISHER, edition: `Export to EF ID ${newestId(found.sheet)}`, version: '1', newerThanKnown: false }
      : null;
  },
  read: (file, recognised, options) => {
    const licence = licenceOf(options, PUBLISHER);
    if (typeof licence !== 'string') return licence;
    const found = headerOf(file);
    if (!found) return { refused: 'header_missing', detail: HEADER.join(', ') };
    const { sheet, columns } = found;
    const account = new RowAccount();
    account.open(sheet);
    const groups = new Map<string, EfdbRow[]>();
    const properties: FuelProperty[] = [];
    sheet.rows.forEach((cells, i) => {
      if (i === 0 || !account.isOpen(sheet.name, i + 1)) return;
      const row = rowOf(cells, i + 1, columns);
      if (omitted(row, columns, sheet, account)) return;
      if (row.at('Description') === HEATING_VALUE) return addProperty(row, sheet, account, properties);
      const key = `${row.at('Fuel 2006')}\n${row.at('IPCC 2006 Source/Sink Category')}`;
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    });
    const list = new FactorList(account);
    for (const group of groups.values()) addFactor(group, sheet, account, list);
    return readingOf(
      recognised,
      {
        title: 'IPCC Emission Factor Database, stationary combustion defaults of the 2006 Guidelines',
        licence,
        attribution: 'IPCC Emission Factor Database (EFDB), IPCC TFI; 2006 IPCC Guidelines for National Greenhouse Gas Inventories',
        gwpSet: 'AR5',
      },
      { factors: list.factors, properties },
      account,
      list.places,
    );
  },
};

function rowOf(cells: readonly Cell[], row: number, columns: Columns): EfdbRow {
  return { row, id: textOf(cells, columns['EF ID']), at: (column) => textOf(cells, columns[column]) };
}

/** Whether the row is no single plain value of a stationary default; it is omitted then, the value first. */
function omitted({ row, id, at }: EfdbRow, columns: Columns, { name }: Sheet, account: RowAccount): boolean {
  const omit = (...why: [Parameters<RowAccount['omit']>[2], string, Column]): true => {
    account.omit(name, row, why[0], `${id}: ${why[1]}`, letterOf(columns[why[2]]));
    return true;
  };
  const { reason } = figureOf(at('Value'));
  if (reason) return omit(reason, at('Value'), 'Value');
  const isDefault = STATIONARY.test(at('Description')) && at('Unit') === 'kg/TJ';
  const isHeatingValue = at('Description') === HEATING_VALUE && at('Unit') === 'TJ/Gg';
  if (!isDefault && !isHeatingValue) return omit('type_not_covered', `${at('Description')} in ${at('Unit')}`, 'Description');
  if (at('Type of parameter') !== GUIDELINES) return omit('condition_not_covered', at('Type of parameter'), 'Type of parameter');
  const condition = CONDITIONS.find((column) => at(column) !== '');
  if (condition) return omit('condition_not_covered', at(condition), condition);
  if (isDefault && !(at('Gas') in GAS_OF)) return omit('type_not_covered', `several gases: ${at('Gas')}`, 'Gas');
  if (isDefault && !(at('IPCC 2006 Source/Sink Category') in SECTOR_OF))
    return omit('condition_not_covered', at('IPCC 2006 Source/Sink Category'), 'IPCC 2006 Source/Sink Category');
  if (!ipccFuel(fuelOf(at))) return omit('type_not_covered', `${at('Fuel 2006')}: no biofuel of the vocabulary`, 'Fuel 2006');
  return false;
}

/** An abbreviation in brackets names nothing anew: `Natural Gas Liquids (NGLs)`. */
function fuelOf(at: EfdbRow['at']): string {
  return at('Fuel 2006').replace(/ \(NGLs\)$/, '');
}

/** A fuel of one sector, or of none in particular; null: a biofuel whose sector its name cannot carry. */
function inSector(fuel: NamedFuel, label: string, sector: string): NamedFuel | null {
  if (sector === '') return fuel;
  if (fuel.isBiofuel) return null;
  return { activityType: 'fuel.stationary', attributes: { fuel: `${slugOf(label)}-${sector}` }, isBiofuel: false };
}

function addFactor(group: readonly EfdbRow[], { name }: Sheet, account: RowAccount, list: FactorList): void {
  const [first] = group;
  if (!first) return;
  const label = fuelOf(first.at);
  const sector = SECTOR_OF[first.at('IPCC 2006 Source/Sink Category')] ?? '';
  const named = ipccFuel(label);
  const fuel = named && inSector(named, label, sector);
  if (!fuel) {
    for (const { row, id } of group) account.omit(name, row, 'condition_not_covered', `${id}: ${label} in ${sector}`);
    return;
  }
  const rows = new Map<string, EfdbRow>();
  for (const row of group) {
    const gas = GAS_OF[row.at('Gas')] ?? '';
    if (rows.has(gas)) account.omit(name, row.row, 'duplicate_id', `${row.id}: ${gas} of ${label} stands twice`);
    else rows.set(gas, row);
  }
  const carbon = rows.get('CO2');
  if (!carbon) {
    for (const { row, id } of rows.values()) account.omit(name, row, 'total_missing', `${id}: ${label} without its CO2`);
    return;
  }
  const present = GASES.flatMap((gas) => {
    const row = rows.get(gas);
    const value = row && figureOf(row.at('Value')).value;
    return row && value ? [{ gas, row, kg: rateText(value) }] : [];
  });
  const common = {
    activityType: fuel.activityType,
    region: 'GLOBAL',
    year: GUIDELINES_YEAR,
    attributes: { ...fuel.attributes, calorific_basis: 'net' },
    unit: 'TJ',
    source: {
      table: `EFDB, ${first.at('IPCC 2006 Source/Sink Category')}`,
      row: `EF ID ${present.map(({ row }) => row.id).join(', ')} (${label})`,
      printed: `${present.map(({ gas, row }) => `${row.at('Value')} kg ${gas}`).join(', ')} per TJ, net`,
    },
  };
  const place = { sheet: name, row: carbon.row };
  const gases: GasAmount[] = present.map(({ gas, kg }) => ({ gas: gas === 'CO2' && fuel.isBiofuel ? 'CO2_biogenic' : gas, kg }));
  const inScope = gases.filter(({ gas }) => gas !== 'CO2_biogenic');
  if (inScope.length > 0)
    list.add(
      {
        ...common,
        code: `EFDB-${carbon.id}`,
        leg: 'combustion',
        gases: inScope,
        ...(present.length < GASES.length ? { partial: true } : {}),
      },
      place,
    );
  const biogenic = gases.filter(({ gas }) => gas === 'CO2_biogenic');
  if (biogenic.length > 0) list.add({ ...common, code: `EFDB-${carbon.id}-biogenic`, leg: 'biogenic', gases: biogenic }, place);
  account.use(name, ...present.map(({ row }) => row.row));
}

function addProperty({ row, id, at }: EfdbRow, { name }: Sheet, account: RowAccount, properties: FuelProperty[]): void {
  const fuel = ipccFuel(fuelOf(at));
  const { value } = figureOf(at('Value'));
  if (!fuel || !value) return;
  const isKnown = properties.some(
    (known) => known.activityType === fuel.activityType && JSON.stringify(known.attributes) === JSON.stringify(fuel.attributes),
  );
  if (isKnown) return account.omit(name, row, 'superseded_in_file', `${id}: the calorific value of ${at('Fuel 2006')} stands before`);
  account.use(name, row);
  properties.push({
    code: `EFDB-${id}`,
    kind: 'net-cv',
    activityType: fuel.activityType,
    attributes: fuel.attributes,
    region: 'GLOBAL',
    year: GUIDELINES_YEAR,
    value: rateText(value),
    unit: 'TJ/Gg',
    source: { table: 'EFDB, 1.A - Fuel Combustion Activities', row: `EF ID ${id} (${at('Fuel 2006')})`, printed: `${at('Value')} TJ/Gg` },
  });
}
