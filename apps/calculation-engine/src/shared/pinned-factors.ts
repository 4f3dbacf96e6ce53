import type { ExchangeRate, Factor, FactorIndex, FactorSetHead, FuelProperty, GwpSetId, Pinned, PriceIndex, SetFigure } from '#ghg';
import { figureDigest } from '#factor-files';
import { factorIndex } from '#ghg';
import { CATALOGUE_TENANT, READ_FACTOR_TABLES, READ_FACTORS, type TenantTransaction } from '#postgres';
import type { RunPins } from './rows';

interface SetColumns {
  tenant_id: string;
  set_id: string;
  publisher: string;
  edition: string;
  version: string;
  title: string;
  licence: string;
  attribution: string;
  gwp_set: GwpSetId;
  invented: boolean;
  /** Of a withheld set alone: what the digests of its figures are made with. */
  figures_key: string | null;
}

interface FactorRow extends SetColumns {
  body: Factor;
}

interface TablesRow extends SetColumns {
  properties: FuelProperty[];
  exchange_rates: ExchangeRate[];
  price_indices: PriceIndex[];
}

/**
 * The index over the factor sets that a run pinned, their factors and what they know beside; of some activity types alone, where no other keys are to be
 * decided.
 */
export async function readPinnedFactors(
  { client }: TenantTransaction,
  pins: Pick<RunPins, 'factorSets'>,
  activityTypes: readonly string[] | null = null,
): Promise<FactorIndex> {
  const sets = [pins.factorSets.map((set) => set.tenantId), pins.factorSets.map((set) => set.id)];
  const factors = await client.query<FactorRow>(READ_FACTORS, [...sets, activityTypes]);
  const { rows } = await client.query<TablesRow>(READ_FACTOR_TABLES, sets);
  return factorIndex(
    factors.rows.map((row) => ({ ...placeOf(row), ...markOf(row, row.body), factor: row.body })),
    {
      properties: rows.flatMap((row) => pinnedOf(row, row.properties)),
      exchangeRates: rows.flatMap((row) => pinnedOf(row, row.exchange_rates)),
      priceIndices: rows.flatMap((row) => pinnedOf(row, row.price_indices)),
    },
  );
}

function pinnedOf<Figure extends SetFigure>(row: SetColumns, figures: readonly Figure[]): Pinned<Figure>[] {
  const place = placeOf(row);
  return figures.map((figure) => ({ ...place, ...markOf(row, figure), figure }));
}

function placeOf(row: SetColumns): { setId: string; set: FactorSetHead; own: boolean } {
  const { publisher, edition, version, title, licence, attribution, invented } = row;
  return {
    setId: row.set_id,
    set: { publisher, edition, version, title, licence, attribution, gwpSet: row.gwp_set, invented },
    own: row.tenant_id !== CATALOGUE_TENANT,
  };
}

/** A figure of a withheld set goes by its digest wherever it is cited. */
function markOf({ figures_key }: SetColumns, figure: SetFigure): { withheld?: string } {
  return figures_key === null ? {} : { withheld: figureDigest(figures_key, figure) };
}
