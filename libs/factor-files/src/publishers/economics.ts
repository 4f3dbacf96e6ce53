import { Decimal, FACTOR_YEARS, plain, type ExchangeRate, type PriceIndex } from '#ghg';
import type { FileRefusal, Layout, OpenedFile, RecognisedFile, Sheet } from '../factor-file';
import { refusesWhatIsNotPrinted } from '../strict-cells';
import { columnsOf, figureOf, letterOf, onlySheet, readingOf, textOf } from './shared/figures';
import { RowAccount } from './shared/row-account';

/** The countries of the yearly means, each with the currency that its figure is in; no entry: none of the register. */
const CURRENCY_OF: Readonly<Record<string, string>> = {
  Australia: 'AUD',
  Brazil: 'BRL',
  Canada: 'CAD',
  China: 'CNY',
  Denmark: 'DKK',
  Euro: 'EUR',
  'Hong Kong': 'HKD',
  India: 'INR',
  Japan: 'JPY',
  Malaysia: 'MYR',
  Mexico: 'MXN',
  'New Zealand': 'NZD',
  Norway: 'NOK',
  Singapore: 'SGD',
  'South Africa': 'ZAR',
  'South Korea': 'KRW',
  Sweden: 'SEK',
  Switzerland: 'CHF',
  Taiwan: 'TWD',
  Thailand: 'THB',
};

/** Decimals of a yearly mean as the US Bureau of Labor Statistics prints it. */
const MEAN_DECIMALS = 3;
const MONTHS = 12;
/** Prices of a whole country do not treble within a month. */
const LEAP_MAX = 3;

const RATE_HEADER = ['Date', 'Country', 'Exchange rate'] as const;
const CPI_HEADER = ['Date', 'Index', 'Inflation'] as const;
const BEA_CODE = 'bea_detail_code';

/** What says that a figure of this year serves no activity. */
function isOutOfReach(year: number): boolean {
  return year < FACTOR_YEARS.first || year > FACTOR_YEARS.last;
}

function hasHeader(file: OpenedFile, names: readonly string[]): boolean {
  if (file.kind !== 'csv') return false;
  const header = onlySheet(file).rows[0];
  return header?.length === names.length && 'columns' in columnsOf(header, names);
}

/** `2024-01-01`, as both compilations write a year or a month. */
function isDate(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])-\d{2}$/.test(text);
}

/** First and last year of a column of dates. */
function spanOf(sheet: Sheet): string {
  const years = sheet.rows.map((cells) => textOf(cells, 0).slice(0, 4)).filter((year) => /^\d{4}$/.test(year));
  return `${[...years].sort()[0] ?? ''}-${[...years].sort().at(-1) ?? ''}`;
}

/**
 * Yearly means of the Federal Reserve (H.10, G.5A) as compiled by datasets/exchange-rates: units of local currency per 1 USD for every country, the
 * euro included. A country whose currency is in no register of ours, and years before the first of any activity, are omitted by name.
 */
export const exchangeRates: Layout = {
  id: 'us-federal-reserve-exchange-rates',
  publisher: 'US Federal Reserve',
  refuses: refusesWhatIsNotPrinted(({ reason }) => reason === 'unit_unknown'),
  recognise: (file) =>
    hasHeader(file, RATE_HEADER)
      ? { publisher: 'US Federal Reserve', edition: `Annual means ${spanOf(onlySheet(file))}`, version: '1', newerThanKnown: false }
      : null,
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const account = new RowAccount();
    account.open(sheet);
    const rates: ExchangeRate[] = [];
    const seen = new Set<string>();
    sheet.rows.forEach((cells, i) => {
      const [row, date, country] = [i + 1, textOf(cells, 0), textOf(cells, 1)];
      if (row === 1 || !account.isOpen(sheet.name, row)) return;
      const year = Number(date.slice(0, 4));
      const to = CURRENCY_OF[country];
      const { value, reason } = figureOf(textOf(cells, 2));
      if (!isDate(date)) return account.omit(sheet.name, row, 'value_not_a_number', `"${date}" is no date`, 'A');
      if (to === undefined) return account.omit(sheet.name, row, 'unit_unknown', `the currency of ${country}`, 'B');
      if (isOutOfReach(year)) return account.omit(sheet.name, row, 'year_out_of_reach', date, 'A');
      if (reason) return account.omit(sheet.name, row, reason, textOf(cells, 2), 'C');
      if (value.isZero()) return account.omit(sheet.name, row, 'value_not_a_number', 'a rate of nothing', 'C');
      if (seen.has(`${to} ${year}`)) return account.omit(sheet.name, row, 'duplicate_id', `${country}, ${year}`, 'B');
      seen.add(`${to} ${year}`);
      account.use(sheet.name, row);
      rates.push({
        from: 'USD',
        to,
        year,
        rate: plain(value),
        source: {
          table: 'Federal Reserve, annual averages, as compiled by datasets/exchange-rates',
          row: `${country}, ${year}`,
          printed: `${textOf(cells, 2)} ${to} per USD`,
        },
      });
    });
    return readingOf(
      recognised,
      {
        title: 'Yearly mean exchange rates of the US dollar',
        licence: 'US-Gov-public-domain',
        attribution: 'Board of Governors of the Federal Reserve System; compilation datasets/exchange-rates (PDDL 1.0)',
        gwpSet: 'AR5',
      },
      { factors: [], exchangeRates: rates },
      account,
    );
  },
};

/**
 * Monthly consumer price index (CPI-U) of the US Bureau of Labor Statistics as compiled by datasets/cpi-us: index of a year = Σ of its 12 months ÷
 * 12, three decimals as the bureau prints it. A year with fewer months has no mean.
 */
export const consumerPrices: Layout = {
  id: 'us-bls-cpi-u',
  publisher: 'US Bureau of Labor Statistics',
  refuses: refusesWhatIsNotPrinted(),
  recognise: (file) =>
    hasHeader(file, CPI_HEADER)
      ? { publisher: 'US Bureau of Labor Statistics', edition: `CPI-U ${spanOf(onlySheet(file))}`, version: '1', newerThanKnown: false }
      : null,
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const account = new RowAccount();
    account.open(sheet);
    const years = new Map<number, { readonly row: number; readonly month: string; readonly value: Decimal }[]>();
    sheet.rows.forEach((cells, i) => {
      const [row, date] = [i + 1, textOf(cells, 0)];
      if (row === 1 || !account.isOpen(sheet.name, row)) return;
      const year = Number(date.slice(0, 4));
      const month = date.slice(5, 7);
      const { value, reason } = figureOf(textOf(cells, 1));
      if (!isDate(date)) return account.omit(sheet.name, row, 'value_not_a_number', `"${date}" is no date`, 'A');
      if (isOutOfReach(year)) return account.omit(sheet.name, row, 'year_out_of_reach', date, 'A');
      if (reason) return account.omit(sheet.name, row, reason, textOf(cells, 1), 'B');
      if (value.isZero()) return account.omit(sheet.name, row, 'value_not_a_number', 'an index of nothing', 'B');
      const months = years.get(year) ?? [];
      if (months.some((known) => known.month === month)) return account.omit(sheet.name, row, 'duplicate_id', date, 'A');
      years.set(year, [...months, { row, month, value }]);
    });
    const absurd = absurdMonth([...years].flatMap(([year, months]) => months.map((each) => ({ year, ...each }))));
    if (absurd) return { ...absurd, sheet: sheet.name };
    const indices: PriceIndex[] = [];
    for (const [year, months] of [...years].sort(([a], [b]) => a - b)) {
      if (months.length === MONTHS) {
        account.use(sheet.name, ...months.map(({ row }) => row));
        indices.push(yearlyMean(year, months));
      } else
        for (const { row, month } of months)
          account.omit(sheet.name, row, 'year_incomplete', `${year}-${month}: ${months.length} of ${MONTHS} months`, 'A');
    }
    return readingOf(
      recognised,
      {
        title: 'US consumer price index (CPI-U), yearly means',
        licence: 'US-Gov-public-domain',
        attribution: 'U.S. Bureau of Labor Statistics; compilation datasets/cpi-us (PDDL 1.0)',
        gwpSet: 'AR5',
      },
      { factors: [], priceIndices: indices },
      account,
    );
  },
};

type Month = { readonly year: number; readonly row: number; readonly month: string; readonly value: Decimal };

/**
 * No month is more than three times the one before it, or less than a third of it. The month that differs from both its neighbours is named, else
 * the later of the two. Refusal: `cell_invalid`.
 */
function absurdMonth(months: readonly Month[]): FileRefusal | null {
  const inOrder = [...months].sort((a, b) => a.year - b.year || (a.month < b.month ? -1 : 1));
  const leaps = (at: number): boolean => {
    const [one, next] = [inOrder[at]?.value, inOrder[at + 1]?.value];
    return one !== undefined && next !== undefined && (next.gt(one.mul(LEAP_MAX)) || one.gt(next.mul(LEAP_MAX)));
  };
  const first = inOrder.findIndex((_, at) => leaps(at));
  if (first < 0) return null;
  // The first month of all has one neighbour alone, and so has the last.
  const isFirstItself = first === 0 && !leaps(1);
  const { row, year, month, value } = inOrder[isFirstItself ? 0 : first + 1]!;
  const detail = `${year}-${month}: ${plain(value)} is more than ${LEAP_MAX} times a neighbouring month, or less than a part in ${LEAP_MAX} of it`;
  return { refused: 'cell_invalid', detail, row, column: 'B' };
}

function yearlyMean(year: number, months: readonly { readonly month: string; readonly value: Decimal }[]): PriceIndex {
  const ordered = [...months].sort((a, b) => (a.month < b.month ? -1 : 1));
  const sum = ordered.reduce((total, { value }) => total.add(value), new Decimal(0));
  return {
    series: 'US CPI-U',
    currency: 'USD',
    year,
    index: plain(sum.div(MONTHS).toDecimalPlaces(MEAN_DECIMALS)),
    source: {
      table: 'BLS CPI-U, US city average, all items, 1982-84 = 100, not seasonally adjusted, as compiled by datasets/cpi-us',
      row: `mean of the 12 months of ${year}, ${MEAN_DECIMALS} decimals as BLS prints annual averages`,
      printed: `${plain(ordered[0]?.value ?? sum)} to ${plain(ordered.at(-1)?.value ?? sum)}, monthly`,
    },
  };
}

/**
 * Price index of each industry (US Bureau of Economic Analysis, detail level of the 2017 input-output schema, 2017 = 100) as useeior carries it.
 * One row per industry, one column per year; `sector` is the industry's code. The columns of a row stand or fall together.
 */
export const industryPrices: Layout = {
  id: 'us-bea-industry-prices',
  publisher: 'US Bureau of Economic Analysis',
  refuses: refusesWhatIsNotPrinted(),
  recognise: (file): RecognisedFile | null => {
    if (file.kind !== 'csv') return null;
    const header = onlySheet(file).rows[0];
    if (textOf(header, 0) !== BEA_CODE || !/^\d{4}$/.test(textOf(header, 1))) return null;
    const last = textOf(header, (header?.length ?? 1) - 1);
    return {
      publisher: 'US Bureau of Economic Analysis',
      edition: `Detail ${textOf(header, 1)}-${last}`,
      version: '1',
      newerThanKnown: false,
    };
  },
  read: (file, recognised) => {
    const sheet = onlySheet(file);
    const account = new RowAccount();
    account.open(sheet);
    const [header = []] = sheet.rows;
    account.omit(sheet.name, 1, 'note', 'the header');
    const indices: PriceIndex[] = [];
    const seen = new Set<string>();
    sheet.rows.forEach((cells, i) => {
      const [row, sector] = [i + 1, textOf(cells, 0)];
      if (row === 1 || !account.isOpen(sheet.name, row)) return;
      if (seen.has(sector)) return account.omit(sheet.name, row, 'duplicate_id', sector, 'A');
      seen.add(sector);
      const figures = header.slice(1).map((_, j) => ({ year: Number(textOf(header, j + 1)), ...figureOf(textOf(cells, j + 1)) }));
      const nothing = figures.findIndex(({ value }) => value?.isZero());
      if (nothing >= 0) return account.omit(sheet.name, row, 'value_not_a_number', `${sector}: an index of nothing`, letterOf(nothing + 1));
      const wrong = figures.findIndex(({ reason }) => reason !== undefined);
      const reason = figures[wrong]?.reason;
      if (reason) return account.omit(sheet.name, row, reason, `${sector}: ${textOf(cells, wrong + 1)}`, letterOf(wrong + 1));
      account.use(sheet.name, row);
      for (const { year, value } of figures)
        if (value && !isOutOfReach(year))
          indices.push({
            series: 'US BEA industry prices, 2017 = 100',
            currency: 'USD',
            sector,
            year,
            index: plain(value),
            source: {
              table: 'BEA chain-type price indexes by industry, detail, 2017 schema, as in USEPA/useeior',
              row: `${sector}, ${year}`,
              printed: plain(value),
            },
          });
    });
    return readingOf(
      recognised,
      {
        title: 'US price indices by industry, 2017 = 100',
        licence: 'US-Gov-public-domain',
        attribution: 'U.S. Bureau of Economic Analysis; format by USEPA/useeior (MIT)',
        gwpSet: 'AR5',
      },
      { factors: [], priceIndices: indices },
      account,
    );
  },
};
