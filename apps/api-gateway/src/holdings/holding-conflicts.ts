import type { ProblemPlace } from '#contracts';
import { interestsOn, isRefusal, type Holding } from '#ghg';

const PLACES_MAX = 100;

/**
 * Where a set of holdings contradicts itself. First what is wrong by itself: an entity that holds itself, the same holding twice. Then, by the
 * kernel's own reading of the organisation (Corporate Standard, chapter 3), the days on which shares sum to more than 1 or run in a circle:
 * what is stored here can be read there.
 */
export function conflictsOf(holdings: readonly Holding[]): ProblemPlace[] {
  const found = [...selves(holdings), ...twice(holdings)];
  return (found.length > 0 ? found : unreadableDays(holdings)).slice(0, PLACES_MAX);
}

const at = (index: number, member: keyof Holding, code: string, detail: string): ProblemPlace => ({
  at: `body[${index}].${member}`,
  code,
  detail,
});

function selves(holdings: readonly Holding[]): ProblemPlace[] {
  return holdings.flatMap(({ entity, holder }, index) =>
    entity === holder ? [at(index, 'holder', 'ownership_cyclic', `${entity} cannot hold itself`)] : [],
  );
}

function twice(holdings: readonly Holding[]): ProblemPlace[] {
  const known = new Set<string>();
  return holdings.flatMap(({ entity, holder, validFrom }, index) => {
    const identity = JSON.stringify([entity, holder, validFrom]);
    if (known.has(identity)) return [at(index, 'validFrom', 'holding_conflict', `${holder} holds ${entity} from ${validFrom} twice`)];
    known.add(identity);
    return [];
  });
}

/** A sum can only rise, and a circle only close, on a day on which a holding begins. One place for each entity and reason: the first such day. */
function unreadableDays(holdings: readonly Holding[]): ProblemPlace[] {
  const entities = [...new Set(holdings.flatMap(({ entity, holder }) => [entity, holder]))].sort();
  const places = new Map<string, ProblemPlace>();
  for (const day of [...new Set(holdings.map(({ validFrom }) => validFrom))].sort()) {
    const refused = interestsOn({ entities, holdings }, day);
    if (!isRefusal(refused)) continue;
    const index = holdings.findIndex(({ entity, validFrom }) => entity === refused.at && validFrom <= day);
    const member = refused.refusal === 'ownership_above_one' ? 'share' : 'holder';
    const reason = `${refused.refusal} ${refused.at}`;
    if (!places.has(reason)) places.set(reason, at(Math.max(index, 0), member, refused.refusal, refused.detail));
  }
  return [...places.values()];
}
