import {
  Decimal,
  extrapolated,
  extrapolateSurvey,
  plain,
  type PoolMember,
  type RefusalCode,
  type SurveyPopulation,
  type SurveySpec,
} from '#ghg';
import { memberOf, rateOf } from '../../../../test/support/pool-members';

const population = (changes: Partial<SurveyPopulation> = {}): SurveyPopulation => ({
  entityCode: 'S',
  year: 2024,
  heads: '50',
  respondents: '40',
  ...changes,
});
const survey = (...populations: SurveyPopulation[]): SurveySpec => ({
  kind: 'survey',
  code: 'commuting',
  select: { activityTypes: ['commute.car'] },
  populations,
});
const car: PoolMember = memberOf('1', 'commute.car', '120', 'km');

describe('a survey', () => {
  it('says that who did not answer did as who answered', () => {
    expect(plain(extrapolated(new Decimal(120), new Decimal(50), new Decimal(40)))).toBe('30');
    expect(plain(extrapolated(new Decimal(1), new Decimal(7), new Decimal(3)))).toBe('1.333333333333');
    expect(plain(extrapolated(new Decimal(-120), new Decimal(50), new Decimal(40)))).toBe('-30');
  });

  it('posts the extra quantity under every standing rate of the key, and says that it is extrapolated', () => {
    const rates = ['operation', 'upstream'].map((rateId) => ({ rateId, rate: rateOf('operation', 'all', '1', { unit: 'km' }) }));
    const result = extrapolateSurvey(survey(population()), [{ ...car, rates }]);
    expect(result.postings.map(({ quantity, of }) => ({ quantity, of }))).toEqual(
      rates.map(({ rateId }) => ({ quantity: '30', of: { rateId } })),
    );
    expect(result.postings[0]?.because).toBe('Extrapolated, 40 of 50 heads answered: 120 km × (50 − 40) ÷ 40 = 30 km.');
    expect(result.figures).toEqual({
      'extrapolation_factor:S 2024': '1.25',
      'heads:S 2024': '50',
      'respondents:S 2024': '40',
      'response_rate:S 2024': '0.8',
    });
  });

  it('posts nothing where everybody answered', () => {
    expect(extrapolateSurvey(survey(population({ respondents: '50' })), [car])).toMatchObject({ postings: [], refusals: [] });
  });

  it('leaves other activities alone', () => {
    const result = extrapolateSurvey(survey(population()), [car, memberOf('2', 'travel.rail', '10', 'passenger.km')]);
    expect(result.members).toHaveLength(1);
  });

  it.each<[string, SurveySpec, PoolMember[], RefusalCode]>([
    ['more answers than heads', survey(population({ respondents: '51' })), [car], 'survey_respondents_above_heads'],
    ['no answer', survey(population({ respondents: '0' })), [car], 'survey_without_respondents'],
    ['no heads stated', survey(population({ year: 2023 })), [car], 'survey_population_missing'],
    ['heads stated twice', survey(population(), population({ heads: '60' })), [car], 'survey_population_twice'],
    ['heads that are no number', survey(population({ heads: 'many' })), [car], 'number_malformed'],
    ['no member', survey(population()), [], 'pool_without_members'],
  ])('is refused with %s', (_, spec, members, refusal) => {
    const result = extrapolateSurvey(spec, members);
    expect(result.refusals).toMatchObject([{ refusal }]);
    expect(result.postings).toEqual([]);
  });

  it('refuses one entity and extrapolates the other', () => {
    const result = extrapolateSurvey(survey(population()), [car, { ...car, matchKeyId: '2', entityCode: 'T' }]);
    expect(result.postings).toHaveLength(1);
    expect(result.refusals).toMatchObject([{ refusal: 'survey_population_missing', at: 'T 2024' }]);
  });
});
