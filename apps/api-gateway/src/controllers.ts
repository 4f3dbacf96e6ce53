import { AccessController } from './access/access.controller';
import { ActivitiesController } from './activities/activities.controller';
import { BooksController } from './books/books.controller';
import { DocsController } from './docs/docs.controller';
import { EntitiesController } from './entities/entities.controller';
import { EntriesController } from './entries/entries.controller';
import { FactorsController } from './factors/factors.controller';
import { HealthController } from './health/health.controller';
import { HoldingsController } from './holdings/holdings.controller';
import { ImportsController } from './imports/imports.controller';
import { InventoriesController } from './inventories/inventories.controller';
import { MappingsController } from './mappings/mappings.controller';
import { RunsController } from './runs/runs.controller';
import { VocabularyController } from './vocabulary/vocabulary.controller';

/** Everything that answers, in the order in which the document shows it. */
export const CONTROLLERS = [
  AccessController,
  VocabularyController,
  EntitiesController,
  HoldingsController,
  MappingsController,
  ImportsController,
  ActivitiesController,
  FactorsController,
  BooksController,
  RunsController,
  InventoriesController,
  EntriesController,
  HealthController,
  DocsController,
];
