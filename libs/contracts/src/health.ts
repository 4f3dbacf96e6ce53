import { z } from 'zod';
import { request } from './message';

export const WORKERS = ['ingestion', 'calculation-engine', 'reporting'] as const;
export type Worker = (typeof WORKERS)[number];

const health = z.object({ service: z.string(), version: z.string(), ready: z.boolean(), parts: z.record(z.string(), z.boolean()) });

/** Each worker says whether it and the stores that it needs are ready. */
export const pingWorker = {
  ingestion: request('ingestion.ping', z.object({}), health),
  'calculation-engine': request('calculation.ping', z.object({}), health),
  reporting: request('reporting.ping', z.object({}), health),
} as const;
