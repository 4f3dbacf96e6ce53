import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { NestLogger, serviceLogger, VERSION, type ServiceConfig } from '#platform';
import { natsOptions } from './nats-connection';

/** Time that requests in flight get to finish once no new ones are taken. */
const GRACE_MS = 500;

/**
 * Starts a worker: a Nest microservice that answers over NATS, one of a queue group named after the service, so that replicas share the questions.
 * At SIGTERM it takes no more questions, finishes what is in hand and leaves.
 */
export async function startWorker(module: Type, service: string, config: ServiceConfig): Promise<void> {
  const logger = serviceLogger(service, config.LOG_LEVEL);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    transport: Transport.NATS,
    options: { ...natsOptions(config, service), queue: service, gracefulShutdown: true, gracePeriod: GRACE_MS },
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  await app.listen();
  logger.info({ version: VERSION }, 'ready');
}

/** Runs a main function; what it throws is printed as one sentence and ends the process. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
}
