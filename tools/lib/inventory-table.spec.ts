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
  scope3ByCategory: { '6': '10', '1': '999990.25', '15': '0' },
  biogenic: '3.3',
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
    ['rounds half to even at one decimal', /Scope 3 +1,000,000\.2$/m],
    ['groups thousands', /Scope 1 +1,234\.6$/m],
    ['keeps location- and market-based apart', /location-based +0\.0\n.*market-based +0\.0$/m],
    ['names categories in their order', /1 {2}Purchased goods.*\n.*6 {2}Business travel.*\n.*15 {2}Investments/],
    ['names fallbacks', /year earlier +12\.5$/m],
    ['shows the market-based reading in brackets where it differs', /grid average for residual mix +0\.0 {2}\(0\.8 market-based\)$/m],
    ['counts tonnes on invented sets only', /Made up \(invented\) +6\.0/],
    ['accounts for every record', /1,200 = 1,180 accepted \+ 12 refused \+ 8 duplicate/],
    ['says that conservation holds', /Conservation holds/],
  ])('%s', (_, pattern) => expect(text).toMatch(pattern));

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
