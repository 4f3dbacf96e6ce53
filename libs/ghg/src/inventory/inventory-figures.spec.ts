import {
  Decimal,
  plain,
  readInventory,
  type Approach,
  type Cell,
  type GasRate,
  type InventoryReading,
  type Rate,
  type RatedLeg,
} from '#ghg';
import { gases, keyOf } from '../../../../test/golden/fixtures';
import { legs, organisation, read } from '../../../../test/support/inventory-reading';
import { PACK } from '../../../../test/support/default-pack';

// Rates of round figures, written by hand: what is asked here is where tonnes go, not how a rate is decided.
describe('what an inventory shows beside its totals', () => {
  const made = (name: string, changes: Partial<RatedLeg & { kgco2e: string }>, rate: Partial<Rate> = {}): RatedLeg => {
    const { basis = 'all', sourceClass = 'stationary-combustion', leg = 'combustion', kgco2e = '1', key = keyOf() } = changes;
    const whole: Rate = { ...legs[0]!.rate, leg, basis, sourceClass, kgco2e, gases: [], notConvertible: null, fallbacks: [], ...rate };
    return { rateId: name, leg, basis, sourceClass, rate: whole, key };
  };
  const tonne = (leg: RatedLeg, entityCode = 'ROOT', quantity = '1000'): Cell => ({
    entityCode,
    rateId: leg.rateId,
    year: 2024,
    periodStart: null,
    periodEnd: null,
    quantity,
    kgco2e: plain(new Decimal(quantity).mul(leg.rate.kgco2e)),
    group: null,
    activityType: leg.key?.activityType ?? 'electricity.grid',
    pool: '',
    matchKeyId: null,
  });
  const readOf = (cells: readonly Cell[], of: readonly RatedLeg[], changes: Partial<InventoryReading> = {}) =>
    read(cells, { legs: of, ...changes });

  it('keeps the two variants of 3.3 in their own readings', () => {
    const [byLocation, byMarket, both] = [
      made('lost by location', { sourceClass: 'transmission-losses', leg: 'losses', basis: 'location', kgco2e: '3' }),
      made('lost by market', { sourceClass: 'transmission-losses', leg: 'losses', basis: 'market', kgco2e: '2' }),
      made('travel', { sourceClass: 'business-travel', leg: 'operation', kgco2e: '10' }),
    ];
    const inventory = readOf([tonne(byLocation), tonne(byMarket), tonne(both)], [byLocation, byMarket, both]);
    expect(inventory).toMatchObject({
      scope3: '13',
      scope3Market: '12',
      scope3ByCategory: { '3': '3', '6': '10' },
      categories: [
        { category: '3', tco2e: '3', marketTco2e: '2' },
        { category: '6', tco2e: '10', marketTco2e: '10' },
      ],
      reconciliation: { gross: '13', reported: '13' },
    });
  });

  it('names the entities with figures that nobody holds, and no others', () => {
    const travel = made('travel', { sourceClass: 'business-travel', leg: 'operation', kgco2e: '1' });
    const { heldByNobody } = readOf([tonne(travel), tonne(travel, 'ALONE')], [travel], {
      organisation: { ...organisation, entities: [...organisation.entities, 'ALONE', 'SILENT'] },
    });
    expect(heldByNobody).toEqual(['ALONE', 'ROOT']);
  });

  it('keeps what is optional apart from the minimum boundary, per category', () => {
    const hotel = made('hotel', { sourceClass: 'business-travel', leg: 'service', kgco2e: '4' }, { boundary: 'optional' });
    const flight = made('flight', { sourceClass: 'business-travel', leg: 'operation', kgco2e: '6' });
    expect(readOf([tonne(hotel), tonne(flight)], [hotel, flight]).categories).toEqual([
      { category: '6', tco2e: '10', marketTco2e: '10', minimum: '6', optional: '4', marketMinimum: '6', marketOptional: '4' },
    ]);
  });

  it('names what radiative forcing adds, inside the totals', () => {
    const flight = made('flight', { sourceClass: 'business-travel', leg: 'operation', kgco2e: '10' });
    const forcing = made('forcing', { sourceClass: 'business-travel', leg: 'radiative-forcing', kgco2e: '7' }, { boundary: 'optional' });
    expect(readOf([tonne(flight), tonne(forcing)], [flight, forcing])).toMatchObject({
      scope3: '17',
      radiativeForcing: '7',
      categories: [{ category: '6', tco2e: '17', minimum: '10', optional: '7' }],
      reconciliation: { reported: '17' },
    });
  });

  it('shows projected emissions and scope 3 of investees in no total', () => {
    const projected = made('plant', { sourceClass: 'projected-investments', leg: 'stated', kgco2e: '50' });
    const theirs = made('bank', { sourceClass: 'investee-scope-3', leg: 'stated', kgco2e: '7' });
    const own = made('loan', { sourceClass: 'investments', leg: 'stated', kgco2e: '2' });
    expect(readOf([tonne(projected), tonne(theirs), tonne(own)], [projected, theirs, own])).toMatchObject({
      scope3: '2',
      projected: '50',
      investeeScope3: '7',
      reconciliation: { gross: '59', reported: '2', apart: '57', othersShare: '0', excluded: '0' },
    });
  });

  it('counts energy by source and origin, and no tonne of it', () => {
    const energyOf = (
      name: string,
      activityType: string,
      source: 'fossil' | 'renewable',
      kwh: string,
      basis: 'all' | 'location' | 'market' = 'all',
    ) =>
      made(
        name,
        { sourceClass: 'energy-use', leg: 'energy', kgco2e: '0', basis, key: keyOf({ activityType }) },
        { energy: { kwh, source } },
      );
    const [gas, grid, certified, pellets] = [
      energyOf('gas', 'fuel.natural-gas', 'fossil', '0.9'),
      energyOf('grid', 'electricity.grid', 'fossil', '1', 'location'),
      energyOf('certified', 'electricity.grid', 'renewable', '1', 'market'),
      energyOf('pellets', 'fuel.wood-pellets', 'renewable', '5'),
    ];
    const cells = [tonne(gas), tonne(grid), tonne(certified), tonne(pellets), tonne(gas, 'STAKE')];
    const inventory = readOf(cells, [gas, grid, certified, pellets]);
    expect(inventory.energy).toEqual([
      { source: 'fossil', origin: 'fuel', mwh: '0.9', marketMwh: '0.9' },
      { source: 'fossil', origin: 'purchased', mwh: '1', marketMwh: '0' },
      { source: 'renewable', origin: 'fuel', mwh: '5', marketMwh: '5' },
      { source: 'renewable', origin: 'purchased', mwh: '0', marketMwh: '1' },
    ]);
    expect([inventory.lines, inventory.reconciliation.gross]).toEqual([[], '0']);
  });

  it('takes apart by gas, in mass and in CO2e, with all seven families', () => {
    const cocktail: GasRate[] = ['CO2', 'CH4', 'N2O', 'HFC-32', 'PFC-14', 'SF6', 'NF3'].map((gas) => ({ gas, kg: '1' }));
    // AR5: 1 + 28 + 265 + 677 + 6630 + 23500 + 16100 = 47201, and half a kilogram that no gas explains
    const leak = made(
      'leak',
      { sourceClass: 'process', leg: 'process', kgco2e: '47201.5' },
      { gases: cocktail, notConvertible: { kgco2e: '0.5', gwpSet: 'AR5' } },
    );
    const inventory = readOf([tonne(leak)], [leak]);
    expect(inventory.gases.map(({ scope, gas, family, tonnes, tco2e }) => [scope, gas, family, tonnes, tco2e])).toEqual([
      ['scope1', 'CO2', 'CO2', '1', '1'],
      ['scope1', 'CH4', 'CH4', '1', '28'],
      ['scope1', 'N2O', 'N2O', '1', '265'],
      ['scope1', 'HFC-32', 'HFCs', '1', '677'],
      ['scope1', 'PFC-14', 'PFCs', '1', '6630'],
      ['scope1', 'SF6', 'SF6', '1', '23500'],
      ['scope1', 'NF3', 'NF3', '1', '16100'],
      ['scope1', null, 'stated-as-co2e', null, '0.5'],
    ]);
  });

  it('flags what one member bought from another that is consolidated', () => {
    const from = (supplier: string | null) =>
      made(`haul of ${supplier}`, { sourceClass: 'upstream-transport', leg: 'operation', kgco2e: '2', key: keyOf({ supplier }) });
    const [byMember, byInvestee, byStranger, byNobody] = [from('JV'), from('STAKE'), from('HAULIER'), from(null)];
    const power = made('power of JV', {
      sourceClass: 'purchased-heat',
      leg: 'generation',
      basis: 'location',
      key: keyOf({ supplier: 'JV' }),
    });
    const of = [byMember, byInvestee, byStranger, byNobody, power];
    const inventory = readOf(
      of.map((leg) => tonne(leg)),
      of,
    );
    expect(inventory.intraGroup).toEqual([
      { entity: 'ROOT', supplier: 'JV', line: 'scope2', tco2e: '1', marketTco2e: '0' },
      { entity: 'ROOT', supplier: 'JV', line: 'scope3.4', tco2e: '2', marketTco2e: '2' },
    ]);
    expect(inventory.scope3).toBe('8');
  });

  it('says what it apportioned by days, under the approach that saw a change', () => {
    const gas = made('gas', {});
    const cells = [tonne(gas, 'STAKE', '366000'), tonne(gas, 'JV')];
    expect(readOf(cells, [gas]).apportioned).toEqual([
      {
        entity: 'STAKE',
        from: '2024-01-01',
        to: '2024-06-30',
        days: 182,
        consolidated: '0',
        invested: '0',
        franchised: '0',
        inAccountingGroup: false,
        lease: null,
      },
      {
        entity: 'STAKE',
        from: '2024-07-01',
        to: '2024-12-31',
        days: 184,
        consolidated: '0',
        invested: '0.25',
        franchised: '0',
        inAccountingGroup: false,
        lease: null,
      },
    ]);
    expect(readOf(cells, [gas]).scope3).toBe('46'); // 366 t × 184/366 × 0.25
    expect(readOf([tonne(gas, 'JV')], [gas]).apportioned).toEqual([]);
  });

  it('names what it leaves out, the organisation’s own exclusions by their code', () => {
    const waste = made('waste', { sourceClass: 'waste', leg: 'service', kgco2e: '8' });
    const exclusions = [
      {
        code: 'E1',
        entity: 'ROOT',
        activityType: null,
        sourceClass: 'waste',
        reason: 'no data yet',
        validFrom: '2024-01-01',
        validTo: null,
      },
    ];
    const cells = [tonne(waste), tonne(waste, 'JV'), { ...tonne(waste, 'STAKE'), periodStart: '2024-08-01', periodEnd: '2024-08-31' }];
    expect(readOf(cells, [waste], { organisation: { ...organisation, exclusions } })).toMatchObject({
      scope3: '8',
      leftOut: [
        { reason: 'excluded_by_decision', code: 'E1', detail: 'no data yet', tco2e: '8', marketTco2e: '8' },
        { reason: 'investee_scope_3', code: null, tco2e: '2', marketTco2e: '2' },
      ],
      reconciliation: { gross: '24', reported: '8', othersShare: '6', excluded: '10' },
    });
  });

  it('tells the accounting group from other consolidated investees', () => {
    const gas = made('gas', {});
    const holdings = [
      {
        entity: 'JV',
        holder: 'ROOT',
        share: '0.5',
        relation: 'joint-venture',
        operationalControl: true,
        financialControl: false,
        validFrom: '2000-01-01',
        validTo: null,
      } as const,
    ];
    const cells = [tonne(gas), tonne(gas, 'JV')];
    const of = (by: Approach) => {
      const { accountingGroup, otherInvestees } = readOf(cells, [gas], {
        organisation: { entities: ['ROOT', 'JV'], holdings },
        approach: by,
      });
      return [accountingGroup.scope1, otherInvestees.scope1];
    };
    expect([of('esrs-set-1'), of('financial-control'), of('equity-share')]).toEqual([
      ['1', '1'],
      ['1', '0.5'],
      ['1', '0.5'],
    ]);
  });

  it('refuses what the organisation cannot be read with, before any cell', () => {
    const one = {
      entity: 'JV',
      side: 'lessee',
      leaseClass: 'finance',
      lesseeControls: true,
      reason: '',
      validFrom: '2000-01-01',
      validTo: null,
    } as const;
    const reading = { pack: PACK, cells: [tonne(legs[0]!)], legs, year: 2024, approach: 'equity-share', gwp: 'AR5', gases } as const;
    expect(readInventory({ ...reading, organisation: { ...organisation, leases: [one, one] } })).toMatchObject({
      refusal: 'lease_conflict',
    });
  });
});
