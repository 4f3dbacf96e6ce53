import { readInventory } from '../inventory/read-inventory';
import { reportingCalendar, type ReportingCalendar } from '../activity/reporting-calendar';
import { isRefusal } from '../refusals';
import { TRIGGERS, type BaseYearPolicy, type Trigger } from './base-year';
import { organisationForBaseYear } from './base-year-structure';
import { bridge, totalOf, type BridgeChoice } from './bridge';
import { withoutBaseYearRecords } from './policy-change';
import { holding, organisationOf, readingOf, stateOf, type Deed, type StateWish } from '../../../../test/support/change-states';
import { ORDER } from '../../../../test/support/default-pack';

// Reporting years from April to March. S is held from 1 February 2025 on: in the last two months of 2024. 0.2 kg/kWh, 5,000 kWh to the tonne.
const APRIL = reportingCalendar('04-01') as ReportingCalendar;
const YEARS: BridgeChoice = { comparison: 'years', reading: 'location', scope3: false, order: ORDER };
const fromFebruary = organisationOf(holding('A', '1'), holding('S', '1', '2025-02-01'));
const deed = (entity: string, tco2e: number, from: string, to: string): Deed => ({
  entity,
  quantity: String(tco2e * 5000),
  co2: '0.2',
  period: [from, to],
});
const at = (deeds: Deed[], year: number, more: StateWish = {}) =>
  stateOf(deeds, { year, calendar: APRIL, organisation: fromFebruary, ...more });
const of2024 = [
  deed('S', 100, '2024-04-01', '2024-12-31'),
  deed('S', 30, '2025-01-01', '2025-01-31'),
  deed('S', 20, '2025-02-01', '2025-03-31'),
];

describe('reporting years that are no calendar years', () => {
  it('are read over both of their calendar years', () => {
    const inventory = readInventory(readingOf(of2024, { year: 2024, calendar: APRIL, organisation: fromFebruary }));
    if (isRefusal(inventory)) throw new Error(inventory.detail);
    expect(inventory).toMatchObject({ year: 2024, period: { from: '2024-04-01', to: '2025-03-31' }, scope1: '20' });
    expect(totalOf(at(of2024, 2024), YEARS)).toBe('20');
  });

  it('are apportioned over all of their days where a figure has none of its own', () => {
    const all: Deed = { entity: 'S', quantity: String(365 * 5000), co2: '0.2' };
    const inventory = readInventory(readingOf([all], { year: 2024, calendar: APRIL, organisation: fromFebruary }));
    if (isRefusal(inventory)) throw new Error(inventory.detail);
    // 59 of 365 days
    expect(inventory.scope1).toBe('59');
    expect(inventory.apportioned).toMatchObject([
      { from: '2024-04-01', to: '2025-01-31', days: 306 },
      { from: '2025-02-01', to: '2025-03-31', days: 59 },
    ]);
  });

  it('are bridged part by part: April to January, and February to March', () => {
    const of2025 = [
      deed('S', 110, '2025-04-01', '2025-12-31'),
      deed('S', 35, '2026-01-01', '2026-01-31'),
      deed('S', 25, '2026-02-01', '2026-03-31'),
    ];
    // 130 t come in; 145 − 130 and 25 − 20 more
    const result = bridge(at(of2024, 2024), at(of2025, 2025), YEARS);
    expect(result).toMatchObject({ from: '20', to: '170', causes: { structure: '130', activity: '20' } });
    expect(Object.keys(result.causes)).toEqual(['structure', 'activity']);
  });

  it('take the structure of another year over day by day', () => {
    const policy: BaseYearPolicy = {
      baseYear: 2023,
      book: 'main',
      approach: 'operational-control',
      gwp: 'AR5',
      reading: 'location',
      scope3: false,
      threshold: '0.05',
      midYear: 'pro-rata',
      triggers: Object.keys(TRIGGERS) as Trigger[],
    };
    const laid = organisationForBaseYear(fromFebruary, policy, '2025-03-31', APRIL);
    const daysOf = ({ holdings }: typeof laid) =>
      holdings.filter(({ entity }) => entity === 'S').map(({ validFrom, validTo }) => [validFrom, validTo]);
    // 1 February of the reporting year 2023 is one of 2024.
    expect(daysOf(laid)).toEqual([['2024-02-01', null]]);
    // In the calendar year of 31 March 2025 it is 2023's first of February.
    expect(daysOf(organisationForBaseYear(fromFebruary, policy, '2025-03-31'))).toEqual([['2023-02-01', null]]);
    const missing = (validFrom: string) =>
      withoutBaseYearRecords(organisationOf(holding('S', '1', validFrom)), policy, '2026-01-01', at([], 2023), APRIL);
    expect([missing('2024-04-01'), missing('2024-03-31')]).toEqual([['S'], []]);
  });
});
