import {
  Decimal,
  gwpOf,
  isRefusal,
  kindOf,
  plain,
  type Factor,
  type FactorSet,
  type FactorSource,
  type GasRegister,
  type GwpSetId,
} from '#ghg';

/** What a set says at one place: a factor, a property, an exchange rate or a price index, reduced to what can be compared. */
export interface Statement {
  readonly kind: 'factor' | 'property' | 'exchange-rate' | 'price-index';
  readonly code: string;
  /** What is spoken of, without where, for whom and in which unit. */
  readonly subject: string;
  /** Everything but the year and the figure. */
  readonly meaning: string;
  readonly year: number;
  readonly label: string;
  readonly figure: Decimal;
  readonly unit: string;
  /** The figure and its parts: equal texts say the same. */
  readonly parts: string;
  readonly source: FactorSource;
}

/** Everything that a set says, statement by statement. CO2e of masses is taken with the GWP set of the set. */
export function statementsOf(set: FactorSet, gases: GasRegister): Statement[] {
  const { factors, properties = [], exchangeRates = [], priceIndices = [] } = set;
  return [
    ...factors.map((factor) => statementOfFactor(factor, set.gwpSet, gases)),
    ...properties.map(({ code, kind, activityType, attributes, region, value, ...rest }) => {
      const meaning = ['property', kind, activityType, region, rest.unit, attributesText(attributes)];
      return statement('property', code, `${kind} ${activityType}`, meaning, { ...rest, value });
    }),
    ...exchangeRates.map(({ from, to, year, rate, source }) =>
      statement('exchange-rate', `${from} ${to} ${year}`, 'rate', ['rate', from, to], { year, value: rate, unit: `${to}/${from}`, source }),
    ),
    ...priceIndices.map(({ series, currency, sector = '', year, index, source }) => {
      const meaning = ['index', series, currency, sector];
      const code = [series, ...(sector === '' ? [] : [sector]), year].join(' ');
      return statement('price-index', code, 'index', meaning, { year, value: index, unit: 'index', source });
    }),
  ];
}

interface Figure {
  readonly year: number;
  readonly value: string;
  readonly unit: string;
  readonly source: FactorSource;
}

function statement(kind: Statement['kind'], code: string, subject: string, meaning: readonly string[], stated: Figure): Statement {
  const { year, value, unit, source } = stated;
  const figure = new Decimal(value);
  const label = meaning.filter((word) => word !== '').join(' ');
  return { kind, code, subject, meaning: JSON.stringify(meaning), year, label, figure, unit, parts: plain(figure), source };
}

function statementOfFactor(factor: Factor, gwpSet: GwpSetId, gases: GasRegister): Statement {
  const { code, activityType, leg, region, supplier = '', attributes, unit, year, source } = factor;
  const meaning = [activityType, leg, region, supplier, unit, attributesText(attributes)];
  const amounts = factor.gases.map(
    (amount) => `${amount.gas} ${'kg' in amount ? `kg ${plain(new Decimal(amount.kg))}` : `kgco2e ${plain(new Decimal(amount.kgco2e))}`}`,
  );
  const figure = figureOfFactor(factor, gwpSet, gases);
  const label = meaning.filter((word) => word !== '').join(' ');
  const parts = [plain(figure), ...amounts.sort()].join('; ');
  return {
    kind: 'factor',
    code,
    subject: `${activityType} ${leg}`,
    meaning: JSON.stringify(meaning),
    year,
    label,
    figure,
    unit: `kg CO2e/${unit}`,
    parts,
    source,
  };
}

/** The publisher's total, else the CO2e of its gases; of the biogenic leg the kilograms of CO2. */
function figureOfFactor({ kgco2e, gases: amounts, leg }: Factor, gwpSet: GwpSetId, gases: GasRegister): Decimal {
  if (kgco2e !== undefined) return new Decimal(kgco2e);
  let sum = new Decimal(0);
  for (const amount of amounts) {
    if (kindOf(gases, amount.gas) === 'biogenic' && leg !== 'biogenic') continue;
    const gwp = gwpOf(gases, gwpSet, amount.gas);
    sum = sum.add('kg' in amount ? new Decimal(amount.kg).mul(isRefusal(gwp) ? 0 : gwp) : amount.kgco2e);
  }
  return sum;
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ');
}
