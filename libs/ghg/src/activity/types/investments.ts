import type { ActivityType, AttributeSpec, LegSpec, OperandSpec, QuantityFormula } from '../vocabulary';
import { decisive, factor, formula, oneLeg, PRICES, required, share, stated, times, whole } from './parts';

const emissions: OperandSpec = factor('emissions', 'emissions');
const outstanding: OperandSpec = factor('outstanding', 'money');

/** PCAF data quality score, 1 the best; weighted by the outstanding amount (PCAF Standard part A, chapter 6). */
const pcafScore: AttributeSpec = { name: 'pcaf_score', required: false, values: ['1', '2', '3', '4', '5'], recorded: true };
const gwpSet: AttributeSpec = { name: 'gwp_set', required: false, recorded: true };
const RECORDED: readonly AttributeSpec[] = [pcafScore, gwpSet];

/** What the money is for: known, as of a bond or loan for one plant, or the company's purposes in general. */
const useOfProceeds: AttributeSpec = {
  name: 'use_of_proceeds',
  required: false,
  values: ['known', 'general'],
  default: 'general',
  recorded: true,
};

/** Financed part = emissions × outstanding amount ÷ value, the value of the asset class. */
const attributed = (value: string): QuantityFormula =>
  formula(`by-${value.replaceAll('_', '-')}`, emissions, outstanding, whole(value, 'money', 'outstanding'));

const financed = (id: string, title: string, formulas: readonly QuantityFormula[], more: Partial<LegSpec> = {}): ActivityType =>
  oneLeg(`investment.${id}`, title, formulas, required('stated', 'investments', more), RECORDED);

/** Debt: inside the minimum boundary where the use of proceeds is known, optional where it is not (Scope 3 Standard, chapter 5, category 15). */
const debt = (id: string, title: string): ActivityType => ({
  id: `investment.${id}`,
  title,
  formulas: [attributed('company_value')],
  attributes: [useOfProceeds, ...RECORDED],
  legs: [
    required('stated', 'investments', { when: { attribute: 'use_of_proceeds', in: ['known'] } }),
    required('stated', 'investments', { boundary: 'optional', when: { attribute: 'use_of_proceeds', in: ['general'] } }),
  ],
});

/**
 * Category 15 (Scope 3 Standard, chapter 5; Scope 3 Technical Guidance, chapter 15; PCAF Global GHG Standard part A, second edition, chapter 5, for the
 * asset classes). The emissions are the investee's scopes 1 and 2; its scope 3 and the projected lifetime of a project stand apart.
 */
export const INVESTMENTS: readonly ActivityType[] = [
  financed('equity', 'Equity: the investee’s emissions by share, by enterprise value including cash, or unlisted by equity + debt', [
    formula('equity-share', emissions, share('equity_share')),
    attributed('company_value'),
  ]),
  debt('bond', 'Corporate bonds: by the issuer’s enterprise value including cash'),
  debt('business-loan', 'Business loans: by the company’s equity + debt'),
  financed('project', 'Project finance: by the project’s total cost (equity + debt)', [
    formula('share', emissions, share('share')),
    attributed('project_cost'),
  ]),
  financed('real-estate', 'Commercial real estate: by the property’s value at origination', [attributed('value_at_origination')]),
  financed('mortgage', 'Mortgages: by the property’s value at origination', [attributed('value_at_origination')]),
  financed('vehicle-loan', 'Motor vehicle loans: by the vehicle’s value at origination', [attributed('value_at_origination')]),
  financed(
    'sovereign',
    'Sovereign debt: the country’s emissions by its gross domestic product at purchasing power parity',
    [formula('by-ppp-gdp', emissions, outstanding, whole('ppp_gdp', 'money', 'outstanding'))],
    { boundary: 'optional' },
  ),
  oneLeg(
    'investment.average',
    'Average data: revenue or cost of the investee or project, by its sector and the investor’s share',
    [
      formula('share', factor('revenue', 'money'), share('share')),
      formula('by-company-value', factor('revenue', 'money'), outstanding, whole('company_value', 'money', 'outstanding')),
    ],
    required('operation', 'investments'),
    [decisive('sector'), ...PRICES, pcafScore],
  ),
  oneLeg(
    'investment.projected',
    'Projected lifetime emissions of a financed project: reported once, in the first year, apart from the inventory',
    [
      formula('lifetime', factor('emissions', 'emissions'), times('lifetime_years'), share('share')),
      formula('lifetime-by-project-cost', emissions, times('lifetime_years'), outstanding, whole('project_cost', 'money', 'outstanding')),
    ],
    required('stated', 'projected-investments', { boundary: 'optional' }),
    RECORDED,
  ),
  oneLeg(
    'investment.scope-3',
    'Scope 3 of an investee, reported apart',
    [...stated(emissions), formula('equity-share', emissions, share('equity_share')), attributed('company_value')],
    required('stated', 'investee-scope-3', { boundary: 'optional' }),
    RECORDED,
  ),
];
