import { SPREAD_COLUMN, type Cell, type MappingPeriod, type MappingSlot, type MappingSpec, type ProblemPlace } from '#contracts';
import {
  ACTIVITY_TYPES,
  activityType,
  attributesOfType,
  formulaFor,
  isRefusal,
  operandsOfType,
  parseNumber,
  parseQuotient,
  spellings,
  unitsOfFormula,
  wrongValue,
  type ActivityType,
  type AttributeSpec,
  type OperandUnit,
} from '#ghg';
import { spreadColumns } from '../shared/file-slots';
import { DayReader } from '../shared/read-day';
import { tagCell } from '../shared/tag-cell';

/** Far more than a table of values holds; a mapping beyond it is checked in part, and its rows wholly. */
const UNITS_PER_OPERAND_MAX = 50;
const UNIT_CHOICES_MAX = 500;

const PLAIN_LOCALE = { decimal: '.', group: '' } as const;

/**
 * Holds a mapping against the vocabulary, as far as it can be known before a file is there: constants, and the targets of tables of values.
 * Returns every place that contradicts it; codes are refusals of the kernel, or `locale_ambiguous`, `slot_duplicate`, `tag_duplicate`,
 * `spread_missing` (what only a slot with `spread` has), `spread_duplicate`.
 */
export function checkMapping(spec: MappingSpec): ProblemPlace[] {
  const places: ProblemPlace[] = [];
  if (spec.locale.group === spec.locale.decimal)
    places.push({ at: 'locale.group', code: 'locale_ambiguous', detail: `"${spec.locale.group}" cannot be decimal sign and group sign` });
  places.push(...checkSlotNumbers(spec.slots));
  places.push(
    ...duplicates(
      spec.tags.map(({ tag }) => tag),
      'tags',
      'tag_duplicate',
    ),
  );
  places.push(...checkPeriod(spec.period, spec.locale, 'period'), ...checkSpreadOutside(spec));
  spec.slots.forEach((slot, i) => {
    if (slot.period) places.push(...checkPeriod(slot.period, spec.locale, `slots.${i}.period`, slot));
    places.push(...new SlotCheck(slot, `slots.${i}`).run());
  });
  return places;
}

/** A slot takes as many numbers as it spreads over columns; where only the file knows how many, all that follow. */
function checkSlotNumbers(slots: readonly MappingSlot[]): ProblemPlace[] {
  const last = ({ slot, spread }: MappingSlot): number => (spread ? (spread.columns ? slot + spread.columns.length - 1 : Infinity) : slot);
  return slots.flatMap((slot, i) => {
    const before = slots.slice(0, i).find((other) => slot.slot <= last(other) && other.slot <= last(slot));
    if (!before) return [];
    const detail = `slot ${slot.slot} takes a number that slot ${before.slot} takes too${slot.spread || before.spread ? ' (a spread slot takes one per column)' : ''}`;
    return [{ at: `slots.${i}`, code: 'slot_duplicate', detail }];
  });
}

/** What stands for a spread column means nothing where none is spread. */
function checkSpreadOutside({ entity, period, tags, identity, slots }: MappingSpec): ProblemPlace[] {
  const cells: [at: string, cell: Cell | undefined][] = [
    ['entity', entity],
    ['period.start', period.start],
    ['period.end', period.end],
    ...tags.map((tag, i): [string, Cell] => [`tags.${i}`, tagCell(tag)]),
    ...identity.map((column, i): [string, Cell] => [`identity.${i}`, { column }]),
  ];
  slots.forEach((slot, i) => {
    if (!slot.spread) cells.push(...cellsOfSlot(slot, `slots.${i}`));
  });
  return cells.flatMap(([at, cell]) =>
    cell && readsSpread(cell)
      ? [{ at, code: 'spread_missing', detail: 'only the cells of a slot with `spread` have a spread column' }]
      : [],
  );
}

function cellsOfSlot(
  { activityType, operands, attributes, supplier, country, period, when }: MappingSlot,
  at: string,
): [string, Cell | undefined][] {
  return [
    [`${at}.activityType`, activityType],
    ...Object.entries(operands).flatMap(([name, { value, unit }]): [string, Cell][] => [
      [`${at}.operands.${name}.value`, value],
      [`${at}.operands.${name}.unit`, unit],
    ]),
    ...Object.entries(attributes).map(([name, cell]): [string, Cell] => [`${at}.attributes.${name}`, cell]),
    [`${at}.supplier`, supplier],
    [`${at}.country`, country],
    [`${at}.period.start`, period?.start],
    [`${at}.period.end`, period?.end],
    [`${at}.when`, when && { column: when.column }],
  ];
}

function readsSpread(cell: Cell): boolean {
  if ('join' in cell) return cell.join.some((part) => readsSpread(part));
  return 'header' in cell || ('column' in cell && cell.column === SPREAD_COLUMN);
}

/** The values that a cell is known to give, in a slot that spreads over columns of known names; undefined if only the file knows. */
function knownValues(cell: Cell, slot?: MappingSlot): readonly string[] | undefined {
  if ('constant' in cell) return [cell.constant];
  if (cell.values) return Object.values(cell.values);
  return 'header' in cell && slot?.spread?.columns ? spreadColumns(slot.spread, null).map(({ is }) => is) : undefined;
}

function duplicates(names: readonly string[], at: string, code: string): ProblemPlace[] {
  return names.flatMap((name, i) => (names.indexOf(name) < i ? [{ at: `${at}.${i}`, code, detail: `"${name}" stands here twice` }] : []));
}

function checkPeriod(period: MappingPeriod, { date, zone }: MappingSpec['locale'], at: string, slot?: MappingSlot): ProblemPlace[] {
  const days = new DayReader({ date: period.date ?? date, zone });
  return (['start', 'end'] as const).flatMap((name) => {
    const values = (period[name] && knownValues(period[name], slot)) ?? [];
    return values.flatMap((value) => {
      const span = days.read(value, name === 'end' && period.endIs === 'exclusive');
      return isRefusal(span) ? [{ at: `${at}.${name}`, code: span.refusal, detail: span.detail }] : [];
    });
  });
}

/** Checks one slot; the activity types that it can give decide what else may stand in it. */
class SlotCheck {
  private readonly places: ProblemPlace[] = [];
  private readonly typeNames: readonly string[] | undefined;
  /** The types that the slot can give: all of the vocabulary, if only the file knows. */
  private readonly types: readonly ActivityType[];

  constructor(
    private readonly slot: MappingSlot,
    private readonly at: string,
  ) {
    this.typeNames = knownValues(slot.activityType, slot);
    this.types = this.typeNames?.flatMap((name) => activityType(name) ?? []) ?? ACTIVITY_TYPES;
  }

  run(): ProblemPlace[] {
    for (const name of this.typeNames ?? [])
      if (!activityType(name)) this.add('activityType', 'activity_type_unknown', `"${name}" is not in the vocabulary`);
    // Without a known type nothing further can be said.
    if (this.types.length === 0) return this.places;
    this.checkOperands();
    this.checkAttributes();
    this.checkSpread();
    for (const country of (this.slot.country && knownValues(this.slot.country, this.slot)) ?? [])
      if (country !== '' && !/^[A-Z]{2}$/.test(country))
        this.add('country', 'attribute_unknown', `"${country}" is no country code of ISO 3166-1 alpha-2`);
    return this.places;
  }

  private add(at: string, code: string, detail: string): void {
    this.places.push({ at: `${this.at}.${at}`, code, detail });
  }

  /** Two columns of one slot are told apart by what stands for their names. */
  private checkSpread(): void {
    const names = this.slot.spread?.columns ? spreadColumns(this.slot.spread, null).map(({ is }) => is) : [];
    names.forEach((name, i) => {
      if (names.indexOf(name) < i) this.add(`spread.columns.${i}`, 'spread_duplicate', `"${name}" stands here twice`);
    });
  }

  private checkOperands(): void {
    const names = Object.keys(this.slot.operands);
    const required = names.filter((name) => !this.slot.operands[name]?.optional);
    if (!this.typeNames && !this.types.some((type) => couldFit(type, names, required)))
      this.add('operands', 'value_missing', `no activity type has a formula of ${names.join(', ') || '(nothing)'}`);
    for (const type of this.typeNames ? this.types : []) {
      const known = operandsOfType(type).map(({ name }) => name);
      const formula = formulaFor(
        type,
        names.filter((name) => known.includes(name)),
      );
      if (isRefusal(formula) && !couldFit(type, names, required)) this.add('operands', formula.refusal, formula.detail);
      for (const name of names)
        if (!known.includes(name)) this.add(`operands.${name}`, 'operand_unknown', `${type.id} has no operand "${name}"`);
    }
    for (const [name, { value, unit }] of Object.entries(this.slot.operands)) {
      const number = 'constant' in value ? parseNumber(value.constant, PLAIN_LOCALE) : null;
      if (isRefusal(number)) this.add(`operands.${name}.value`, number.refusal, number.detail);
      for (const text of knownValues(unit, this.slot) ?? []) this.checkUnit(name, text);
    }
  }

  private checkUnit(operand: string, text: string): void {
    const at = `operands.${operand}.unit`;
    const unit = parseQuotient(text);
    if (isRefusal(unit)) return this.add(at, unit.refusal, unit.detail);
    const specs = this.types.flatMap(({ formulas }) => formulas.flatMap(({ operands }) => operands.filter(({ name }) => name === operand)));
    // A table of several types may hold units for each of them: one that fits none of them is wrong for sure.
    if (specs.length > 0 && !specs.some((spec) => spellings(spec).includes(unit.dimension)))
      this.add(
        at,
        'unit_dimension_mismatch',
        `${unit.id} measures ${unit.dimension}, not ${[...new Set(specs.flatMap(spellings))].join(' or ')}`,
      );
  }

  private checkAttributes(): void {
    for (const [name, cell] of Object.entries(this.slot.attributes)) {
      const at = `attributes.${name}`;
      const specOf = (type: ActivityType): AttributeSpec | undefined => attributesOfType(type).find((spec) => spec.name === name);
      const having = this.types.filter((type) => specOf(type));
      const lacking = this.types.find((type) => !having.includes(type));
      const always = 'constant' in cell && this.typeNames !== undefined;
      if (having.length === 0 || (always && lacking)) {
        this.add(at, 'attribute_unknown', `${(lacking ?? this.types[0])?.id} has no attribute "${name}"`);
        continue;
      }
      for (const value of knownValues(cell, this.slot) ?? []) {
        const reasons = having.map((type) => wrongValue(specOf(type) as AttributeSpec, value));
        if (value !== '' && reasons.every((reason) => reason !== null)) this.add(at, 'attribute_unknown', [...new Set(reasons)].join('; '));
      }
    }
    for (const type of this.typeNames ? this.types : [])
      for (const spec of type.attributes)
        if (!(spec.name in this.slot.attributes) && this.isNeeded(type, spec))
          this.add('attributes', 'attribute_missing', `${type.id} needs "${spec.name}"`);
  }

  /** Whether every record of this slot will need the attribute: one that only some units ask for is known to be needed when the units are. */
  private isNeeded(type: ActivityType, { required, onlyFor }: AttributeSpec): boolean {
    if (!required || onlyFor === undefined) return required;
    const formula = formulaFor(type, Object.keys(this.slot.operands));
    if (isRefusal(formula)) return false;
    return this.knownUnits().every((units) => {
      const balance = unitsOfFormula(formula, units);
      return !isRefusal(balance) && balance.unit.dimension === onlyFor;
    });
  }

  /** Every choice of units that the operands are known to be stated in; an empty one where only the file knows. */
  private knownUnits(): OperandUnit[][] {
    let choices: OperandUnit[][] = [[]];
    for (const [name, { unit }] of Object.entries(this.slot.operands)) {
      const texts = [...new Set(knownValues(unit, this.slot) ?? [''])].slice(0, UNITS_PER_OPERAND_MAX);
      choices = choices.flatMap((choice) => texts.map((text) => [...choice, { name, unit: text }])).slice(0, UNIT_CHOICES_MAX);
    }
    return choices;
  }
}

/** Whether the operands, or some of them that may be left empty, fit one formula of the type. */
function couldFit(type: ActivityType, names: readonly string[], required: readonly string[]): boolean {
  return type.formulas.some(
    ({ operands }) =>
      required.every((name) => operands.some((operand) => operand.name === name)) &&
      operands.every(({ name, optional }) => optional === true || names.includes(name)),
  );
}
