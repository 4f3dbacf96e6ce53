import type { Decimal, Factor, FuelProperty, PropertyKind } from '#ghg';
import type { Cell, FileRefusal, Layout, OpenedFile, Sheet } from '../factor-file';
import { FactorList } from './shared/factor-list';
import { columnsOf, figureOf, letterOf, rateText, readingOf, slugOf, textOf, withoutFootnotes } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'UK DESNZ / Ricardo';
const FUELS = 'Emission_Factors_&_CVs';
const NATURAL_GAS = 'Regional_Natural_Gas_Data';
const KG_IN_TONNE = '1000';
const NEWEST_KNOWN = 2025;

/** Columns that are found by how their heading begins; notes and units behind it change from issue to issue. */
const HEADINGS = {
  category: 'CRT Category',
  industry: 'Industry',
  fuel: 'UK GHG fuel',
  perFuel: 'CO2 EF (Gross)',
  unit: 'CEF Units',
  perTj: 'CO2 tCO2/TJ (net)',
  gross: 'GCV',
  net: 'NCV',
} as const;
type Heading = keyof typeof HEADINGS;
const ZONE_HEADER = [
  'Local Distribution Zone (LDZ)',
  'LDZ abbreviation',
  'CEF(g) tCO2/TJ',
  'CEF(n) tCO2/TJ',
  'CEF(g) gCO2/m3',
  'GCV MJ/m3',
  'NCV MJ/m3',
];

/** The fuel of a company that is no industry of its own: what the types of the vocabulary are meant for. */
const GENERAL = 'All Commerical and Institutional';
const OFF_ROAD = 'All off-road machinery';
const GENERAL_TYPE: Readonly<Record<string, string>> = { 'Gas Oil': 'fuel.gas-oil', 'Burning Oil': 'fuel.heating-oil' };

/** What the publisher counts a fuel in; the figure of CO2 is the same number in kilograms per one of ours (kt per Mt, kt per Mtherm). */
const PER_FUEL: Readonly<Record<string, { readonly unit: string; readonly attributes: Readonly<Record<string, string>> }>> = {
  'kt C per Mt fuel consumed': { unit: 't', attributes: {} },
  'kt C per Mtherm fuel consumed': { unit: 'therm-EC', attributes: { calorific_basis: 'gross' } },
};
const CV_UNIT: Readonly<Record<string, string>> = { 'GJ/tonne': 'GJ/t', 'MJ/m3': 'MJ/m3' };

interface Reader {
  readonly sheet: Sheet;
  readonly account: RowAccount;
  readonly list: FactorList;
  readonly properties: FuelProperty[];
  readonly year: number;
}

function editionOf(file: OpenedFile): { readonly year: string; readonly issue: string } {
  const cover = file.sheet('Cover').rows.map((cells) => textOf(cells, 0));
  const year = /\b(20\d{2})\)/.exec(cover.find((text) => text.startsWith('Carbon Emission Factors')) ?? '')?.[1];
  const issue = /^Issue (\d+)/.exec(cover.find((text) => text.startsWith('Issue')) ?? '')?.[1];
  return { year: year ?? 'unknown', issue: issue ?? '1' };
}

/**
 * Carbon factors and calorific values of the UK greenhouse gas inventory for the UK ETS. CO2 alone (`partial`), of the fossil carbon; the column of
 * carbon (kt C) is never taken for CO2. Each industry has fuels of its own: the commercial and institutional ones are the fuel as such, all others
 * carry the industry in their name. Natural gas comes by distribution zone, its cubic metres at 15 °C and 1.01325 bar.
 */
export const ukEts: Layout = {
  id: 'uk-ets-carbon-factors',
  publisher: PUBLISHER,
  recognise: (file) => {
    if (![FUELS, NATURAL_GAS, 'Cover'].every((name) => file.sheetNames.includes(name))) return null;
    const { year, issue } = editionOf(file);
    return {
      publisher: PUBLISHER,
      edition: `UK ETS carbon factors ${year}`,
      version: issue,
      newerThanKnown: year === 'unknown' || Number(year) > NEWEST_KNOWN,
    };
  },
  read: (file, recognised) => {
    const year = Number(editionOf(file).year);
    const account = new RowAccount();
    const list = new FactorList(account);
    const properties: FuelProperty[] = [];
    for (const name of file.sheetNames) {
      const sheet = file.sheet(name);
      account.open(sheet);
      const reader: Reader = { sheet, account, list, properties, year };
      const refused = name === FUELS ? readFuels(reader) : name === NATURAL_GAS ? readZones(reader) : null;
      if (refused) return refused;
      if (name !== FUELS && name !== NATURAL_GAS)
        sheet.rows.forEach((_, i) => account.isOpen(name, i + 1) && account.omit(name, i + 1, 'note', `no table of factors: ${name}`));
    }
    return readingOf(
      recognised,
      {
        title: 'UK greenhouse gas inventory, carbon factors and calorific values for the UK ETS',
        licence: 'OGL-UK-3.0',
        attribution:
          'UK Department for Energy Security and Net Zero; Ricardo Energy & Environment. Contains public sector information licensed under the Open Government Licence v3.0',
        gwpSet: 'AR5',
      },
      { factors: list.factors, properties },
      account,
      list.places,
    );
  },
};

function headings(header: readonly Cell[] | undefined): Record<Heading, number> | string {
  const columns = {} as Record<Heading, number>;
  for (const [name, text] of Object.entries(HEADINGS) as [Heading, string][]) {
    const column = (header ?? []).findIndex(
      (_, i) => withoutFootnotes(textOf(header, i)).startsWith(text) && !textOf(header, i).includes('Units'),
    );
    const exact = name === 'unit' ? (header ?? []).findIndex((_, i) => textOf(header, i) === text) : column;
    if (exact < 0) return text;
    columns[name] = exact;
  }
  return columns;
}

function readFuels(reader: Reader): FileRefusal | null {
  const { sheet, account } = reader;
  const start = sheet.rows.findIndex((cells) => textOf(cells, 0).startsWith(HEADINGS.category));
  const columns = headings(sheet.rows[start]);
  if (typeof columns === 'string') return { refused: 'header_missing', detail: columns, sheet: sheet.name };
  let category = '';
  sheet.rows.forEach((cells, i) => {
    if (i <= start || !account.isOpen(sheet.name, i + 1)) return;
    category = textOf(cells, columns.category) || category;
    const [industry, fuel] = [textOf(cells, columns.industry), withoutFootnotes(textOf(cells, columns.fuel))];
    if (fuel === '') return;
    const { value, reason } = figureOf(textOf(cells, columns.perTj));
    if (reason)
      return account.omit(sheet.name, i + 1, reason, `${industry}, ${fuel}: ${textOf(cells, columns.perTj)}`, letterOf(columns.perTj));
    readFuel(reader, columns, { row: i + 1, cells, category, industry, fuel, perTj: value });
  });
  return null;
}

interface FuelRow {
  readonly row: number;
  readonly cells: readonly Cell[];
  readonly category: string;
  readonly industry: string;
  readonly fuel: string;
  readonly perTj: Decimal;
}

/** The fuel in our words; `All` says nothing without its category. */
function typeOf({ industry, category, fuel }: FuelRow): Pick<Factor, 'activityType' | 'attributes'> {
  const general = GENERAL_TYPE[fuel];
  if (industry === GENERAL)
    return general ? { activityType: general, attributes: {} } : { activityType: 'fuel.stationary', attributes: { fuel: slugOf(fuel) } };
  const named = slugOf(fuel, industry === 'All' ? category.replace(/^\S+ /, '') : industry);
  return { activityType: industry === OFF_ROAD ? 'fuel.mobile' : 'fuel.stationary', attributes: { fuel: named } };
}

function readFuel(reader: Reader, columns: Record<Heading, number>, found: FuelRow): void {
  const { sheet, list, year } = reader;
  const { row, cells, category, industry, fuel, perTj } = found;
  const type = typeOf(found);
  const code = slugOf(category.split(' ')[0] ?? '', industry, fuel);
  const common = { ...type, leg: 'combustion', region: 'GB', year, partial: true } as const;
  const source = { table: FUELS, row: `${category}; ${industry}; ${fuel}` };
  const [perFuel, printedUnit] = [figureOf(textOf(cells, columns.perFuel)), textOf(cells, columns.unit)];
  list.add(
    {
      ...common,
      code: `${code}-net-TJ`,
      attributes: { ...type.attributes, calorific_basis: 'net' },
      unit: 'TJ',
      gases: [{ gas: 'CO2', kg: rateText(perTj.mul(KG_IN_TONNE)) }],
      source: { ...source, printed: `${textOf(cells, columns.perTj)} tCO2/TJ (net)` },
    },
    { sheet: sheet.name, row },
  );
  const per = PER_FUEL[printedUnit];
  if (per && perFuel.value)
    list.add(
      {
        ...common,
        code: `${code}-${per.unit}`,
        attributes: { ...type.attributes, ...per.attributes },
        unit: per.unit,
        gases: [{ gas: 'CO2', kg: rateText(perFuel.value) }],
        source: { ...source, printed: `${textOf(cells, columns.perFuel)} ${printedUnit.replace('kt C', 'kt CO2')}` },
      },
      { sheet: sheet.name, row },
    );
  for (const [kind, column] of [
    ['gross-cv', columns.gross],
    ['net-cv', columns.net],
  ] as const)
    addValue(reader, { ...type, region: 'GB', year }, code, kind, textOf(cells, column), textOf(cells, column + 1), source);
}

function addValue(
  { properties }: Reader,
  of: Pick<FuelProperty, 'activityType' | 'attributes' | 'region' | 'year'>,
  code: string,
  kind: PropertyKind,
  printed: string,
  printedUnit: string,
  source: FuelProperty['source'],
): void {
  const { value } = figureOf(printed);
  const unit = CV_UNIT[printedUnit] ?? (printedUnit === 'MJ/Sm3' ? printedUnit : undefined);
  if (!value || value.isZero() || unit === undefined) return;
  if (properties.some((known) => known.code === `${code}-${kind}`)) return;
  properties.push({
    ...of,
    code: `${code}-${kind}`,
    kind,
    value: rateText(value),
    unit,
    source: { ...source, printed: `${printed} ${printedUnit}` },
  });
}

/** Natural gas by local distribution zone: per TJ on either basis, and per cubic metre at reference conditions. */
function readZones(reader: Reader): FileRefusal | null {
  const { sheet, account, list } = reader;
  const start = sheet.rows.findIndex((cells) => textOf(cells, 0) === ZONE_HEADER[0]);
  const found = columnsOf(sheet.rows[start], ZONE_HEADER);
  if ('missing' in found) return { refused: 'header_missing', detail: found.missing, sheet: sheet.name };
  const year = Number(/natural gas (\d{4})/.exec(textOf(sheet.rows[0], 0))?.[1] ?? reader.year);
  sheet.rows.forEach((cells, i) => {
    const [zone, abbreviation] = [textOf(cells, 0), textOf(cells, 1)];
    if (i <= start || abbreviation === '' || !account.isOpen(sheet.name, i + 1)) return;
    const figures = [2, 3, 4, 5, 6].map((column) => figureOf(textOf(cells, column)));
    const wrong = figures.findIndex(({ reason }) => reason !== undefined);
    const reason = figures[wrong]?.reason;
    if (reason) return account.omit(sheet.name, i + 1, reason, `${zone}: ${textOf(cells, wrong + 2)}`, letterOf(wrong + 2));
    const region = `GB-${abbreviation.toUpperCase()}`;
    const common = { activityType: 'fuel.natural-gas', leg: 'combustion', region, year, partial: true } as const;
    const source = { table: NATURAL_GAS, row: zone };
    const bases = [
      { column: 2, of: 'gross-TJ', unit: 'TJ', attributes: { calorific_basis: 'gross' }, by: KG_IN_TONNE, printed: 'tCO2/TJ (gross)' },
      { column: 3, of: 'net-TJ', unit: 'TJ', attributes: { calorific_basis: 'net' }, by: KG_IN_TONNE, printed: 'tCO2/TJ (net)' },
      { column: 4, of: 'Sm3', unit: 'Sm3', attributes: {}, by: '0.001', printed: 'gCO2/m3' },
    ] as const;
    for (const { column, of, unit, attributes, by, printed } of bases) {
      const value = figures[column - 2]?.value;
      if (value)
        list.add(
          {
            ...common,
            code: `natural-gas-${region}-${of}`,
            attributes,
            unit,
            gases: [{ gas: 'CO2', kg: rateText(value.mul(by)) }],
            source: { ...source, printed: `${textOf(cells, column)} ${printed}` },
          },
          { sheet: sheet.name, row: i + 1 },
        );
    }
    for (const [kind, column] of [
      ['gross-cv', 5],
      ['net-cv', 6],
    ] as const)
      addValue(
        reader,
        { activityType: 'fuel.natural-gas', attributes: {}, region, year },
        `natural-gas-${region}`,
        kind,
        textOf(cells, column),
        'MJ/Sm3',
        source,
      );
  });
  return null;
}
