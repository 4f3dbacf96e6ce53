import type { LegSpec, MatchKey } from '../activity/vocabulary';

/** What would serve a leg, and who publishes it. */
interface Remedy {
  /** Activity types by their ids. */
  readonly types: RegExp;
  readonly legs?: readonly LegSpec['leg'][];
  readonly basis?: LegSpec['basis'];
  readonly countries?: readonly string[];
  readonly upload: string;
}

const ELECTRICITY = /^electricity\.|\.electricity$|^vehicle\.distance-electricity$/;
const HEAT = /^heat\.|\.heat$/;
const FUEL = /^fuel\.|\.fuel$/;

/** Members of the Association of Issuing Bodies and their neighbours, for which residual mixes are published. */
const EUROPE = [
  ...['AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LT', 'LU'],
  ...['LV', 'ME', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'RS', 'SE', 'SI', 'SK'],
];

/** Where the publisher of a country's grid factor is known. The order decides: what is said of a country goes before what is said of the world. */
const GRIDS: readonly Pick<Remedy, 'countries' | 'upload'>[] = [
  { countries: ['GB'], upload: 'the flat file of the UK Government GHG Conversion Factors for Company Reporting (gov.uk)' },
  { countries: ['US'], upload: 'US EPA’s GHG Emission Factors Hub or the eGRID summary tables (epa.gov)' },
  { countries: ['AU'], upload: 'the figure of your state in the National Greenhouse Accounts Factors (dcceew.gov.au)' },
  { countries: ['CA'], upload: 'the figure of your province in the National Inventory Report, part 3 (canada.ca)' },
  { countries: ['FR'], upload: 'combustion at the power stations as ADEME’s Base Empreinte prints it (base-empreinte.ademe.fr)' },
  { countries: ['DE'], upload: 'the direct emissions per kWh of the German mix by the Umweltbundesamt (umweltbundesamt.de)' },
  { countries: ['IN'], upload: 'the CO2 Baseline Database of the Central Electricity Authority (cea.nic.in)' },
  {
    upload:
      'the direct emissions per kWh of the country’s generation, from its energy or environment agency or the IEA’s Emission Factors (licensed); a life-cycle intensity is none',
  },
];

/** The first that fits is told. */
const REMEDIES: readonly Remedy[] = [
  {
    types: ELECTRICITY,
    legs: ['generation'],
    basis: 'market',
    countries: EUROPE,
    upload: 'the European Residual Mixes of the AIB (aib-net.org), or your supplier’s own rate',
  },
  {
    types: ELECTRICITY,
    legs: ['generation'],
    basis: 'market',
    countries: ['US', 'CA'],
    upload: 'the Green-e residual mix (green-e.org), or your supplier’s own rate',
  },
  ...GRIDS.map((grid): Remedy => ({ types: ELECTRICITY, legs: ['generation', 'operation', 'use'], ...grid })),
  {
    types: ELECTRICITY,
    legs: ['upstream', 'losses-upstream'],
    upload:
      'what it takes to bring fuel to the country’s power stations: the IEA’s upstream factors (licensed), or the UK Government’s flat file of 2021 or before, which prints other countries',
  },
  {
    types: ELECTRICITY,
    legs: ['losses'],
    upload:
      'the share that the network loses, as the property `loss-of-generation`: the network operator’s, or the World Bank’s indicator EG.ELC.LOSS.ZS (CC BY 4.0)',
  },
  { types: HEAT, upload: 'the figure of whoever supplies the heat, or the national average of its energy agency' },
  {
    types: FUEL,
    legs: ['upstream'],
    upload:
      'well-to-tank figures: the UK Government’s flat file, sheets WTT (gov.uk), the JEC Well-to-Tank report (publications.jrc.ec.europa.eu) or GREET (anl.gov)',
  },
  {
    types: FUEL,
    upload:
      'the default of the 2006 IPCC Guidelines, volume 2 (EFDB export), the GHG Protocol’s cross-sector tool (ghgprotocol.org), or your fuel supplier’s figure',
  },
  {
    types: /^vehicle\.|\.vehicle$|^use(-indirect)?\.distance$/,
    upload: 'a figure of the vehicle per distance (UK Government’s flat file, manufacturer), or book the fuel that it burns',
  },
  {
    types: /^spend\.|\.spend$|^investment\.average$/,
    upload:
      'a figure per money of the sector, with its price year: US EPA’s Supply Chain GHG Emission Factors (epa.gov), EXIOBASE (exiobase.eu), or the national statistics office',
  },
  {
    types: /^(goods|capital)\.(material|item)$/,
    upload: 'your supplier’s product footprint (PACT) or environmental product declaration, or a database that you hold a licence of',
  },
  { types: /^water\./, upload: 'the yearly figure of your water company, or the UK Government’s flat file (gov.uk)' },
  {
    types: /^waste\.|^end-of-life\.|\.waste$/,
    upload:
      'the figure of the treatment by the UK Government’s flat file (gov.uk) or US EPA’s hub, table 9 (epa.gov), or of your contractor',
  },
  {
    types: /^travel\.hotel$/,
    upload: 'the hotel’s own figure per room and night, or the country’s by the Cornell Hotel Sustainability Benchmarking Index',
  },
  { types: /^travel\.|^commute\./, upload: 'the carrier’s own figure, or the national average of the transport or environment agency' },
  {
    types: /^freight|\.transport$|^hub|\.storage$/,
    upload: 'the carrier’s own figure by ISO 14083 or the GLEC Framework, or the UK Government’s flat file (gov.uk)',
  },
  { types: /\.floor-space$|\.asset$/, upload: 'an average of your own sites of the same kind, or of the national statistics of buildings' },
  { types: /^processor\.product$/, upload: 'the figure of whoever processes what you sell, per kilogram or piece' },
  {
    types: /\.process$|^process\./,
    upload: 'the figure of the process in the 2006 IPCC Guidelines, volume 3 (EFDB export), or of the plant',
  },
];

/**
 * What a person can upload where no pinned factor serves a required leg: the first row of a table of activity type, leg, basis and country that
 * fits. Advice and no figure: nothing is guessed, and what is named has to be had from its publisher under the publisher's terms. Null: nothing
 * is known to be published.
 */
export function whatToUpload(key: Pick<MatchKey, 'activityType' | 'country'>, leg: Pick<LegSpec, 'leg' | 'basis'>): string | null {
  const fits = ({ types, legs, basis, countries }: Remedy): boolean =>
    types.test(key.activityType) &&
    (legs?.includes(leg.leg) ?? true) &&
    (basis === undefined || basis === leg.basis) &&
    (countries?.includes(key.country) ?? true);
  return REMEDIES.find(fits)?.upload ?? null;
}

/** What leads from a currency to one that factors are printed per. */
export function rateToUpload(currency: string): string {
  return `a yearly mean exchange rate of ${currency} (European Central Bank, Bank of England, Federal Reserve or the country’s own central bank)`;
}
