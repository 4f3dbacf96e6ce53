import type { z } from 'zod';
import type { exchangeRateView, factorSetView, factorView, fuelPropertyView, priceIndexView } from '#contracts';
import { figureDigest } from '#factor-files';
import type { ExchangeRate, Factor, FuelProperty, PriceIndex, SetFigure } from '#ghg';
import { CATALOGUE_TENANT } from '#postgres';
import type { FactorSetRow } from '../shared/rows';

export type FactorSetView = z.infer<typeof factorSetView>;
export type FactorView = z.infer<typeof factorView>;

export function factorSetViewOf(row: FactorSetRow): FactorSetView {
  const { id, publisher, edition, version, title, licence, attribution, gwpSet, invented, factors, digest } = row;
  const head = { id, publisher, edition, version, title, licence, attribution, gwpSet, invented, factors, digest };
  return { ...head, own: row.tenantId !== CATALOGUE_TENANT, values: row.withheld ? 'withheld' : 'shown' };
}

/** `figuresKey`: of a withheld set, whose figures are shown by their digests alone; else null. */
export function factorViewOf(setId: string, factor: Factor, figuresKey: string | null): FactorView {
  const { code, activityType, leg, region, year, attributes, unit, gases } = factor;
  const isShown = figuresKey === null;
  return {
    setId,
    code,
    activityType,
    leg,
    region,
    supplier: factor.supplier ?? null,
    year,
    attributes,
    unit,
    gases: gases.map((amount) => (isShown ? { ...amount } : { gas: amount.gas })),
    kgco2e: isShown ? (factor.kgco2e ?? null) : null,
    gsd: isShown ? (factor.gsd ?? null) : null,
    partial: factor.partial ?? false,
    ...markOf(factor, figuresKey),
  };
}

export function propertyViewOf(property: FuelProperty, figuresKey: string | null): z.infer<typeof fuelPropertyView> {
  return { ...property, value: figuresKey === null ? property.value : null, ...markOf(property, figuresKey) };
}

export function exchangeRateViewOf(rate: ExchangeRate, figuresKey: string | null): z.infer<typeof exchangeRateView> {
  return { ...rate, rate: figuresKey === null ? rate.rate : null, ...markOf(rate, figuresKey) };
}

export function priceIndexViewOf(index: PriceIndex, figuresKey: string | null): z.infer<typeof priceIndexView> {
  const { sector = null } = index;
  return { ...index, sector, index: figuresKey === null ? index.index : null, ...markOf(index, figuresKey) };
}

function markOf(figure: SetFigure, figuresKey: string | null): Pick<FactorView, 'source' | 'withheld' | 'figuresDigest'> {
  const { source } = figure;
  if (figuresKey === null) return { source, withheld: false, figuresDigest: null };
  return { source: { table: source.table, row: source.row }, withheld: true, figuresDigest: figureDigest(figuresKey, figure) };
}
