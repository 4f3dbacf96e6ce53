import { z } from 'zod';

/** What every service reads from the environment. Parsed once at start: a service with a wrong setting says which and does not start. */
export const serviceConfig = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('Postgres, as the role of this service'),
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  NATS_TOKEN: z.string().optional(),
  NATS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('scopebook')
    .describe('first part of every subject and of the stream name, so that installations can share a broker'),
  FILE_STORE_URL: z.url({ protocol: /^file$/ }).describe('where the bytes of uploads are kept: file:///a/directory'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type ServiceConfig = z.infer<typeof serviceConfig>;

/** Parses the environment against a schema; throws one sentence per wrong setting. */
export function readConfig<S extends z.ZodType>(schema: S, environment: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment does not fit:\n  ${problems.join('\n  ')}`);
}

/** Needed by decorators, which run before any configuration object exists. */
export function natsPrefix(): string {
  return serviceConfig.shape.NATS_PREFIX.parse(process.env['NATS_PREFIX']);
}
