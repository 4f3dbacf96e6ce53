import { AccessController } from './access/access.controller';
import { ActivitiesController } from './activities/activities.controller';
import { BaseYearsController } from './base-years/base-years.controller';
import { BooksController } from './books/books.controller';
import { BridgesController } from './bridges/bridges.controller';
import { ClassificationsController } from './classifications/classifications.controller';
import { SuggestionsController } from './classifications/suggestions.controller';
import { DocsController } from './docs/docs.controller';
import { EditionsController } from './editions/editions.controller';
import { WhatIfController } from './editions/what-if.controller';
import { EntitiesController } from './entities/entities.controller';
import { EntriesController } from './entries/entries.controller';
import { ExclusionsController } from './exclusions/exclusions.controller';
import { FactorChoicesController } from './factor-choices/factor-choices.controller';
import { FactorListsController } from './factors/factor-lists.controller';
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
import { ReportingYearController } from './reporting-year/reporting-year.controller';
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
  ReportingYearController,
  MappingsController,
  ImportsController,
  ActivitiesController,
  FactorsController,
  FactorListsController,
  FactorChoicesController,
  ClassificationsController,
  SuggestionsController,
  InstrumentsController,
  PoolsController,
  EditionsController,
  BooksController,
  WhatIfController,
  RunsController,
  InventoriesController,
  BaseYearsController,
  BridgesController,
  QualityController,
  EntriesController,
  HealthController,
  DocsController,
];
