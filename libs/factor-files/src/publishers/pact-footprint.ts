import { Decimal } from '#ghg';

/** One product footprint of a PACT file, as far as a factor needs it; texts and decimals as they stand. */
export interface Footprint {
  readonly id: string;
  readonly specVersion: string;
  readonly status: string;
  readonly company: string;
  readonly product: string;
  readonly productId: string;
  readonly validUntil: string;
  readonly unit: string;
  readonly amount: string;
  readonly massPerUnit: string;
  /** kg CO2e without the uptake of CO2 by plants: `pCfExcludingBiogenic` (v2), `pcfExcludingBiogenicUptake` (v3). */
  readonly pcf: string;
  /** v2 leaves emissions of land-use change out of the figure above; v3 has them in it. */
  readonly landUseChange: string;
  readonly periodEnd: string;
  readonly geography: string;
  /** Assessment reports, `AR5`, `AR6`. */
  readonly reports: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textAt = (object: Json, ...names: readonly string[]): string => {
  for (const name of names) if (typeof object[name] === 'string' || typeof object[name] === 'number') return String(object[name]).trim();
  return '';
};
const listAt = (object: Json, name: string): string[] => {
  const value = object[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : [];
};

/** The members of a file: one footprint, a list, or the `data` of an answer of the PACT interface. Null: none of these. */
export function membersOf(text: string): readonly Json[] | null {
  const parsed: unknown = JSON.parse(text);
  const whole =
    isObject(parsed) && Array.isArray(parsed.data) ? parsed.data : isObject(parsed) && isObject(parsed.data) ? [parsed.data] : parsed;
  const members: unknown[] = Array.isArray(whole) ? whole : [whole];
  return members.length > 0 && members.every(isFootprint) ? members : null;
}

function isFootprint(value: unknown): value is Json {
  return isObject(value) && typeof value.specVersion === 'string' && isObject(value.pcf);
}

/** Data model of PACT Technical Specifications 2 and 3, ProductFootprint and CarbonFootprint. */
export function footprintOf(member: Json): Footprint {
  const pcf = isObject(member.pcf) ? member.pcf : {};
  const sources = listAt(pcf, 'ipccCharacterizationFactorsSources');
  const factors = listAt(pcf, 'ipccCharacterizationFactors');
  const reports = [factors, sources, listAt(pcf, 'characterizationFactors')].find((list) => list.length > 0) ?? [];
  return {
    id: textAt(member, 'id'),
    specVersion: textAt(member, 'specVersion'),
    status: textAt(member, 'status'),
    company: textAt(member, 'companyName'),
    product: textAt(member, 'productNameCompany'),
    productId: listAt(member, 'productIds')[0] ?? '',
    validUntil: textAt(member, 'validityPeriodEnd'),
    unit: textAt(pcf, 'declaredUnitOfMeasurement', 'declaredUnit').toLowerCase(),
    amount: textAt(pcf, 'declaredUnitAmount'),
    massPerUnit: textAt(pcf, 'productMassPerDeclaredUnit'),
    pcf: textAt(pcf, 'pcfExcludingBiogenicUptake', 'pCfExcludingBiogenic'),
    landUseChange: textAt(pcf, 'dLucGhgEmissions'),
    periodEnd: textAt(pcf, 'referencePeriodEnd', 'reportingPeriodEnd'),
    geography: textAt(pcf, 'geographyCountrySubdivision', 'geographyCountry', 'geographyRegionOrSubregion'),
    reports,
  };
}

/**
 * How many declared units the figure is for. v2 states it per one. v3 names an amount beside the unit; whether the figure is per unit or per amount is
 * told by the mass of the product where the unit is the kilogram. Null: it cannot be told, and is not guessed.
 */
export function unitsOf({ specVersion, unit, amount, massPerUnit }: Footprint): Decimal | null {
  if (!specVersion.startsWith('3') || amount === '' || new Decimal(amount).eq(1)) return new Decimal(1);
  if (unit !== 'kilogram' || !/^\d+(\.\d+)?$/.test(massPerUnit)) return null;
  const mass = new Decimal(massPerUnit);
  if (mass.eq(amount)) return mass;
  return mass.eq(1) ? mass : null;
}
