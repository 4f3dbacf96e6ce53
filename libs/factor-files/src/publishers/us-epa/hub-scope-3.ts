import { plain, type Factor } from '#ghg';
import { rateText, slugOf, textOf } from '../shared/figures';
import { cite, FIRST, figureRows, LABEL, labelOf, NAMELESS, tableOf, withoutLetter, type HubContext, type HubTable } from './hub-sheet';
import { FREIGHT, HUB_UNITS, TRAVEL, TREATMENTS, type Use } from './hub-vocabulary';
import { gasColumnOf, gasLineOf, usFigure, type GasColumn, type SheetRow } from './lines';

const UNITS = FIRST + 3;
/** Kilograms in the metric ton of table 9. */
const TONNE_IN_KG = '1000';

/** A row of table 8 or 10 whose uses are known. */
function takeUses(
  context: HubContext,
  table: HubTable,
  row: SheetRow,
  usesOf: (label: string, per: string) => readonly Use[] | null | undefined,
): void {
  const { account, year } = context;
  const label = labelOf(row);
  const per = textOf(row.cells, UNITS);
  const unit = HUB_UNITS[per];
  if (label === '') return account.omit(row.row, LABEL, 'type_not_covered', NAMELESS);
  if (unit === undefined) return account.omit(row.row, UNITS, 'unit_unknown', `per "${per}"`);
  const line = gasLineOf(row.cells, columnsPer(table, per));
  if (line.reason !== undefined) return account.omit(row.row, line.column, line.reason, line.detail);
  const uses = usesOf(label, per);
  if (uses === null) return account.omit(row.row, LABEL, 'condition_not_covered', `${label}: no attribute tells it from the average`);
  if (uses === undefined) return account.omit(row.row, LABEL, 'type_not_covered', `${label} per ${per}`);
  const factors = uses.map(({ activityType, attributes, suffix = '' }): Factor => ({
    code: `T${table.number}-${slugOf(label)}${per === 'vehicle-mile' && table.number === 8 ? '-vehicle' : ''}${suffix}`,
    activityType,
    leg: 'operation',
    region: 'US',
    year,
    attributes,
    unit,
    gases: line.gases,
    source: cite(table, `${label}, ${per}`, row, line.printed),
  }));
  account.take(row, factors);
}

/** `kg CO2 / unit`: the unit is that of the row. */
function columnsPer({ head }: HubTable, per: string): GasColumn[] {
  const cells = head.at(-1)?.cells ?? [];
  return [FIRST, FIRST + 1, FIRST + 2].flatMap((column) => {
    const gas = gasColumnOf(textOf(cells, column), column);
    return gas ? { ...gas, per } : [];
  });
}

/** Table 8, for categories 4 and 9: a vehicle as a whole by the mile, a part of its load by the short ton-mile. Tank to wheel. */
export function readFreight(context: HubContext): void {
  const table = tableOf(context, 8);
  const usesOf = (label: string, per: string): readonly Use[] | undefined => {
    const uses = per === 'vehicle-mile' ? [{ activityType: 'vehicle', attributes: { vehicle: slugOf(label) } }] : FREIGHT[label];
    return uses?.flatMap((use) => [
      { ...use, activityType: `freight.${use.activityType}` },
      { ...use, activityType: `freight-downstream.${use.activityType}`, suffix: `${use.suffix ?? ''}-downstream` },
    ]);
  };
  for (const row of figureRows(context, table)) takeUses(context, table, row, usesOf);
}

/** Table 10, for categories 6 and 7. Tank to wheel. */
export function readTravel(context: HubContext): void {
  const table = tableOf(context, 10);
  for (const row of figureRows(context, table)) takeUses(context, table, row, (label) => TRAVEL.find(([name]) => name.test(label))?.[1]);
}

/** By which assessment report the CO2e of table 9 was made, as its note says; the note outweighs what the rest of the hub is printed with. */
export function wasteGwpOf(table: HubTable): 'AR4' | 'AR5' | 'AR6' | null {
  for (const { cells } of table.body) {
    const found = /\b(AR[456]) GWPs?\b/.exec(textOf(cells, LABEL))?.[1];
    if (found === 'AR4' || found === 'AR5' || found === 'AR6') return found;
  }
  return null;
}

/**
 * Table 9, for categories 5 and 12: metric tons of CO2e per short ton of material, a line per treatment. Known as CO2e alone. `apart` where its GWPs
 * are others than those of the hub.
 */
export function readWaste(context: HubContext, apart: boolean): void {
  const { account } = context;
  const table = tableOf(context, 9);
  const header = table.head.at(-1)?.cells ?? [];
  const unit = table.head.some(({ cells }) => cells.some((_, i) => /^Metric Tons CO2e \/ Short Ton/.test(textOf(cells, i))))
    ? 'short-ton'
    : null;
  for (const row of figureRows(context, table))
    for (let column = FIRST; column < header.length; column += 1) {
      const printed = withoutLetter(textOf(header, column));
      const treatment = TREATMENTS[printed];
      const { value, reason } = usFigure(row.cells, column);
      if (labelOf(row) === '') account.omit(row.row, column, 'type_not_covered', NAMELESS);
      else if (value === undefined) account.omit(row.row, column, reason, `${labelOf(row)}, ${printed}: "${textOf(row.cells, column)}"`);
      else if (unit === null) account.omit(row.row, column, 'unit_unknown', 'not in metric tons of CO2e per short ton');
      else if (treatment === undefined)
        account.omit(row.row, column, 'condition_not_covered', `${labelOf(row)}, ${printed}: ${plain(value)} t CO2e per short ton`);
      else {
        const figure = { treatment, printed, kgco2e: rateText(value.mul(TONNE_IN_KG)), text: `${plain(value)} t CO2e per short ton` };
        account.take(row, wasteFactors(context, table, row, figure), { column, apart });
      }
    }
}

function wasteFactors(
  { year }: HubContext,
  table: HubTable,
  row: SheetRow,
  figure: { readonly treatment: string; readonly printed: string; readonly kgco2e: string; readonly text: string },
): Factor[] {
  const label = labelOf(row);
  const { treatment, kgco2e } = figure;
  return [
    { activityType: 'waste.disposal', suffix: '' },
    { activityType: 'end-of-life.product', suffix: '-end-of-life' },
  ].map(({ activityType, suffix }) => ({
    code: `T9-${slugOf(label)}-${treatment}${suffix}`,
    activityType,
    leg: 'service',
    region: 'US',
    year,
    attributes: { material: slugOf(label), treatment },
    unit: 'short-ton',
    gases: [],
    kgco2e,
    source: cite(table, `${label}, ${figure.printed}`, row, figure.text),
  }));
}
