import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../shared/database';
import { Input, Route, route, type InputOf } from '../shared/route';

const getTenant = route({
  id: 'getTenant',
  method: 'get',
  path: '/v1/tenant',
  tag: 'access',
  summary: 'The tenant that the API key belongs to',
  responses: { 200: { description: 'The tenant', schema: z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'Tenant' }) } },
});

@Controller()
export class AccessController {
  constructor(private readonly database: Database) {}

  @Route(getTenant)
  tenant(@Input() { tenantId }: InputOf<typeof getTenant>) {
    return this.database.inTenant(tenantId, (transaction) =>
      transaction.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { id: true, name: true } }),
    );
  }
}
