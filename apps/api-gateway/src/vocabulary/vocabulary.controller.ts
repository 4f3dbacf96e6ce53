import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ACTIVITY_TYPES, REFUSALS, UNITS } from '#ghg';
import { Route, route } from '../shared/route';

const text = z.string();

const activityType = z
  .object({
    id: text,
    title: text,
    operands: z
      .array(z.object({ name: text, dimensions: z.array(text) }))
      .describe('the quantity of an activity is the product of its operands'),
    attributes: z.array(
      z.object({
        name: text,
        required: z.boolean(),
        values: z.array(text).nullable().describe('null: any text'),
        default: text.nullable(),
        onlyFor: text.nullable().describe('asked for only when the quantity is of this dimension'),
      }),
    ),
    legs: z.array(z.object({ leg: text, basis: text, sourceClass: text, requirement: text, borrowsAbroad: z.boolean() })),
  })
  .meta({ id: 'ActivityType' });
const unit = z
  .object({
    id: text,
    dimension: text,
    base: text,
    ratio: text.describe('one of this unit in base units'),
    kind: z.enum(['exact', 'published']),
    source: text,
    aliases: z.array(text),
  })
  .meta({ id: 'Unit' });
const refusal = z.object({ code: text, title: text });

const list = <T extends z.ZodType>(item: T, description: string) => ({ 200: { description, schema: z.object({ items: z.array(item) }) } });

const listActivityTypes = route({
  id: 'listActivityTypes',
  method: 'get',
  path: '/v1/activity-types',
  tag: 'vocabulary',
  summary: 'What can be counted: operands, attributes and legs of every activity type',
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

const ANSWERS = {
  activityTypes: ACTIVITY_TYPES.map(({ id, title, operands, attributes, legs }): z.output<typeof activityType> => ({
    id,
    title,
    operands: operands.map(({ name, dimension }) => ({ name, dimensions: [dimension].flat() })),
    attributes: attributes.map(({ name, required, values, default: standard, onlyFor }) => ({
      name,
      required,
      values: values ? [...values] : null,
      default: standard ?? null,
      onlyFor: onlyFor ?? null,
    })),
    legs: legs.map((leg) => ({ ...leg })),
  })),
  refusals: Object.entries(REFUSALS).map(([code, title]) => ({ code, title })),
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
}
