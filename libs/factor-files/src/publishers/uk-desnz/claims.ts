import type { Factor, FuelProperty, GasAmount } from '#ghg';
import type { Omission } from '../../factor-file';
import { omit, placeOf, rowName, type Figure } from './figures';
import type { Group } from './groups';
import { level4Of, slug } from './labels';
import type { Use } from './rules';
import { FACTORS } from './sheet';

const HOME = 'GB';
const ENERGY_UNITS = ['kWh', 'GJ'];

/** What came of the groups. */
export interface Taken {
  readonly factors: readonly Factor[];
  readonly properties: readonly FuelProperty[];
  /** Numbers of the rows that stand in a factor or a property. */
  readonly rows: ReadonlySet<number>;
  /** Row of each factor and property, by code. */
  readonly places: ReadonlyMap<string, { readonly sheet: string; readonly row: number }>;
  readonly omissions: readonly Omission[];
}

/** A use that takes a group, and what its factor is of. */
interface Claim {
  readonly group: Group;
  readonly use: Use;
  readonly region: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly identity: string;
}

/** Factors and properties of the groups; a group that nothing takes is an omission of each of its rows. */
export function take(groups: readonly Group[], year: number): Taken {
  const claimsOf = new Map(groups.map((one) => [one, one.main.rule.uses.flatMap((use) => claim(one, use) ?? [])]));
  const first = new Map<string, Claim>();
  const all = [...claimsOf.values()].flat();
  for (const one of [...all.filter(({ use }) => !use.standIn), ...all.filter(({ use }) => use.standIn)])
    if (!first.has(one.identity)) first.set(one.identity, one);

  const factors: Factor[] = [];
  const properties: FuelProperty[] = [];
  const rows = new Set<number>();
  const places = new Map<string, { sheet: string; row: number }>();
  const omissions: Omission[] = [];
  for (const [one, claims] of claimsOf) {
    const won = isNothing(one) ? [] : claims.filter((candidate) => first.get(candidate.identity) === candidate);
    const made = one.main.rule.of === 'energy' ? won.map(propertyOf(year)) : [];
    const factored = one.main.rule.of === 'energy' ? [] : won.map(factorOf(year));
    properties.push(...made);
    factors.push(...factored);
    for (const { code } of [...made, ...factored]) places.set(code, { sheet: FACTORS, row: one.main.row.row });
    const lostTo = claims.map(({ identity }) => first.get(identity)).find((winner) => winner !== undefined);
    for (const { row } of [one.main, ...one.split])
      if (won.length > 0) rows.add(row.row);
      else omissions.push(whyNot(one, row, lostTo));
  }
  return { factors, properties, rows, places, omissions };
}

/** A calorific value is above zero: no energy by distance is none of the fuel. */
function isNothing({ main }: Group): boolean {
  return main.rule.of === 'energy' && /^0(\.0*)?$/.test(main.amount);
}

/** Rows of a group that became nothing. */
function whyNot({ main }: Group, row: Figure['row'], lostTo: Claim | undefined): Omission {
  const { of, uses, otherwise } = main.rule;
  const place = placeOf(row.labels);
  if (of === 'energy') return omit('energy_not_emission', row, `${place}: ${lostTo ? 'nothing is burnt' : otherwise.detail}`);
  if (lostTo && !uses.some(({ standIn }) => standIn))
    return omit('superseded_in_file', row, `${place}: row ${lostTo.group.main.row.row} says the same`);
  return omit(otherwise.reason, row, `${place}: ${otherwise.detail}`);
}

function claim(group: Group, use: Use): Claim | null {
  const { row, unit, rule } = group.main;
  if (use.units && !use.units.includes(unit.unit)) return null;
  if (use.where && !use.where(row.labels)) return null;
  const region = use.region ? use.region(row.labels) : HOME;
  if (region === null || region === undefined) return null;
  const attributes: Record<string, string> = {};
  for (const [name, read] of Object.entries(use.attributes)) {
    const value = read(row.labels);
    if (value === null) return null;
    if (value !== undefined) attributes[name] = value;
  }
  if (rule.calorificBasis && ENERGY_UNITS.includes(unit.unit)) {
    const basis = rule.calorificBasis === 'net' ? 'net' : unit.basis;
    if (basis === undefined) return null;
    attributes.calorific_basis = basis;
  }
  const identity = JSON.stringify([use.activityType, use.leg, region, unit.unit, Object.entries(attributes).sort()]);
  return { group, use, region, attributes, identity };
}

/** The publisher's own id, or the labels that stand for it until 2022; a row that serves several types bears the type behind it. */
function codeOf({ group, use }: Claim, place: number): string {
  const { row } = group.main;
  const { level1, level2, level3, text } = row.labels;
  const own = row.id ?? slug(level1, level2, level3, level4Of(row.labels), text, row.unit);
  return place === 0 ? own : `${own}:${use.suffix ?? use.activityType}`;
}

const sourceOf = ({ row, printed }: Figure): Factor['source'] => ({
  table: `${FACTORS} / ${row.labels.level1} / ${row.labels.level2}`,
  row: `${row.id ?? `row ${row.row}`} (${rowName(row.labels) || row.labels.level2})`,
  printed: `${printed} ${row.counted} / ${row.unit}`,
});

const factorOf =
  (year: number) =>
  (one: Claim, place: number): Factor => {
    const { main } = one.group;
    return {
      code: codeOf(one, place),
      activityType: one.use.activityType,
      leg: one.use.leg,
      region: one.region,
      year,
      attributes: one.attributes,
      unit: main.unit.unit,
      ...(main.rule.of === 'biogenic'
        ? { gases: [{ gas: 'CO2_biogenic', kg: main.amount }] }
        : { gases: gasesOf(one.group), kgco2e: main.amount }),
      source: sourceOf(main),
    };
  };

const ORDER = ['CO2', 'CH4', 'N2O'];

/** CO2e of CO2 is its mass; CH4 and N2O are multiplied already. */
function gasesOf({ split, co2 }: Group): GasAmount[] {
  return [...(co2 ? [co2] : []), ...split]
    .sort((a, b) => ORDER.indexOf(a.counted) - ORDER.indexOf(b.counted))
    .map(({ counted: gas, amount }) => (gas === 'CO2' ? { gas, kg: amount } : { gas, kgco2e: amount }));
}

const propertyOf =
  (year: number) =>
  (one: Claim, place: number): FuelProperty => {
    const { main } = one.group;
    return {
      code: codeOf(one, place),
      kind: 'net-cv',
      activityType: one.use.activityType,
      attributes: one.attributes,
      region: one.region,
      year,
      value: main.amount,
      unit: `kWh/${main.unit.unit}`,
      source: sourceOf(main),
    };
  };
