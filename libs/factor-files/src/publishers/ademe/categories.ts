import type { Factor, LegId } from '#ghg';
import type { OmissionReason } from '../../factor-file';
import { slugOf } from '../shared/figures';

/** The words by which Base Carbone names an element, and its unit without `kgCO2e/`. */
export interface Element {
  readonly base: string;
  readonly attribute: string;
  readonly boundary: string;
  readonly category: string;
  readonly unit: string;
}

/** One leg of an element: its total, or one of its posts (`Poste`). */
export interface LegOfElement {
  readonly leg: LegId;
  readonly post?: string;
}

export type Meaning =
  | (Pick<Factor, 'activityType' | 'attributes' | 'unit'> & { readonly legs: readonly LegOfElement[] })
  | { readonly reason: OmissionReason; readonly detail: string };

/** Units of Base Carbone in the register's words. `peq.km` (an equivalent passenger) and money are not among them. */
export const UNIT_OF: Readonly<Record<string, string>> = {
  kg: 'kg',
  Kg: 'kg',
  tonne: 't',
  'tonne de déchets': 't',
  litre: 'L',
  kWh: 'kWh',
  'm²': 'm2',
  km: 'km',
  'passager.km': 'passenger.km',
  't.km': 't.km',
  unité: 'item',
  appareil: 'item',
};
const MASSES = ['kg', 't'];

const words = ({ base, attribute, boundary }: Element): string => slugOf(base, attribute, boundary);
const notCovered = (detail: string): Meaning => ({ reason: 'condition_not_covered', detail });

/** Fuels that have a name among the biofuels of the vocabulary. */
const BIOFUEL_OF: Readonly<Record<string, string>> = { 'plaquettes-forestieres': 'wood-chips' };

function purchased(element: Element, unit: string): Meaning {
  if (MASSES.includes(unit))
    return { activityType: 'goods.material', attributes: { material: words(element) }, unit, legs: [{ leg: 'supply' }] };
  return { activityType: 'goods.item', attributes: { product: words(element) }, unit, legs: [{ leg: 'supply' }] };
}

function fuel(element: Element, unit: string): Meaning {
  const name = slugOf(element.base);
  return {
    activityType: 'fuel.stationary',
    attributes: { fuel: BIOFUEL_OF[name] ?? name },
    unit,
    legs: [
      { leg: 'combustion', post: 'Combustion' },
      { leg: 'upstream', post: 'Amont' },
    ],
  };
}

/** The engine decides the fuel; what stands for no engine of the vocabulary is left out. */
function car(element: Element, unit: string): Meaning {
  const text = slugOf(element.attribute, element.boundary);
  const engine = { gazole: 'diesel', essence: 'petrol', electrique: 'battery-electric' };
  const found = Object.entries(engine).find(([word]) => text.includes(word));
  if (!found) return notCovered(`${element.base} ${element.attribute} ${element.boundary}: no engine of the vocabulary`);
  const isAverage = element.category.includes('Moyenne parc');
  return {
    activityType: 'travel.car',
    attributes: { fuel: found[1], ...(isAverage ? {} : { vehicle: slugOf(element.attribute) }) },
    unit,
    legs: [
      { leg: 'operation', post: 'Combustion' },
      { leg: 'upstream', post: 'Amont' },
    ],
  };
}

function waste(element: Element, unit: string): Meaning {
  if (!element.boundary.startsWith('Incinération')) return notCovered(`${element.boundary}: a mean of treatments is none of them`);
  return {
    activityType: 'waste.disposal',
    attributes: { material: slugOf(element.base, element.attribute), treatment: 'combustion' },
    unit,
    legs: [{ leg: 'service' }],
  };
}

/** The mean mix of a grid: what burns in the stations is the generation; upstream and losses are legs of category 3. */
function grid(unit: string): Meaning {
  return {
    activityType: 'electricity.grid',
    attributes: {},
    unit,
    legs: [
      { leg: 'generation', post: 'Combustion à la centrale' },
      { leg: 'upstream', post: 'Amont' },
      { leg: 'losses', post: 'Transport et distribution' },
    ],
  };
}

/** What an element is in our words, by the path of its category (`Code de la catégorie`); else why it is none. The first that fits decides. */
export function meaningOfElement(element: Element): Meaning {
  const { category, unit: printed } = element;
  if (category.includes('Ratios monétaires')) return notCovered('a monetary ratio that states no price year');
  if (category.startsWith('Process et émissions fugitives')) return { reason: 'gwp_of_register', detail: element.base };
  const unit = UNIT_OF[printed];
  if (unit === undefined) return { reason: 'unit_unknown', detail: printed };
  if (category.startsWith('Achats de biens')) return purchased(element, unit);
  if (category.startsWith('Combustibles')) return fuel(element, unit);
  if (category.includes('Mix réseau')) return grid(unit);
  if (category.includes('Moyen de production'))
    return { reason: 'life_cycle_not_for_scope_2', detail: `${element.base} ${element.attribute}` };
  if (category.startsWith('Traitement des déchets')) return waste(element, unit);
  if (category.includes('> Voiture')) return car(element, unit);
  if (category.startsWith('Transport')) return notCovered(`${element.base} ${element.attribute}: the type knows no such class or route`);
  return { reason: 'type_not_covered', detail: category };
}
