import type { ActivityType, AttributeSpec, LegSpec, OperandSpec, QuantityFormula, SourceClass } from '../vocabulary';
import { factor, formula, partsOf, required, stated, times } from './parts';

const emissions: OperandSpec = factor('emissions', 'emissions');
const FORMULAS: readonly QuantityFormula[] = [...stated(emissions), formula('multiple', emissions, times('times')), ...partsOf(emissions)];
/** The GWP set that the figure was made with: it cannot be read under another one. */
const gwpSet: AttributeSpec = { name: 'gwp_set', required: false, recorded: true };
/** Scope 2 has two readings, and a stated figure is of one of them, or of both where the market has no instruments. */
const reading: AttributeSpec = { name: 'reading', required: true, values: ['location', 'market', 'both'], recorded: true };

const CLASSES: readonly (readonly [SourceClass, string])[] = [
  ['stationary-combustion', 'stationary combustion'],
  ['mobile-combustion', 'mobile combustion'],
  ['process', 'processes'],
  ['fugitive', 'leaks'],
  ['purchased-electricity', 'purchased electricity'],
  ['purchased-heat', 'purchased heat, steam and cooling'],
  ['purchased-goods', 'purchased goods and services'],
  ['capital-goods', 'capital goods'],
  ['upstream-of-energy', 'the upstream of fuels and energy'],
  ['transmission-losses', 'losses of electricity and heat networks'],
  ['upstream-transport', 'upstream transport and distribution'],
  ['waste', 'waste from operations'],
  ['business-travel', 'business travel'],
  ['commuting', 'commuting'],
  ['leased-assets-upstream', 'upstream leased assets'],
  ['downstream-transport', 'downstream transport and distribution'],
  ['processing-of-products', 'processing of sold products'],
  ['use-of-products', 'use of sold products'],
  ['end-of-life', 'end of life of sold products'],
  ['leased-assets-downstream', 'downstream leased assets'],
  ['franchises', 'franchises'],
  ['investments', 'investments'],
];

const legsOf = (sourceClass: SourceClass): LegSpec[] =>
  hasReadings(sourceClass)
    ? (['location', 'market'] as const).map((basis) =>
        required('stated', sourceClass, { basis, when: { attribute: 'reading', in: [basis, 'both'] } }),
      )
    : [required('stated', sourceClass)];

function hasReadings(sourceClass: SourceClass): boolean {
  return sourceClass === 'purchased-electricity' || sourceClass === 'purchased-heat';
}

/**
 * Figures that come as CO2e from who caused them: a supplier, a carrier, a lessor, a franchisee, a plant with its own inventory (supplier-specific
 * and franchise-specific methods of the Scope 3 Technical Guidance). Known only as CO2e, they convert to no other GWP set.
 */
export const STATED: readonly ActivityType[] = CLASSES.map(([sourceClass, what]) => ({
  id: `stated.${sourceClass}`,
  title: `Stated emissions of ${what}`,
  formulas: FORMULAS,
  attributes: hasReadings(sourceClass) ? [reading, gwpSet] : [gwpSet],
  legs: legsOf(sourceClass),
}));
