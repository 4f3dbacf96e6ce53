import { CALENDAR_YEARS, type ReportingCalendar } from '../../libs/ghg/src/activity/reporting-calendar';
import type { Basis, LegId, SourceClass } from '../../libs/ghg/src/activity/vocabulary';
import type { Approach, Holding, Organisation } from '../../libs/ghg/src/boundary/boundary';
import type { Rate } from '../../libs/ghg/src/calculation/rate';
import { canonicalJson } from '../../libs/ghg/src/calculation/canonical';
import type { GasRegister, GwpSetId } from '../../libs/ghg/src/factor/gas';
import type { RatedLeg } from '../../libs/ghg/src/inventory/inventory';
import type { PoolKind } from '../../libs/ghg/src/pools/pool';
import { Decimal, plain } from '../../libs/ghg/src/quantity/decimal';
import { isRefusal } from '../../libs/ghg/src/refusals';
import { readState, type StateCell, type StateReading } from '../../libs/ghg/src/change/read-state';
import type { InventoryState } from '../../libs/ghg/src/change/state';
import { PACK } from './default-pack';

/** Methane of AR5 and AR6 (WG I, tables 8.A.1 and 7.15, non-fossil). */
export const GASES: GasRegister = {
  gases: [
    { id: 'CO2', name: 'Carbon dioxide', kind: 'kyoto' },
    { id: 'CH4', name: 'Methane', kind: 'kyoto' },
  ],
  blends: [],
  sets: [
    { id: 'AR5', source: 'IPCC AR5 WG I, table 8.A.1', gwp100: { CO2: '1', CH4: '28' } },
    { id: 'AR6', source: 'IPCC AR6 WG I, table 7.15', gwp100: { CO2: '1', CH4: '27' } },
  ],
};

/** One thing that a company did in a year, as a test says it. */
export interface Deed {
  readonly entity: string;
  readonly quantity: string;
  /** kg CO2 per unit. */
  readonly co2?: string;
  /** kg CH4 per unit. */
  readonly ch4?: string;
  readonly activityType?: string;
  readonly leg?: LegId;
  readonly basis?: Basis;
  readonly sourceClass?: SourceClass;
  readonly method?: string;
  readonly factorYear?: number;
  readonly status?: string;
  readonly exchangeRate?: string;
  readonly pool?: string;
  readonly poolKind?: PoolKind;
  readonly period?: readonly [string, string];
}

export const holding = (entity: string, share: string, validFrom = '2000-01-01', validTo: string | null = null): Holding => ({
  entity,
  holder: 'GROUP',
  share,
  relation: 'subsidiary',
  operationalControl: true,
  financialControl: true,
  validFrom,
  validTo,
});
export const organisationOf = (...holdings: Holding[]): Organisation => ({
  entities: ['GROUP', ...new Set(holdings.map(({ entity }) => entity))],
  holdings,
});

function rateOf(deed: Deed, year: number): Rate {
  const { co2 = '0', ch4 = '0', leg = 'combustion', basis = 'all', sourceClass = 'stationary-combustion' } = deed;
  const source = { table: 'by hand', row: '1' };
  const named = { setId: 'set', publisher: 'P', edition: 'E', version: '1', licence: 'none', invented: true, code: 'F', region: 'GB' };
  return {
    leg,
    basis,
    sourceClass,
    unit: 'kWh',
    kgco2e: plain(new Decimal(co2).add(new Decimal(ch4).mul(28))),
    biogenicKgco2: '0',
    gwpSet: 'AR5',
    gases: [
      { gas: 'CO2', kg: co2 },
      { gas: 'CH4', kg: ch4 },
    ],
    notConvertible: null,
    factor: { ...named, year: deed.factorYear ?? year, unit: 'kWh', source },
    method: deed.method ?? 'quantity-times-factor',
    conversion:
      deed.exchangeRate === undefined ? [] : [{ from: 'EUR', to: 'USD', numerator: deed.exchangeRate, denominator: '1', source: '' }],
    fallbacks: [],
    ...(deed.exchangeRate === undefined
      ? {}
      : { inputs: [{ kind: 'exchange-rate', code: 'X', setId: null, value: deed.exchangeRate, unit: 'USD/EUR', source }] as const }),
    rounded: false,
    formula: '',
  };
}

export interface StateWish {
  readonly year?: number;
  /** Calendar years unless given. */
  readonly calendar?: ReportingCalendar;
  readonly organisation?: Organisation;
  readonly gwp?: GwpSetId;
  readonly approach?: Approach;
}

/** The state that these deeds make; read under AR5 and AR6. */
export function stateOf(deeds: readonly Deed[], wish: StateWish = {}): InventoryState {
  const state = readState(readingOf(deeds, wish));
  if (isRefusal(state)) throw new Error(`${state.refusal}: ${state.detail}`);
  return state;
}

/** What these deeds leave in a ledger. */
export function readingOf(deeds: readonly Deed[], wish: StateWish = {}): StateReading {
  const {
    year = 2020,
    gwp = 'AR5',
    organisation = organisationOf(...[...new Set(deeds.map(({ entity }) => entity))].map((e) => holding(e, '1'))),
  } = wish;
  const cells: StateCell[] = [];
  const legs: RatedLeg[] = [];
  for (const deed of deeds) {
    const rate = rateOf(deed, year);
    const { activityType = 'fuel.natural-gas', pool = '', period } = deed;
    const attributes: Record<string, string> = deed.status === undefined ? {} : { data_status: deed.status };
    const key = { activityType, unit: 'kWh', year, country: 'GB', region: null, supplier: null, attributes };
    // A pool releases what rows posted: it does so under their rate.
    const rateId = canonicalJson({ rate, key });
    legs.push({ rateId, leg: rate.leg, basis: rate.basis, sourceClass: rate.sourceClass, rate, key });
    cells.push({
      entityCode: deed.entity,
      rateId,
      year,
      periodStart: period?.[0] ?? null,
      periodEnd: period?.[1] ?? null,
      quantity: deed.quantity,
      kgco2e: plain(new Decimal(deed.quantity).mul(rate.kgco2e)),
      group: null,
      pool,
      poolKind: pool === '' ? null : (deed.poolKind ?? 'instruments'),
      matchKeyId: canonicalJson(key),
      activityType,
      country: 'GB',
    });
  }
  const other: GwpSetId = gwp === 'AR5' ? 'AR6' : 'AR5';
  return {
    pack: PACK,
    cells,
    legs,
    organisation,
    year,
    calendar: wish.calendar ?? CALENDAR_YEARS,
    approach: wish.approach ?? 'operational-control',
    gwp,
    otherGwp: other,
    gases: GASES,
  };
}
