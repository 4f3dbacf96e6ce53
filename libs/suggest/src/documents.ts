import { measuredDimensions, SPEND_METHOD, type ActivityType, type Factor } from '#ghg';
import { ATTRIBUTE_TOPICS, TOPICS, type AttributeTopic, type Target, type Topic } from './data/topics';
import { isTold } from './data/told-types';
import { SUPPLIERS } from './data/suppliers';
import { TERMS } from './data/terms';

import type { SuggestDocument, SuggestText } from './suggester';
import { languagesOf, type Language } from './words';

/** What money can be divided into where a unit price is stated beside it; less fitting for a line of money than a type that is counted in money. */
export const MONEY_BY_PRICE = 'money÷price';

/** What a target beside the likeliest one of its topic counts. */
const LATER_TARGET_WEIGHTS = [1, 0.9, 0.85] as const;
/** A choice of the reporter, or a basis of the figure, that no text of an invoice tells. */
const NOT_IN_TEXT: ReadonlySet<string> = new Set(['radiative_forcing', 'life_cycle', 'price_basis', 'price_year', 'calorific_basis']);

interface Draft {
  readonly target: Target;
  readonly type: ActivityType;
  readonly texts: Map<string, SuggestText>;
  label: string;
}

/**
 * What can be suggested: every target that one of the factors has, named by the publisher's rows, and every target of the synonyms that the vocabulary
 * knows and, where it is a sector, material or treatment, one of the factors has as well: what leads to no factor is no help. In canonical order,
 * whatever the order of the factors.
 */
export function documentsOf(factors: Iterable<Factor>, vocabulary: readonly ActivityType[]): SuggestDocument[] {
  const types = new Map(vocabulary.filter(({ id }) => isTold(id)).map((type) => [type.id, type]));
  const told = [...factors].filter(({ activityType }) => types.has(activityType));
  const sectors = sectorsOf(told);
  const drafts = new Map<string, Draft>();
  for (const factor of told) addFactor(drafts, types, sectors, factor);
  addTopics(drafts, types, sectors);
  addSuppliers(drafts, types, sectors);
  addAttributeTopics(drafts);
  return [...drafts.entries()]
    .filter(([, { texts }]) => texts.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { target, type, texts, label }]) => ({
      ...target,
      label: label === '' ? type.title : label,
      texts: [...texts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text),
      dimensions: dimensionsOf(type),
    }));
}

/** The sectors that the sets have a factor for, by activity type. */
type Sectors = ReadonlyMap<string, ReadonlySet<string>>;

function sectorsOf(factors: readonly Factor[]): Sectors {
  const found = new Map<string, Set<string>>();
  for (const { activityType, attributes } of factors) {
    const { sector } = attributes;
    if (sector !== undefined) found.set(activityType, (found.get(activityType) ?? new Set()).add(sector));
  }
  return found;
}

/** A set that prints commodities alone may still serve spend on travel and freight, once its reader says so: their sectors are those of goods. */
function hasSector(sectors: Sectors, activityType: string, sector: string): boolean {
  return (sectors.get(activityType) ?? sectors.get('spend.goods'))?.has(sector) ?? false;
}

function addFactor(drafts: Map<string, Draft>, types: ReadonlyMap<string, ActivityType>, sectors: Sectors, factor: Factor): void {
  const type = types.get(factor.activityType);
  const label = rowLabel(factor.source.row);
  if (!type || label === '' || isMoved(sectors, factor)) return;
  const attributes = tellingAttributes(type, factor.attributes);
  const draft = draftOf(drafts, { activityType: type.id, attributes }, type);
  // Publishers write in the language of their country.
  add(draft, { language: languagesOf(factor.region.slice(0, 2))[0] ?? 'en', text: label, kind: 'factor' });
  const isOneOfMany = Object.keys(attributes).length > 0;
  if (isOneOfMany && (draft.label === '' || label < draft.label)) draft.label = label;
}

/** The attributes that tell targets of a type apart by what a text can say. */
function tellingAttributes(type: ActivityType, attributes: Readonly<Record<string, string>>): Record<string, string> {
  const telling = type.attributes
    .filter(({ name, required, strict, onlyFor }) => required && strict === true && onlyFor === undefined && !NOT_IN_TEXT.has(name))
    .flatMap(({ name }) => (attributes[name] === undefined ? [] : [[name, attributes[name]] as const]));
  return Object.fromEntries(telling);
}

/** A row id of the publisher is no word: `481111 Scheduled …`, `1_100_1003_15_1 (LPG)`. Nor is what the row leaves out. */
function rowLabel(row: string): string {
  const withoutExceptions = row.replace(/\((?:except|excluding)[^)]*\)/gi, ' ');
  const inBrackets = /^[\d_]+ \((.+)\)$/.exec(row)?.[1];
  return (inBrackets ?? withoutExceptions)
    .replace(/^[\d_.]+\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Spend on carriers, hotels and warehouses is travel or freight, though the publisher's list of commodities holds them as well. */
function isMoved(sectors: Sectors, { activityType, attributes: { sector } }: Factor): boolean {
  if (activityType !== 'spend.goods' || sector === undefined) return false;
  return MOVED.has(sector) && ['travel.spend', 'freight.spend'].some((type) => hasSector(sectors, type, sector));
}

/** The sectors of targets that are travel or freight before all else. */
const MOVED: ReadonlySet<string> = new Set(
  Object.values(TOPICS).flatMap(([first]: readonly Target[]) => {
    const sector = first?.attributes['sector'];
    return sector !== undefined && (first?.activityType === 'travel.spend' || first?.activityType === 'freight.spend') ? [sector] : [];
  }),
);

function draftOf(drafts: Map<string, Draft>, target: Target, type: ActivityType): Draft {
  const key = `${target.activityType} ${JSON.stringify(Object.entries(target.attributes).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
  const found = drafts.get(key) ?? { target, type, texts: new Map<string, SuggestText>(), label: '' };
  drafts.set(key, found);
  return found;
}

/** The heaviest of equal texts stays. */
function add(draft: Draft, text: SuggestText): void {
  const key = `${text.language} ${text.kind} ${text.text.toLowerCase()}`;
  const known = draft.texts.get(key);
  const isBetter = !known || (known.weight ?? 1) < (text.weight ?? 1);
  // Two spellings of one text: whichever comes first in the alphabet, not in the file.
  if (isBetter || (known.weight === text.weight && text.text < known.text)) draft.texts.set(key, text);
}

/** The targets of a topic that exist, with what each counts. */
function targetsOf(
  topic: Topic,
  drafts: Map<string, Draft>,
  types: ReadonlyMap<string, ActivityType>,
  sectors: Sectors,
): { draft: Draft; weight: number }[] {
  const targets: readonly Target[] = TOPICS[topic];
  return targets.flatMap((target, place) => {
    const type = types.get(target.activityType);
    const { sector } = target.attributes;
    if (!type || (sector !== undefined && !hasSector(sectors, type.id, sector))) return [];
    return [{ draft: draftOf(drafts, target, type), weight: laterTargetWeight(place) }];
  });
}

function addTopics(drafts: Map<string, Draft>, types: ReadonlyMap<string, ActivityType>, sectors: Sectors): void {
  for (const topic of Object.keys(TOPICS) as Topic[])
    for (const { draft, weight } of targetsOf(topic, drafts, types, sectors))
      for (const [language, terms] of Object.entries(TERMS)) {
        const words = wordsOf(terms[topic]);
        for (const text of words) add(draft, { language, text, kind: 'synonym', weight });
        const [first] = words;
        if (draft.label === '' && language === 'en' && first !== undefined) draft.label = first;
      }
}

function addSuppliers(drafts: Map<string, Draft>, types: ReadonlyMap<string, ActivityType>, sectors: Sectors): void {
  for (const [topic, names] of SUPPLIERS)
    for (const { draft, weight } of targetsOf(topic, drafts, types, sectors))
      for (const text of wordsOf(names)) add(draft, { language: 'und', text, kind: 'supplier', weight });
}

/** Materials and treatments in words: of a type that has both, every word for the one beside every word for the other. */
function addAttributeTopics(drafts: ReadonlyMap<string, Draft>): void {
  for (const draft of drafts.values())
    for (const language of Object.keys(TERMS) as Language[]) {
      const words = (['material', 'treatment'] as const)
        .filter((attribute) => draft.target.attributes[attribute] !== undefined)
        .map((attribute) => wordsForValue(language, attribute, draft.target.attributes[attribute] ?? ''));
      if (words.length === 0) continue;
      const texts = words.reduce((before, after) =>
        before.flatMap((one) => after.map((other) => ({ text: `${one.text} ${other.text}`, weight: one.weight * other.weight }))),
      );
      for (const { text, weight } of texts) add(draft, { language, text, kind: 'synonym', weight });
    }
}

function wordsForValue(language: Language, attribute: string, value: string): { text: string; weight: number }[] {
  return (Object.keys(ATTRIBUTE_TOPICS) as AttributeTopic[]).flatMap((topic) => {
    const { attribute: of, values }: { attribute: string; values: readonly string[] } = ATTRIBUTE_TOPICS[topic];
    const place = of === attribute ? values.indexOf(value) : -1;
    return place < 0 ? [] : wordsOf(TERMS[language][topic]).map((text) => ({ text, weight: laterTargetWeight(place) }));
  });
}

function laterTargetWeight(place: number): number {
  return LATER_TARGET_WEIGHTS[Math.min(place, LATER_TARGET_WEIGHTS.length - 1)] ?? 1;
}

function wordsOf(terms: string | undefined): string[] {
  return terms === undefined ? [] : terms.split(', ');
}

function dimensionsOf(type: ActivityType): string[] {
  const measured = measuredDimensions(type).map((dimensions) => dimensions.join('·'));
  const byPrice = type.formulas.some(({ method }) => method === SPEND_METHOD) ? [MONEY_BY_PRICE] : [];
  return [...new Set([...measured, ...byPrice])];
}
