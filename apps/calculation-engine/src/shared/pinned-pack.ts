import { Refused } from '#contracts';
import { isRefusal, methodPack, type MethodPack } from '#ghg';
import type { RunPins } from './rows';

/** The rules that a book or a run pins. Refuses: `method_pack_unknown` (opened by a version of the engine that knew more). */
export function pinnedPack({ methodPack: id }: Pick<RunPins, 'methodPack'>): MethodPack {
  const pack = methodPack(id);
  if (isRefusal(pack)) throw new Refused('method_pack_unknown', pack.detail);
  return pack;
}
