import { z } from 'zod';
import { serviceConfig } from '#platform';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const bytes = z.coerce.number().int().positive();

/** What the gateway reads from the environment, beside what every service reads. */
export const gatewayConfig = serviceConfig.extend({
  HOST: z.string().min(1).default('127.0.0.1').describe('loopback unless told otherwise: nothing is exposed by accident'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(100).default(10),
  IMPORT_BYTES_MAX: bytes.default(20 * GIB),
  FACTOR_SET_BYTES_MAX: bytes.default(64 * MIB),
  UPLOAD_STALL_MS_MAX: z.coerce.number().int().min(100).default(60_000).describe('an upload of which nothing arrives this long is refused'),
  IDLE_MS_MAX: z.coerce.number().int().min(1000).default(120_000).describe('a connection on which nothing moves this long is closed'),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;

export const GATEWAY_CONFIG = Symbol('gateway configuration');
