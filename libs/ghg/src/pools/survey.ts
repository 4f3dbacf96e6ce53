import { Decimal, divide, plain, QUANTITY_SCALE, RATE_SCALE } from '../quantity/decimal';
import { isRefusal, refuse, type Refusal } from '../refusals';
import { amountOf, byText, cited, figuresOf, groupsBy, inCanonicalOrder, selects } from './members';
import type { PoolMember, PoolPosting, PoolResult, SurveyPopulation, SurveySpec } from './pool';

interface Population {
  readonly heads: Decimal;
  readonly respondents: Decimal;
}

/**
 * What the heads who did not answer are taken to have done: extra = quantity × (heads − respondents) ÷ respondents, in the unit of the quantity,
 * half-even at 12 decimals (Scope 3 Technical Guidance, chapter 7: extrapolating from a representative sample of employees).
 */
export function extrapolated(quantity: Decimal, heads: Decimal, respondents: Decimal): Decimal {
  return divide(quantity.mul(heads.sub(respondents)), respondents, QUANTITY_SCALE).value;
}

/**
 * Extrapolates what respondents stated to all heads of an entity and year: each key gets extra quantity under the rates that its rows stand under.
 * The rows stay what they are, calculated; the postings say that they are extrapolated.
 * Refusals, of the survey: `pool_without_members`; per entity and year: `survey_population_missing` (members, but no heads stated),
 * `survey_population_twice`, `number_malformed`, `number_too_large`, `number_too_precise`, `survey_respondents_above_heads`,
 * `survey_without_respondents`.
 */
export function extrapolateSurvey(spec: SurveySpec, members: readonly PoolMember[]): PoolResult {
  const taken = inCanonicalOrder(members.filter((member) => selects(spec.select, member)));
  const refusals: Refusal[] = [];
  const postings: PoolPosting[] = [];
  const figures: [string, string][] = [];
  if (taken.length === 0) refusals.push(refuse('pool_without_members', `no activity is selected by ${spec.code}`, spec.code));
  for (const [place, group] of groupsBy(taken, placeOf)) {
    const population = populationOf(spec.populations, place);
    if (isRefusal(population)) {
      refusals.push(population);
      continue;
    }
    const { heads, respondents } = population;
    figures.push(
      [`heads:${place}`, plain(heads)],
      [`respondents:${place}`, plain(respondents)],
      [`response_rate:${place}`, plain(divide(respondents, heads, RATE_SCALE).value)],
      [`extrapolation_factor:${place}`, plain(divide(heads, respondents, RATE_SCALE).value)],
    );
    postings.push(...group.flatMap((member) => postingsOf(member, population)));
  }
  return {
    kind: 'survey',
    code: spec.code,
    members: taken.map((member) => cited(member)),
    postings,
    figures: figuresOf(figures),
    refusals,
  };
}

function placeOf({ entityCode, year }: { entityCode: string; year: number }): string {
  return `${entityCode} ${year}`;
}

function populationOf(populations: readonly SurveyPopulation[], place: string): Population | Refusal {
  const stated = populations.filter((population) => placeOf(population) === place).sort((a, b) => byText(a.heads, b.heads));
  const [first] = stated;
  if (!first) return refuse('survey_population_missing', `heads and respondents of ${place} are not stated`, place);
  if (stated.length > 1) return refuse('survey_population_twice', `heads of ${place} are stated ${stated.length} times`, place);
  const heads = amountOf(first.heads, place);
  if (isRefusal(heads)) return heads;
  const respondents = amountOf(first.respondents, place);
  if (isRefusal(respondents)) return respondents;
  if (respondents.gt(heads))
    return refuse('survey_respondents_above_heads', `${first.respondents} of ${first.heads} heads in ${place}`, place);
  if (respondents.isZero()) return refuse('survey_without_respondents', `0 of ${first.heads} heads in ${place}`, place);
  return { heads, respondents };
}

function postingsOf(member: PoolMember, { heads, respondents }: Population): PoolPosting[] {
  const extra = extrapolated(new Decimal(member.quantity), heads, respondents);
  if (extra.isZero()) return [];
  const [all, answered] = [plain(heads), plain(respondents)];
  const because =
    `Extrapolated, ${answered} of ${all} heads answered: ` +
    `${member.quantity} ${member.unit} × (${all} − ${answered}) ÷ ${answered} = ${plain(extra)} ${member.unit}.`;
  const { entityCode, year, matchKeyId } = member;
  return member.rates.map(({ rateId }) => ({ entityCode, year, quantity: plain(extra), of: { rateId }, matchKeyId, because }));
}
