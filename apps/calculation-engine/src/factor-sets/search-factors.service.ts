import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { pageOf, Refused, type listFactors } from '#contracts';
import type { Factor } from '#ghg';
import { CATALOGUE_TENANT, inTenant, READ_FACTORS_BY_NUMBER, type TenantTransaction } from '#postgres';
import { FactorSetRow } from '../shared/rows';
import { Search, type Hit, type Wish } from './search/search';
import { familyOf, nameOf, wordsOf, type Term, type TermField } from './search/terms';
import { factorViewOf, type FactorView } from './views';

type Question = Omit<z.infer<typeof listFactors.request>, 'tenantId'>;

const WORDS_MAX = 12;

interface FoundFactor extends Hit {
  readonly set: number;
  readonly body: Factor;
  readonly row: FactorSetRow;
}

/** Finds factors among the tenant's own sets and the starter catalogue's. */
@Injectable()
export class SearchFactorsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Refuses: `factor_set_unknown`, `request_invalid` (not the `next` of a page, a unit of no register, too many words or none). */
  list(tenantId: string, question: Question): Promise<{ items: FactorView[]; next: string | null }> {
    const wish = wishOf(question);
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const sets = await setsFor(transaction, question);
      const hits = await new Search(transaction.client, sets).hits(wish, placeOf(question.after, sets), question.limit);
      const rows = await withBodies(transaction, sets, hits);
      return pageOf(
        rows,
        question.limit,
        ({ row, body }) => factorViewOf(row.id, body, row.figuresKey ?? null),
        ({ rank, number, row }) => `${rank}.${number}.${row.id}`,
      );
    });
  }
}

/** Refuses: `request_invalid`. */
function wishOf({ q, activityType, leg, unit, region, year, gas, supplier }: Question): Wish {
  const words = q === undefined ? [] : wordsOf(q);
  if (q !== undefined && words.length === 0) throw new Refused('request_invalid', 'q: holds no word.');
  if (words.length > WORDS_MAX) throw new Refused('request_invalid', `q: at most ${WORDS_MAX} words.`);
  const families = unit === undefined ? [undefined] : familyOf(unit);
  if (families.length === 0) throw new Refused('request_invalid', `unit: ${unit} is in no register of ours.`);
  const property = (field: TermField, term: string | undefined): Term[] => (term === undefined ? [] : [{ field, term }]);
  return {
    words,
    properties: [
      ...property('type', activityType),
      ...property('leg', leg),
      ...property('family', families[0]),
      ...property('region', region),
      ...property('year', year === undefined ? undefined : String(year)),
      ...property('gas', gas),
      ...property('supplier', supplier === undefined ? undefined : nameOf(supplier)),
    ],
    preferred: unit === undefined ? null : { field: 'unit', term: unit },
  };
}

/** In the order in which they stand between factors of one rank: the tenant's own first, then by publisher, the latest edition first. */
async function setsFor({ manager, tenantId }: TenantTransaction, filter: Question): Promise<FactorSetRow[]> {
  const rows = await manager
    .createQueryBuilder(FactorSetRow, 's')
    .addSelect('s.figuresKey')
    .where({ tenantId: In([tenantId, CATALOGUE_TENANT]), ...(filter.setId === undefined ? {} : { id: filter.setId }) })
    .getMany();
  if (filter.setId !== undefined && rows.length === 0) throw new Refused('factor_set_unknown');
  const isOwn = (row: FactorSetRow): boolean => row.tenantId !== CATALOGUE_TENANT;
  // Content names a set: what the tenant uploads of the catalogue is the same set and is found once.
  const own = new Set(rows.flatMap((row) => (isOwn(row) ? [row.id] : [])));
  return rows
    .filter((row) => isOf(row, filter) && (isOwn(row) || !own.has(row.id)))
    .sort(
      (a, b) =>
        Number(isOwn(b)) - Number(isOwn(a)) ||
        inOrder(a.publisher, b.publisher) ||
        inOrder(b.edition, a.edition) ||
        inOrder(b.version, a.version) ||
        inOrder(a.id, b.id),
    );
}

function isOf(row: FactorSetRow, { publisher, edition, licence }: Question): boolean {
  return (edition === undefined || row.edition === edition) && hasWords(row.publisher, publisher) && hasWords(row.licence, licence);
}

function hasWords(text: string, wanted: string | undefined): boolean {
  const words = new Set(wordsOf(text));
  return wanted === undefined || wordsOf(wanted).every((word) => words.has(word));
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The place that a cursor names; the page goes on behind it, also where a set has come in since. */
function placeOf(after: string | undefined, sets: readonly FactorSetRow[]): Hit | null {
  if (after === undefined) return null;
  const [, rank, number, setId] = /^(\d{1,9})\.(\d{1,9})\.([0-9a-f-]{36})$/.exec(after) ?? [];
  const set = sets.findIndex(({ id }) => id === setId);
  if (set < 0) throw new Refused('request_invalid', 'after: not the `next` of a page.');
  return { rank: Number(rank), set, number: Number(number) };
}

async function withBodies({ client }: TenantTransaction, sets: readonly FactorSetRow[], hits: readonly Hit[]): Promise<FoundFactor[]> {
  if (hits.length === 0) return [];
  const rowOf = ({ set }: Hit): FactorSetRow => sets[set]!;
  const { rows } = await client.query<{ n: number; body: Factor }>(READ_FACTORS_BY_NUMBER, [
    hits.map((hit) => rowOf(hit).tenantId),
    hits.map((hit) => rowOf(hit).id),
    hits.map(({ number }) => number),
  ]);
  return rows.map(({ n, body }) => ({ ...hits[n - 1]!, body, row: rowOf(hits[n - 1]!) }));
}
