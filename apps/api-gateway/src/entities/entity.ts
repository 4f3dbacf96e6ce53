import { z } from 'zod';
import { entityCode } from '#contracts';
import { COUNTRIES } from '#ghg';

/** A node of the reporting organisation, as it comes in and goes out. */
export const entity = z
  .strictObject({
    code: entityCode,
    name: z.string().min(1).max(200),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .refine((code) => COUNTRIES.has(code), 'is no country code of ISO 3166-1')
      .describe('ISO 3166-1 alpha-2'),
    region: z
      .string()
      .regex(/^[A-Z]{2}-[A-Z0-9]{1,12}$/)
      .nullable()
      .default(null)
      .describe('grid subregion or ISO 3166-2, beginning with the country; null: the country as a whole'),
  })
  .refine(({ country, region }) => region === null || region.startsWith(`${country}-`), {
    path: ['region'],
    message: 'does not begin with the country of the entity',
  })
  .meta({ id: 'Entity' });
export type EntityView = z.output<typeof entity>;
