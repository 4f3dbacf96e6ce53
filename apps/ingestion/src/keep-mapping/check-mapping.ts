import type { Cell, MappingSlot, MappingSpec, ProblemPlace } from '#contracts';
import {
  ACTIVITY_TYPES,
  activityType,
  attributesOfType,
  formulaFor,
  isRefusal,
  operandsOfType,
  parseDate,
  parseNumber,
  parseQuotient,
  spellings,
  unitsOfFormula,
  wrongValue,
  type ActivityType,
  type AttributeSpec,
  type OperandUnit,
} from '#ghg';

/** Far more than a table of values holds; a mapping beyond it is checked in part, and its rows wholly. */
const UNITS_PER_OPERAND_MAX = 50;
const UNIT_CHOICES_MAX = 500;

const PLAIN_LOCALE = { decimal: '.', group: '' } as const;

/**
 * Holds a mapping against the vocabulary, as far as it can be known before a file is there: constants, and the targets of tables of values.
 * Returns every place that contradicts it; codes are refusals of the kernel, or `locale_ambiguous`, `slot_duplicate`, `tag_duplicate`.
 */
export function checkMapping(spec: MappingSpec): ProblemPlace[] {
  const places: ProblemPlace[] = [];
  if (spec.locale.group === spec.locale.decimal)
    places.push({ at: 'locale.group', code: 'locale_ambiguous', detail: `"${spec.locale.group}" cannot be decimal sign and group sign` });
  places.push(
    ...duplicates(
      spec.slots.map(({ slot }) => String(slot)),
      'slots',
      'slot_duplicate',
    ),
  );
  places.push(
    ...duplicates(
      spec.tags.map(({ tag }) => tag),
      'tags',
      'tag_duplicate',
    ),
  );
  places.push(...checkPeriod(spec));
  spec.slots.forEach((slot, i) => places.push(...new SlotCheck(slot, `slots.${i}`).run()));
  return places;
}

/** The values that a cell is known to give; undefined if only the file knows. */
function knownValues(cell: Cell): readonly string[] | undefined {
  if ('constant' in cell) return [cell.constant];
  return cell.values && Object.values(cell.values);
}

function duplicates(names: readonly string[], at: string, code: string): ProblemPlace[] {
  return names.flatMap((name, i) => (names.indexOf(name) < i ? [{ at: `${at}.${i}`, code, detail: `"${name}" stands here twice` }] : []));
}

function checkPeriod({ period, locale }: MappingSpec): ProblemPlace[] {
  return (['start', 'end'] as const).flatMap((name) => {
    const values = (period[name] && knownValues(period[name])) ?? [];
    return values.flatMap((value) => {
      const date = parseDate(value, locale.date);
      return isRefusal(date) ? [{ at: `period.${name}`, code: date.refusal, detail: date.detail }] : [];
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
    this.typeNames = knownValues(slot.activityType);
    this.types = this.typeNames?.flatMap((name) => activityType(name) ?? []) ?? ACTIVITY_TYPES;
  }

  run(): ProblemPlace[] {
    for (const name of this.typeNames ?? [])
      if (!activityType(name)) this.add('activityType', 'activity_type_unknown', `"${name}" is not in the vocabulary`);
    // Without a known type nothing further can be said.
    if (this.types.length === 0) return this.places;
    this.checkOperands();
    this.checkAttributes();
    for (const country of (this.slot.country && knownValues(this.slot.country)) ?? [])
      if (country !== '' && !/^[A-Z]{2}$/.test(country))
        this.add('country', 'attribute_unknown', `"${country}" is no country code of ISO 3166-1 alpha-2`);
    return this.places;
  }

  private add(at: string, code: string, detail: string): void {
    this.places.push({ at: `${this.at}.${at}`, code, detail });
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
      for (const text of knownValues(unit) ?? []) this.checkUnit(name, text);
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
      for (const value of knownValues(cell) ?? []) {
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
      const texts = [...new Set(knownValues(unit) ?? [''])].slice(0, UNITS_PER_OPERAND_MAX);
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
