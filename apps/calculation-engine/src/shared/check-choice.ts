import type { z } from 'zod';
import { Refused, type factorChoiceBody, type ProblemPlace } from '#contracts';
import { CHOICE_PROBLEMS, validateChoice, type Factor, type FactorChoice } from '#ghg';
import { CATALOGUE_TENANT, FIND_NAMED_FACTOR, type TenantTransaction } from '#postgres';

export type ChoiceBody = z.infer<typeof factorChoiceBody>;

interface NamedFactorRow {
  readonly activity_type: string;
  readonly leg: Factor['leg'];
  readonly supplier: string | null;
  readonly attributes: Factor['attributes'];
}

/** A decision about factors that could have an effect. Refuses, in this order: `factor_unknown`, `factor_choice_invalid` (places within `at`). */
export async function checkChoice(transaction: TenantTransaction, choice: ChoiceBody, at: string): Promise<void> {
  refuseProblems(choice, await namedFactor(transaction, choice.factor), at);
}

async function namedFactor({ client, tenantId }: TenantTransaction, factor: ChoiceBody['factor']): Promise<NamedFactorRow> {
  const { publisher, edition, version, code } = factor;
  const { rows } = await client.query<NamedFactorRow>(FIND_NAMED_FACTOR, [tenantId, CATALOGUE_TENANT, publisher, edition, version, code]);
  if (!rows[0]) throw new Refused('factor_unknown', `No set that you read is ${publisher} ${edition} ${version} and has "${code}".`);
  return rows[0];
}

function refuseProblems(choice: ChoiceBody, { activity_type, supplier, ...factor }: NamedFactorRow, within: string): void {
  const problems = validateChoice(choice as FactorChoice, {
    ...factor,
    activityType: activity_type,
    ...(supplier === null ? {} : { supplier }),
  });
  const places = problems.map(({ problem, at, detail }): ProblemPlace => ({
    at: `${within}.${at}`,
    code: problem,
    detail: `${CHOICE_PROBLEMS[problem]} ${detail}`,
  }));
  if (places[0]) throw new Refused('factor_choice_invalid', `${places[0].at}: ${places[0].detail}`, places);
}
