import type { Cell, MappingSlot, MappingSpec, ProblemPlace } from '#contracts';
import {
  ACTIVITY_TYPES,
  activityType,
  isRefusal,
  parseDate,
  parseNumber,
  parseUnit,
  type ActivityType,
  type AttributeSpec,
  type OperandSpec,
} from '#ghg';

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
    const fits = (type: ActivityType): boolean =>
      type.operands.length === names.length && type.operands.every(({ name }) => names.includes(name));
    if (!this.typeNames && !this.types.some(fits))
      this.add('operands', 'value_missing', `no activity type has exactly the operands ${names.join(', ') || '(none)'}`);
    for (const type of this.typeNames ? this.types : []) {
      for (const { name } of type.operands) if (!names.includes(name)) this.add('operands', 'value_missing', `${type.id} needs "${name}"`);
      for (const name of names)
        if (!type.operands.some((spec) => spec.name === name))
          this.add(`operands.${name}`, 'attribute_unknown', `${type.id} has no operand "${name}"`);
    }
    for (const [name, { value, unit }] of Object.entries(this.slot.operands)) {
      const number = 'constant' in value ? parseNumber(value.constant, PLAIN_LOCALE) : null;
      if (isRefusal(number)) this.add(`operands.${name}.value`, number.refusal, number.detail);
      for (const text of knownValues(unit) ?? []) this.checkUnit(name, text);
    }
  }

  private checkUnit(operand: string, text: string): void {
    const at = `operands.${operand}.unit`;
    const unit = parseUnit(text);
    if (isRefusal(unit)) return this.add(at, unit.refusal, unit.detail);
    const specs = this.types.flatMap((type) => type.operands.filter(({ name }) => name === operand));
    // A table of several types may hold units for each of them: one that fits none of them is wrong for sure.
    if (specs.length > 0 && !specs.some((spec) => dimensionsOf(spec).includes(unit.dimension)))
      this.add(
        at,
        'unit_dimension_mismatch',
        `${unit.id} measures ${unit.dimension}, not ${[...new Set(specs.flatMap(dimensionsOf))].join(' or ')}`,
      );
  }

  private checkAttributes(): void {
    for (const [name, cell] of Object.entries(this.slot.attributes)) {
      const at = `attributes.${name}`;
      const having = this.types.filter((type) => type.attributes.some((spec) => spec.name === name));
      const lacking = this.types.find((type) => !having.includes(type));
      const always = 'constant' in cell && this.typeNames !== undefined;
      if (having.length === 0 || (always && lacking)) {
        this.add(at, 'attribute_unknown', `${(lacking ?? this.types[0])?.id} has no attribute "${name}"`);
        continue;
      }
      const lists = having.map((type) => type.attributes.find((spec) => spec.name === name)?.values);
      for (const value of knownValues(cell) ?? [])
        if (value !== '' && lists.every((values) => values && !values.includes(value)))
          this.add(at, 'attribute_unknown', `"${value}" is none of ${[...new Set(lists.flatMap((values) => values ?? []))].join(', ')}`);
    }
    for (const type of this.typeNames ? this.types : [])
      for (const spec of type.attributes)
        if (!(spec.name in this.slot.attributes) && this.isNeeded(spec))
          this.add('attributes', 'attribute_missing', `${type.id} needs "${spec.name}"`);
  }

  /** Whether every record of this slot will need the attribute: one that only some units ask for is known to be needed when the units are. */
  private isNeeded({ required, onlyFor }: AttributeSpec): boolean {
    if (!required || onlyFor === undefined) return required;
    const units = Object.values(this.slot.operands).flatMap(({ unit }) => knownValues(unit) ?? ['']);
    return units.length > 0 && units.every((text) => dimensionOf(text) === onlyFor);
  }
}

function dimensionsOf({ dimension }: OperandSpec): readonly string[] {
  return [dimension].flat();
}

function dimensionOf(text: string): string | undefined {
  const unit = parseUnit(text);
  return isRefusal(unit) ? undefined : unit.dimension;
}
