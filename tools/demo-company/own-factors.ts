import type { Factor, FactorSet } from '#ghg';
import { decimalText, YEARS } from './draw';

const ATTRIBUTION = 'Tarnwick Instruments (invented company)';
const NOTE = 'invented for the demonstration; no publication stands behind it';

/** What a unit of grid energy carries, in hundred-thousandths of kilograms CO2e per kWh. All invented. */
interface Grid {
  readonly region: string;
  readonly generation: number;
  readonly residual: number;
  readonly upstream: number;
  readonly losses: number;
}

const ELECTRICITY: readonly Grid[] = [
  { region: 'DE', generation: 34_200, residual: 68_500, upstream: 4_900, losses: 1_730 },
  { region: 'FR', generation: 3_150, residual: 5_420, upstream: 1_080, losses: 240 },
  { region: 'SE', generation: 1_240, residual: 2_960, upstream: 510, losses: 90 },
];
const HEAT: readonly Grid[] = [
  { region: 'DE', generation: 17_900, residual: 17_900, upstream: 3_200, losses: 2_100 },
  { region: 'SE', generation: 5_600, residual: 5_600, upstream: 1_450, losses: 620 },
];

function factor(code: string, rest: Omit<Factor, 'code' | 'gases' | 'source'>): Factor {
  return { code, ...rest, gases: [], source: { table: 'Group controlling, sheet of assumptions', row: code, printed: NOTE } };
}

function gridFactors(activityType: string, name: string, grid: Grid): Factor[] {
  return YEARS.flatMap((year, later) => {
    // The second year is invented a little cleaner than the first.
    const figure = (hundredThousandths: number) => decimalText(hundredThousandths - later * Math.floor(hundredThousandths / 25), 5);
    const one = (kind: string, leg: Factor['leg'], amount: number, attributes: Record<string, string> = {}): Factor =>
      factor(`${name}-${grid.region}-${year}-${kind}`, {
        activityType,
        leg,
        region: grid.region,
        year,
        attributes,
        unit: 'kWh',
        kgco2e: figure(amount),
      });
    return [
      one('generation', 'generation', grid.generation),
      one('residual-mix', 'generation', grid.residual, { basis: 'market' }),
      one('upstream', 'upstream', grid.upstream),
      one('losses', 'losses', grid.losses),
    ];
  });
}

/** Grid factors that no redistributable publication has, and the rate of one supplier. */
const GRIDS: FactorSet = {
  publisher: ATTRIBUTION,
  edition: 'grids',
  version: '1',
  title: 'Tarnwick grid factors for DE, FR and SE (invented)',
  licence: 'invented',
  attribution: ATTRIBUTION,
  gwpSet: 'AR5',
  invented: true,
  factors: [
    ...ELECTRICITY.flatMap((grid) => gridFactors('electricity.grid', 'electricity', grid)),
    ...HEAT.flatMap((grid) => gridFactors('heat.district', 'heat', grid)),
    ...YEARS.map((year) =>
      factor(`electricity-SE-${year}-Mälarkraft`, {
        activityType: 'electricity.grid',
        leg: 'generation',
        region: 'SE',
        supplier: 'Mälarkraft (invented)',
        year,
        attributes: { basis: 'market' },
        unit: 'kWh',
        kgco2e: '0.0042',
      }),
    ),
  ],
};

/** Sectors of the company's own chart of accounts, with thousandths of kilograms CO2e per unit of money. All invented. */
export const OWN_SECTORS = {
  'machined-parts': 512,
  electronics: 348,
  packaging: 604,
  'office-supplies': 287,
  'it-services': 96,
  consulting: 83,
  cleaning: 152,
  catering: 431,
  maintenance: 219,
  marketing: 117,
} as const;

/** Money is of a currency and a price year: what a euro carries is not what a pound carries. */
const CURRENCIES = [
  { unit: 'GBP', region: 'GB', perMille: 1_140 },
  { unit: 'EUR', region: 'DE', perMille: 1_000 },
  { unit: 'EUR', region: 'FR', perMille: 870 },
] as const;

const SPEND: FactorSet = {
  publisher: ATTRIBUTION,
  edition: 'spend',
  version: '1',
  title: 'Tarnwick spend factors in EUR and GBP (invented)',
  licence: 'invented',
  attribution: ATTRIBUTION,
  gwpSet: 'AR5',
  invented: true,
  factors: CURRENCIES.flatMap(({ unit, region, perMille }) =>
    Object.entries(OWN_SECTORS).map(([sector, thousandths]) =>
      factor(`${unit}-${region}-${sector}`, {
        activityType: 'spend.goods',
        leg: 'supply',
        region,
        year: 2024,
        attributes: { sector, price_year: '2024' },
        unit,
        kgco2e: decimalText(thousandths * perMille, 6),
      }),
    ),
  ),
};

export const OWN_FACTOR_SETS: readonly FactorSet[] = [GRIDS, SPEND];
