import { factorSetBody } from '#contracts';
import { Decimal, gwpOf, isRefusal, plain, validateFactorSet, type FuelOrigin, type GwpSetId } from '#ghg';
import { shippedSet, STARTER_SETS, starterSetOf, textOfSet } from '#factor-files';
import { factorOf, factorSets, gases, textOf } from './read-catalogue';

const COUNTS: Readonly<Record<string, number>> = {
  'uk-desnz-2023': 6908,
  'uk-desnz-2024': 6956,
  'uk-desnz-2025': 6956,
  'us-exchange-rates-and-prices-2024': 0,
  'us-epa-hub-2024': 990,
  'us-epa-hub-2024-waste': 366,
  'us-epa-hub-2025': 998,
  'us-epa-hub-2025-waste': 366,
  'us-epa-supply-chain-1.3.0': 2149,
};

describe('the gas register', () => {
  it('has blends whose parts are gases of the register and close to one', () => {
    const known = new Set(gases.gases.map((gas) => gas.id));
    for (const { id, parts } of gases.blends) {
      const sum = parts.reduce((total, part) => total.add(part.massFraction), new Decimal(0));
      expect(`${id} ${sum.toFixed()}`).toBe(`${id} 1`);
      for (const { gas, negligible } of parts) expect(negligible ?? known.has(gas)).toBe(true);
    }
  });

  it('has a GWP only for gases of the register', () => {
    const known = new Set(gases.gases.map((gas) => gas.id));
    for (const { gwp100 } of gases.sets) expect(Object.keys(gwp100).filter((gas) => !known.has(gas))).toEqual([]);
  });

  const SETS: readonly GwpSetId[] = ['AR4', 'AR5', 'AR5-feedback', 'AR6', 'AR5-fossil-30', 'AR6-27.9', 'AR6-fossil-29.8'];
  const gwp = (set: GwpSetId, gas: string, origin?: FuelOrigin) => {
    const found = gwpOf(gases, set, gas, origin);
    return isRefusal(found) ? found.refusal : plain(found);
  };

  // Sources and what is quoted at second hand: catalogue/README.md.
  it.each([
    ['CH4', ['25', '28', '34', '27', '28', '27.9', '27']],
    ['CH4_fossil', ['25', '30', '36', '29.8', '30', '27.9', '29.8']],
    ['CH4_nonfossil', ['25', '28', '34', '27', '28', '27.9', '27']],
    ['N2O', ['298', '265', '298', '273', '265', '273', '273']],
    ['HFC-134a', ['1430', '1300', '1549', '1530', '1300', '1530', '1530']],
    ['PFC-14', ['7390', '6630', '7349', '7380', '6630', '7380', '7380']],
    ['SF6', ['22800', '23500', '26087', '25200', '23500', '25200', '25200']],
    ['NF3', ['17200', '16100', '17885', '17400', '16100', '17400', '17400']],
    ['HCFC-22', ['1810', '1760', '2106', '1960', '1760', '1960', '1960']],
  ])('has %s under every set', (gas, expected) => expect(SETS.map((set) => gwp(set, gas))).toEqual(expected));

  it.each<[FuelOrigin, string, string[]]>([
    ['fossil', 'CH4', ['25', '28', '34', '27', '30', '27.9', '29.8']],
    ['biogenic', 'CH4', ['25', '28', '34', '27', '28', '27.9', '27']],
    ['biogenic', 'CH4_fossil', ['25', '28', '34', '27', '28', '27.9', '27']],
  ])('reads methane of a %s fuel, printed as %s', (origin, gas, expected) =>
    expect(SETS.map((set) => gwp(set, gas, origin))).toEqual(expected),
  );
});

describe('the starter factor sets', () => {
  it('are the ones that the README names, with as many factors', () => {
    expect(Object.fromEntries([...factorSets].map(([name, set]) => [name, set.factors.length]))).toEqual(COUNTS);
  });

  describe.each([...factorSets])('%s', (name, set) => {
    it('can be used as it is', () => {
      expect(factorSetBody.safeParse(set).error?.issues ?? []).toEqual([]);
      expect(validateFactorSet(set, gases)).toEqual([]);
    });

    it('has one code per factor and a citation for every figure', () => {
      expect(new Set(set.factors.map((factor) => factor.code)).size).toBe(set.factors.length);
      const { factors, properties = [], exchangeRates = [], priceIndices = [] } = set;
      for (const { source } of [...factors, ...properties, ...exchangeRates, ...priceIndices])
        expect([source.table, source.row, source.printed].every(Boolean)).toBe(true);
    });

    it('never has two factors for the same thing', () => {
      const identity = set.factors.map(({ activityType, leg, region, year, unit, attributes }) =>
        JSON.stringify([activityType, leg, region, year, unit, Object.entries(attributes).sort()]),
      );
      expect(new Set(identity).size).toBe(set.factors.length);
    });

    it('is written a line per figure, always the same way', () => {
      if (set.factors.length > 0) expect(textOf(name)).toBe(textOfSet(set));
    });

    it('says under which licence it may be passed on, and is not invented', () => {
      expect(['OGL-UK-3.0', 'US-Gov-public-domain']).toContain(set.licence);
      expect(set.attribution).not.toBe('');
      expect(set.invented).toBe(false);
    });
  });
});

// Figures as printed: the UK flat files by row id, US EPA by table and row.
describe('the sets that ship', () => {
  it('are those of the list, and one that was compiled by hand', () =>
    expect([...factorSets.keys()].sort()).toEqual([...STARTER_SETS.map(({ name }) => name), 'us-exchange-rates-and-prices-2024'].sort()));

  it('are found by what was read', () => {
    for (const { name, publisher, edition } of STARTER_SETS) expect(starterSetOf({ publisher, edition })?.name).toBe(name);
    expect(starterSetOf({ publisher: 'Somebody', edition: '2025' })).toBeUndefined();
  });

  it('bear the number of their transcription behind the version, once there is another', () => {
    const [set] = [...factorSets.values()];
    const starter = { name: 'x', publisher: 'P', edition: 'E' };
    expect(shippedSet({ ...set!, version: '1.1' }, starter).version).toBe('1.1');
    expect(shippedSet({ ...set!, version: '1.1' }, { ...starter, transcription: 2 }).version).toBe('1.1-r2');
  });
});

describe('single figures, looked up by hand', () => {
  it.each([
    ['uk-desnz-2025', 'fuel-properties-diesel-net-cv-kWh-L', 'kWh/L', '9.905'],
    ['uk-desnz-2025', 'fuel-properties-natural-gas-gross-cv-GJ-t', 'GJ/t', '50.678'],
    ['uk-desnz-2024', 'fuel-properties-lpg-density', 'kg/m3', '529.749'],
  ])('%s %s in %s is %s', (set, code, unit, value) =>
    expect(factorSets.get(set)?.properties?.find((property) => property.code === code)).toMatchObject({ unit, value }),
  );

  it('leaves out calorific values of a gas per litre, which are printed with one digit', () =>
    expect(
      factorSets
        .get('uk-desnz-2025')
        ?.properties?.filter(({ activityType, unit }) => activityType === 'fuel.natural-gas' && unit === 'kWh/L'),
    ).toEqual([]));

  it('has yearly means of exchange rates and of the price index', () => {
    const set = factorSets.get('us-exchange-rates-and-prices-2024');
    expect(set?.exchangeRates?.find(({ to, year }) => to === 'EUR' && year === 2024)).toMatchObject({ from: 'USD', rate: '0.9242' });
    expect(set?.priceIndices?.find(({ year }) => year === 2022)).toMatchObject({ currency: 'USD', index: '292.655' });
  });

  it('has the pound sterling as the mean of the twelve months', () => {
    // datasets/exchange-rates, data/monthly.csv, January to December 2022: the series has no yearly mean.
    const months = '.7377 .7386 .7594 .7732 .804 .8117 .8342 .8345 .8834 .8825 .8527 .821'.split(' ');
    const sum = months.reduce((total, month) => total.add(`0${month}`), new Decimal(0));
    const rate = factorSets.get('us-exchange-rates-and-prices-2024')?.exchangeRates?.find(({ to, year }) => to === 'GBP' && year === 2022);
    expect(rate?.rate).toBe(plain(sum.div(12).toDecimalPlaces(4)));
  });

  it('says that the US factors of vehicle fuel are CO2 alone', () => {
    const partial = factorSets.get('us-epa-hub-2025')?.factors.filter((factor) => factor.partial);
    expect(partial?.map(({ code }) => code)).toEqual(expect.arrayContaining(['T2-diesel-fuel', 'T2-motor-gasoline']));
    expect(new Set(partial?.flatMap(({ gases: amounts }) => amounts.map(({ gas }) => gas)))).toEqual(new Set(['CO2']));
  });

  it.each([
    ['uk-desnz-2025', '1_100_1004_6_1', 'kWh', '0.18296', 'natural gas, gross'],
    ['uk-desnz-2025', '1_100_1004_7_1', 'kWh', '0.2027', 'natural gas, net'],
    ['uk-desnz-2025', '1_100_1004_1_1', 'm3', '2.06672', 'natural gas by volume'],
    ['uk-desnz-2025', '7_400_4000_5_1', 'kWh', '0.177', 'electricity'],
    ['uk-desnz-2024', '7_400_4000_5_1', 'kWh', '0.20705', 'electricity, the year before'],
    ['uk-desnz-2025', '13_402_4000_5_1', 'kWh', '0.01853', 'losses of electricity'],
    ['uk-desnz-2025', '21_316_3171_11_1', 'passenger.km', '0.06926', 'long-haul economy without RF'],
    ['uk-desnz-2025', '21_316_3170_11_1', 'passenger.km', '0.11704', 'long-haul economy with RF'],
    ['uk-desnz-2025', '28_907_3140_14_1', 't.km', '0.02359', 'well-to-tank of an average HGV'],
    ['uk-desnz-2025', '29_600_4017_13_1', 'room.night', '13.2', 'hotel night in Germany'],
    ['uk-desnz-2025', '17_404_4005_1_1', 'm3', '0.1913', 'water supply'],
    ['us-epa-hub-2025-waste', 'T9-mixed-msw-landfill', 'short-ton', '580', 'mixed MSW: 0.58 t CO2e'],
    ['us-epa-supply-chain-1.3.0', 'NAICS-111110', 'USD', '0.532', 'soybean farming, with margins'],
  ])('%s %s per %s is %s (%s)', (set, code, unit, kgco2e) => {
    expect(factorOf(set, code)).toMatchObject({ unit, kgco2e });
  });

  it('has gases of US EPA as masses', () => {
    expect(factorOf('us-epa-hub-2025', 'T1-natural-gas-mmbtu').gases).toEqual([
      { gas: 'CO2', kg: '53.06' },
      { gas: 'CH4', kg: '0.001' },
      { gas: 'N2O', kg: '0.0001' },
    ]);
    expect(factorOf('us-epa-hub-2025', 'eGRID2023-CAMX').gases[0]).toEqual({ gas: 'CO2', kg: '198.06337632235' });
  });

  it('has the CO2 of a flight with radiative forcing without the uplift', () => {
    expect(factorOf('uk-desnz-2025', '21_316_3170_11_1').gases[0]).toEqual({ gas: 'CO2', kg: '0.06826' });
  });

  it('has the CO2 of wood pellets outside the scopes', () => {
    expect(factorOf('uk-desnz-2025', '99_104_1045_15_2')).toMatchObject({
      leg: 'biogenic',
      gases: [{ gas: 'CO2_biogenic', kg: '1677.18' }],
    });
  });
});
