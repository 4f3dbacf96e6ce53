import 'reflect-metadata';
import { runMain, startWorker } from '#messaging';
import { readConfig } from '#platform';
import { EngineModule } from './engine.module';
import { engineConfig } from './shared/config';

runMain(() => startWorker(EngineModule, 'calculation-engine', readConfig(engineConfig)));
