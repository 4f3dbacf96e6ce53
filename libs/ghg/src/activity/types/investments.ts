import type { ActivityType, AttributeSpec, LegSpec, OperandSpec, QuantityFormula } from '../vocabulary';
import { divisor, decisive, factor, formula, oneLeg, PRICES, required, share, stated, times } from './parts';

const emissions: OperandSpec = factor('emissions', 'emissions');
const outstanding: OperandSpec = factor('outstanding', 'money');

/** PCAF data quality score, 1 the best; weighted by the outstanding amount (PCAF Standard part A, chapter 6). */
const pcafScore: AttributeSpec = { name: 'pcaf_score', required: false, values: ['1', '2', '3', '4', '5'], recorded: true };
const gwpSet: AttributeSpec = { name: 'gwp_set', required: false, recorded: true };
const RECORDED: readonly AttributeSpec[] = [pcafScore, gwpSet];

/** Financed part = emissions × outstanding amount ÷ value, the value of the asset class. */
const attributed = (value: string): QuantityFormula =>
  formula(`by-${value.replaceAll('_', '-')}`, emissions, outstanding, divisor(value, 'money'));

const financed = (id: string, title: string, formulas: readonly QuantityFormula[], more: Partial<LegSpec> = {}): ActivityType =>
  oneLeg(`investment.${id}`, title, formulas, required('stated', 'investments', more), RECORDED);

/**
 * Category 15 (Scope 3 Standard, chapter 5; Scope 3 Technical Guidance, chapter 15; PCAF Global GHG Standard part A, second edition, chapter 5, for the
 * asset classes). The emissions are the investee's scopes 1 and 2; its scope 3 and the projected lifetime of a project stand apart.
 */
export const INVESTMENTS: readonly ActivityType[] = [
  financed('equity', 'Equity and bonds: the investee’s emissions by share, or by enterprise value including cash', [
    formula('equity-share', emissions, share('equity_share')),
    attributed('company_value'),
  ]),
  financed('business-loan', 'Loans and unlisted equity: by the company’s equity + debt', [attributed('company_value')]),
  financed('project', 'Project finance: by the project’s total cost (equity + debt)', [
    formula('share', emissions, share('share')),
    attributed('project_cost'),
  ]),
  financed('real-estate', 'Commercial real estate: by the property’s value at origination', [attributed('value_at_origination')]),
  financed('mortgage', 'Mortgages: by the property’s value at origination', [attributed('value_at_origination')]),
  financed('vehicle-loan', 'Motor vehicle loans: by the vehicle’s value at origination', [attributed('value_at_origination')]),
  financed('sovereign', 'Sovereign debt: the country’s emissions by its gross domestic product at purchasing power parity', [
    formula('by-ppp-gdp', emissions, outstanding, divisor('ppp_gdp', 'money')),
  ]),
  oneLeg(
    'investment.average',
    'Average data: revenue or cost of the investee or project, by its sector and the investor’s share',
    [
      formula('share', factor('revenue', 'money'), share('share')),
      formula('by-company-value', factor('revenue', 'money'), outstanding, divisor('company_value', 'money')),
    ],
    required('operation', 'investments'),
    [decisive('sector'), ...PRICES, pcafScore],
  ),
  oneLeg(
    'investment.projected',
    'Projected lifetime emissions of a financed project: reported once, in the first year, apart from the inventory',
    [
      formula('lifetime', factor('emissions', 'emissions'), times('lifetime_years'), share('share')),
      formula('lifetime-by-project-cost', emissions, times('lifetime_years'), outstanding, divisor('project_cost', 'money')),
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
