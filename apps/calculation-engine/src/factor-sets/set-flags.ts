import type { z } from 'zod';
import { Refused, type figureFlag, type ProblemPlace, type receivedFlags } from '#contracts';
import { FLAGS, flagFigures, type FigureFlag, type Places } from '#factor-files';
import type { FactorSet, GasRegister } from '#ghg';
import { CATALOGUE_TENANT, type TenantTransaction } from '#postgres';
import { previousEdition } from '../shared/previous-edition';
import { readFactorSet } from '../shared/read-factor-set';
import { FactorSetRow } from '../shared/rows';

/** What stands out in a set against the edition before, as of its upload. */
export interface SetFlags {
  readonly flags: readonly FigureFlag[];
  /** Null: there was none. */
  readonly flaggedAgainst: string | null;
}

export const NO_FLAGS: SetFlags = { flags: [], flaggedAgainst: null };

const SHOWN_MAX = 50;
const PLACES_MAX = 100;

/** Holds the figures of a set against the shared set of its name, else against the edition before, among the sets that the tenant reads. */
export async function flagSet(transaction: TenantTransaction, set: FactorSet, gases: GasRegister, places?: Places): Promise<SetFlags> {
  const shared = await sharedSet(transaction, set);
  const before = shared ?? (await previousEdition(transaction, set));
  if (!before) return NO_FLAGS;
  const flags = flagFigures(await readFactorSet(transaction, before), set, gases, places, shared !== null);
  // A withheld figure would be told by its ratio to another.
  const isWithheld = before.withheld || set.values === 'withheld';
  return { flags: isWithheld ? flags.map(withoutFigures) : flags, flaggedAgainst: before.id };
}

/** The set of the starter catalogue that bears the same name: whoever uploads it again with other figures should know. */
function sharedSet({ manager, tenantId }: TenantTransaction, { publisher, edition, version }: FactorSet): Promise<FactorSetRow | null> {
  if (tenantId === CATALOGUE_TENANT) return Promise.resolve(null);
  return manager.findOneBy(FactorSetRow, { tenantId: CATALOGUE_TENANT, publisher, edition, version });
}

/** Refuses: `factor_set_flagged` (with the figures). */
export function refuseFlagged({ flags }: SetFlags): void {
  if (flags.length === 0) return;
  const places = flags.slice(0, PLACES_MAX).map((flag): ProblemPlace => ({
    at: placeOf(flag),
    code: flag.flag,
    detail: `${flag.code}: ${FLAGS[flag.flag]} ${flag.before ?? '…'} ${flag.unitBefore} → ${flag.after ?? '…'} ${flag.unitAfter}`,
  }));
  throw new Refused('factor_set_flagged', `${flags.length} figures stand out against the edition before.`, places);
}

export function receivedFlagsOf({ id, flags, flaggedAgainst }: FactorSetRow): z.infer<typeof receivedFlags>[number] {
  return { set: id, against: flaggedAgainst, count: flags.length, items: flags.slice(0, SHOWN_MAX).map(flagViewOf) };
}

export function flagViewOf({ source, ...flag }: FigureFlag): z.infer<typeof figureFlag> {
  return { ...flag, source: { ...source } };
}

function placeOf({ sheet, row, source }: FigureFlag): string {
  return sheet === undefined ? `${source.table}, ${source.row}` : `${sheet}, row ${row}`;
}

function withoutFigures({ source: { table, row }, ...flag }: FigureFlag): FigureFlag {
  return { ...flag, before: null, after: null, ratio: null, source: { table, row } };
}
