import { z } from 'zod';
import { clickhouseConfig } from '#clickhouse';
import { serviceConfig } from '#platform';

export const reportingConfig = serviceConfig.extend({
  ...clickhouseConfig,
  CATALOGUE_DIR: z.string().min(1).describe('the starter catalogue: gwp/gwp.json, for readings under another GWP set than the book’s'),
});
export type ReportingConfig = z.infer<typeof reportingConfig>;
