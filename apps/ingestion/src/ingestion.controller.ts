import { Controller } from '@nestjs/common';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { DryRunService } from './dry-run.service';
import { KeepMappingService } from './keep-mapping/keep-mapping.service';
import { ReadMappingsService } from './keep-mapping/read-mappings.service';
import { KeepReportingYearService } from './keep-reporting-year/keep-reporting-year.service';
import { ReadActivitiesService } from './read-activities/read-activities.service';
import { ReadImportsService } from './read-activities/read-imports.service';
import { Readiness } from './readiness';
import { ReceiveImportService } from './receive-file/receive-import.service';

/** What ingestion answers over NATS. Every handler is one delegation. */
@Controller()
export class IngestionController {
  constructor(
    private readonly mappings: KeepMappingService,
    private readonly keptMappings: ReadMappingsService,
    private readonly reportingYears: KeepReportingYearService,
    private readonly receiving: ReceiveImportService,
    private readonly imports: ReadImportsService,
    private readonly activities: ReadActivitiesService,
    private readonly readiness: Readiness,
    private readonly dryRuns: DryRunService,
  ) {}

  @Answers(contracts.putMapping)
  putMapping({ tenantId, name, spec }: Question<typeof contracts.putMapping>): Answer<typeof contracts.putMapping> {
    return this.mappings.put(tenantId, name, spec);
  }

  @Answers(contracts.getMapping)
  getMapping({ tenantId, name }: Question<typeof contracts.getMapping>): Answer<typeof contracts.getMapping> {
    return this.keptMappings.get(tenantId, name);
  }

  @Answers(contracts.listMappings)
  listMappings({ tenantId, after, limit }: Question<typeof contracts.listMappings>): Answer<typeof contracts.listMappings> {
    return this.keptMappings.list(tenantId, after, limit);
  }

  @Answers(contracts.putReportingYear)
  putReportingYear({ tenantId, startsOn }: Question<typeof contracts.putReportingYear>): Answer<typeof contracts.putReportingYear> {
    return this.reportingYears.put(tenantId, startsOn);
  }

  @Answers(contracts.getReportingYear)
  getReportingYear({ tenantId }: Question<typeof contracts.getReportingYear>): Answer<typeof contracts.getReportingYear> {
    return this.reportingYears.get(tenantId);
  }

  @Answers(contracts.dryRun)
  dryRun({ tenantId, mapping, gzipBase64 }: Question<typeof contracts.dryRun>): Answer<typeof contracts.dryRun> {
    return this.dryRuns.run(tenantId, mapping, gzipBase64);
  }

  @Answers(contracts.receiveImport)
  receiveImport({ tenantId, ...file }: Question<typeof contracts.receiveImport>): Answer<typeof contracts.receiveImport> {
    return this.receiving.receive(tenantId, file);
  }

  @Answers(contracts.getImport)
  getImport({ tenantId, importId }: Question<typeof contracts.getImport>): Answer<typeof contracts.getImport> {
    return this.imports.get(tenantId, importId);
  }

  @Answers(contracts.listImports)
  listImports({ tenantId, after, limit }: Question<typeof contracts.listImports>): Answer<typeof contracts.listImports> {
    return this.imports.list(tenantId, after, limit);
  }

  @Answers(contracts.listRefusals)
  listRefusals({ tenantId, importId, after, limit }: Question<typeof contracts.listRefusals>): Answer<typeof contracts.listRefusals> {
    return this.imports.listRefusals(tenantId, importId, after, limit);
  }

  @Answers(contracts.summariseRefusals)
  summariseRefusals({ tenantId, importId }: Question<typeof contracts.summariseRefusals>): Answer<typeof contracts.summariseRefusals> {
    return this.imports.summariseRefusals(tenantId, importId);
  }

  @Answers(contracts.listDuplicates)
  listDuplicates({ tenantId, importId, after, limit }: Question<typeof contracts.listDuplicates>): Answer<typeof contracts.listDuplicates> {
    return this.imports.listDuplicates(tenantId, importId, after, limit);
  }

  @Answers(contracts.listActivities)
  listActivities({
    tenantId,
    after,
    limit,
    ...filter
  }: Question<typeof contracts.listActivities>): Answer<typeof contracts.listActivities> {
    return this.activities.list(tenantId, filter, after, limit);
  }

  @Answers(contracts.pingWorker.ingestion)
  ping(_question: Question<(typeof contracts.pingWorker)['ingestion']>): Answer<(typeof contracts.pingWorker)['ingestion']> {
    return this.readiness.check();
  }
}
