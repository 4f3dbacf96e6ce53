import { AccessController } from './access/access.controller';
import { ActivitiesController } from './activities/activities.controller';
import { BaseYearsController } from './base-years/base-years.controller';
import { BooksController } from './books/books.controller';
import { BridgesController } from './bridges/bridges.controller';
import { DocsController } from './docs/docs.controller';
import { EntitiesController } from './entities/entities.controller';
import { EntriesController } from './entries/entries.controller';
import { ExclusionsController } from './exclusions/exclusions.controller';
import { FactorsController } from './factors/factors.controller';
import { HealthController } from './health/health.controller';
import { HoldingsController } from './holdings/holdings.controller';
import { ImportsController } from './imports/imports.controller';
import { InstrumentsController } from './instruments/instruments.controller';
import { InventoriesController } from './inventories/inventories.controller';
import { LeasesController } from './leases/leases.controller';
import { MappingsController } from './mappings/mappings.controller';
import { PoolsController } from './pools/pools.controller';
import { QualityController } from './quality/quality.controller';
import { RunsController } from './runs/runs.controller';
import { VocabularyController } from './vocabulary/vocabulary.controller';

/** Everything that answers, in the order in which the document shows it. */
export const CONTROLLERS = [
  AccessController,
  VocabularyController,
  EntitiesController,
  HoldingsController,
  LeasesController,
  ExclusionsController,
  MappingsController,
  ImportsController,
  ActivitiesController,
  FactorsController,
  InstrumentsController,
  PoolsController,
  BooksController,
  RunsController,
  InventoriesController,
  BaseYearsController,
  BridgesController,
  QualityController,
  EntriesController,
  HealthController,
  DocsController,
];
