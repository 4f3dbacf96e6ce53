import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { GatewayConfig } from './shared/gateway-config';

/** Sent with every answer; a page of its own may loosen the policy. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** How a Nest application becomes the public server, in the process and in the tests alike. It must have been made with `bodyParser: false`. */
export function configureHttp(app: NestExpressApplication, config: Pick<GatewayConfig, 'IDLE_MS_MAX'>): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((request: Request, response: Response, next: NextFunction) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // Answers to a key are that key's alone.
    if (request.headers.authorization !== undefined) response.setHeader('Cache-Control', 'no-store');
    next();
  });
  const server = app.getHttpServer() as Server;
  // A 20 GiB upload may take hours: what ends a connection is silence, not age.
  server.requestTimeout = 0;
  server.setTimeout(config.IDLE_MS_MAX);
}
