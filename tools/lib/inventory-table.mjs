// @ts-check
// The inventory for people: tonnes to one decimal, by the kernel's one rounding; nothing is summed here.
import { createRequire } from 'node:module';

// The kernel is CommonJS and hands its names on, which an import cannot see by name.
const { Decimal, roundForPeople } = /** @type {typeof import('#ghg')} */ (createRequire(import.meta.url)('#ghg'));

const WIDTH = 58;

/** Categories of the Corporate Value Chain (Scope 3) Standard, chapter 5. @type {Readonly<Record<string, string>>} */
export const CATEGORIES = {
  1: 'Purchased goods and services',
  2: 'Capital goods',
  3: 'Fuel- and energy-related activities',
  4: 'Upstream transportation and distribution',
  5: 'Waste generated in operations',
  6: 'Business travel',
  7: 'Employee commuting',
  8: 'Upstream leased assets',
  9: 'Downstream transportation and distribution',
  10: 'Processing of sold products',
  11: 'Use of sold products',
  12: 'End-of-life treatment of sold products',
  13: 'Downstream leased assets',
  14: 'Franchises',
  15: 'Investments',
};

/** @param {string} exact tonnes as the API has them */
function tonnes(exact) {
  const [whole = '', fraction] = roundForPeople(new Decimal(exact), 1).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`.padStart(14);
}

/** @param {string} label @param {string} exact */
const row = (label, exact) => `  ${label.padEnd(WIDTH)}${tonnes(exact)}`;
/**
 * A figure of both readings: the market-based one in brackets, where it differs.
 * @param {string} label @param {string} exact @param {string} market
 */
const bothReadings = (label, exact, market) => row(label, exact) + (market === exact ? '' : `  (${tonnes(market).trim()} market-based)`);
/** @param {string} label @param {{ tco2e: string, marketTco2e: string }} figures */
const reliance = (label, { tco2e, marketTco2e }) => bothReadings(`  ${label}`, tco2e, marketTco2e);
/** A heading and its rows; nothing where there are none. @param {string} heading @param {string[]} rows */
const section = (heading, rows) => (rows.length > 0 ? [heading, ...rows] : []);
/** @param {string} exact */
const isNothing = (exact) => new Decimal(exact).isZero();
/** @param {any} one */
const leftOut = (one) => reliance(one.code === null ? wordsOf(one.reason) : `${one.code}: ${one.detail}`.slice(0, WIDTH - 4), one);
/** @param {any} one */
const apportioned = ({ entity, from, to, days, consolidated }) =>
  `    ${entity}, ${from} to ${to}, ${days} days: ${percent(consolidated)} consolidated`;
/** @param {any} one */
const energy = ({ source, origin, mwh, marketMwh }) => bothReadings(`  ${source}, ${wordsOf(origin).replace('-', ' ')}`, mwh, marketMwh);
/** @param {string} share */
const percent = (share) => `${new Decimal(share).mul(100).toFixed()} %`;
/** @param {number} n */
const count = (n) => n.toLocaleString('en-GB');

/**
 * @param {{ company: string, inventory: any, conservation: any }} shown `inventory`: an inventoryView, `conservation`: a conservationView of the contracts
 * @returns {string[]}
 */
export function inventoryLines({ company, inventory, conservation }) {
  const { imports } = conservation;
  const categories = inventory.categories.map((/** @type {any} */ figures) =>
    reliance(`${figures.category.padStart(2)}  ${CATEGORIES[figures.category] ?? ''}`, figures),
  );
  const optional = inventory.categories.filter((/** @type {any} */ figures) => !isNothing(figures.optional));
  const fallbacks = inventory.fallbacks.map((/** @type {any} */ rests) => reliance(wordsOf(rests.fallback), rests));
  const invented = inventory.factorSets.filter((/** @type {any} */ set) => set.invented);
  const rule = `  ${'─'.repeat(WIDTH + 14)}`;
  return [
    '',
    `  ${company}`,
    `  inventory ${inventory.year}, ${inventory.approach.replace('-', ' ')}, GWP ${inventory.gwp}, book ${inventory.book} as of run ${inventory.asOfRun}`,
    rule,
    `  ${''.padEnd(WIDTH)}${'t CO2e'.padStart(14)}`,
    row('Scope 1', inventory.scope1),
    row('Scope 2, location-based', inventory.scope2Location),
    row('Scope 2, market-based', inventory.scope2Market),
    bothReadings('Scope 3', inventory.scope3, inventory.scope3Market),
    ...categories,
    ...section(
      '  Of which beyond the minimum boundary of the category:',
      optional.map((/** @type {any} */ figures) =>
        bothReadings(`  ${figures.category.padStart(2)}  ${CATEGORIES[figures.category] ?? ''}`, figures.optional, figures.marketOptional),
      ),
    ),
    ...(isNothing(inventory.radiativeForcing) ? [] : [row('Of which radiative forcing of flights', inventory.radiativeForcing)]),
    rule,
    bothReadings('Outside the scopes: CO2 of biogenic origin', inventory.biogenic, inventory.marketBiogenic),
    row('Outside the scopes: gases of the Montreal Protocol', inventory.montreal),
    ...(isNothing(inventory.projected) ? [] : [row('In no total: lifetime emissions of projects financed', inventory.projected)]),
    ...(isNothing(inventory.investeeScope3) ? [] : [row('In no total: scope 3 of investees', inventory.investeeScope3)]),
    rule,
    ...section('  Left out of the above, location-based, in t CO2e:', inventory.leftOut.map(leftOut)),
    ...section(
      '  Bought by one member from another, in the above and in the supplier’s own figures:',
      inventory.intraGroup.map((/** @type {any} */ bought) => reliance(`${bought.entity} from ${bought.supplier}, ${bought.line}`, bought)),
    ),
    ...section('  Apportioned by days:', inventory.apportioned.map(apportioned)),
    ...section('  Energy used in own operations, in MWh net calorific:', inventory.energy.map(energy)),
    ...(inventory.leftOut.length + inventory.intraGroup.length + inventory.apportioned.length + inventory.energy.length > 0 ? [rule] : []),
    '  Of the above, with scope 2 location-based, rest on a fallback:',
    ...(fallbacks.length > 0 ? fallbacks : ['    nothing']),
    '  Of the above, with scope 2 location-based, rest on invented factor sets:',
    ...(invented.length > 0 ? invented.map((/** @type {any} */ set) => reliance(set.title, set)) : ['    nothing']),
    rule,
    `  records     ${count(imports.records)} = ${count(imports.accepted)} accepted + ${count(imports.refused)} refused + ${count(imports.duplicate)} duplicate`,
    `  activities  ${count(conservation.activities)} = ${count(conservation.calculated)} calculated + ${count(conservation.partly)} partly + ${count(conservation.refused)} refused + ${count(conservation.excluded)} excluded`,
    `  ledger      ${conservation.ledgerKgco2e} kg CO2e in ${count(conservation.ledgerEntries)} entries`,
    `  projection  ${conservation.projectionKgco2e} kg CO2e in ${count(conservation.projectionEntries)} entries`,
    `  ${conservation.holds ? 'Conservation holds: every record and every gram is accounted for.' : 'ALARM: conservation does not hold.'}`,
  ];
}

/** The name of a fallback as words; its sentence stands in the API's vocabulary. @param {string} fallback */
const wordsOf = (fallback) => fallback.replaceAll('_', ' ');

/**
 * How to take one figure apart.
 * @param {{ apiUrl: string, apiKey: string, entry: any }} shown `entry`: an entryView of the contracts
 * @returns {string[]}
 */
export function explanationLines({ apiUrl, apiKey, entry }) {
  if (!entry) return [];
  const { id, quantity, unit, activityType, entity, year, kgco2e } = entry;
  return [
    '',
    `  One figure taken apart, down to the line of the file (${quantity} ${unit} of ${activityType}, ${entity}, ${year}: ${roundForPeople(new Decimal(kgco2e), 2)} kg CO2e):`,
    `  curl -s -H 'Authorization: Bearer ${apiKey}' ${apiUrl}/v1/entries/${id}/explanation`,
  ];
}
