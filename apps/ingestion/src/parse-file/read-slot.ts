import type { MappingSpec } from '#contracts';
import {
  activityType,
  COUNTRIES,
  isRefusal,
  operandsOfType,
  parseQuotient,
  plain,
  recordOf,
  refuse,
  type AcceptedRecord,
  type DateSpan,
  type Refusal,
  type StatedOperand,
} from '#ghg';
import type { Fields } from '../shared/cells';
import type { FileSlot } from '../shared/file-slots';
import type { StatedOperandText } from '../shared/records';
import { BoundCell, BoundNumber, isTrouble, trouble, type Trouble } from './bound-cell';
import type { Columns } from './header';
import { BoundPeriod } from './read-period';

/** What one slot of a line states, accepted by the kernel. */
export interface SlotRecord {
  readonly accepted: AcceptedRecord;
  readonly stated: readonly StatedOperandText[];
  /** Operands by value and the register's name of their unit: two spellings of one number state the same. */
  readonly operands: readonly (readonly [name: string, value: string, unit: string])[];
  readonly supplier: string | null;
  /** Null if the mapping states none, or the cell is empty: then it is the entity's. */
  readonly country: string | null;
}

/** They become part of match keys: a free text is a name there, not a document. */
const TEXT_MAX = 200;
/** Of a text that the key keeps normalised and cut; as it is stated it stays with the row. */
const FREE_TEXT_STATED_MAX = 2_000;
const CONDITION_VALUES_SHOWN = 10;

/** Refusals that are about the unit of an operand, not about its number. */
const ABOUT_UNIT: ReadonlySet<string> = new Set([
  'unit_unknown',
  'unit_dimension_mismatch',
  'currency_without_rate',
  'volume_conditions_differ',
]);

interface BoundOperand {
  readonly name: string;
  readonly value: BoundNumber;
  readonly unit: BoundCell;
  /** An empty cell says that the operand is not stated. */
  readonly optional: boolean;
}

/** One slot of the mapping, bound to the columns of one file. */
export class BoundSlot {
  readonly slot: number;
  private readonly optional: boolean;
  private readonly condition: { readonly cell: BoundCell; readonly values: ReadonlySet<string> } | undefined;
  private readonly type: BoundCell;
  private readonly operands: readonly BoundOperand[];
  private readonly attributes: readonly (readonly [name: string, cell: BoundCell])[];
  private readonly supplier: BoundCell | undefined;
  private readonly country: BoundCell | undefined;
  /** Its own period; undefined: that of the line. */
  readonly period: BoundPeriod | undefined;
  /** Under which its records are known in their source. */
  readonly identity: FileSlot['identity'];
  /** The cell that says how its period ends. */
  private readonly periodEnd: BoundCell;

  constructor(
    { slot, identity }: FileSlot,
    private readonly spec: MappingSpec,
    columns: Columns,
    linePeriod: BoundPeriod,
  ) {
    this.identity = identity;
    const bind = (cell: ConstructorParameters<typeof BoundCell>[0]): BoundCell => new BoundCell(cell, columns);
    this.slot = slot.slot;
    this.optional = slot.optional;
    this.condition = slot.when && { cell: bind({ column: slot.when.column }), values: new Set(slot.when.in) };
    this.type = bind(slot.activityType);
    this.operands = Object.entries(slot.operands)
      .sort(byName)
      .map(([name, { value, unit, optional }]) => ({
        name,
        value: new BoundNumber(value, columns, spec.locale),
        unit: bind(unit),
        optional: optional ?? false,
      }));
    this.attributes = Object.entries(slot.attributes)
      .sort(byName)
      .map(([name, cell]) => [name, bind(cell)]);
    this.supplier = slot.supplier && bind(slot.supplier);
    this.country = slot.country && bind(slot.country);
    this.period = slot.period && new BoundPeriod(slot.period, spec.locale, columns);
    const { start, end = start } = this.period ?? linePeriod;
    this.periodEnd = end;
  }

  applies(fields: Fields): boolean {
    return this.condition === undefined || this.condition.values.has(this.condition.cell.text(fields) ?? '');
  }

  /**
   * Whether the line holds no record of this slot: an optional one whose first operand, in the order of its type, is empty. Where the operands
   * choose the formula, none of them says so alone: all that stand in columns must be empty.
   */
  isAbsent(fields: Fields): boolean {
    if (!this.optional) return false;
    const inColumns = this.operands.filter(({ value }) => value.cell.column !== null);
    if (this.operands.some(({ optional }) => optional)) return inColumns.every(({ value }) => value.isEmpty(fields));
    const type = activityType(this.type.text(fields) ?? '');
    const first = type && operandsOfType(type).find(({ name }) => this.operands.some((operand) => operand.name === name))?.name;
    const operand = this.operands.find(({ name }) => name === first) ?? this.operands[0];
    return operand?.value.isEmpty(fields) ?? false;
  }

  /** The condition with what the line has instead, for people; undefined: the slot applies to every line. */
  unmetCondition(fields: Fields): string | undefined {
    if (!this.condition) return undefined;
    const { cell, values } = this.condition;
    const wanted = [...values].slice(0, CONDITION_VALUES_SHOWN).join(', ');
    return `${cell.column ?? ''} is "${(cell.text(fields) ?? '').slice(0, 100)}", slot ${this.slot} takes ${wanted}`;
  }

  /** Refuses `value_missing` (no type given), `activity_type_unknown`. */
  readType(fields: Fields): string | Trouble {
    const type = this.type.text(fields);
    if (type === '') return trouble(refuse('value_missing', 'the activity type is empty'), this.type, fields);
    if (type !== null && activityType(type)) return type;
    const named = type ?? this.type.raw(fields) ?? '';
    return trouble(refuse('activity_type_unknown', `"${named.slice(0, 100)}" is not in the vocabulary`), this.type, fields);
  }

  /**
   * Refuses, the first of: `value_missing` and `number_malformed` of an operand that is stated or must be, `unit_unknown`, an attribute that is too long
   * (`attribute_unknown`), then what the kernel's `recordOf` refuses, then a supplier that is too long and a country that is none (both
   * `attribute_unknown`).
   */
  read(fields: Fields, type: string, period: DateSpan): SlotRecord | Trouble {
    const operands: StatedOperand[] = [];
    const given = this.operands.filter(({ optional, value }) => !(optional && value.isEmpty(fields)));
    for (const operand of given) {
      const read = readOperand(operand, fields);
      if (isTrouble(read)) return read;
      operands.push(read);
    }
    const attributes = this.readAttributes(fields, type);
    if (isTrouble(attributes)) return attributes;
    const { start: periodStart, end: periodEnd } = period;
    const accepted = recordOf({ activityType: type, operands, attributes, periodStart, periodEnd, rounding: this.spec.rounding });
    if (isRefusal(accepted)) return trouble(accepted, this.cellOf(accepted), fields);
    const supplier = this.optionalText(this.supplier, 'supplier', fields);
    if (isTrouble(supplier)) return supplier;
    const country = this.readCountry(fields);
    if (isTrouble(country)) return country;
    return {
      accepted,
      supplier,
      country,
      stated: [
        ...given.map(({ name, value, unit }) => ({ operand: name, text: value.cell.text(fields) ?? '', unit: unit.text(fields) ?? '' })),
        ...statedTexts(accepted, attributes),
      ],
      operands: operands.map(({ name, value, unit }) => [name, plain(value), canonicalUnit(unit)]),
    };
  }

  private readAttributes(fields: Fields, type: string): Record<string, string> | Trouble {
    const read: Record<string, string> = {};
    for (const [name, cell] of this.attributes) {
      const text = cell.text(fields);
      if (text === null) return trouble(refuse('attribute_unknown', `the mapping lists no such value of "${name}"`), cell, fields);
      if (text.length > TEXT_MAX) {
        const max = isFreeText(type, name) ? FREE_TEXT_STATED_MAX : TEXT_MAX;
        if (text.length > max) return tooLong(name, cell, fields, max);
      }
      read[name] = text;
    }
    return read;
  }

  private readCountry(fields: Fields): string | null | Trouble {
    const country = this.optionalText(this.country, 'country', fields);
    if (country === null || isTrouble(country) || COUNTRIES.has(country)) return country;
    return trouble(
      refuse('attribute_unknown', `"${country.slice(0, 100)}" is no country code of ISO 3166-1 alpha-2`),
      this.country ?? null,
      fields,
    );
  }

  private optionalText(cell: BoundCell | undefined, what: string, fields: Fields): string | null | Trouble {
    if (!cell) return null;
    const text = cell.text(fields);
    if (text === null) return trouble(refuse('attribute_unknown', `the mapping lists no such ${what}`), cell, fields);
    return text.length > TEXT_MAX ? tooLong(what, cell, fields) : text || null;
  }

  /** The cell that a refusal of the kernel is about: it names the operand or attribute. */
  private cellOf({ refusal, at }: Refusal): BoundCell | null {
    if (refusal === 'period_reversed' || refusal === 'period_too_long') return this.periodEnd;
    const attribute = this.attributes.find(([name]) => name === at)?.[1];
    if (attribute) return attribute;
    const operand = this.operands.find(({ name }) => name === at);
    if (!operand) return null;
    const isAboutUnit = ABOUT_UNIT.has(refusal);
    return isAboutUnit && operand.unit.column !== null ? operand.unit : operand.value.cell;
  }
}

function tooLong(what: string, cell: BoundCell, fields: Fields, max = TEXT_MAX): Trouble {
  return trouble(refuse('attribute_unknown', `"${what}" is longer than ${max} characters`), cell, fields);
}

function isFreeText(type: string, name: string): boolean {
  return activityType(type)?.attributes.some((spec) => spec.name === name && spec.format === 'text') ?? false;
}

/** Free text as the file writes it: the key keeps another spelling. It is no operand and has no unit. */
function statedTexts({ type }: AcceptedRecord, attributes: Readonly<Record<string, string>>): StatedOperandText[] {
  return type.attributes.flatMap(({ name, format }) => {
    const text = attributes[name] ?? '';
    return format === 'text' && text !== '' ? [{ operand: name, text, unit: '' }] : [];
  });
}

/** The order must not depend on how a mapping was written: digests rest on it. */
function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function readOperand({ name, value, unit }: BoundOperand, fields: Fields): StatedOperand | Trouble {
  const number = value.value(fields);
  if (isRefusal(number)) return trouble(number, value.cell, fields);
  const unitText = unit.text(fields);
  if (unitText === null) return trouble(refuse('unit_unknown', `the mapping lists no such unit of "${name}"`), unit, fields);
  if (unitText === '') return trouble(refuse('value_missing', `the unit of "${name}" is empty`), unit, fields);
  return { name, value: number, unit: unitText };
}

const UNITS_KNOWN_MAX = 1_000;
const canonicalUnits = new Map<string, string>();

/** The register never changes, and a file has few units. */
function canonicalUnit(text: string): string {
  const known = canonicalUnits.get(text);
  if (known !== undefined) return known;
  const unit = parseQuotient(text);
  const id = isRefusal(unit) ? text : unit.id;
  if (canonicalUnits.size >= UNITS_KNOWN_MAX) canonicalUnits.clear();
  canonicalUnits.set(text, id);
  return id;
}
