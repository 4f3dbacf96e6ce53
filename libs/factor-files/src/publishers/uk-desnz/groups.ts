import type { Omission } from '../../factor-file';
import { omit, placeOf, type Figure } from './figures';
import { level4Of, plainLabel, sectionOf, type Counted, type Labels } from './labels';

/** The figures of one thing: the total, or what stands for it, and the gases that it is split into. */
export interface Group {
  readonly key: string;
  readonly main: Figure;
  readonly split: readonly Figure[];
  /** The mass of CO2 where the group's own row is none. */
  readonly co2?: Figure;
}

/** Labels and unit, spelling apart. */
function keyOf({ row, unit }: Figure, text = row.labels.text): string {
  const { labels } = row;
  return JSON.stringify([sectionOf(labels), ...[labels.level3, level4Of(labels), text].map(plainLabel), unit.unit, unit.basis ?? '']);
}

/** Which of the rows speaks for its group. */
const MAIN: Readonly<Record<NonNullable<Figure['rule']['of']>, Counted>> = { biogenic: 'CO2', energy: 'energy', gwp: 'total' };
const mainOf = ({ rule }: Figure): Counted => (rule.of === undefined ? 'total' : MAIN[rule.of]);

/** Puts figures together. A split without its total, and a second row that says the same, are omissions. */
export function group(figures: readonly Figure[]): { groups: Group[]; omissions: Omission[] } {
  const omissions: Omission[] = [];
  const byKey = new Map<string, Map<Counted, Figure>>();
  for (const figure of figures) {
    const key = keyOf(figure);
    const members = byKey.get(key) ?? new Map<Counted, Figure>();
    byKey.set(key, members);
    const before = members.get(figure.counted);
    if (before) omissions.push(omit('duplicate_id', figure.row, `row ${before.row.row} has the same labels`));
    else members.set(figure.counted, figure);
  }
  const groups: Group[] = [];
  for (const [key, members] of byKey) {
    const all = [...members.values()];
    const main = all.find((figure) => figure.counted === mainOf(figure));
    if (main) groups.push({ key, main, split: all.filter((figure) => figure !== main) });
    else omissions.push(...all.map(({ row }) => omit('total_missing', row, placeOf(row.labels))));
  }
  return { groups, omissions };
}

const hasForcing = (labels: Labels): boolean => plainLabel(labels.text) === 'with rf';

/**
 * Radiative forcing is no gas: the publisher multiplies the CO2 of a flight by 1.7 and prints the product as CO2. The mass is that of the row
 * without, and the uplift stays in the total.
 */
export function withMassOfCo2(groups: readonly Group[]): { groups: Group[]; omissions: Omission[] } {
  const byKey = new Map(groups.map((one) => [one.key, one]));
  const omissions: Omission[] = [];
  const changed = groups.map((one): Group => {
    const lifted = one.split.find(({ counted }) => counted === 'CO2');
    if (!lifted || !hasForcing(one.main.row.labels)) return one;
    omissions.push(omit('split_of_total', lifted.row, `${placeOf(lifted.row.labels)}: CO2 lifted for radiative forcing is no mass`));
    const co2 = byKey.get(keyOf(one.main, 'without rf'))?.split.find(({ counted }) => counted === 'CO2');
    return { ...one, split: one.split.filter((figure) => figure !== lifted), ...(co2 ? { co2 } : {}) };
  });
  return { groups: changed, omissions };
}
