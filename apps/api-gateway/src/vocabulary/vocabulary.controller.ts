import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { approach, gwpSet, methodPackHead as packHead } from '#contracts';
import {
  ACTIVITY_TYPES,
  attributesOfType,
  measuredDimensions,
  METHOD_PACKS,
  methodPackHead,
  REASONS,
  REFUSALS,
  UNITS,
  type AttributeCondition,
  type AttributeSpec,
  type OperandSpec,
} from '#ghg';
import { Route, route } from '../shared/route';

const text = z.string();

const dimensions = z.array(text).describe('one of these; a product is spelled mass·distance');
const attribute = z
  .object({
    name: text,
    required: z.boolean(),
    values: z.array(text).nullable().describe('null: any text'),
    default: text.nullable(),
    strict: z.boolean().describe('decisive: a factor that leaves it open never counts as general'),
    format: text
      .nullable()
      .describe('how free text must be written: year, pedigree (1-2-1-1-3), or text: anyhow, and equal spellings are one'),
    onlyFor: text.nullable().describe('asked for only when the quantity is of this dimension'),
    recorded: z.boolean().describe('kept with the figure; takes no part in matching a factor'),
  })
  .meta({ id: 'Attribute' });
const condition = z.object({
  anyOf: z
    .array(z.object({ attribute: text, in: z.array(text).describe('one of these, stated or by default') }))
    .describe('holds where one of them does'),
});
const operand = z.object({
  name: text,
  dimensions,
  per: dimensions.nullable().describe('the operand is a quotient, such as GBP/L: what stands below the line'),
  role: z.enum(['factor', 'divisor', 'addend', 'subtrahend', 'gross-up']),
  optional: z.boolean(),
  bare: z.boolean().describe('counted: it leaves no unit in the quantity'),
  min: text.nullable().describe('not less than this, in the base unit'),
  max: text.nullable().describe('not more than this, in the base unit'),
  wholeOf: text.nullable().describe('the operand that must not be more than this one'),
  notWith: z
    .object({ attribute: text, value: text, refusal: text })
    .nullable()
    .describe('refused where the attribute has this value, stated or by default'),
});
const activityType = z
  .object({
    id: text,
    title: text,
    formulas: z
      .array(z.object({ method: text, computes: text.nullable(), operands: z.array(operand) }))
      .describe('(Σ addends − Σ subtrahends) × Π factors ÷ Π divisors ÷ Π (1 + gross-ups); the stated operands choose the formula'),
    measuredIn: z.array(text).describe('dimensions of the quantity: what a factor may be stated per'),
    attributes: z.array(attribute),
    legs: z.array(
      z.object({
        leg: text,
        basis: text,
        sourceClass: text,
        requirement: text,
        borrowsAbroad: z.boolean(),
        boundary: z.enum(['minimum', 'optional']).describe('Scope 3 Standard, table 5.4'),
        energySource: text.nullable(),
        when: condition.nullable().describe('the leg exists only where this holds'),
        unless: condition.nullable().describe('the leg falls away where this holds'),
      }),
    ),
  })
  .meta({ id: 'ActivityType' });
const unit = z
  .object({
    id: text,
    dimension: text,
    base: text,
    ratio: text.describe('one of this unit in base units'),
    kind: z.enum(['exact', 'published', 'convention']),
    source: text,
    aliases: z.array(text),
  })
  .meta({ id: 'Unit' });
const refusal = z.object({ code: text, title: text });
const methodPack = packHead
  .extend({
    sources: z.array(text).describe('the standards whose rules these are'),
    approaches: z.array(approach),
    gwpSets: z.array(gwpSet),
    instrumentMatching: z
      .enum(['annual', 'hourly'])
      .describe('whether instruments cover what was consumed in the year, or in the same hour'),
    bridgeOrder: text.describe('id of the order in which a bridge substitutes causes'),
  })
  .meta({ id: 'MethodPack' });

const list = <T extends z.ZodType>(item: T, description: string) => ({ 200: { description, schema: z.object({ items: z.array(item) }) } });

const listActivityTypes = route({
  id: 'listActivityTypes',
  method: 'get',
  path: '/v1/activity-types',
  tag: 'vocabulary',
  summary: 'What can be counted: formulas, attributes and legs of every activity type',
  responses: list(activityType, 'The controlled vocabulary'),
});
const listUnits = route({
  id: 'listUnits',
  method: 'get',
  path: '/v1/units',
  tag: 'vocabulary',
  summary: 'The register of units',
  responses: list(unit, 'The units'),
});
const listRefusalCodes = route({
  id: 'listRefusalCodes',
  method: 'get',
  path: '/v1/refusals',
  tag: 'vocabulary',
  summary: 'Every reason why a record or a leg can get no number',
  responses: list(refusal, 'The closed list'),
});
const listBoundaryReasons = route({
  id: 'listBoundaryReasons',
  method: 'get',
  path: '/v1/boundary-reasons',
  tag: 'vocabulary',
  summary: 'Every reason why a source stands on its line of the report, or on none',
  responses: list(refusal, 'The closed list'),
});
const listMethodPacks = route({
  id: 'listMethodPacks',
  method: 'get',
  path: '/v1/method-packs',
  tag: 'vocabulary',
  summary: 'The rule sets that a book can be kept under',
  responses: list(methodPack, 'The method packs'),
});

function operandOf({ name, dimension, per, role, optional, bare, min, max, wholeOf, notWith }: OperandSpec): z.output<typeof operand> {
  return {
    name,
    dimensions: [dimension].flat(),
    per: per === undefined ? null : [per].flat(),
    role: role ?? 'factor',
    optional: optional ?? false,
    bare: bare ?? false,
    min: min ?? null,
    max: max ?? null,
    wholeOf: wholeOf ?? null,
    notWith: notWith ? { ...notWith } : null,
  };
}

function conditionOf({ attribute, in: values, or }: AttributeCondition): z.output<typeof condition> {
  return { anyOf: [{ attribute, in: [...values] }, ...(or ? conditionOf(or).anyOf : [])] };
}

function attributeOf(spec: AttributeSpec): z.output<typeof attribute> {
  const { name, required, values, default: standard, strict, format, onlyFor, recorded } = spec;
  return {
    name,
    required,
    values: values ? [...values] : null,
    default: standard ?? null,
    strict: strict ?? false,
    format: format ?? null,
    onlyFor: onlyFor ?? null,
    recorded: recorded ?? false,
  };
}

const ANSWERS = {
  activityTypes: ACTIVITY_TYPES.map((type): z.output<typeof activityType> => ({
    id: type.id,
    title: type.title,
    formulas: type.formulas.map(({ method, computes, belowZero, operands }) => ({
      method,
      computes: computes ?? null,
      belowZero: belowZero ?? null,
      operands: operands.map(operandOf),
    })),
    measuredIn: measuredDimensions(type).map((dimensions) => dimensions.join('·')),
    attributes: attributesOfType(type).map(attributeOf),
    legs: type.legs.map(({ boundary, energySource, when, unless, ...leg }) => ({
      ...leg,
      boundary: boundary ?? 'minimum',
      energySource: energySource ?? null,
      when: when ? conditionOf(when) : null,
      unless: unless ? conditionOf(unless) : null,
    })),
  })),
  refusals: Object.entries(REFUSALS).map(([code, title]) => ({ code, title })),
  boundaryReasons: Object.entries(REASONS).map(([code, title]) => ({ code, title })),
  methodPacks: METHOD_PACKS.map((pack): z.output<typeof methodPack> => ({
    ...methodPackHead(pack),
    sources: [...pack.sources],
    approaches: [...pack.approaches],
    gwpSets: [...pack.gwpSets],
    instrumentMatching: pack.instrumentMatching,
    bridgeOrder: pack.bridgeOrder,
  })),
};

/** The kernel's words, for whoever writes a mapping or a factor set. */
@Controller()
export class VocabularyController {
  @Route(listActivityTypes)
  activityTypes() {
    return { items: ANSWERS.activityTypes };
  }

  @Route(listUnits)
  units() {
    return { items: UNITS };
  }

  @Route(listRefusalCodes)
  refusals() {
    return { items: ANSWERS.refusals };
  }

  @Route(listBoundaryReasons)
  boundaryReasons() {
    return { items: ANSWERS.boundaryReasons };
  }

  @Route(listMethodPacks)
  methodPacks() {
    return { items: ANSWERS.methodPacks };
  }
}
