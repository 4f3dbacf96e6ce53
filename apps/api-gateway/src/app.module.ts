import { Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { Asker } from '#messaging';
import { fileStoreFrom, readConfig } from '#platform';
import { AccessGuard } from './access/access.guard';
import { CONTROLLERS } from './controllers';
import { Entities } from './entities/entities.service';
import { Exclusions } from './exclusions/exclusions.service';
import { Readiness } from './health/readiness';
import { Holdings } from './holdings/holdings.service';
import { ImportFiles } from './imports/import-files';
import { Inventories } from './inventories/inventories.service';
import { Leases } from './leases/leases.service';
import { QualityOfInventories } from './quality/quality.service';
import { BookDefaults } from './shared/book-defaults';
import { Database } from './shared/database';
import { GATEWAY_CONFIG, gatewayConfig, type GatewayConfig } from './shared/gateway-config';
import { OPENAPI_DOCUMENT, openApiDocument } from './shared/openapi';
import { ProblemFilter } from './shared/problem-filter';
import { routesOf } from './shared/route';
import { RouteBinding } from './shared/route-binding';
import { FILE_STORE, Uploads } from './shared/uploads';

const ROUTES = routesOf(CONTROLLERS);

@Module({
  controllers: CONTROLLERS,
  providers: [
    { provide: GATEWAY_CONFIG, useFactory: () => readConfig(gatewayConfig) },
    { provide: FILE_STORE, useFactory: (config: GatewayConfig) => fileStoreFrom(config.FILE_STORE_URL), inject: [GATEWAY_CONFIG] },
    { provide: Asker, useFactory: (config: GatewayConfig) => new Asker(config, 'api-gateway'), inject: [GATEWAY_CONFIG] },
    { provide: OPENAPI_DOCUMENT, useFactory: () => openApiDocument(ROUTES) },
    { provide: APP_FILTER, useFactory: () => new ProblemFilter(ROUTES) },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: RouteBinding },
    Database,
    Uploads,
    Entities,
    Holdings,
    Leases,
    Exclusions,
    ImportFiles,
    Inventories,
    QualityOfInventories,
    BookDefaults,
    Readiness,
  ],
})
export class AppModule implements OnApplicationShutdown {
  constructor(@Inject(Asker) private readonly workers: Asker) {}

  async onApplicationShutdown(): Promise<void> {
    await this.workers.close();
  }
}
