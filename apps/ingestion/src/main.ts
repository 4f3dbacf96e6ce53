import 'reflect-metadata';
import { runMain, startWorker } from '#messaging';
import { readConfig } from '#platform';
import { IngestionModule } from './ingestion.module';
import { ingestionConfig } from './shared/config';

runMain(() => startWorker(IngestionModule, 'ingestion', readConfig(ingestionConfig)));
