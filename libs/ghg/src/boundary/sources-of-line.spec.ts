import type { Organisation } from './boundary';
import { EMITTING_CLASSES } from './reported-line';
import { reportedSources, sourcesOfLine } from './sources-of-line';
import { PACK } from '../../../../test/support/default-pack';

const RUN = { relation: 'subsidiary', operationalControl: true, financialControl: true } as const;
const HELD = { relation: 'associate', operationalControl: false, financialControl: false } as const;
const organisation: Organisation = {
  entities: ['GROUP', 'OWN', 'JV', 'STRANGER'],
  holdings: [
    { entity: 'OWN', holder: 'GROUP', share: '1', ...RUN, validFrom: '2020-01-01', validTo: null },
    { entity: 'JV', holder: 'GROUP', share: '0.4', ...HELD, validFrom: '2020-01-01', validTo: '2025-06-30' },
    { entity: 'JV', holder: 'GROUP', share: '0.6', ...RUN, validFrom: '2025-07-01', validTo: null },
    { entity: 'STRANGER', holder: 'GROUP', share: '0', ...HELD, validFrom: '2020-01-01', validTo: null },
  ],
};

const entitiesOf = (line: 'scope1' | 'scope3.15' | 'scope3.5', approach: 'operational-control' | 'equity-share', year: string) => {
  const sources = sourcesOfLine(PACK, organisation, line, approach, `${year}-01-01`, `${year}-12-31`);
  return Array.isArray(sources) ? [...new Set(sources.map(({ entity }) => entity))] : sources;
};

describe('the sources of a reported line', () => {
  it.each([
    ['scope1', 'operational-control', '2024', ['GROUP', 'OWN']],
    ['scope3.15', 'operational-control', '2024', ['GROUP', 'OWN', 'JV']],
    ['scope3.5', 'operational-control', '2024', ['GROUP', 'OWN']],
    ['scope1', 'equity-share', '2024', ['GROUP', 'OWN', 'JV']],
    ['scope3.5', 'equity-share', '2024', ['GROUP', 'OWN', 'JV']],
    // control changes hands inside 2025: the joint venture is behind both figures
    ['scope1', 'operational-control', '2025', ['GROUP', 'OWN', 'JV']],
    ['scope3.15', 'operational-control', '2025', ['GROUP', 'OWN', 'JV']],
  ] as const)('%s under %s in %s', (line, approach, year, entities) => expect(entitiesOf(line, approach, year)).toEqual(entities));

  it('of any line are all of what is controlled, and scopes 1 and 2 and biogenic CO2 of an investee', () => {
    const sources = reportedSources(PACK, organisation, 'operational-control', '2024-01-01', '2024-12-31');
    const classesOf = (code: string) => (Array.isArray(sources) ? sources.filter(({ entity }) => entity === code) : []);
    expect(classesOf('OWN')).toHaveLength(EMITTING_CLASSES.length);
    expect(classesOf('JV').map(({ sourceClass }) => sourceClass)).toEqual(expect.arrayContaining(['purchased-heat', 'biogenic']));
    expect(classesOf('JV').map(({ sourceClass }) => sourceClass)).not.toContain('upstream-of-energy');
    expect(classesOf('STRANGER')).toEqual([]);
  });

  it('of an investee are its scopes 1 and 2', () => {
    const sources = sourcesOfLine(PACK, organisation, 'scope3.15', 'operational-control', '2024-01-01', '2024-12-31');
    const classes = Array.isArray(sources) ? sources.filter(({ entity }) => entity === 'JV').map(({ sourceClass }) => sourceClass) : [];
    expect(classes).toEqual([
      'stationary-combustion',
      'mobile-combustion',
      'process',
      'fugitive',
      'purchased-electricity',
      'purchased-heat',
    ]);
  });
});
