import fc from 'fast-check';
import { Decimal, plain } from '../quantity/decimal';
import { isRefusal } from '../refusals';
import { APPROACHES, type Approach, type Exclusion, type Holding, type Lease, type Organisation, type Relation } from './boundary';
import { leaseRule } from './leases';
import { EMITTING_CLASSES, energyShare, reportedLine, type EmittingClass } from './reported-line';
import { interestSegments, interestsOn, shareChangeDates, type Interest } from './shares';
import { PACK } from '../../../../test/support/default-pack';

const holding = (entity: string, holder: string, share: string, changes: Partial<Holding> = {}): Holding => ({
  entity,
  holder,
  share,
  relation: 'subsidiary',
  operationalControl: true,
  financialControl: true,
  validFrom: '2000-01-01',
  validTo: null,
  ...changes,
});
const lease = (entity: string, side: Lease['side'], leaseClass: Lease['leaseClass'], changes: Partial<Lease> = {}): Lease => ({
  entity,
  side,
  leaseClass,
  lesseeControls: true,
  reason: '',
  validFrom: '2000-01-01',
  validTo: null,
  ...changes,
});
const exclusion = (changes: Partial<Exclusion> = {}): Exclusion => ({
  code: 'X',
  entity: null,
  activityType: null,
  sourceClass: null,
  reason: 'not material',
  validFrom: '2000-01-01',
  validTo: null,
  ...changes,
});
const organisation = (...holdings: Holding[]): Organisation => ({
  entities: [...new Set(['ROOT', ...holdings.flatMap((one) => [one.entity, one.holder])])].filter((code) => code !== 'OUTSIDE'),
  holdings,
});
const interestOf = (reading: Organisation, entity: string, date = '2024-06-01'): Interest => {
  const interests = interestsOn(reading, date);
  if (isRefusal(interests)) throw new Error(interests.detail);
  return interests.get(entity)!;
};
/** `line share reason`, one text for each portion, and the others' share if there is one. */
const shown = (source: EmittingClass, interest: Interest, approach: Approach, activityType: string | null = null): string[] => {
  const { portions, othersShare } = reportedLine(source, interest, approach, activityType);
  const others = othersShare.isZero() ? [] : [`others ${plain(othersShare)}`];
  return [...portions.map(({ line, share, reason }) => `${line ?? 'nowhere'} ${plain(share)} ${reason}`), ...others];
};
const refusalOn = (reading: Organisation): string => {
  const interests = interestsOn(reading, '2024-06-01');
  return isRefusal(interests) ? `${interests.refusal} ${interests.at}` : 'no refusal';
};

describe('interestsOn', () => {
  const on = (reading: Organisation) => {
    const interests = interestsOn(reading, '2024-06-01');
    if (isRefusal(interests)) throw new Error(interests.detail);
    return Object.fromEntries(
      [...interests].map(([entity, { equityShare, controlled }]) => [entity, `${plain(equityShare)} ${controlled ? 'run' : 'held'}`]),
    );
  };
  const notRun = { operationalControl: false };

  it('multiplies along a chain and sums over chains', () =>
    expect(
      on(
        organisation(
          holding('A', 'ROOT', '0.8'),
          holding('B', 'ROOT', '0.5', notRun),
          holding('C', 'A', '0.5', notRun),
          holding('C', 'B', '0.25'),
          holding('D', 'A', '1'),
        ),
      ),
    ).toEqual({ ROOT: '1 run', A: '0.8 run', B: '0.5 held', C: '0.525 held', D: '0.8 run' }));

  it('gives nothing through a holder outside the organisation', () =>
    expect(on(organisation(holding('A', 'ROOT', '0.4'), holding('A', 'OUTSIDE', '0.6')))).toEqual({ ROOT: '1 run', A: '0.4 run' }));

  it('does not take an entity that was sold for the reporting company', () =>
    expect(on(organisation(holding('A', 'ROOT', '1', { validTo: '2024-05-31' })))).toEqual({ ROOT: '1 run', A: '0 held' }));

  it.each<[string, Organisation]>([
    ['ownership_cyclic A', organisation(holding('A', 'B', '0.5'), holding('B', 'A', '0.5'))],
    ['ownership_cyclic A', organisation(holding('A', 'A', '1.5'))],
    ['share_above_one A', organisation(holding('A', 'ROOT', '1.01'))],
    ['ownership_above_one A', organisation(holding('A', 'ROOT', '0.6'), holding('A', 'B', '0.5'))],
    [
      'lease_conflict A',
      { ...organisation(holding('A', 'ROOT', '1')), leases: [lease('A', 'lessee', 'finance'), lease('A', 'lessor', 'operating')] },
    ],
    [
      'lease_reason_missing A',
      { ...organisation(holding('A', 'ROOT', '1')), leases: [lease('A', 'lessee', 'operating', { lesseeControls: false })] },
    ],
    [
      'share_above_one A',
      { ...organisation(holding('A', 'ROOT', '2')), leases: [lease('A', 'lessee', 'finance'), lease('A', 'lessee', 'finance')] },
    ],
  ])('refuses %s', (refusal, reading) => expect(refusalOn(reading)).toBe(refusal));

  it('takes two leases of one asset one after another', () =>
    expect(
      refusalOn({
        ...organisation(holding('A', 'ROOT', '1')),
        leases: [
          lease('A', 'lessee', 'operating', { validTo: '2024-05-31' }),
          lease('A', 'lessee', 'finance', { validFrom: '2024-06-01' }),
        ],
      }),
    ).toBe('no refusal'));
});

// Corporate Standard, chapter 3: Holland Industries, its companies, and what each approach accounts for; percent of the emissions of each.
describe('the example of Holland Industries', () => {
  const industries = organisation(
    holding('HOLLAND-SWITZERLAND', 'ROOT', '1'),
    holding('HOLLAND-AMERICA', 'ROOT', '0.83'),
    holding('BGB', 'HOLLAND-AMERICA', '0.5', { relation: 'joint-venture', operationalControl: false, financialControl: false }),
    holding('IRW', 'HOLLAND-AMERICA', '0.75'),
    holding('KAHUNA', 'ROOT', '0.333', { relation: 'joint-venture', financialControl: false }),
    holding('QUICKFIX', 'ROOT', '0.43'),
    holding('NALLO', 'ROOT', '0.56', { relation: 'associate', operationalControl: false, financialControl: false }),
    holding('SYNTAL', 'ROOT', '0.01', { relation: 'fixed-asset-investment', operationalControl: false, financialControl: false }),
  );
  it.each([
    // equity share, operational control, financial control
    ['HOLLAND-SWITZERLAND', '1', '1', '1'],
    ['HOLLAND-AMERICA', '0.83', '1', '1'],
    ['BGB', '0.415', '0', '0.5'],
    ['IRW', '0.6225', '1', '1'],
    ['KAHUNA', '0.333', '1', '0.333'],
    ['QUICKFIX', '0.43', '1', '1'],
    ['NALLO', '0.56', '0', '0'],
    ['SYNTAL', '0', '0', '0'],
  ])('%s: equity share %s, operational control %s, financial control %s', (entity, equity, operational, financial) => {
    const { positions } = interestOf(industries, entity);
    const consolidated = (approach: Approach) => plain(positions[approach].consolidated);
    expect([consolidated('equity-share'), consolidated('operational-control'), consolidated('financial-control')]).toEqual([
      equity,
      operational,
      financial,
    ]);
  });

  it.each<[string, Approach, string[]]>([
    ['BGB', 'operational-control', ['scope3.15 0.5 investee', 'others 0.5']],
    ['NALLO', 'operational-control', ['scope3.15 0.56 investee', 'others 0.44']],
    ['NALLO', 'financial-control', ['scope3.15 0.56 investee', 'others 0.44']],
    ['NALLO', 'equity-share', ['scope1 0.56 consolidated', 'others 0.44']],
    ['SYNTAL', 'equity-share', ['scope3.15 0.01 investee', 'others 0.99']],
    ['KAHUNA', 'esrs-set-1', ['scope1 1 consolidated']],
    ['NALLO', 'esrs-set-1', ['scope3.15 0.56 investee', 'others 0.44']],
  ])('what is not consolidated of %s goes to category 15 under %s', (entity, approach, expected) =>
    expect(shown('stationary-combustion', interestOf(industries, entity), approach)).toEqual(expected),
  );
});

describe('control passes every link of a chain', () => {
  const held = { operationalControl: false, financialControl: false };
  it.each<[string, Holding[], Approach, string[]]>([
    ['through a subsidiary', [holding('A', 'ROOT', '0.6'), holding('B', 'A', '0.6')], 'operational-control', ['scope1 1 consolidated']],
    [
      'not past a link that is not run',
      [holding('A', 'ROOT', '0.4', held), holding('B', 'A', '1')],
      'operational-control',
      ['scope3.15 0.4 investee', 'others 0.6'],
    ],
    [
      'not past an associate',
      [holding('A', 'ROOT', '0.4', { ...held, relation: 'associate' }), holding('B', 'A', '1')],
      'financial-control',
      ['scope3.15 0.4 investee', 'others 0.6'],
    ],
    [
      'by share past a joint venture',
      [holding('A', 'ROOT', '0.5', { ...held, relation: 'joint-venture' }), holding('B', 'A', '0.8')],
      'financial-control',
      ['scope1 0.5 consolidated', 'others 0.5'],
    ],
    [
      'of one of two chains',
      [
        holding('A', 'ROOT', '0.5', { ...held, relation: 'joint-venture' }),
        holding('B', 'ROOT', '0.3', { ...held, relation: 'associate' }),
        holding('B', 'A', '0.4', { ...held, relation: 'joint-venture' }),
      ],
      'financial-control',
      ['scope1 0.2 consolidated', 'scope3.15 0.3 investee', 'others 0.5'],
    ],
    [
      'an investee of the group under operational control',
      [holding('A', 'ROOT', '0.3', { relation: 'joint-venture', financialControl: false })],
      'esrs-set-1',
      ['scope1 1 consolidated'],
    ],
  ])('%s', (_, holdings, approach, expected) =>
    expect(shown('process', interestOf(organisation(...holdings), holdings.at(-1)!.entity), approach)).toEqual(expected),
  );
});

describe('leases (Corporate Standard, appendix F)', () => {
  const site = (one: Lease, changes: Partial<Holding> = {}): Interest =>
    interestOf({ ...organisation(holding('SITE', 'ROOT', '1', changes)), leases: [one] }, 'SITE');
  const lacks = { lesseeControls: false, reason: 'the landlord runs the plant' };

  it.each<[Lease['side'], Lease['leaseClass'], boolean, [string, string, string, string]]>([
    // operational control, financial control, equity share, ESRS Set 1
    ['lessee', 'finance', true, ['scope2', 'scope2', 'scope2', 'scope2']],
    ['lessee', 'finance', false, ['scope2', 'scope2', 'scope2', 'scope2']],
    ['lessee', 'operating', true, ['scope2', 'scope3.8', 'scope3.8', 'scope2']],
    ['lessee', 'operating', false, ['scope3.8', 'scope3.8', 'scope3.8', 'scope3.8']],
    ['lessor', 'finance', true, ['scope3.13', 'scope3.13', 'scope3.13', 'scope3.13']],
    ['lessor', 'finance', false, ['scope3.13', 'scope3.13', 'scope3.13', 'scope3.13']],
    ['lessor', 'operating', true, ['scope3.13', 'scope2', 'scope2', 'scope3.13']],
    ['lessor', 'operating', false, ['scope2', 'scope2', 'scope2', 'scope2']],
  ])('%s, %s-type, lessee controls %s', (side, leaseClass, lesseeControls, lines) => {
    const one = lease('SITE', side, leaseClass, lesseeControls ? {} : lacks);
    // whatever the holding says of control: the lease says it
    for (const changes of [{}, { operationalControl: false, financialControl: false }])
      expect(
        APPROACHES.map((approach) => reportedLine('purchased-electricity', site(one, changes), approach).portions.map(({ line }) => line)),
      ).toEqual(lines.map((line) => [line]));
  });

  it('lands in scopes 1 and 2 of exactly one of lessee and lessor, under every approach', () => {
    for (const leaseClass of ['finance', 'operating'] as const)
      for (const changes of [{}, lacks])
        for (const approach of APPROACHES) {
          const own = (['lessee', 'lessor'] as const).filter(
            (side) => leaseRule(lease('SITE', side, leaseClass, changes), approach) === 'own',
          );
          // A finance-type lease stays the lessee's even where the lessor runs the plant.
          expect(own).toHaveLength(1);
        }
  });

  it('says why a lessee reports in category 8 what it runs under no approach', () =>
    expect(shown('stationary-combustion', site(lease('SITE', 'lessee', 'operating', lacks)), 'operational-control')).toEqual([
      'scope3.8 1 leased_in_without_control',
    ]));

  it.each<[string, EmittingClass, Lease, Approach, string[]]>([
    ['the lessee keeps its own scope 3', 'waste', lease('SITE', 'lessee', 'operating'), 'equity-share', ['scope3.5 1 consolidated']],
    ['the lessee buys the energy', 'upstream-of-energy', lease('SITE', 'lessee', 'operating'), 'equity-share', ['scope3.3 1 consolidated']],
    ['the lessee’s scope 3 is not the lessor’s', 'waste', lease('SITE', 'lessor', 'finance'), 'equity-share', ['nowhere 1 lessee_scope_3']],
    ['biogenic CO2 stays outside', 'biogenic', lease('SITE', 'lessor', 'finance'), 'equity-share', ['outside-of-scopes 1 consolidated']],
  ])('%s', (_, source, one, approach, expected) => expect(shown(source, site(one), approach)).toEqual(expected));

  it.each(['1', '0'])('category 8 of an investee is the investee’s scope 3, whatever it owns of the asset: %s', (share) => {
    const investee = holding('CO', 'ROOT', '0.4', { relation: 'associate', operationalControl: false, financialControl: false });
    const reading = { ...organisation(investee, holding('SITE', 'CO', share)), leases: [lease('SITE', 'lessee', 'operating')] };
    expect(shown('process', interestOf(reading, 'SITE'), 'financial-control')).toEqual(['nowhere 0.4 investee_scope_3', 'others 0.6']);
    expect(shown('process', interestOf(reading, 'SITE'), 'operational-control')).toEqual(['scope3.15 0.4 investee', 'others 0.6']);
    expect(shown('process', interestOf(reading, 'SITE'), 'equity-share')).toEqual(['scope3.8 0.4 leased_in', 'others 0.6']);
  });

  it('energy of own use follows scope 1', () => {
    const use = (one: Lease, approach: Approach) => plain(energyShare(PACK, site(one), approach));
    expect(use(lease('SITE', 'lessee', 'operating'), 'operational-control')).toBe('1');
    expect(use(lease('SITE', 'lessee', 'operating'), 'equity-share')).toBe('0');
    expect(use(lease('SITE', 'lessor', 'finance'), 'operational-control')).toBe('0');
  });

  it.each(APPROACHES)('a lessee has the use of the whole asset, of which it owns nothing: %s', (approach) => {
    for (const share of ['0', '0.3', '1'])
      for (const leaseClass of ['finance', 'operating'] as const) {
        const owned = organisation(holding('SITE', 'ROOT', share, { operationalControl: false, financialControl: false }));
        const interest = interestOf({ ...owned, leases: [lease('SITE', 'lessee', leaseClass)] }, 'SITE');
        const own = leaseClass === 'finance' || approach === 'operational-control' || approach === 'esrs-set-1';
        expect(shown('stationary-combustion', interest, approach)).toEqual([own ? 'scope1 1 consolidated' : 'scope3.8 1 leased_in']);
      }
  });
});

describe('franchises', () => {
  const franchise = (share: string, changes: Partial<Holding> = {}) =>
    interestOf(
      organisation(
        holding('SHOP', 'ROOT', share, { relation: 'franchise', operationalControl: false, financialControl: false, ...changes }),
      ),
      'SHOP',
    );
  it.each<[string, EmittingClass, Interest, Approach, string[]]>([
    ['category 14 takes scopes 1 and 2', 'purchased-heat', franchise('0'), 'operational-control', ['scope3.14 1 franchise']],
    ['under equity share too', 'fugitive', franchise('0'), 'equity-share', ['scope3.14 1 franchise']],
    ['and leaves the franchisee’s scope 3', 'commuting', franchise('0'), 'financial-control', ['nowhere 1 franchisee_scope_3']],
    [
      'a share in the franchisee is the company’s own',
      'fugitive',
      franchise('0.3'),
      'equity-share',
      ['scope1 0.3 consolidated', 'scope3.14 0.7 franchise'],
    ],
    [
      'a franchisee that is run is the company’s own',
      'fugitive',
      franchise('0.3', { operationalControl: true }),
      'operational-control',
      ['scope1 1 consolidated'],
    ],
  ])('%s', (_, source, interest, approach, expected) => expect(shown(source, interest, approach)).toEqual(expected));
});

describe('exclusions', () => {
  const excluding = (one: Exclusion): Interest => interestOf({ ...organisation(holding('A', 'ROOT', '0.8')), exclusions: [one] }, 'A');
  it.each<[string, Partial<Exclusion>, string | null, string[]]>([
    ['of everything', {}, null, ['nowhere 0.8 excluded_by_decision', 'others 0.2']],
    ['of the entity', { entity: 'A' }, null, ['nowhere 0.8 excluded_by_decision', 'others 0.2']],
    ['of another entity', { entity: 'ROOT' }, null, ['scope1 0.8 consolidated', 'others 0.2']],
    ['of the source class', { sourceClass: 'fugitive' }, null, ['nowhere 0.8 excluded_by_decision', 'others 0.2']],
    ['of another source class', { sourceClass: 'waste' }, null, ['scope1 0.8 consolidated', 'others 0.2']],
    [
      'of the activity type',
      { activityType: 'refrigerant.top-up' },
      'refrigerant.top-up',
      ['nowhere 0.8 excluded_by_decision', 'others 0.2'],
    ],
    ['of an activity type that is not known', { activityType: 'refrigerant.top-up' }, null, ['scope1 0.8 consolidated', 'others 0.2']],
    ['that is over', { validTo: '2024-05-31' }, null, ['scope1 0.8 consolidated', 'others 0.2']],
  ])('%s', (_, changes, type, expected) =>
    expect(shown('fugitive', excluding(exclusion(changes)), 'equity-share', type)).toEqual(expected),
  );
});

describe('reportedLine', () => {
  const joint = (changes: Partial<Holding>) => interestOf(organisation(holding('JV', 'ROOT', '0.3', changes)), 'JV');
  const [run, held] = [joint({}), joint({ operationalControl: false, financialControl: false, relation: 'associate' })];
  it.each<[EmittingClass, Interest, Approach, string[]]>([
    ['stationary-combustion', run, 'operational-control', ['scope1 1 consolidated']],
    ['purchased-electricity', run, 'operational-control', ['scope2 1 consolidated']],
    ['upstream-transport', run, 'operational-control', ['scope3.4 1 consolidated']],
    ['biogenic', run, 'operational-control', ['outside-of-scopes 1 consolidated']],
    ['projected-investments', run, 'operational-control', ['apart.projected 1 consolidated']],
    ['investee-scope-3', run, 'operational-control', ['apart.investee-scope-3 1 consolidated']],
    ['stationary-combustion', held, 'operational-control', ['scope3.15 0.3 investee', 'others 0.7']],
    ['purchased-heat', held, 'financial-control', ['scope3.15 0.3 investee', 'others 0.7']],
    ['business-travel', held, 'operational-control', ['nowhere 0.3 investee_scope_3', 'others 0.7']],
    ['biogenic', held, 'operational-control', ['outside-of-scopes 0.3 investee', 'others 0.7']],
    ['stationary-combustion', run, 'equity-share', ['scope1 0.3 consolidated', 'others 0.7']],
    ['business-travel', held, 'equity-share', ['scope3.6 0.3 consolidated', 'others 0.7']],
  ])('%s', (sourceClass, interest, approach, expected) => expect(shown(sourceClass, interest, approach)).toEqual(expected));
});

describe('every source, relation, lease and approach', () => {
  const relation = fc.constantFrom<Relation>('subsidiary', 'joint-venture', 'associate', 'fixed-asset-investment', 'franchise');
  const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => plain(new Decimal(thousandths).div(1000)));
  const link = (entity: string, holder: string, most: string) =>
    fc.record({ share, relation, operationalControl: fc.boolean(), financialControl: fc.boolean() }).map((changes) =>
      holding(entity, holder, plain(new Decimal(changes.share).mul(most)), {
        ...changes,
        share: plain(new Decimal(changes.share).mul(most)),
      }),
    );
  const oneLease = fc.option(
    fc
      .record({
        side: fc.constantFrom<Lease['side']>('lessee', 'lessor'),
        leaseClass: fc.constantFrom<Lease['leaseClass']>('finance', 'operating'),
        lesseeControls: fc.boolean(),
      })
      .map(({ side, leaseClass, lesseeControls }) => lease('C', side, leaseClass, { lesseeControls, reason: 'shown' })),
  );
  // Two chains to C, and a link across: A ← ROOT, B ← ROOT and A, C ← A and B.
  const holdings = fc.tuple(
    link('A', 'ROOT', '1'),
    link('B', 'ROOT', '0.5'),
    link('B', 'A', '0.5'),
    link('C', 'A', '0.5'),
    link('C', 'B', '0.5'),
  );

  it('gross = reported + excluded + the others’ share, no part below zero, whatever the order of the holdings', () =>
    fc.assert(
      fc.property(holdings, oneLease, fc.constantFrom(...EMITTING_CLASSES), fc.boolean(), (links, leased, source, excluded) => {
        const reading: Organisation = {
          ...organisation(...links),
          leases: leased ? [leased] : [],
          exclusions: excluded ? [exclusion({ sourceClass: source })] : [],
        };
        const turned = { ...reading, holdings: [...links].reverse(), entities: [...reading.entities].reverse() };
        for (const entity of ['A', 'B', 'C'])
          for (const approach of APPROACHES) {
            const { portions, othersShare } = reportedLine(source, interestOf(reading, entity), approach);
            expect(plain(portions.reduce((sum, portion) => sum.add(portion.share), othersShare))).toBe('1');
            for (const part of [othersShare, ...portions.map((portion) => portion.share)]) expect(part.isNegative()).toBe(false);
            expect(shown(source, interestOf(turned, entity), approach)).toEqual(shown(source, interestOf(reading, entity), approach));
          }
      }),
    ));
});

describe('interestSegments', () => {
  const reading = organisation(
    holding('A', 'ROOT', '0.4', { validTo: '2024-06-30' }),
    holding('A', 'ROOT', '1', { validFrom: '2024-07-01' }),
    holding('B', 'A', '1'),
  );
  const segmentsOf = (of: Organisation, entity: string, approach?: Approach) => {
    const segments = interestSegments(of, '2024-01-01', '2024-12-31', approach);
    if (isRefusal(segments)) throw new Error(segments.detail);
    return segments.get(entity)?.map(({ start, end, days, equityShare }) => `${start} ${end} ${days} ${plain(equityShare)}`);
  };

  it('breaks a year where a share changes, also further up the chain', () => {
    expect(shareChangeDates(reading, '2024-01-01', '2024-12-31')).toEqual(['2024-07-01']);
    expect(segmentsOf(reading, 'B')).toEqual(['2024-01-01 2024-06-30 182 0.4', '2024-07-01 2024-12-31 184 1']);
    expect(segmentsOf(reading, 'ROOT')).toEqual(['2024-01-01 2024-12-31 366 1']);
  });

  it('does not break where the approach sees no change', () => {
    expect(segmentsOf(reading, 'B', 'operational-control')).toHaveLength(1);
    expect(segmentsOf(reading, 'B', 'equity-share')).toHaveLength(2);
  });

  it('breaks where a lease or an exclusion begins or ends', () => {
    const leased = { ...reading, leases: [lease('B', 'lessee', 'operating', { validFrom: '2024-03-01' })] };
    expect(segmentsOf(leased, 'B', 'operational-control')).toHaveLength(2);
    const excluded = { ...reading, exclusions: [exclusion({ entity: 'B', validTo: '2024-10-31' })] };
    expect(segmentsOf(excluded, 'B', 'operational-control')).toHaveLength(2);
    expect(segmentsOf(excluded, 'A', 'operational-control')).toHaveLength(1);
  });
});
