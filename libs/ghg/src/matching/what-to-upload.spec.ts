import { ACTIVITY_TYPES, decideRates, factorIndex, type Factor } from '#ghg';
import { factorOf, gases, keyOf, pinned } from '../../../../test/golden/fixtures';
import { PACK } from '../../../../test/support/default-pack';
import { whatToUpload } from './what-to-upload';

/** Types whose legs take their figure from the gas itself, from what is stated, or from a pool. */
const WITHOUT_FACTOR = /refrigerant|^fugitive|\.gas$|^stated|\.shipment$|^investment|^unclassified$/;
const types = ACTIVITY_TYPES.filter(({ id }) => !WITHOUT_FACTOR.test(id));

const details = (activityType: string, country: string, factors: readonly Factor[], more: { unit?: string } = {}) =>
  decideRates(keyOf({ activityType, country, unit: 'kWh', ...more }), {
    pack: PACK,
    index: factorIndex(factors.map((factor) => pinned(factor))),
    gases,
    gwpSet: 'AR5',
  }).legs.map(({ leg, basis, refusal }) => [leg, basis, refusal?.detail ?? '']);

describe('what to upload', () => {
  it.each(types.map((type) => [type.id, type] as const))('is known for every leg of %s that must have a factor', (_id, type) => {
    const nameless = type.legs.filter(
      (leg) => leg.requirement === 'required' && whatToUpload({ activityType: type.id, country: 'DE' }, leg) === null,
    );
    expect(nameless.map(({ leg }) => leg)).toEqual([]);
  });

  it.each([
    ['electricity.grid', 'generation', 'location', 'GB', 'gov.uk'],
    ['electricity.grid', 'generation', 'location', 'US', 'eGRID'],
    ['electricity.grid', 'generation', 'market', 'FR', 'aib-net.org'],
    ['electricity.grid', 'generation', 'market', 'US', 'green-e.org'],
    ['electricity.grid', 'generation', 'market', 'BR', 'energy or environment agency'],
    ['electricity.grid', 'losses', 'location', 'BR', 'EG.ELC.LOSS.ZS'],
    ['leased-in.electricity', 'operation', 'all', 'AU', 'dcceew.gov.au'],
    ['fuel.natural-gas', 'upstream', 'all', 'US', 'GREET'],
  ] as const)('%s, %s (%s) in %s: %s', (activityType, leg, basis, country, expected) =>
    expect(whatToUpload({ activityType, country }, { leg, basis })).toContain(expected),
  );

  it('stands in the refusal of a leg that must have a factor, and in no other', () => {
    const french = factorOf('fr', { activityType: 'electricity.grid', leg: 'generation', region: 'FR', unit: 'kWh' });
    const legs = details('electricity.grid', 'DE', [french]);
    expect(legs[0]).toEqual([
      'generation',
      'location',
      'electricity.grid, generation: none for DE; to upload: the direct emissions per kWh of the German mix by the Umweltbundesamt (umweltbundesamt.de)',
    ]);
    const optional = legs.filter(([leg]) => leg === 'losses-upstream');
    expect(optional.map(([, , detail]) => detail?.includes('to upload'))).toEqual([false, false]);
  });

  it('names the rate where a currency has none', () => {
    const spend = factorOf('spend', {
      activityType: 'spend.goods',
      leg: 'supply',
      unit: 'USD',
      attributes: { sector: '1', price_year: '2022' },
    });
    const key = keyOf({ activityType: 'spend.goods', unit: 'GBP', attributes: { sector: '1', price_year: '2022' } });
    const { legs } = decideRates(key, { pack: PACK, index: factorIndex([pinned(spend)]), gases, gwpSet: 'AR5' });
    expect(legs[0]?.refusal).toMatchObject({ code: 'currency_without_rate' });
    expect(legs[0]?.refusal?.detail).toContain('; to upload: a yearly mean exchange rate of GBP (');
  });
});
