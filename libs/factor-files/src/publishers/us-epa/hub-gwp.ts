import { Decimal, plain, type GwpSetId } from '#ghg';
import { textOf } from '../shared/figures';
import { FIRST, figureRows, labelOf, type HubContext } from './hub-sheet';
import { usFigure, type SheetRow } from './lines';

/** GWP-100 of methane and nitrous oxide, by which an assessment report is known (IPCC AR4, AR5 table 8.A.1, AR6 table 7.SM.7). */
const SETS: readonly (readonly [ch4: string, n2o: string, GwpSetId])[] = [
  ['25', '298', 'AR4'],
  ['28', '265', 'AR5'],
  ['27.9', '273', 'AR6-27.9'],
];
/** Table 11 of 2021 has formulas where table 12 has names. */
const FORMULAS: Readonly<Record<string, string>> = { 'PFC-116': 'C2F6', 'PFC-218': 'C3F8' };
/** Table 12 prints whole numbers. */
const ROUNDING = '1';

/** The GWP set that the box above table 1 prints: it stands behind everything that the hub itself turned into CO2e. */
export function hubGwpOf(front: readonly SheetRow[]): GwpSetId | null {
  const printed = new Map<string, string>();
  for (const { cells } of front)
    for (let column = 0; column + 1 < cells.length; column += 1) {
      const { value } = usFigure(cells, column + 1);
      const gas = textOf(cells, column);
      if (value !== undefined && (gas === 'CH4' || gas === 'N2O')) printed.set(gas, plain(value));
    }
  return SETS.find(([ch4, n2o]) => printed.get('CH4') === ch4 && printed.get('N2O') === n2o)?.[2] ?? null;
}

/** The box above table 1, tables 11 and 12: GWPs belong to the register. What a blend's parts do not come to is named as a misprint. */
export function leaveOutGwps(context: HubContext, front: readonly SheetRow[]): void {
  const { account } = context;
  for (const row of front)
    if (row.cells.some(({ kind }) => kind === 'number')) account.omit(row.row, undefined, 'gwp_of_register', 'GWP of a gas');
    else account.note(row);
  const gases = leaveOutGases(context);
  const blends = context.tables.get(12);
  for (const row of blends ? figureRows(context, blends) : []) {
    const [name, composition] = [labelOf(row), textOf(row.cells, FIRST + 1)];
    const { value } = usFigure(row.cells, FIRST);
    const computed = gwpOfBlend(composition, gases);
    const off = value !== undefined && computed !== null && computed.sub(value).abs().gt(ROUNDING);
    const says = `${name}: ${textOf(row.cells, FIRST)}`;
    account.omit(
      row.row,
      FIRST,
      'gwp_of_register',
      off ? `${says} does not agree with ${composition}, which comes to ${plain(computed)}: a misprint` : says,
    );
  }
}

function leaveOutGases(context: HubContext): ReadonlyMap<string, Decimal> {
  const gases = new Map<string, Decimal>();
  const single = context.tables.get(11);
  if (!single) return gases;
  const column = (single.head.at(-1)?.cells ?? []).findIndex((_, i, cells) => /^100-Year GWP/i.test(textOf(cells, i)));
  for (const row of figureRows(context, single)) {
    const { value } = usFigure(row.cells, column);
    if (value !== undefined) gases.set(labelOf(row), value);
    context.account.omit(row.row, column, 'gwp_of_register', `${textOf(row.cells, FIRST - 1)}: ${textOf(row.cells, column)}`);
  }
  return gases;
}

/** Σ share × GWP of the HFCs and PFCs; the publisher counts parts that deplete ozone, and hydrocarbons, as nothing. Null: a part cannot be read. */
export function gwpOfBlend(composition: string, gases: ReadonlyMap<string, Decimal>): Decimal | null {
  let sum = new Decimal(0);
  for (const part of composition
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')) {
    const [, percent, printed] = /^([\d.]+) ?%? +(\S.*)$/.exec(part) ?? [];
    if (percent === undefined || printed === undefined) return null;
    const name = printed.replace(/^(HFC|PFC)[ -]?/, '$1-');
    if (/^(HCFC|CFC)/.test(name) || /^[a-z]/.test(name)) continue;
    const gwp = gases.get(name) ?? gases.get(FORMULAS[name] ?? '');
    if (gwp === undefined) return null;
    sum = sum.add(gwp.mul(percent));
  }
  return sum.mul('0.01');
}
