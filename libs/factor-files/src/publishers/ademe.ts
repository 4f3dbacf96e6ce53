import type { Factor, GasAmount } from '#ghg';
import type { Cell, Layout } from '../factor-file';
import { meaningOfElement, type LegOfElement, type Meaning } from './ademe/categories';
import { FactorList } from './shared/factor-list';
import { columnsOf, figureOf, licenceOf, onlySheet, rateText, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'ADEME';
const HEADER = [
  'Type Ligne',
  "Identifiant de l'élément",
  "Statut de l'élément",
  'Nom base français',
  'Nom attribut français',
  'Nom frontière français',
  'Code de la catégorie',
  'Unité français',
  'Localisation géographique',
  'Date de modification',
  'Période de validité',
  'Type poste',
  'Nom poste français',
  'Total poste non décomposé',
  'CO2f',
  'CH4f',
  'CH4b',
  'N2O',
  'CO2b',
] as const;
type Column = (typeof HEADER)[number];

/** Base Carbone prints each gas as kg CO2e already, methane by its origin. Biogenic CO2 (`CO2b`) stands outside the total. */
const GAS_OF = { CO2f: 'CO2', CH4f: 'CH4_fossil', CH4b: 'CH4_nonfossil', N2O: 'N2O' } as const;
const REGION_OF: Readonly<Record<string, string>> = { 'France continentale': 'FR', Monde: 'GLOBAL' };
const TOTAL: Column = 'Total poste non décomposé';

interface Line {
  readonly row: number;
  readonly at: (column: Column) => string;
}

/** Decimal comma throughout. */
const valueOf = (line: Line, column: Column) => figureOf(line.at(column), ',');

/** The year that the figure is said to be of (`Année 2022`), else that of its last change: periods of validity are written in many ways. */
function yearOf({ at }: Line): number {
  const said = /^Année (\d{4})$/.exec(at('Période de validité'))?.[1];
  return Number(said ?? /(\d{4})$/.exec(at('Date de modification'))?.[1] ?? 0);
}

/**
 * Base Carbone, an extract: ISO-8859-1, semicolons, decimal comma. An element (`Elément`) has its total in one line; `Poste` lines are splits of it,
 * and where the vocabulary has legs for them (combustion and upstream of a fuel, generation and losses of a grid) the posts are taken in place of
 * the total, so that nothing counts twice. Gases are CO2e already. Most elements are older than the turn to AR6, and methane
 * is printed by origin: the set stands on AR5 with 30 for fossil methane. The licence is to be handed in.
 */
export const ademe: Layout = {
  id: 'ademe-base-carbone',
  publisher: PUBLISHER,
  recognise: (file) => {
    if (file.kind !== 'csv') return null;
    const [header] = onlySheet(file).rows;
    if (textOf(header, 0) !== 'Type Ligne' || textOf(header, 1) !== "Identifiant de l'élément") return null;
    return { publisher: PUBLISHER, edition: 'Base Carbone, extract', version: '1', newerThanKnown: false };
  },
  read: (file, recognised, options) => {
    const licence = licenceOf(options, PUBLISHER);
    if (typeof licence !== 'string') return licence;
    const sheet = onlySheet(file);
    const found = columnsOf(sheet.rows[0], HEADER);
    if ('missing' in found) return { refused: 'header_missing', detail: found.missing, sheet: sheet.name, row: 1 };
    const { columns } = found;
    const account = new RowAccount();
    account.open(sheet);
    const elements = new Map<string, Line[]>();
    sheet.rows.forEach((cells: readonly Cell[], i) => {
      if (i === 0 || !account.isOpen(sheet.name, i + 1)) return;
      const line: Line = { row: i + 1, at: (column) => textOf(cells, columns[column]) };
      const id = line.at("Identifiant de l'élément");
      elements.set(id, [...(elements.get(id) ?? []), line]);
    });
    const list = new FactorList(account);
    for (const [id, lines] of elements) readElement(id, lines, { sheet: sheet.name, account, list });
    return readingOf(
      recognised,
      { title: 'ADEME Base Carbone, extract', licence, attribution: 'ADEME, Base Carbone', gwpSet: 'AR5-fossil-30' },
      { factors: list.factors },
      account,
      list.places,
    );
  },
};

interface Reader {
  readonly sheet: string;
  readonly account: RowAccount;
  readonly list: FactorList;
}

function readElement(id: string, lines: readonly Line[], reader: Reader): void {
  const { sheet, account } = reader;
  const elements = lines.filter(({ at }) => at('Type Ligne') === 'Elément');
  const posts = lines.filter(({ at }) => at('Type Ligne') === 'Poste');
  const [element, ...more] = elements;
  for (const { row } of more) account.omit(sheet, row, 'duplicate_id', id, 'B');
  if (!element) {
    for (const { row } of posts) account.omit(sheet, row, 'total_missing', id);
    return;
  }
  const meaning = meaningOf(element);
  const refused = refusalOf(element, meaning);
  if (refused || 'reason' in meaning) {
    const [reason, detail] = refused ?? ('reason' in meaning ? [meaning.reason, meaning.detail] : ['type_not_covered', '']);
    account.omit(sheet, element.row, reason, `${id}: ${detail}`);
    for (const post of posts) account.omit(sheet, post.row, 'split_of_total', `${id}: of an element that is left out`);
    return;
  }
  for (const leg of meaning.legs) addLeg(id, element, posts, leg, meaning, reader);
  for (const { row, at } of posts)
    account.omit(sheet, row, 'split_of_total', `${id}: ${at('Type poste')} ${at('Nom poste français')}`.trim());
}

function meaningOf({ at }: Line): Meaning {
  return meaningOfElement({
    base: at('Nom base français'),
    attribute: at('Nom attribut français'),
    boundary: at('Nom frontière français'),
    category: at('Code de la catégorie'),
    unit: at('Unité français').replace(/^kgCO2e\//, ''),
  });
}

function refusalOf(element: Line, meaning: Meaning): readonly [Parameters<RowAccount['omit']>[2], string] | null {
  const status = element.at("Statut de l'élément");
  const { reason } = valueOf(element, TOTAL);
  if (status.startsWith('Archivé')) return ['withdrawn', status];
  if ('reason' in meaning) return null;
  if (!(element.at('Localisation géographique') in REGION_OF)) return ['region_unknown', element.at('Localisation géographique')];
  return reason ? [reason, element.at(TOTAL)] : null;
}

/** A leg from the total of the element, or from the posts of its kind, summed. */
function addLeg(
  id: string,
  element: Line,
  posts: readonly Line[],
  { leg, post }: LegOfElement,
  meaning: Extract<Meaning, { legs: unknown }>,
  { sheet, account, list }: Reader,
): void {
  const lines = post === undefined ? [element] : posts.filter(({ at }) => at('Type poste') === post);
  const [line] = lines;
  // Two posts of one kind would have to be added up, which the publisher does not: the leg is left out with them.
  if (!line || lines.length > 1) return;
  const { value } = valueOf(line, TOTAL);
  if (!value) return;
  const common = {
    activityType: meaning.activityType,
    attributes: meaning.attributes,
    unit: meaning.unit,
    region: REGION_OF[element.at('Localisation géographique')] ?? 'GLOBAL',
    year: yearOf(element),
  };
  const name = ['Nom base français', 'Nom attribut français', 'Nom frontière français'] as const;
  const source: Factor['source'] = {
    table: element.at('Code de la catégorie'),
    row: `${id}: ${name
      .map((column) => element.at(column))
      .filter(Boolean)
      .join(', ')}${post ? `; ${post}` : ''}`,
    printed: `${line.at(TOTAL)} ${element.at('Unité français')}${post ? ` (${element.at(TOTAL)} in all)` : ''}`,
  };
  const gases = (Object.keys(GAS_OF) as (keyof typeof GAS_OF)[]).flatMap((column): GasAmount[] => {
    const figure = valueOf(line, column).value;
    return figure ? [{ gas: GAS_OF[column], kgco2e: rateText(figure) }] : [];
  });
  const place = { sheet, row: element.row };
  list.add({ ...common, code: post ? `${id}-${leg}` : id, leg, gases, kgco2e: rateText(value), source }, place);
  const biogenic = valueOf(line, 'CO2b').value;
  if (leg === 'combustion' && biogenic && !biogenic.isZero())
    list.add(
      {
        ...common,
        code: `${id}-biogenic`,
        leg: 'biogenic',
        gases: [{ gas: 'CO2_biogenic', kg: rateText(biogenic) }],
        source: { ...source, printed: `${line.at('CO2b')} kg CO2b` },
      },
      place,
    );
  account.use(sheet, element.row, line.row);
}
