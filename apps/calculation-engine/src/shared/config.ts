import { z } from 'zod';
import { serviceConfig } from '#platform';

export const engineConfig = serviceConfig.extend({
  CATALOGUE_DIR: z.string().min(1).describe('the starter catalogue: gwp/gwp.json and factor-sets/*.json'),
  CHUNK_ACTIVITIES: z.coerce.number().int().min(1).max(1_000_000).default(100_000).describe('activities posted in one transaction'),
  CHUNKS_AT_ONCE: z.coerce.number().int().min(1).max(32).default(2).describe('chunks that one replica posts at the same time'),
});
export type EngineConfig = z.infer<typeof engineConfig>;
