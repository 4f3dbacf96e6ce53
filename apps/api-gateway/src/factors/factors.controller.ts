import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { factorFileReport, listFactorSets, receivedFlags, receiveFactorSet, Refused, setValues } from '#contracts';
import { Asker } from '#messaging';
import { fileName } from '../shared/file-name';
import { GATEWAY_CONFIG, type GatewayConfig } from '../shared/gateway-config';
import { Answer, Input, pageQuery, Route, route, type InputOf } from '../shared/route';
import { Uploads } from '../shared/uploads';
import { factorSetView, page } from '../shared/views';

/** A large workbook takes its time, and another may be before it. */
const READING_MS_MAX = 120_000;

const received = z.object({
  factorSet: factorSetView,
  further: z.array(factorSetView).describe("parts of a publisher's file that stand on another GWP set, each a set of its own"),
  repeated: z.boolean(),
  flags: receivedFlags,
  report: factorFileReport.nullable().describe("of a publisher's file: what became of every row"),
});

const postFactorSet = route({
  id: 'postFactorSet',
  method: 'post',
  path: '/v1/factor-sets',
  tag: 'factors',
  summary: 'Takes a factor set of the tenant’s own; it never changes afterwards',
  query: z.strictObject({
    fileName: fileName.optional().describe("given: the body is a publisher's own file, recognised by what stands in it"),
    licence: z.string().min(1).max(200).optional().describe('under which the tenant holds a file that states none; only with fileName'),
    values: setValues
      .optional()
      .describe('`withheld`: the licence forbids to show the figures, so they are calculated with and never shown; only with fileName'),
    refuseFlagged: z
      .enum(['true', 'false'])
      .default('false')
      .describe('`true`: nothing is stored if a figure stands out against the edition before of the same publisher'),
  }),
  upload: {
    mediaTypes: [
      'application/json',
      'application/octet-stream',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.ms-excel',
      'text/csv',
    ],
    description: "One factor set as JSON; with fileName, the bytes of a publisher's file as they are.",
  },
  responses: {
    201: { description: 'The factor set is stored', schema: received, location: true },
    200: { description: 'The same content is stored already', schema: received, location: true },
  },
  refusals: ['factor_set_invalid', 'factor_file_refused', 'factor_set_flagged', 'factor_set_exists'],
});
const listFactorSetsRoute = route({
  id: 'listFactorSets',
  method: 'get',
  path: '/v1/factor-sets',
  tag: 'factors',
  summary: 'The factor sets that a run can use',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of factor sets', schema: page(factorSetView) } },
});
@Controller()
export class FactorsController {
  constructor(
    private readonly workers: Asker,
    private readonly uploads: Uploads,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Route(postFactorSet)
  async post(@Input() { tenantId, query, request }: InputOf<typeof postFactorSet>) {
    if (query.licence !== undefined && query.fileName === undefined)
      throw new Refused('request_invalid', 'licence: only with fileName; a factor set states its own.');
    if (query.values !== undefined && query.fileName === undefined)
      throw new Refused('request_invalid', 'values: only with fileName; a factor set states its own.');
    const { fileId, sha256 } = await this.uploads.receive(request, this.config.FACTOR_SET_BYTES_MAX);
    const answer = await this.workers.ask(
      receiveFactorSet,
      { tenantId, fileId, sha256, ...query, refuseFlagged: query.refuseFlagged === 'true' },
      READING_MS_MAX,
    );
    return new Answer(answer.repeated ? 200 : 201, answer, { Location: `/v1/factor-sets/${answer.factorSet.id}` });
  }

  @Route(listFactorSetsRoute)
  sets(@Input() { tenantId, query }: InputOf<typeof listFactorSetsRoute>) {
    return this.workers.ask(listFactorSets, { tenantId, ...query });
  }
}
