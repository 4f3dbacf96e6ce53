import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestLogger, readConfig, serviceLogger } from '#platform';
import { AppModule } from './app.module';
import { configureHttp } from './http-server';
import { gatewayConfig } from './shared/gateway-config';

/** Requests in hand get this long to end after the signal; then their connections are closed, so that the stop itself stays orderly. */
const DRAIN_MS_MAX = 8_000;
const IDLE_CHECK_MS = 100;

async function main(): Promise<void> {
  const config = readConfig(gatewayConfig);
  const logger = serviceLogger('api-gateway', config.LOG_LEVEL);
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false, logger: new NestLogger(logger) });
  configureHttp(app, config);
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    const server = app.getHttpServer() as Server;
    // A kept-alive connection without a request would hold the stop up for its whole keep-alive time.
    setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS).unref();
    setTimeout(() => server.closeAllConnections(), DRAIN_MS_MAX).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await app.listen(config.PORT, config.HOST);
  logger.info({ url: await app.getUrl() }, 'listening');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
