import fc from 'fast-check';
import {
  Decimal,
  interestSegments,
  interestsOn,
  isRefusal,
  OWN_LINES,
  plain,
  reportedLine,
  shareChangeDates,
  type Approach,
  type Holding,
  type Organisation,
  type SourceClass,
} from '#ghg';

const holding = (entity: string, holder: string, share: string, changes: Partial<Holding> = {}): Holding => ({
  entity,
  holder,
  share,
  operationalControl: true,
  validFrom: '2000-01-01',
  validTo: null,
  ...changes,
});
const organisation = (...holdings: Holding[]): Organisation => ({
  entities: [...new Set(['ROOT', ...holdings.flatMap((one) => [one.entity, one.holder])])].filter((code) => code !== 'OUTSIDE'),
  holdings,
});
const on = (reading: Organisation, date = '2024-06-01') => {
  const interests = interestsOn(reading, date);
  if (isRefusal(interests)) return `${interests.refusal} ${interests.at}`;
  return Object.fromEntries(
    [...interests].map(([entity, { equityShare, controlled }]) => [entity, `${plain(equityShare)} ${controlled ? 'run' : 'held'}`]),
  );
};

describe('interestsOn', () => {
  it('multiplies along a chain and sums over chains', () =>
    expect(
      on(
        organisation(
          holding('A', 'ROOT', '0.8'),
          holding('B', 'ROOT', '0.5', { operationalControl: false }),
          holding('C', 'A', '0.5', { operationalControl: false }),
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
    ['ownership_cyclic A', organisation(holding('A', 'A', '0.5'))],
    ['ownership_above_one A', organisation(holding('A', 'ROOT', '0.6'), holding('A', 'B', '0.5'))],
  ])('refuses %s', (refusal, reading) => expect(on(reading)).toBe(refusal));
});

describe('interestSegments', () => {
  const reading = organisation(
    holding('A', 'ROOT', '0.4', { validTo: '2024-06-30' }),
    holding('A', 'ROOT', '1', { validFrom: '2024-07-01' }),
    holding('B', 'A', '1'),
  );
  it('breaks a year where a share changes, also further up the chain', () => {
    expect(shareChangeDates(reading, '2024-01-01', '2024-12-31')).toEqual(['2024-07-01']);
    const segments = interestSegments(reading, '2024-01-01', '2024-12-31');
    if (isRefusal(segments)) throw new Error(segments.detail);
    const shown = (entity: string) =>
      segments.get(entity)?.map(({ start, end, days, equityShare }) => `${start} ${end} ${days} ${plain(equityShare)}`);
    expect(shown('B')).toEqual(['2024-01-01 2024-06-30 182 0.4', '2024-07-01 2024-12-31 184 1']);
    expect(shown('ROOT')).toEqual(['2024-01-01 2024-12-31 366 1']);
  });
});

describe('reportedLine', () => {
  const [joint, held] = [
    { equityShare: new Decimal('0.3'), controlled: true },
    { equityShare: new Decimal('0.3'), controlled: false },
  ];
  const shown = (sourceClass: SourceClass, controlled: boolean, approach: Approach) => {
    const { line, reported, othersShare, excluded, exclusion } = reportedLine(sourceClass, controlled ? joint : held, approach);
    return [line, plain(reported), plain(othersShare), plain(excluded), exclusion];
  };
  it.each<[SourceClass, boolean, Approach, unknown[]]>([
    ['stationary-combustion', true, 'operational-control', ['scope1', '1', '0', '0', null]],
    ['purchased-electricity', true, 'operational-control', ['scope2', '1', '0', '0', null]],
    ['upstream-transport', true, 'operational-control', ['scope3.4', '1', '0', '0', null]],
    ['biogenic', true, 'operational-control', ['outside-of-scopes', '1', '0', '0', null]],
    ['stationary-combustion', false, 'operational-control', ['scope3.15', '0.3', '0.7', '0', null]],
    ['purchased-heat', false, 'operational-control', ['scope3.15', '0.3', '0.7', '0', null]],
    ['business-travel', false, 'operational-control', [null, '0', '0.7', '0.3', 'investee_scope_3']],
    ['biogenic', false, 'operational-control', ['outside-of-scopes', '0.3', '0.7', '0', null]],
    ['stationary-combustion', true, 'equity-share', ['scope1', '0.3', '0.7', '0', null]],
    ['business-travel', false, 'equity-share', ['scope3.6', '0.3', '0.7', '0', null]],
  ])('%s, controlled %s, %s', (sourceClass, controlled, approach, expected) =>
    expect(shown(sourceClass, controlled, approach)).toEqual(expected),
  );

  it('gross = reported + the others’ share + excluded, for every line', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(OWN_LINES) as SourceClass[])),
        fc.integer({ min: 0, max: 10_000 }),
        fc.boolean(),
        fc.constantFrom<Approach>('operational-control', 'equity-share'),
        (sourceClass, share, controlled, approach) => {
          const found = reportedLine(sourceClass, { equityShare: new Decimal(share).div(10_000), controlled }, approach);
          expect(plain(found.reported.add(found.othersShare).add(found.excluded))).toBe('1');
          for (const part of [found.reported, found.othersShare, found.excluded]) expect(part.isNegative()).toBe(false);
        },
      ),
    ));
});
