import 'reflect-metadata';
import { runMain, startWorker } from '#messaging';
import { readConfig } from '#platform';
import { reportingConfig } from './shared/config';
import { ReportingModule } from './reporting.module';

runMain(() => startWorker(ReportingModule, 'reporting', readConfig(reportingConfig)));
