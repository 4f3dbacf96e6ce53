import { z } from 'zod';
import { bigId, name, page, pageRequest, tenantId } from './common';
import { request } from './message';

const text = (max: number) => z.string().min(1).max(max);
const signature = { author: text(500), reason: text(1_000) };
const SETS_MAX = 200;

export const adoptionMode = z
  .enum(['automatic', 'on-request'])
  .describe(
    '`automatic`: a run pins every factor set that the tenant reads, of each edition the newest version; `on-request`: those that were adopted',
  );

/** A factor set by its id and the names that tell editions apart. */
export const namedSet = z.object({ id: z.uuid(), publisher: z.string(), edition: z.string(), version: z.string() });

/** A decision about the factor sets of a book; never changed, only followed by another. */
export const adoptionView = z.object({
  id: bigId,
  action: z.enum(['adopt', 'drop', 'automatic', 'on-request']),
  set: namedSet.nullable().describe('null: how sets enter the book was stated'),
  author: z.string(),
  reason: z.string(),
  decidedAt: z.iso.datetime(),
});

export const bookSetsView = z.object({
  book: name,
  adoption: adoptionMode,
  sets: z.array(namedSet).describe('what the next run pins'),
});

export const adoptFactorSets = request(
  'calculation.adopt-factor-sets',
  z.object({
    tenantId,
    book: name,
    adopt: z.array(z.uuid()).max(SETS_MAX),
    drop: z.array(z.uuid()).max(SETS_MAX),
    ...signature,
  }),
  bookSetsView,
);
export const stateAdoption = request(
  'calculation.state-adoption',
  z.object({ tenantId, book: name, adoption: adoptionMode, ...signature }),
  bookSetsView,
);
export const readBookSets = request('calculation.read-book-sets', z.object({ tenantId, book: name }), bookSetsView);
export const listAdoptions = request('calculation.list-adoptions', z.object({ tenantId, book: name, ...pageRequest }), page(adoptionView));
