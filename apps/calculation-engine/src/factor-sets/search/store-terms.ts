import type { FactorSet } from '#ghg';
import { INSERT_FACTOR_TERMS, INSERT_FACTOR_WORDS, type TenantTransaction } from '#postgres';
import { BLOCK, encoded } from './postings';
import { TermsOfSet, type TermField } from './terms';

const ROWS_PER_STATEMENT = 5_000;

/** Writes what the factors of a set are found by, block by block: a set of any size takes the memory of one block. */
export async function storeTerms({ client, tenantId }: TenantTransaction, setId: string, { factors, ...head }: FactorSet): Promise<void> {
  const ofSet = new TermsOfSet(head);
  for (let block = 0; block * BLOCK < factors.length; block += 1) {
    const terms = new Map<TermField, Map<string, number[]>>();
    factors.slice(block * BLOCK, (block + 1) * BLOCK).forEach((factor, number) => {
      ofSet.tell(factor, (field, term) => note(terms, field, term, number));
    });
    const rows = [...terms].flatMap(([field, ofField]) => [...ofField].map(([term, numbers]) => ({ field, term, numbers })));
    for (let first = 0; first < rows.length; first += ROWS_PER_STATEMENT) {
      const part = rows.slice(first, first + ROWS_PER_STATEMENT);
      const columns = [part.map(({ field }) => field), part.map(({ term }) => term), part.map(({ numbers }) => encoded(numbers))];
      await client.query(INSERT_FACTOR_TERMS, [tenantId, setId, block, ...columns]);
    }
  }
  // In order, so that two uploads at once wait for each other in turn and never crosswise.
  await client.query(INSERT_FACTOR_WORDS, [tenantId, [...ofSet.words].sort()]);
}

function note(terms: Map<TermField, Map<string, number[]>>, field: TermField, term: string, number: number): void {
  let ofField = terms.get(field);
  if (ofField === undefined) terms.set(field, (ofField = new Map<string, number[]>()));
  const numbers = ofField.get(term);
  if (numbers === undefined) ofField.set(term, [number]);
  else numbers.push(number);
}
