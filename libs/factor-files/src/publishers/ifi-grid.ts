import type { Layout } from '../factor-file';
import { figureOf, licenceOf, onlySheet, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

const PUBLISHER = 'IFI / UNFCCC';

/**
 * Default grid factors of the International Financial Institutions' technical working group, 2021 v3.1. None of the five columns is a scope 2
 * factor: combined margins weigh what a project displaces (operating margin) with what it keeps from being built (build margin), and the operating
 * margin leaves out plants that run anyway (Scope 2 Guidance, chapter 6: factors of marginal generation are for avoided emissions). Read so that a
 * person who uploads the file is told this row by row, and no factor is made.
 */
export const ifiGrid: Layout = {
  id: 'ifi-default-grid-factors',
  publisher: PUBLISHER,
  recognise: (file) => {
    if (file.kind !== 'csv') return null;
    const heading = onlySheet(file)
      .rows.slice(0, 3)
      .map((cells) => cells.map(({ text }) => text).join(' '))
      .join(' ')
      .replace(/\s+/g, ' ');
    if (!heading.includes('Combined Margin Grid Emission Factor') || !heading.includes('Operating Margin Grid Emission Factor'))
      return null;
    return { publisher: PUBLISHER, edition: 'Default grid factors 2021', version: '3.1', newerThanKnown: false };
  },
  read: (file, recognised, options) => {
    const licence = licenceOf(options, PUBLISHER);
    if (typeof licence !== 'string') return licence;
    const sheet = onlySheet(file);
    const account = new RowAccount();
    account.open(sheet);
    sheet.rows.forEach((cells, i) => {
      const country = textOf(cells, 0);
      if (!account.isOpen(sheet.name, i + 1)) return;
      const figures = [1, 2, 3, 4, 5].map((column) => figureOf(textOf(cells, column)));
      if (country === '' || figures.every(({ value }) => value === undefined)) return;
      account.omit(
        sheet.name,
        i + 1,
        'non_baseload',
        `${country}: combined margin ${textOf(cells, 4)}, operating margin ${textOf(cells, 5)} gCO2/kWh are for projects`,
      );
    });
    const attribution = 'IFI Technical Working Group on Greenhouse Gas Accounting, UNFCCC';
    return readingOf(recognised, { title: 'IFI default grid factors', licence, attribution, gwpSet: 'AR5' }, { factors: [] }, account);
  },
};
