import { meanings, read, WATER, whyNot, type Row } from '../../../../test/support/uk-desnz-file';

describe('what belongs to no scope, and what is no emission', () => {
  it('puts biogenic CO2 beside its fuel, on a net calorific basis', () => {
    const reading = read(
      2025,
      [
        'Outside of scopes',
        'Forecourt fuels containing biofuel',
        'Diesel (average biofuel blend)',
        null,
        null,
        'kWh',
        'kg CO2e of CO2 per unit',
        0.01,
      ],
      ['Outside of scopes', 'Electricity generated', 'Electricity: UK', 'kWh', null, 'kWh', 'kg CO2e of CO2 per unit', 0.11507],
    );
    expect(reading.set.factors[0]).toMatchObject({
      activityType: 'fuel.diesel',
      leg: 'biogenic',
      attributes: { calorific_basis: 'net' },
      gases: [{ gas: 'CO2_biogenic', kg: '0.01' }],
    });
    expect(reading.set.factors[0]).not.toHaveProperty('kgco2e');
    expect(whyNot(reading)).toEqual([[5, 'type_not_covered']]);
  });

  it('takes a biofuel only under a name that counts as one', () => {
    const biofuel = (name: string): Row => ['Bioenergy', 'Biofuel', name, null, null, 'GJ', 'kg CO2e', 5.05];
    const reading = read(2025, biofuel('Biodiesel ME'), biofuel('Biodiesel ME (from tallow)'), biofuel('Biodiesel of algae'));
    const mobile = reading.set.factors.filter(({ activityType }) => activityType === 'fuel.mobile');
    expect(mobile.map(({ attributes }) => attributes)).toEqual([
      { fuel: 'biodiesel', calorific_basis: 'net' },
      { fuel: 'biodiesel-tallow', calorific_basis: 'net' },
    ]);
    expect(whyNot(reading)).toEqual([[6, 'condition_not_covered']]);
  });

  it.each([
    [2021, 'SECR kWh pass & delivery vehs'],
    [2022, 'Passenger and delivery vehicles- kWh factors'],
    [2025, 'SECR kWh pass & delivery vehs'],
  ])('takes energy by distance for a calorific value (%i)', (year, sheet) => {
    const van = [sheet, 'Vans', 'Average (up to 3.5 tonnes)', null] as const;
    const reading = read(
      year,
      [...van, 'Diesel', 'km', 'kWh (Net CV)', 0.99],
      [...van, 'Diesel', 'tonne.km', 'kWh (Net CV)', 2.4],
      [...van, 'Battery Electric Vehicle', 'km', 'kWh (Net CV)', 0],
      [
        'SECR kWh UK electricity for EVs',
        'Vans',
        'Average (up to 3.5 tonnes)',
        null,
        'Battery Electric Vehicle',
        'km',
        year < 2022 ? 'kWh' : 'kWh (net)',
        0.33,
      ],
    );
    expect(reading.set.factors).toEqual([]);
    expect(reading.set.properties).toMatchObject([
      {
        kind: 'net-cv',
        activityType: 'vehicle.distance',
        attributes: { vehicle: 'van-average-up-to-3-5-tonnes', fuel: 'diesel' },
        value: '0.99',
        unit: 'kWh/km',
      },
      {
        kind: 'net-cv',
        activityType: 'vehicle.distance-electricity',
        attributes: { vehicle: 'van-average-up-to-3-5-tonnes', fuel: 'battery-electric' },
        value: '0.33',
        unit: 'kWh/km',
      },
    ]);
    expect(reading.omissions.map(({ reason }) => reason)).toEqual(Array(2).fill('energy_not_emission'));
  });

  it('leaves the GWP of gases to the table of GWPs', () => {
    const gas = (text: string, value: number): Row => ['Refrigerant & other', 'Blends', 'R401A', null, text, 'kg', 'kg CO2e', value];
    const reading = read(
      2025,
      WATER,
      gas('Emissions including only Kyoto products', 18),
      gas('Emissions including only non-Kyoto products', 1112),
      gas('Total emissions including non-Kyoto products', 1130),
    );
    expect(reading.omissions.map(({ reason }) => reason)).toEqual(Array(3).fill('gwp_of_register'));
  });
});

describe('electricity and heat', () => {
  it('has four legs of electricity in four rows', () => {
    const row = (sheet: string, table: string, value: number): Row => [
      sheet,
      table,
      'Electricity: UK',
      'kWh',
      null,
      'kWh',
      'kg CO2e',
      value,
    ];
    const reading = read(
      2025,
      row('UK electricity', 'Electricity generated', 0.177),
      row('Transmission and distribution', 'T&D- UK electricity', 0.01853),
      row('WTT- UK electricity', 'WTT- UK electricity (generation)', 0.0459),
      row('WTT- UK electricity', 'WTT- UK electricity (T&D)', 0.00397),
    );
    expect(
      reading.set.factors.filter(({ activityType }) => activityType === 'electricity.grid').map(({ leg, kgco2e }) => [leg, kgco2e]),
    ).toEqual([
      ['generation', '0.177'],
      ['losses', '0.01853'],
      ['upstream', '0.0459'],
      ['losses-upstream', '0.00397'],
    ]);
  });

  it('takes the way to the power station country by country, and no group of countries', () => {
    const row = (place: string): Row => [
      'WTT- UK & overseas elec',
      'WTT- overseas electricity (T&D)',
      place,
      null,
      null,
      'kWh',
      'kg CO2e',
      0.02,
    ];
    const reading = read(2021, row('Electricity: South Korea'), row('Electricity: EU (average)'));
    expect(reading.set.factors[0]).toMatchObject({ activityType: 'electricity.grid', leg: 'losses-upstream', region: 'KR' });
    expect(whyNot(reading)).toEqual([[7, 'region_unknown']]);
  });
});

describe('labels', () => {
  it.each<[number, Row, unknown[]]>([
    [
      2025,
      ['WTT- fuels', 'Liquid fuels', 'Burning oil', null, null, 'kWh (Net CV)', 'kg CO2e', 1],
      ['fuel.heating-oil', 'upstream', 'GB', { calorific_basis: 'net' }, 'kWh'],
    ],
    [
      2019,
      ['WTT- fuels', 'WTT- liquid fuels', 'Burning Oil', null, 'Volume', 'litres', 'kg CO2e', 1],
      ['fuel.heating-oil', 'upstream', 'GB', {}, 'L'],
    ],
    [
      2022,
      ['WTT- pass vehs & travel (land)', 'WTT- cars (by size)', 'Average car', null, 'Diesel', 'miles', 'kg CO2e', 1],
      ['travel.car', 'upstream', 'GB', { fuel: 'diesel' }, 'mi'],
    ],
    [
      2022,
      ['Freighting goods', 'HGV refrigerated (all diesel)', 'All rigids', null, '50% Laden', 'tonne.km', 'kg CO2e', 1],
      ['freight.road', 'operation', 'GB', { vehicle: 'hgv-rigid', laden: '50', temperature: 'refrigerated' }, 't.km'],
    ],
    [
      2025,
      ['Delivery vehicles', 'HGVs refrigerated (all diesel)', 'Rigid (>7.5 tonnes-17 tonnes)', null, 'Average laden', 'km', 'kg CO2e', 1],
      [
        'vehicle.distance',
        'combustion',
        'GB',
        { vehicle: 'hgv-refrigerated-rigid-over-7-5-tonnes-17-tonnes-average-laden', fuel: 'diesel' },
        'km',
      ],
    ],
    [
      2024,
      ['Waste disposal', 'Paper', 'Paper and board: mixed', null, 'Combustion', 'tonnes', 'kg CO2e', 1],
      ['waste.disposal', 'service', 'GB', { material: 'paper-and-board-mixed', treatment: 'combustion' }, 't'],
    ],
    [
      2025,
      ['Waste disposal', 'Paper', 'Paper and board: mixed', null, 'Incineration with Energy Recovery', 'tonnes', 'kg CO2e', 1],
      ['waste.disposal', 'service', 'GB', { material: 'paper-and-board-mixed', treatment: 'combustion' }, 't'],
    ],
    [
      2020,
      ['Hotel stay', 'Hotel stay', 'China (Hong Kong)', null, null, 'Room per night', 'kg CO2e', 1],
      ['travel.hotel', 'service', 'HK', {}, 'room.night'],
    ],
    [
      2025,
      ['Homeworking', 'Homeworking (office equipment + heating)', '', null, null, 'per FTE Working Hour', 'kg CO2e', 1],
      ['commute.telework', 'operation', 'GB', {}, 'head.hour'],
    ],
  ])('of %i: %j', (year, row, expected) => expect(meanings(read(year, row))[0]).toEqual(expected));

  it('puts together what a nought in level 4 would keep apart', () => {
    const car = ['Business travel- land', 'Cars (by size)', 'Small car'] as const;
    const reading = read(2019, [...car, null, 'Diesel', 'km', 'kg CO2e', 0.14], [...car, 0, 'Diesel', 'km', 'kg CO2', 0.139]);
    expect(reading.set.factors[0]?.gases).toEqual([{ gas: 'CO2', kg: '0.139' }]);
  });

  it('takes the open loop for recycling where the closed loop has no figure', () => {
    const waste = (material: string, loop: string, value: number | null): Row => [
      'Waste disposal',
      'Construction',
      material,
      null,
      loop,
      'tonnes',
      'kg CO2e',
      value,
    ];
    const reading = read(
      2025,
      waste('Bricks', 'Open-loop', 1),
      waste('Bricks', 'Closed-loop', null),
      waste('Wood', 'Open-loop', 3),
      waste('Wood', 'Closed-loop', 2),
    );
    const recycled = reading.set.factors.filter(({ activityType }) => activityType === 'waste.disposal');
    expect(recycled.map(({ attributes, kgco2e }) => [attributes.material, attributes.treatment, kgco2e])).toEqual([
      ['bricks', 'recycling', '1'],
      ['bricks', 'open-loop-recycling', '1'],
      ['wood', 'open-loop-recycling', '3'],
      ['wood', 'recycling', '2'],
    ]);
    expect(new Set(reading.set.factors.map(({ code }) => code)).size).toBe(reading.set.factors.length);
    expect(whyNot(reading)).toEqual([[5, 'value_blank']]);
  });

  it('tells the electricity of a vehicle from its fuel, with what made it, and counts both for a vehicle of somebody else', () => {
    const car = (sheet: string, table: string, fuel: string, value: number): Row => [
      sheet,
      table,
      'Average car',
      null,
      fuel,
      'km',
      'kg CO2e',
      value,
    ];
    const [battery, plugIn] = ['Battery Electric Vehicle', 'Plug-in Hybrid Electric Vehicle'];
    const reading = read(
      2025,
      car('UK electricity for EVs', 'Cars (by size)', battery, 0.03663),
      car('UK electricity T&D for EVs', 'Cars (by size)', battery, 0.00384),
      car('WTT- pass vehs & travel- land', 'WTT- cars (by size)', battery, 0.01049),
      car('WTT- pass vehs & travel- land', 'WTT- cars (by size)', plugIn, 0.02934),
      car('Managed assets- vehicles', 'Managed cars (by size)', battery, 0.04047),
    );
    const told = reading.set.factors.filter(({ activityType }) => !/^(travel|commute)/.test(activityType));
    expect(told.map(({ activityType, leg, attributes, kgco2e }) => [activityType, leg, attributes.fuel, kgco2e])).toEqual([
      ['vehicle.distance-electricity', 'generation', 'battery-electric', '0.03663'],
      ['vehicle.distance-electricity', 'losses', 'battery-electric', '0.00384'],
      ['vehicle.distance-electricity', 'upstream', 'battery-electric', '0.01049'],
      ['vehicle.distance', 'upstream', 'plug-in-hybrid', '0.02934'],
      ['leased-in.vehicle', 'operation', 'battery-electric', '0.04047'],
      ['leased-out.vehicle', 'operation', 'battery-electric', '0.04047'],
      ['franchise.vehicle', 'operation', 'battery-electric', '0.04047'],
    ]);
  });

  it.each<[string[], string, string, Record<string, string>]>([
    [['Business travel- land', 'Bus', 'Coach'], 'passenger.km', 'travel.bus', { service: 'coach' }],
    [['Business travel- land', 'Bus', 'Average local bus'], 'passenger.km', 'commute.bus', {}],
    [['Business travel- land', 'Rail', 'London Underground'], 'passenger.km', 'commute.rail', { service: 'underground' }],
    [['Business travel- land', 'Rail', 'National rail'], 'passenger.km', 'travel.rail', {}],
    [['Business travel- land', 'Taxis', 'Black cab'], 'passenger.km', 'travel.taxi', { service: 'black-cab' }],
    [['Business travel- sea', 'Ferry', 'Car passenger'], 'passenger.km', 'travel.ferry', { passenger: 'car' }],
    [['Homeworking', 'Heating', 'Heating'], 'per FTE Working Hour', 'commute.telework', { part: 'heating' }],
  ])('tells kinds of %j per %s', ([sheet = '', table = '', kind = ''], unit, activityType, attributes) => {
    const reading = read(2025, [sheet, table, kind, null, null, unit, 'kg CO2e', 0.1]);
    expect(reading.set.factors.find((factor) => factor.activityType === activityType)?.attributes).toEqual(attributes);
  });

  it.each<[string, string, string, string | null, string | null, Record<string, string>]>([
    [
      'Vans',
      'freight.road',
      'Class I (up to 1.305 tonnes)',
      null,
      'Diesel',
      { vehicle: 'van', size: 'up-to-1-305-tonnes', fuel: 'diesel' },
    ],
    ['Vans', 'freight.road', 'Average (up to 3.5 tonnes)', null, 'Unknown', { vehicle: 'van' }],
    [
      'HGV (all diesel)',
      'freight.road',
      'Rigid (>17 tonnes)',
      null,
      '50% Laden',
      { vehicle: 'hgv-rigid', size: 'over-17-tonnes', laden: '50' },
    ],
    ['HGV (all diesel)', 'freight.road', 'All artics', null, 'Average laden', { vehicle: 'hgv-articulated' }],
    ['Cargo ship', 'freight.sea', 'Container ship', '8000+ TEU', null, { vessel: 'container', size: '8000-and-more-teu' }],
    ['Cargo ship', 'freight.sea', 'Refrigerated cargo', ' All dwt', null, { vessel: 'refrigerated-cargo' }],
    ['Sea tanker', 'freight-downstream.sea', 'Products tanker ', 'Average', null, { vessel: 'products-tanker' }],
    [
      'Freight flights',
      'freight.air',
      'International, to/from non-UK',
      null,
      'With RF',
      { haul: 'international', radiative_forcing: 'with' },
    ],
  ])('tells kind and size of freight: %s, %s, %s %s %s', (table, activityType, level3, level4, text, attributes) => {
    const reading = read(2025, ['Freighting goods', table, level3, level4, text, 'tonne.km', 'kg CO2e', 0.1]);
    expect(reading.set.factors.find((factor) => factor.activityType === activityType)?.attributes).toEqual(attributes);
  });

  it('says of every row that it leaves out where it stands and why', () =>
    expect(
      read(2025, WATER, ['UK electricity for EVs', 'Vans', 'Average', null, 'Battery Electric Vehicle', 'tonne.km', 'kg CO2e', 0.2])
        .omissions,
    ).toEqual([
      {
        sheet: 'Factors by Category',
        row: 5,
        reason: 'type_not_covered',
        detail:
          'UK electricity for EVs / Vans / Average, Battery Electric Vehicle: own vehicles are told by distance, and what they carry is no quantity of theirs',
      },
    ]));
});
