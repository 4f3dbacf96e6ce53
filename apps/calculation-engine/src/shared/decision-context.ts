import { classificationsOf, factorChoices, type DecisionContext, type FactorIndex } from '#ghg';
import type { TenantTransaction } from '#postgres';
import { pinnedDecisionInputs, type DecisionInputs } from './decision-inputs';
import type { PinnedGasRegister } from './gas-register';
import { readPinnedFactors } from './pinned-factors';
import { pinnedPack } from './pinned-pack';
import type { RunPins } from './rows';

/** What is at hand already, or not what the pins say: then it is not read. */
export interface Given {
  readonly index?: FactorIndex;
  readonly people?: DecisionInputs;
}

/** Everything that decides, as a run pins it. Refuses: `method_pack_unknown`. */
export async function decisionContext(
  transaction: TenantTransaction,
  pins: RunPins,
  gases: PinnedGasRegister,
  given: Given = {},
): Promise<DecisionContext> {
  if (pins.gasesDigest !== gases.digest) throw new Error('the GWP tables of this engine are not those that the run pinned');
  const people = given.people ?? (await pinnedDecisionInputs(transaction, pins.decisionInputs));
  return {
    pack: pinnedPack(pins),
    index: given.index ?? (await readPinnedFactors(transaction, pins)),
    gases: gases.register,
    gwpSet: pins.gwpSet,
    editions: pins.editions,
    choices: factorChoices(people.choices),
    classifications: classificationsOf(people.classifications),
  };
}
