import { withSpend } from '../formulas';
import type { ActivityType, AttributeSpec, LegSpec, SourceClass } from '../vocabulary';
import { energyOf, factor, formula, ifPublished, quantity, required, share } from './parts';

const GRID = { borrowsAbroad: false } as const;
const BOTH = ['location', 'market'] as const;

/** The two readings of scope 2 (Scope 2 Guidance, chapter 4), over all operations. */
const generation = (sourceClass: SourceClass): LegSpec[] => BOTH.map((basis) => required('generation', sourceClass, { basis, ...GRID }));

/**
 * Category 3 B and C beside what was consumed: upstream of the generation, what the network loses, and upstream of that (Scope 3 Standard,
 * chapter 5, table 5.6). Each in both readings, so that a total can name the one that it holds.
 */
const CATEGORY_3: readonly LegSpec[] = [
  ...BOTH.map((basis) => required('upstream', 'upstream-of-energy', { basis, ...GRID })),
  ...BOTH.map((basis) => required('losses', 'transmission-losses', { basis, ...GRID })),
  ...BOTH.map((basis) => ifPublished('losses-upstream', 'transmission-losses', { basis, ...GRID })),
];

/** How the fuel of a combined plant was shared between heat and power (GHG Protocol, allocation of emissions from a CHP plant). */
const chpAllocation: AttributeSpec = {
  name: 'chp_allocation',
  required: false,
  values: ['efficiency', 'energy-content', 'work-potential', 'none'],
  recorded: true,
};

const heat = (id: string, title: string): ActivityType => ({
  id,
  title,
  formulas: withSpend(quantity('energy')),
  attributes: [chpAllocation],
  legs: [...generation('purchased-heat'), ...CATEGORY_3, energyOf('unknown')],
});

/** Scope 2 (Scope 2 Guidance, 2015) and what belongs to category 3 beside it. */
export const ELECTRICITY_AND_HEAT: readonly ActivityType[] = [
  {
    id: 'electricity.grid',
    title: 'Electricity bought from a grid',
    formulas: [...withSpend(quantity('energy')), formula('share', factor('quantity', 'energy'), share('share'))],
    attributes: [],
    legs: [...generation('purchased-electricity'), ...CATEGORY_3, energyOf('unknown')],
  },
  {
    // Scope 2 Guidance, chapter 6: who sells the certificates of its own generation consumes what is left of the grid.
    id: 'electricity.on-site',
    title: 'Electricity generated without fuel on the own site and consumed there',
    formulas: quantity('energy'),
    attributes: [{ name: 'certificates', required: true, values: ['kept', 'sold'], strict: true }],
    legs: [
      ...generation('purchased-electricity'),
      energyOf('renewable', { when: { attribute: 'certificates', in: ['kept'] } }),
      energyOf('unknown', { when: { attribute: 'certificates', in: ['sold'] } }),
    ],
  },
  {
    // Category 3 D (Scope 3 Standard, chapter 5): utilities and traders. Consumed by the buyer, so no energy of the reporter's own.
    id: 'electricity.resold',
    title: 'Electricity bought and sold on to end users',
    formulas: quantity('energy'),
    attributes: [],
    legs: [...generation('upstream-of-energy'), ...CATEGORY_3],
  },
  {
    id: 'heat.resold',
    title: 'Heat, steam or cooling bought and sold on to end users',
    formulas: quantity('energy'),
    attributes: [{ name: 'energy_carrier', required: false, values: ['heat', 'steam', 'cooling'], default: 'heat', strict: true }],
    legs: [...generation('upstream-of-energy'), ...CATEGORY_3],
  },
  heat('heat.district', 'Heat or steam bought from a district network'),
  heat('heat.steam', 'Steam bought from a neighbour or a works network'),
  heat('heat.cooling', 'Cooling bought from a network'),
];
