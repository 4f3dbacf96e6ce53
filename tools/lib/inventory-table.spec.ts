import { explanationLines, inventoryLines } from './inventory-table.mjs';

const inventory = {
  book: 'main',
  asOfRun: 3,
  year: 2025,
  approach: 'operational-control',
  gwp: 'AR5',
  scope1: '1234.56',
  scope2Location: '0.04',
  scope2Market: '0.05',
  scope3: '1000000.25',
  scope3Market: '1000001.25',
  categories: [
    { category: '1', tco2e: '999990.25', marketTco2e: '999990.25', optional: '0', marketOptional: '0' },
    { category: '3', tco2e: '0', marketTco2e: '1', optional: '0', marketOptional: '0' },
    { category: '6', tco2e: '10', marketTco2e: '10', optional: '2.5', marketOptional: '2.5' },
    { category: '15', tco2e: '0', marketTco2e: '0', optional: '0', marketOptional: '0' },
  ],
  projected: '12',
  investeeScope3: '0',
  radiativeForcing: '12.5',
  leftOut: [
    { reason: 'investee_scope_3', code: null, detail: '', tco2e: '4', marketTco2e: '4' },
    { reason: 'excluded_by_decision', code: 'E1', detail: 'below the threshold', tco2e: '5', marketTco2e: '5' },
  ],
  intraGroup: [{ entity: 'A', supplier: 'B', line: 'scope3.4', tco2e: '8', marketTco2e: '8' }],
  apportioned: [{ entity: 'C', from: '2025-01-01', to: '2025-06-30', days: 181, consolidated: '0.125' }],
  energy: [{ source: 'renewable', origin: 'purchased', mwh: '0', marketMwh: '9' }],
  biogenic: '3.3',
  marketBiogenic: '3.3',
  montreal: '7',
  fallbacks: [
    { fallback: 'year_earlier', tco2e: '12.5', marketTco2e: '12.5' },
    { fallback: 'grid_average_for_residual_mix', tco2e: '0', marketTco2e: '0.75' },
  ],
  factorSets: [
    { setId: 'a', title: 'Published', invented: false, tco2e: '5', marketTco2e: '5' },
    { setId: 'b', title: 'Made up (invented)', invented: true, tco2e: '6', marketTco2e: '6' },
  ],
};
const conservation = {
  imports: { records: 1200, accepted: 1180, refused: 12, duplicate: 8 },
  activities: 1180,
  calculated: 1000,
  partly: 170,
  refused: 10,
  excluded: 0,
  ledgerKgco2e: '17.5',
  projectionKgco2e: '17.5',
  ledgerEntries: 5000,
  projectionEntries: 5000,
  holds: true,
};

describe('the inventory for people', () => {
  const text = inventoryLines({ company: 'Somebody (invented)', inventory, conservation }).join('\n');

  it.each([
    ['rounds half to even at one decimal', /Scope 3 +1,000,000\.2 {2}\(1,000,001\.2 market-based\)$/m],
    ['groups thousands', /Scope 1 +1,234\.6$/m],
    ['keeps location- and market-based apart', /location-based +0\.0\n.*market-based +0\.0$/m],
    ['names categories in their order', /1 {2}Purchased goods.*\n.* 3 {2}Fuel.*\n.*6 {2}Business travel.*\n.*15 {2}Investments/],
    ['shows what is optional', /beyond the minimum boundary.*\n.*6 {2}Business travel +2\.5$/m],
    ['shows radiative forcing apart', /Of which radiative forcing of flights +12\.5$/m],
    ['shows what is in no total', /lifetime emissions of projects financed +12\.0$/m],
    ['says what is left out, and why', /investee scope 3 +4\.0\n.*E1: below the threshold +5\.0$/m],
    ['flags what was bought within the group', /A from B, scope3\.4 +8\.0$/m],
    ['says what was apportioned', /C, 2025-01-01 to 2025-06-30, 181 days: 12\.5 % consolidated$/m],
    ['shows energy by source', /renewable, purchased +0\.0 {2}\(9\.0 market-based\)$/m],
    ['names fallbacks', /year earlier +12\.5$/m],
    ['shows the market-based reading in brackets where it differs', /grid average for residual mix +0\.0 {2}\(0\.8 market-based\)$/m],
    ['counts tonnes on invented sets only', /Made up \(invented\) +6\.0/],
    ['accounts for every record', /1,200 = 1,180 accepted \+ 12 refused \+ 8 duplicate/],
    ['says that conservation holds', /Conservation holds/],
  ])('%s', (_, pattern) => expect(text).toMatch(pattern));

  it('leaves out what there is none of', () => expect(text).not.toContain('scope 3 of investees'));

  it('leaves out published sets under the invented ones', () => expect(text).not.toContain('Published'));

  it('alarms when conservation does not hold', () => {
    expect(inventoryLines({ company: 'x', inventory, conservation: { ...conservation, holds: false } }).join('\n')).toContain('ALARM');
  });
});

describe('the figure taken apart', () => {
  it('is a request that can be pasted', () => {
    const entry = { id: '77', quantity: '3', unit: 'm3', activityType: 'fuel.natural-gas', entity: 'X', year: 2025, kgco2e: '6.20016' };
    const text = explanationLines({ apiUrl: 'http://127.0.0.1:1', apiKey: 'sbk_k', entry }).join('\n');
    expect(text).toContain("curl -s -H 'Authorization: Bearer sbk_k' http://127.0.0.1:1/v1/entries/77/explanation");
    expect(text).toContain('6.20 kg CO2e');
  });

  it('is left out when there is none', () => expect(explanationLines({ apiUrl: '', apiKey: '', entry: undefined })).toEqual([]));
});
