import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { VERSION } from '#platform';
import type { IngestionConfig } from './shared/config';
import { CONFIG, NATS } from './shared/tokens';

export interface Health {
  readonly service: string;
  readonly version: string;
  readonly ready: boolean;
  readonly parts: Record<string, boolean>;
}

const holds = (check: Promise<unknown>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  );

/** Whether everything that ingestion needs is there, asked anew each time. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(CONFIG) private readonly config: IngestionConfig,
  ) {}

  async check(): Promise<Health> {
    const [postgres, schema, nats, files] = await Promise.all([
      holds(this.dataSource.query('select 1')),
      holds(this.dataSource.query('select from ingestion.imports limit 0')),
      holds(this.nats.flush()),
      holds(access(fileURLToPath(this.config.FILE_STORE_URL), constants.R_OK | constants.X_OK)),
    ]);
    const parts = { postgres, schema, nats, files };
    return { service: 'ingestion', version: VERSION, ready: Object.values(parts).every(Boolean), parts };
  }
}
