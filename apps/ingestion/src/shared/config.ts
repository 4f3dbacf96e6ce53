import { z } from 'zod';
import { serviceConfig } from '#platform';

export const ingestionConfig = serviceConfig.extend({
  CHUNK_LINES: z.coerce
    .number()
    .int()
    .min(1)
    .max(200_000)
    .default(20_000)
    .describe('lines, and records, that are staged in one transaction'),
  IMPORTS_AT_ONCE: z.coerce.number().int().min(1).max(16).default(2).describe('imports that one replica stages at the same time'),
});
export type IngestionConfig = z.infer<typeof ingestionConfig>;
