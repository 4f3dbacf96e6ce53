import { Decimal, divide, plain, type Factor, type GwpSetId } from '#ghg';
import type {
  FactorFileReading,
  FileRefusal,
  Layout,
  LayoutOptions,
  Omission,
  OmissionReason,
  OpenedFile,
  RecognisedFile,
} from '../factor-file';
import { footprintOf, membersOf, unitsOf, type Footprint } from './pact-footprint';
import { figureOf, meaningOf, slugOf } from './shared/figures';

const SPEC_KNOWN_MAX = 3;
const DATA = 'data';
/** Declared units of the specification in units of the register; what is bought by mass is a material, everything else an item. */
const UNITS: Readonly<Record<string, string>> = {
  kilogram: 'kg',
  liter: 'L',
  'cubic meter': 'm3',
  'kilowatt hour': 'kWh',
  megajoule: 'MJ',
  'square meter': 'm2',
  piece: 'item',
  hour: 'hour',
};
const GWP_SETS: Readonly<Record<string, GwpSetId>> = { AR4: 'AR4', AR5: 'AR5', AR6: 'AR6' };

/**
 * Product footprints after the PACT Technical Specifications 2 and 3: cradle to gate, a supplier's own factor for what it sells. The figure without
 * the uptake of CO2 by plants is taken: a removal that the product holds is no reduction of scope 3 (Scope 3 Standard, chapter 5, reports biogenic
 * CO2 apart). v2 leaves emissions of land-use change out of that figure; where they are stated above zero the factor is `partial`. The
 * footprints belong to who shared them: the licence must be given.
 */
export const pact: Layout = { id: 'pact-product-footprints', publisher: 'PACT', recognise, read };

function recognise(file: OpenedFile): RecognisedFile | null {
  if (file.kind !== 'json') return null;
  const members = membersOf(file.text);
  if (members === null) return null;
  const footprints = members.map(footprintOf);
  const newest = Math.max(...footprints.map(({ specVersion }) => Number.parseInt(specVersion, 10) || 0));
  const [first] = footprints;
  return {
    publisher: first?.company || 'PACT',
    edition: yearOf(footprints),
    version: first && footprints.length === 1 ? first.id : `PACT ${newest}, ${footprints.length} footprints`,
    newerThanKnown: newest > SPEC_KNOWN_MAX,
  };
}

/** The latest reference period names the edition. */
function yearOf(footprints: readonly Footprint[]): string {
  return (
    footprints
      .map(({ periodEnd }) => lastYear(periodEnd))
      .sort()
      .at(-1) ?? ''
  );
}

/** A period ends at the last moment of its year or at the first of the next. */
function lastYear(periodEnd: string): string {
  const year = /^(\d{4})-\d\d-\d\d/.exec(periodEnd)?.[1] ?? '';
  return /^\d{4}-01-01T00:00:00/.test(periodEnd) ? String(Number(year) - 1) : year;
}

/** Refusals in order of precedence: `licence_missing`, `hand_edited` (several suppliers in one file), `gwp_sets_mixed`. */
function read(file: OpenedFile, recognised: RecognisedFile, options: LayoutOptions): FactorFileReading | FileRefusal {
  if (!options.licence) return { refused: 'licence_missing', detail: 'a footprint states no licence; say under which terms it was shared' };
  const footprints = (membersOf(file.text) ?? []).map(footprintOf);
  const companies = [...new Set(footprints.map(({ company }) => company))];
  if (companies.length > 1)
    return {
      refused: 'hand_edited',
      detail: `footprints of ${companies.length} suppliers (${companies.slice(0, 5).join(', ')}): one file per supplier`,
    };
  const gwpSets = [...new Set(footprints.map(({ reports }) => reports.join(' and ') || 'none stated'))];
  const gwpSet = GWP_SETS[gwpSets[0] ?? ''];
  if (gwpSets.length !== 1 || gwpSet === undefined)
    return { refused: 'gwp_sets_mixed', detail: `characterisation factors: ${gwpSets.join('; ')}` };
  const factors: Factor[] = [];
  const omissions: Omission[] = [];
  const places = new Map<string, { sheet: string; row: number }>();
  const meanings = new Map<string, string>();
  footprints.forEach((footprint, i) => {
    const place = { sheet: DATA, row: i + 1 };
    const made = places.has(footprint.id) ? omitted('duplicate_id', 'id', footprint.id) : factorOf(footprint);
    if ('reason' in made) return void omissions.push({ ...place, ...made });
    const same = meanings.get(meaningOf(made));
    if (same !== undefined)
      return void omissions.push({
        ...place,
        ...omitted('contradiction', 'productNameCompany', `${same} is of the same product and year`),
      });
    meanings.set(meaningOf(made), made.code);
    places.set(made.code, place);
    factors.push(made);
  });
  const { publisher, edition, version } = recognised;
  const title = `Product footprints of ${publisher}`;
  const set = { publisher, edition, version, title, licence: options.licence, attribution: publisher, gwpSet, invented: false, factors };
  return { recognised, set, rowsRead: footprints.length, rowsUsed: factors.length, omissions, places };
}

type Left = Pick<Omission, 'reason' | 'column' | 'detail'>;
const omitted = (reason: OmissionReason, column: string, detail: string): Left => ({ reason, column, detail });

function factorOf(footprint: Footprint): Factor | Left {
  const { id, status, pcf, unit: declared, company, product, productId, periodEnd, landUseChange } = footprint;
  if (status !== '' && status !== 'Active') return omitted('withdrawn', 'status', `${id} is ${status}`);
  const figure = figureOf(pcf);
  if (figure.value === undefined) return omitted(figure.reason, 'pcf', `${id}: "${pcf}"`);
  const unit = UNITS[declared];
  if (unit === undefined) return omitted('unit_unknown', 'declaredUnit', `${id}: "${declared}" is no unit that goods are counted in`);
  const units = unitsOf(footprint);
  if (units === null)
    return omitted('unit_unknown', 'declaredUnitAmount', `${id}: for one ${declared} or for ${footprint.amount}, it does not say`);
  const year = lastYear(periodEnd);
  const name = slugOf(product) || slugOf(productId);
  if (year === '' || name === '' || company === '') return omitted('note', 'pcf', `${id} lacks its reference period, product or company`);
  const isMass = unit === 'kg';
  return {
    code: id,
    activityType: isMass ? 'goods.material' : 'goods.item',
    leg: 'supply',
    // The region of a factor is where the buyer is; where it was made stands in the source.
    region: 'GLOBAL',
    supplier: company,
    year: Number(year),
    attributes: isMass ? { material: name } : { product: name },
    unit,
    gases: [],
    kgco2e: plain(divide(figure.value, units).value),
    ...(isAboveZero(landUseChange) ? { partial: true } : {}),
    source: { table: `PACT ${footprint.specVersion}`, row: rowOf(footprint), printed: `${pcf} kg CO2e per ${plain(units)} ${declared}` },
  };
}

function rowOf({ id, product, productId, geography, validUntil }: Footprint): string {
  const made = geography === '' ? '' : `, made in ${geography}`;
  const valid = validUntil === '' ? '' : `, valid until ${validUntil.slice(0, 10)}`;
  return `${id}, ${product} (${productId})${made}${valid}`.slice(0, 300);
}

function isAboveZero(text: string): boolean {
  const { value } = figureOf(text);
  return value !== undefined && new Decimal(value).gt(0);
}
