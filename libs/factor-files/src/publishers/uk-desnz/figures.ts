import { Decimal, plain, RATE_SCALE } from '#ghg';
import type { Omission, OmissionReason } from '../../factor-file';
import { countedBy, level4Of, sectionOf, unitOf, type Counted, type DesnzUnit, type Labels } from './labels';
import type { TableRule } from './rules';
import { columnName, FACTORS, type DesnzRow, type Header } from './sheet';

/** What a spreadsheet shows of a stored number, and all of it that is sure: the editions differ in how much noise stands behind. */
const DIGITS = 15;

/** A row that has a figure and a meaning. */
export interface Figure {
  readonly row: DesnzRow;
  readonly rule: TableRule;
  readonly unit: DesnzUnit;
  readonly counted: Counted;
  /** The figure as a spreadsheet shows it. */
  readonly printed: string;
  /** The same, to the digits that a rate can have. */
  readonly amount: string;
}

/** Says why a row is left out. */
export function omit(reason: OmissionReason, row: DesnzRow, detail: string, column?: number): Omission {
  return { sheet: FACTORS, row: row.row, ...(column === undefined ? {} : { column: columnName(column) }), reason, detail };
}

/** The labels that tell rows of a table apart. */
export function rowName(labels: Labels): string {
  return [labels.level3, level4Of(labels), labels.text].filter((label) => label !== '').join(', ');
}

/** `Fuels / Gaseous fuels / LPG`. */
export function placeOf(labels: Labels): string {
  return [labels.level1, labels.level2, rowName(labels)].filter((label) => label !== '').join(' / ');
}

/** Reads rows one by one; every row is a figure or an omission. */
export function figureReader(header: Header, rules: ReadonlyMap<string, TableRule>): (row: DesnzRow) => Figure | Omission {
  const { columns, id } = header;
  const ids = new Set<string>();
  return (row) => {
    const { labels, value } = row;
    if (row.unit === '' && value.kind === 'blank') return omit('note', row, placeOf(labels) || labels.scope);
    if (value.kind === 'blank') return omit('value_blank', row, placeOf(labels), columns.value);
    if (value.kind !== 'number') return omit('value_not_a_number', row, `"${value.text}"`, columns.value);
    const figure = new Decimal(value.text);
    if (figure.isNegative() && !figure.isZero()) return omit('value_negative', row, value.text, columns.value);
    if (row.id !== null && ids.has(row.id)) return omit('duplicate_id', row, row.id, id ?? undefined);
    if (row.id !== null) ids.add(row.id);
    const counted = countedBy(row.counted);
    if (counted === null) return omit('unit_unknown', row, `"${row.counted}" is nothing that is counted`, columns.counted);
    const unit = unitOf(row.unit);
    if (unit === null) return omit('unit_unknown', row, `"${row.unit}"`, columns.unit);
    const rule = rules.get(sectionOf(labels));
    if (rule === undefined) return omit('type_not_covered', row, `${placeOf(labels)}: a table that no known edition has`);
    const shown = figure.toSignificantDigits(DIGITS);
    return { row, rule, unit, counted, printed: plain(shown), amount: plain(shown.toDecimalPlaces(RATE_SCALE)) };
  };
}
