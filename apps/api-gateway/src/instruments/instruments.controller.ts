import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  entityCode,
  getInstrument,
  getProfile,
  instrumentAllocation,
  instrumentBody,
  instrumentCode,
  listInstruments,
  profileBody,
  profileOf,
  putAllocations,
  putInstrument,
  putProfile,
} from '#contracts';
import { Asker } from '#messaging';
import { Input, pageQuery, Route, route, wholeNumber, type InputOf } from '../shared/route';
import { instrumentView, page, profileView } from '../shared/views';

const byCode = z.strictObject({ code: instrumentCode });
const byProfile = z.strictObject({ of: profileOf, code: entityCode, year: wholeNumber(1990, 2200) });
const ALLOCATIONS_MAX = 5_000;

const putInstrumentRoute = route({
  id: 'putInstrument',
  method: 'put',
  path: '/v1/instruments/{code}',
  tag: 'instruments',
  summary:
    'Keeps a contractual instrument with its quality criteria and their evidence, and says what would keep it from counting; the next run reads it',
  params: byCode,
  body: instrumentBody,
  responses: { 200: { description: 'The instrument', schema: instrumentView } },
  refusals: ['instrument_invalid', 'gas_unknown', 'instrument_used_twice', 'instrument_over_allocated'],
});
const getInstrumentRoute = route({
  id: 'getInstrument',
  method: 'get',
  path: '/v1/instruments/{code}',
  tag: 'instruments',
  summary: 'An instrument, what is allocated of it, and what is left',
  params: byCode,
  responses: { 200: { description: 'The instrument', schema: instrumentView } },
  refusals: ['instrument_unknown'],
});
const listInstrumentsRoute = route({
  id: 'listInstruments',
  method: 'get',
  path: '/v1/instruments',
  tag: 'instruments',
  summary: 'The instruments, in the order of their codes',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of instruments', schema: page(instrumentView) } },
});
const putAllocationsRoute = route({
  id: 'putAllocations',
  method: 'put',
  path: '/v1/instruments/{code}/allocations',
  tag: 'instruments',
  summary: 'Replaces what is claimed of an instrument: MWh for the consumption of an entity in a reporting year',
  params: byCode,
  body: z.array(instrumentAllocation).max(ALLOCATIONS_MAX),
  responses: { 200: { description: 'The instrument with its allocations', schema: instrumentView } },
  refusals: ['instrument_unknown', 'entity_unknown', 'instrument_over_allocated'],
});
const putProfileRoute = route({
  id: 'putProfile',
  method: 'put',
  path: '/v1/profiles/{of}/{code}/{year}',
  tag: 'instruments',
  summary: 'Keeps the hours of a year: what an entity consumed, or an instrument generated',
  params: byProfile,
  body: profileBody,
  responses: { 200: { description: 'The profile', schema: profileView } },
  refusals: ['entity_unknown', 'instrument_unknown', 'profile_invalid'],
});
const getProfileRoute = route({
  id: 'getProfile',
  method: 'get',
  path: '/v1/profiles/{of}/{code}/{year}',
  tag: 'instruments',
  summary: 'The hours of a year, as they stand',
  params: byProfile,
  responses: { 200: { description: 'The profile', schema: profileView } },
  refusals: ['profile_unknown'],
});

@Controller()
export class InstrumentsController {
  constructor(private readonly workers: Asker) {}

  @Route(putInstrumentRoute)
  put(@Input() { tenantId, params, body }: InputOf<typeof putInstrumentRoute>) {
    return this.workers.ask(putInstrument, { tenantId, ...params, instrument: body });
  }

  @Route(getInstrumentRoute)
  get(@Input() { tenantId, params }: InputOf<typeof getInstrumentRoute>) {
    return this.workers.ask(getInstrument, { tenantId, ...params });
  }

  @Route(listInstrumentsRoute)
  list(@Input() { tenantId, query }: InputOf<typeof listInstrumentsRoute>) {
    return this.workers.ask(listInstruments, { tenantId, ...query });
  }

  @Route(putAllocationsRoute)
  allocate(@Input() { tenantId, params, body }: InputOf<typeof putAllocationsRoute>) {
    return this.workers.ask(putAllocations, { tenantId, ...params, allocations: body });
  }

  @Route(putProfileRoute)
  putProfile(@Input() { tenantId, params, body }: InputOf<typeof putProfileRoute>) {
    return this.workers.ask(putProfile, { tenantId, ...params, profile: body });
  }

  @Route(getProfileRoute)
  getProfile(@Input() { tenantId, params }: InputOf<typeof getProfileRoute>) {
    return this.workers.ask(getProfile, { tenantId, ...params });
  }
}
