import { isRegion, type GasAmount } from '#ghg';
import type { Cell, Layout } from '../factor-file';
import { meaningOfRow, UNIT_OF } from './open-factors/vocabulary';
import { FactorList } from './shared/factor-list';
import { columnsOf, figureOf, letterOf, onlySheet, rateText, readingOf, slugOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'Open Emission Factors DB';
const HEADER = ['sector', 'category', 'id', 'name', 'unit', 'factor', 'source', 'year', 'region', 'description', 'lca_activity'] as const;
type Column = (typeof HEADER)[number];

/** Publications of AR4 among the sources: UK BEIS 2021, US EPA hub and eGRID of 2021, New Zealand MfE 2020. */
const OF_AR4 = ['BEIS', 'EPA', 'MfE'];
/** Sources that print CO2 alone, as their descriptions say: a mass, which needs no GWP. */
const CO2_ALONE = /provided in CO2 only|The value is in CO2\./;

/** Grams are the only other numerator. */
const IN_KG: Readonly<Record<string, string>> = { 'kg-CO2e': '1', 'g-CO2e': '0.001' };

/**
 * Open Emission Factors DB, a compilation of other publishers' figures with a source in every row. A factor set has one GWP set: taken are the rows
 * of publishers that stood on AR4, and rows that are CO2 alone as masses (`partial`). Ids recur for other units and regions, so the code of a factor
 * is id, unit, region and year. Share alike: what is made of it carries the same licence.
 */
export const openFactors: Layout = {
  id: 'open-emission-factors-db',
  publisher: PUBLISHER,
  recognise: (file) => {
    if (file.kind !== 'csv' || !('columns' in columnsOf(onlySheet(file).rows[0], HEADER))) return null;
    return { publisher: PUBLISHER, edition: 'OpenEmissionFactorsDB', version: '1', newerThanKnown: false };
  },
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const found = columnsOf(sheet.rows[0], HEADER);
    if ('missing' in found) return { refused: 'header_missing', detail: found.missing, sheet: sheet.name, row: 1 };
    const account = new RowAccount();
    account.open(sheet);
    account.omit(sheet.name, 1, 'note', 'the header');
    const list = new FactorList(account);
    sheet.rows.forEach((cells, i) => {
      if (i > 0 && account.isOpen(sheet.name, i + 1)) readRow(cells, { sheet: sheet.name, row: i + 1 }, found.columns, account, list);
    });
    return readingOf(
      recognised,
      {
        title: 'Open Emission Factors DB: rows on AR4, and rows of CO2 alone',
        licence: 'CC-BY-SA-4.0',
        attribution: 'Open Emission Factors DB (Climatiq and contributors), CC BY-SA 4.0; sources per row',
        gwpSet: 'AR4',
      },
      { factors: list.factors },
      account,
      list.places,
    );
  },
};

function readRow(
  cells: readonly Cell[],
  place: { readonly sheet: string; readonly row: number },
  columns: Readonly<Record<Column, number>>,
  account: RowAccount,
  list: FactorList,
): void {
  const at = (column: Column): string => textOf(cells, columns[column]);
  const omit = (reason: Parameters<RowAccount['omit']>[2], detail: string, column: Column): void =>
    account.omit(place.sheet, place.row, reason, detail, letterOf(columns[column]));
  const [, numerator = '', per = ''] = /^(k?g-CO2e)\/(.+)$/.exec(at('unit')) ?? [];
  const { value, reason } = figureOf(at('factor'));
  const [factorOfUnit, unit, region, year] = [IN_KG[numerator], UNIT_OF[per], at('region'), Number(at('year'))];
  if (reason) return omit(reason, at('factor'), 'factor');
  if (factorOfUnit === undefined || unit === undefined) return omit('unit_unknown', at('unit'), 'unit');
  if (!isRegion(region)) return omit('region_unknown', region, 'region');
  const meaning = meaningOfRow({ id: at('id'), name: at('name'), unit: per, year: at('year'), activity: at('lca_activity') });
  if ('reason' in meaning) return omit(meaning.reason, meaning.detail, 'id');
  const isCo2Alone = CO2_ALONE.test(at('description'));
  if (!isCo2Alone && !OF_AR4.includes(at('source'))) return omit('gwp_unknown', `${at('source')}, ${at('name')}, ${region}`, 'source');
  const kg = rateText(value.mul(factorOfUnit));
  const gases: GasAmount[] = isCo2Alone ? [{ gas: 'CO2', kg }] : [];
  list.add(
    {
      code: [slugOf(at('id')), slugOf(per), region, year].join('-'),
      ...meaning,
      region,
      year,
      unit,
      gases,
      ...(isCo2Alone ? { partial: true } : { kgco2e: kg }),
      source: {
        table: `OpenEmissionFactorsDB, ${at('source')} ${at('year')}: ${at('category')}`,
        row: `${at('id')} (${at('name')})`,
        printed: `${at('factor')} ${at('unit')}`,
      },
    },
    place,
  );
}
