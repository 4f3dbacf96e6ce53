import type { LegId } from '#ghg';
import { always, forTypes, is, named, noAttribute, noRegion, noType, oneOf, type TableRule, type Use } from '../rules';
import { OPERATORS, PRODUCTS } from '../../shared/of-others';
import { countryIn } from './countries';

const NONE = {} as const;
const ONLY_AS_ONE = noAttribute('the vocabulary knows no parts of it');

const grid = (leg: LegId): Use[] => forTypes(['electricity.grid', 'electricity.resold'], { leg, attributes: NONE });
/** Electricity that counts in a category of the reporter as the scope 2 of somebody else; leased assets have a sheet of their own. */
const GRID_OF_OTHERS: Use[] = [
  ...forTypes(
    OPERATORS.filter((who) => who !== 'leased-in').map((who) => `${who}.electricity`),
    { leg: 'operation', attributes: NONE },
  ),
  ...forTypes(
    PRODUCTS.map((what) => `${what}.electricity`),
    { leg: 'use', attributes: NONE },
  ),
];
const HEAT_OF_OTHERS: Use[] = forTypes(
  OPERATORS.map((who) => `${who}.heat`),
  { leg: 'operation', attributes: NONE, where: is('level3', 'district heat and steam') },
);
/** Bought from a network, or from a neighbour on the same site. */
const heat = (leg: LegId): Use[] => [
  { activityType: 'heat.district', leg, attributes: NONE, where: is('level3', 'district heat and steam') },
  { activityType: 'heat.steam', leg, attributes: NONE, where: is('level3', 'onsite heat and steam') },
];
const district = (leg: LegId): Use[] => [{ activityType: 'heat.district', leg, attributes: NONE }];
/** The publisher prints only the way to the power station, country by country, until 2021. */
const abroad = (leg: LegId): Use[] =>
  forTypes(['electricity.grid', 'electricity.resold'], { leg, attributes: NONE, region: countryIn('level3', 'electricity: ') });

const NO_REGION = noRegion('a group of countries');

const ENERGY: TableRule[] = [
  { sections: ['uk electricity / electricity generated'], uses: [...grid('generation'), ...GRID_OF_OTHERS], otherwise: ONLY_AS_ONE },
  {
    sections: ['managed assets- electricity / electricity generated'],
    uses: [{ activityType: 'leased-in.electricity', leg: 'operation', attributes: NONE }],
    otherwise: ONLY_AS_ONE,
  },
  { sections: ['transmission and distribution / t&d- uk electricity'], uses: grid('losses'), otherwise: ONLY_AS_ONE },
  { sections: ['wtt- uk electricity / uk electricity (generation)'], uses: grid('upstream'), otherwise: ONLY_AS_ONE },
  { sections: ['wtt- uk electricity / uk electricity (t&d)'], uses: grid('losses-upstream'), otherwise: ONLY_AS_ONE },
  { sections: ['wtt- uk electricity / overseas electricity (generation)'], uses: abroad('upstream'), otherwise: NO_REGION },
  { sections: ['wtt- uk electricity / overseas electricity (t&d)'], uses: abroad('losses-upstream'), otherwise: NO_REGION },
  { sections: ['heat and steam / heat and steam'], uses: [...heat('generation'), ...HEAT_OF_OTHERS], otherwise: ONLY_AS_ONE },
  { sections: ['wtt- heat and steam / heat and steam'], uses: heat('upstream'), otherwise: ONLY_AS_ONE },
  { sections: ['transmission and distribution / distribution - district heat & steam'], uses: district('losses'), otherwise: ONLY_AS_ONE },
  { sections: ['wtt- heat and steam / district heat & steam distribution'], uses: district('losses-upstream'), otherwise: ONLY_AS_ONE },
  {
    sections: ['outside of scopes / electricity generated'],
    uses: [],
    of: 'biogenic',
    otherwise: noType('electricity of a grid has no biogenic leg in the vocabulary'),
  },
];

const ORIGINS = oneOf('text', {
  'primary material production': 'primary',
  'closed-loop source': 'closed-loop',
  'open-loop source': 'open-loop',
  're-used': 'reused',
});
const TREATMENTS = {
  landfill: 'landfill',
  // One treatment, renamed in 2025: the figure is the carriage to the plant alone, recovery counts where the energy is used.
  combustion: 'combustion',
  'incineration with energy recovery': 'combustion',
  composting: 'composting',
  'anaerobic digestion': 'anaerobic-digestion',
  'closed-loop': 'recycling',
  're-use': 'reuse',
};
const DISPOSED = ['waste.disposal', 'end-of-life.product'];
const MATERIAL_TABLES = ['construction', 'other', 'organic', 'electrical items', 'metal', 'plastic', 'paper'];
const WASTE_TABLES = ['construction', 'other', 'refuse', 'electrical items', 'metal', 'plastic', 'paper'];

const MATERIALS: TableRule[] = [
  {
    sections: MATERIAL_TABLES.map((table) => `material use / ${table}`),
    uses: forTypes(['goods.material', 'capital.material'], {
      leg: 'supply',
      attributes: { material: named('', 'level3'), origin: ORIGINS },
    }),
    otherwise: noAttribute('no origin of a material in the vocabulary'),
  },
  {
    sections: WASTE_TABLES.map((table) => `waste disposal / ${table}`),
    uses: [
      ...forTypes(DISPOSED, { leg: 'service', attributes: { material: named('', 'level3'), treatment: oneOf('text', TREATMENTS) } }),
      ...forTypes(DISPOSED, {
        leg: 'service',
        attributes: { material: named('', 'level3'), treatment: oneOf('text', { 'open-loop': 'recycling' }) },
        standIn: true,
      }),
      ...DISPOSED.map((activityType) => ({
        activityType,
        leg: 'service' as const,
        attributes: { material: named('', 'level3'), treatment: oneOf('text', { 'open-loop': 'open-loop-recycling' }) },
        suffix: `${activityType}:open-loop`,
      })),
    ],
    otherwise: noAttribute('no treatment of the vocabulary'),
  },
];

const SERVICES: TableRule[] = [
  {
    sections: ['water supply / water supply'],
    uses: [{ activityType: 'water.supply', leg: 'service', attributes: NONE }],
    otherwise: ONLY_AS_ONE,
  },
  {
    sections: ['water treatment / water treatment'],
    uses: [{ activityType: 'water.treatment', leg: 'service', attributes: NONE }],
    otherwise: ONLY_AS_ONE,
  },
  {
    sections: ['hotel stay / hotel stay'],
    uses: [{ activityType: 'travel.hotel', leg: 'service', attributes: NONE, region: countryIn('level3') }],
    otherwise: noRegion('a stay states a country, and this is a city or a group of countries'),
  },
  {
    sections: ['homeworking / homeworking (office equipment + heating)'],
    uses: [{ activityType: 'commute.telework', leg: 'operation', attributes: NONE }],
    otherwise: ONLY_AS_ONE,
  },
  ...['equipment', 'heating'].map((part) => ({
    sections: [part === 'heating' ? 'homeworking / heating' : 'homeworking / office equipment'],
    uses: [{ activityType: 'commute.telework', leg: 'operation' as const, attributes: { part: always(part) } }],
    otherwise: ONLY_AS_ONE,
  })),
];

const GAS_TABLES = [
  'kyoto protocol - standard',
  'kyoto protocol- blends',
  'montreal protocol - standard',
  'montreal protocol - blends',
  'other perfluorinated gases',
  'fluorinated ethers',
  'other refrigerants',
  'kyoto protocol products',
  'montreal protocol products',
  'blends',
  'other products',
];
const GASES: TableRule[] = [
  {
    sections: GAS_TABLES.map((table) => `refrigerant & other / ${table}`),
    uses: [],
    of: 'gwp',
    otherwise: { reason: 'gwp_of_register', detail: 'what leaks is counted with the GWP set that a book is kept under' },
  },
];

export const OTHER_RULES: readonly TableRule[] = [...ENERGY, ...MATERIALS, ...SERVICES, ...GASES];
