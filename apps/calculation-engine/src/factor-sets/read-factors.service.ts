import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { z } from 'zod';
import { pageOf, Refused, type factorSetDetail, type omissionView } from '#contracts';
import { OMISSIONS, type OmissionReason } from '#factor-files';
import type { ExchangeRate, FuelProperty, PriceIndex } from '#ghg';
import {
  CATALOGUE_TENANT,
  COUNT_IN_SET,
  inTenant,
  LIST_EXCHANGE_RATES,
  LIST_OMISSIONS,
  LIST_PRICE_INDICES,
  LIST_PROPERTIES,
  type TenantTransaction,
} from '#postgres';
import { FactorSetRow } from '../shared/rows';
import { exchangeRateViewOf, factorSetViewOf, priceIndexViewOf, propertyViewOf, type FactorSetView } from './views';

type FactorSetDetail = z.infer<typeof factorSetDetail>;
type OmissionView = z.infer<typeof omissionView>;
type Page<Item> = Promise<{ items: Item[]; next: string | null }>;

/** A page of something in a set: the last place that has been shown, as text. */
interface PageQuestion {
  readonly setId: string;
  readonly after?: string | undefined;
  readonly limit: number;
}

interface OmissionRow {
  readonly number: number;
  readonly sheet: string;
  readonly row: number;
  readonly column: string | null;
  readonly reason: OmissionReason;
  readonly detail: string;
}

/** What is known of factor sets beside their factors. */
@Injectable()
export class ReadFactorsService {
  constructor(private readonly dataSource: DataSource) {}

  listSets(tenantId: string, after: string | undefined, limit: number): Page<FactorSetView> {
    return inTenant(this.dataSource, tenantId, async ({ manager }) => {
      const rows = await manager.find(FactorSetRow, {
        where: { tenantId: In([tenantId, CATALOGUE_TENANT]) },
        order: { publisher: 'asc', edition: 'asc', version: 'asc' },
      });
      const offset = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
      const page = rows.slice(offset, offset + limit);
      return { items: page.map(factorSetViewOf), next: offset + limit < rows.length ? page.at(-1)!.id : null };
    });
  }

  /** Refuses: `factor_set_unknown`. */
  getSet(tenantId: string, setId: string): Promise<FactorSetDetail> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const set = await setOf(transaction, setId);
      const { rows } = await transaction.client.query<Record<'properties' | 'exchange_rates' | 'price_indices', number>>(COUNT_IN_SET, [
        set.tenantId,
        set.id,
      ]);
      const { properties = 0, exchange_rates: exchangeRates = 0, price_indices: priceIndices = 0 } = rows[0] ?? {};
      const read = set.readWith === null ? set : await setOf(transaction, set.readWith);
      const report = read.report as FactorSetDetail['report'];
      return { ...factorSetViewOf(set), current: set.current, properties, exchangeRates, priceIndices, report };
    });
  }

  /** Refuses: `factor_set_unknown`, `request_invalid` (not the `next` of a page). */
  listProperties(tenantId: string, question: PageQuestion) {
    return this.listTable<FuelProperty, ReturnType<typeof propertyViewOf>>(tenantId, question, LIST_PROPERTIES, propertyViewOf);
  }

  /** Refuses: as `listProperties`. */
  listExchangeRates(tenantId: string, question: PageQuestion) {
    return this.listTable<ExchangeRate, ReturnType<typeof exchangeRateViewOf>>(tenantId, question, LIST_EXCHANGE_RATES, exchangeRateViewOf);
  }

  /** Refuses: as `listProperties`. */
  listPriceIndices(tenantId: string, question: PageQuestion) {
    return this.listTable<PriceIndex, ReturnType<typeof priceIndexViewOf>>(tenantId, question, LIST_PRICE_INDICES, priceIndexViewOf);
  }

  /** What the upload of a set left out, also that of another set of the same file. Refuses: as `listProperties`. */
  listOmissions(tenantId: string, { setId, after, limit, reason }: PageQuestion & { reason?: string | undefined }): Page<OmissionView> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const set = await setOf(transaction, setId);
      const parameters = [set.tenantId, set.readWith ?? set.id, reason ?? null, placeAfter(after, -1), limit];
      const { rows } = await transaction.client.query<OmissionRow>(LIST_OMISSIONS, parameters);
      return pageOf(
        rows,
        limit,
        ({ number: _number, ...omission }) => ({ ...omission, meaning: OMISSIONS[omission.reason] }),
        ({ number }) => String(number),
      );
    });
  }

  private listTable<Figure, View>(
    tenantId: string,
    { setId, after, limit }: PageQuestion,
    statement: string,
    viewOf: (figure: Figure, figuresKey: string | null) => View,
  ): Page<View> {
    return inTenant(this.dataSource, tenantId, async (transaction) => {
      const set = await setOf(transaction, setId);
      const { rows } = await transaction.client.query<{ n: number; figure: Figure }>(statement, [
        set.tenantId,
        set.id,
        placeAfter(after, 0),
        limit,
      ]);
      return pageOf(
        rows,
        limit,
        ({ figure }) => viewOf(figure, set.figuresKey),
        ({ n }) => String(n),
      );
    });
  }
}

/** The tenant's own or one of the catalogue, with what is not read into a list. Refuses: `factor_set_unknown`. */
async function setOf({ manager, tenantId }: TenantTransaction, id: string): Promise<FactorSetRow> {
  const set = await manager
    .createQueryBuilder(FactorSetRow, 's')
    .addSelect(['s.figuresKey', 's.report', 's.readWith'])
    .where({ tenantId: In([tenantId, CATALOGUE_TENANT]), id })
    .orderBy('s.tenantId', 'DESC')
    .getOne();
  if (!set) throw new Refused('factor_set_unknown');
  return set;
}

function placeAfter(after: string | undefined, beforeAll: number): number {
  if (after === undefined) return beforeAll;
  if (!/^\d{1,9}$/.test(after)) throw new Refused('request_invalid', 'after: not the `next` of a page.');
  return Number(after);
}
