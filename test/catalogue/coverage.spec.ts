import { decideRates, factorIndex, type Decision, type MatchKey, type Pinned, type PinnedFactor, type PinnedTables } from '#ghg';
import { PACK } from '../support/default-pack';
import { LINES, type Asked } from './coverage-lines';
import { factorSets, gases } from './read-catalogue';

// What the books of a company of middle size in the United Kingdom and in the United States hold, decided with the starter catalogue and nothing
// else: every leg has a rate, or a refusal that says what to upload.

const YEAR = 2025;

const factors: PinnedFactor[] = [];
const tables: Record<keyof PinnedTables, Pinned<never>[]> = { properties: [], exchangeRates: [], priceIndices: [] };
for (const [setId, { factors: ofSet, properties = [], exchangeRates = [], priceIndices = [], ...set }] of factorSets) {
  factors.push(...ofSet.map((factor) => ({ factor, setId, set, own: false })));
  const pinned = (figures: readonly unknown[]) => figures.map((figure) => ({ figure, setId, set, own: false }) as Pinned<never>);
  tables.properties.push(...pinned(properties));
  tables.exchangeRates.push(...pinned(exchangeRates));
  tables.priceIndices.push(...pinned(priceIndices));
}
const index = factorIndex(factors, tables);

function decide(country: string, region: string | null, [activityType, unit, attributes = {}]: Asked): Decision {
  const key: MatchKey = { activityType, unit, year: YEAR, country, region, supplier: null, attributes };
  return decideRates(key, { pack: PACK, index, gases, gwpSet: 'AR5' });
}

/** `rated`, with the legs that take a figure of another country; and the legs that have none, with why. */
function outcomeOf({ legs, rates }: Decision): string {
  const names = (these: readonly string[]): string => [...new Set(these)].join(' and ');
  const abroad = rates.filter(({ fallbacks }) => fallbacks.includes('region_other_country')).map(({ leg }) => leg);
  const missing = legs.filter(({ outcome }) => outcome === 'refused').map(({ leg, refusal }) => `${leg} ${refusal?.code}`);
  const emissions = rates.filter(({ leg }) => leg !== 'energy');
  const rated = emissions.length === 0 ? [] : [abroad.length === 0 ? 'rated' : `rated, ${names(abroad)} abroad`];
  return [...rated, ...(missing.length === 0 ? [] : [`no ${names(missing)}`])].join('; ');
}

/** What becomes of each line in the United Kingdom, and in the United States (California). */
const OUTCOMES: Readonly<Record<string, readonly [british: string, american: string]>> = {
  'natural gas, billed in energy': ['rated', 'rated, upstream and energy abroad'],
  'natural gas, metered': ['rated', 'rated, upstream and energy abroad'],
  'heating oil': ['rated', 'rated, upstream and energy abroad'],
  'oil for generators': ['rated', 'rated, upstream and energy abroad'],
  'bottled gas': ['rated', 'rated, upstream and energy abroad'],
  propane: ['rated', 'rated, upstream abroad'],
  coal: ['rated', 'rated; no upstream factor_attribute_mismatch'],
  'petroleum coke': ['rated', 'rated, combustion and upstream abroad'],
  'fuel oil': ['rated', 'rated; no upstream factor_attribute_mismatch'],
  'wood pellets': ['rated', 'rated, combustion and biogenic and upstream and energy abroad'],
  wood: ['rated', 'rated; no upstream factor_attribute_mismatch'],
  biogas: ['rated', 'rated; no upstream factor_attribute_mismatch'],
  diesel: ['rated', 'rated, biogenic and upstream and energy abroad'],
  petrol: ['rated', 'rated, biogenic and upstream and energy abroad'],
  biodiesel: ['rated', 'rated, combustion and upstream abroad'],
  ethanol: ['rated', 'rated, combustion and upstream abroad'],
  'compressed gas of vehicles': ['rated', 'rated, upstream abroad'],
  'jet fuel': ['rated', 'rated; no upstream factor_attribute_mismatch'],
  'marine fuel': ['rated', 'rated; no upstream factor_attribute_mismatch'],
  'a small car': ['rated', 'rated'],
  'a large car': ['rated', 'rated'],
  'a hybrid': ['rated', 'rated, combustion and upstream and energy abroad'],
  'an electric car by distance': [
    'rated',
    'no generation factor_region_missing and upstream factor_region_missing and losses factor_region_missing',
  ],
  'a van': ['rated', 'rated'],
  'a lorry': ['rated', 'rated'],
  'a motorcycle': ['rated', 'rated'],
  'refrigerant topped up': ['rated', 'rated'],
  'another refrigerant': ['rated', 'rated'],
  'SF6 of switchgear': ['rated', 'rated'],
  electricity: ['rated', 'rated; no upstream factor_region_missing'],
  'heat of a district': ['rated', 'rated; no upstream factor_region_missing and losses factor_region_missing'],
  'steam of a neighbour': ['rated; no losses factor_missing', 'rated; no upstream factor_region_missing and losses factor_missing'],
  cooling: [
    'no generation factor_missing and upstream factor_missing and losses factor_missing',
    'no generation factor_missing and upstream factor_missing and losses factor_missing',
  ],
  'electricity of a leased office': ['rated', 'rated'],
  'gas of a leased office': ['rated', 'rated, operation abroad'],
  'leased cars': ['rated', 'rated, operation abroad'],
  'electricity of franchises': ['rated', 'rated'],
  'floor space that is let': ['no operation factor_missing', 'no operation factor_missing'],
  water: ['rated', 'rated, service abroad'],
  'waste water': ['rated', 'rated, service abroad'],
  paper: ['rated', 'rated, supply abroad'],
  plastics: ['rated', 'rated, supply abroad'],
  steel: ['rated', 'rated, supply abroad'],
  'concrete of a new building': ['rated', 'rated, supply abroad'],
  'recycled paper': ['rated', 'rated, supply abroad'],
  'spend on software': ['rated, supply abroad', 'rated'],
  'spend on lawyers': ['rated, supply abroad', 'rated'],
  'spend on machines': ['rated, supply abroad', 'rated'],
  'spend on a sector that has no figure': ['no supply factor_attribute_mismatch', 'no supply factor_attribute_mismatch'],
  'spend in Indian rupees': ['rated, supply abroad', 'rated'],
  'spend in Polish zloty': ['no supply currency_without_rate', 'no supply currency_without_rate'],
  'spend in euros': ['rated, supply abroad', 'rated'],
  'rubbish to landfill': ['rated', 'rated'],
  'rubbish burnt': ['rated', 'rated'],
  'paper recycled': ['rated', 'rated'],
  'food composted': ['rated', 'rated'],
  'food digested': ['rated', 'rated'],
  'electronics recycled': ['rated', 'rated'],
  'rubble, open loop': ['rated', 'rated'],
  'packaging of sold products': ['rated', 'rated'],
  'a lorry load': ['rated', 'rated, upstream abroad'],
  'a refrigerated lorry load': ['rated', 'rated, operation and upstream abroad'],
  'a van load': ['rated', 'rated, operation and upstream abroad'],
  'freight by rail': ['rated', 'rated, upstream abroad'],
  'a container ship': ['rated', 'rated, upstream abroad'],
  'a chemical tanker': ['rated', 'rated, upstream abroad'],
  'freight by air': ['rated', 'rated, upstream abroad'],
  'freight after the sale': ['rated', 'rated, upstream abroad'],
  'spend on freight': ['rated, operation abroad', 'rated'],
  'spend on journeys': ['rated, operation abroad', 'rated'],
  'a domestic flight': ['rated', 'rated, upstream abroad'],
  'a short flight': ['rated', 'rated, upstream abroad'],
  'a long flight, economy': ['rated', 'rated, operation and upstream and radiative-forcing abroad'],
  'a long flight, business': ['rated', 'rated, upstream abroad'],
  'a flight between other countries': ['rated', 'rated'],
  'a train': ['rated', 'rated, upstream abroad'],
  'an underground': ['rated', 'rated, upstream abroad'],
  'an international train': ['rated', 'rated, operation and upstream abroad'],
  'a bus': ['rated', 'rated, upstream abroad'],
  'a coach': ['rated', 'rated, operation and upstream abroad'],
  'a taxi': ['rated', 'rated, operation and upstream abroad'],
  'a ferry': ['rated', 'rated, operation and upstream abroad'],
  'a hired car': ['rated', 'rated, upstream abroad'],
  'an electric car of an employee': ['rated', 'rated, operation and upstream abroad'],
  'a hotel at home': ['rated', 'rated'],
  'the car to work': ['rated', 'rated, upstream abroad'],
  'the train to work': ['rated', 'rated, upstream abroad'],
  'the bus to work': ['rated', 'rated, upstream abroad'],
  'work at home': ['rated', 'rated, operation abroad'],
  'heating of work at home': ['rated', 'rated, operation abroad'],
  'electricity of sold products': ['rated', 'rated'],
  'fuel of sold products': ['rated', 'rated, use abroad'],
};

const decided = LINES.map(([what, british, american]) => [what, decide('GB', null, british), decide('US', 'US-CAMX', american)] as const);

it('is asked of more than sixty kinds of lines, each once', () => {
  expect(LINES.length).toBeGreaterThan(60);
  expect(Object.keys(OUTCOMES)).toEqual(LINES.map(([what]) => what));
});

it.each(decided)('%s', (what, british, american) => expect([outcomeOf(british), outcomeOf(american)]).toEqual(OUTCOMES[what]));

it.each(decided)('%s: what has no figure says what to upload', (_what, british, american) => {
  const refused = [...british.legs, ...american.legs].filter(({ outcome }) => outcome === 'refused');
  expect(refused.filter(({ refusal }) => !refusal?.detail.includes('; to upload: '))).toEqual([]);
});

it('has no grid of the world: a refusal says where the figure of a country is published', () => {
  const { legs } = decide('DE', null, ['electricity.grid', 'kWh']);
  expect(legs.filter(({ outcome }) => outcome === 'refused').map(({ leg, basis, refusal }) => [leg, basis, refusal?.code])).toEqual([
    ['generation', 'location', 'factor_region_missing'],
    ['generation', 'market', 'factor_region_missing'],
    ['upstream', 'location', 'factor_region_missing'],
    ['upstream', 'market', 'factor_region_missing'],
    ['losses', 'location', 'factor_region_missing'],
    ['losses', 'market', 'factor_region_missing'],
  ]);
  expect(legs[1]?.refusal?.detail).toContain('European Residual Mixes of the AIB');
});
