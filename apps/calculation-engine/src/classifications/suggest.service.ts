import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Refused, type ProblemPlace, type SuggestionView } from '#contracts';
import { isRefusal, parseQuotient } from '#ghg';
import { CATALOGUE_TENANT, inTenant } from '#postgres';
import type { SuggestLine } from '#suggest';
import { FactorSetRow } from '../shared/rows';
import { fittingSuggestions, scoreText, Suggestions } from '../shared/suggestions';

/** One line of the question, as its contract states it. */
type Line = { readonly [Name in keyof SuggestLine]: SuggestLine[Name] | undefined } & Pick<SuggestLine, 'text'>;

/** What free text may be. Nothing is stored, and nothing is taken: that is for a person. */
@Injectable()
export class SuggestService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly suggestions: Suggestions,
  ) {}

  /** Per line, best first; none where nothing stands out. Refuses: `request_invalid` (a unit that is not in the register). */
  async suggest(tenantId: string, lines: readonly Line[], limit: number): Promise<{ method: string; lines: SuggestionView[][] }> {
    const places = lines.flatMap(({ unit }, i) => unknownUnit(unit, `lines.${i}.unit`));
    if (places[0]) throw new Refused('request_invalid', `${places[0].at}: ${places[0].detail}`, places);
    const suggester = await inTenant(this.dataSource, tenantId, async (transaction) => {
      const sets = await transaction.manager.find(FactorSetRow, { where: { tenantId: In([tenantId, CATALOGUE_TENANT]), current: true } });
      return this.suggestions.over(transaction, sets);
    });
    const suggested = await fittingSuggestions(suggester, lines.map(definedOf), limit);
    return {
      method: suggester.name,
      lines: suggested.map((ofLine) =>
        ofLine.map(({ activityType, attributes, score, reasons }) => ({
          activityType,
          attributes: { ...attributes },
          score: scoreText(score),
          reasons: [...reasons],
        })),
      ),
    };
  }
}

function unknownUnit(unit: string | undefined, at: string): ProblemPlace[] {
  const parsed = unit === undefined ? null : parseQuotient(unit);
  return isRefusal(parsed) ? [{ at, code: parsed.refusal, detail: parsed.detail }] : [];
}

function definedOf({ text, unit, country, supplier }: Line): SuggestLine {
  return {
    text,
    ...(unit === undefined ? {} : { unit }),
    ...(country === undefined ? {} : { country }),
    ...(supplier === undefined ? {} : { supplier }),
  };
}
