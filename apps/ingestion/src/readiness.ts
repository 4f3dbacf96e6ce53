import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { healthOf, type Health } from '#platform';
import type { IngestionConfig } from './shared/config';
import { CONFIG, NATS } from './shared/tokens';

/** Whether everything that ingestion needs is there, asked anew each time. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(CONFIG) private readonly config: IngestionConfig,
  ) {}

  check(): Promise<Health> {
    return healthOf('ingestion', {
      postgres: this.dataSource.query('select 1'),
      schema: this.dataSource.query('select from ingestion.imports limit 0'),
      nats: this.nats.flush(),
      files: access(fileURLToPath(this.config.FILE_STORE_URL), constants.R_OK | constants.X_OK),
    });
  }
}
