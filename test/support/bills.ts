import type { WrittenMapping } from './ingestion-world';

export const BILLS_HEADER = 'bill,site,what,amount,unit,from,to,cost_centre,budget,note';
export const billsCsv = (...lines: string[]): string => [BILLS_HEADER, ...lines, ''].join('\n');

/** A long file: one record per line, electricity or gas, each bill known by its number. */
export const BILLS: WrittenMapping = {
  source: 'bills',
  locale: { decimal: '.', group: ',', date: 'YYYY-MM-DD' },
  identity: ['bill'],
  entity: { column: 'site' },
  period: { start: { column: 'from' }, end: { column: 'to' } },
  tags: [
    { column: 'cost_centre', tag: 'cost_centre', type: 'text' },
    { column: 'budget', tag: 'budget', type: 'decimal' },
  ],
  ignore: ['note'],
  slots: [
    {
      slot: 1,
      when: { column: 'what', in: ['power', 'peat'] },
      activityType: { column: 'what', values: { power: 'electricity.grid' } },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
    },
    {
      slot: 2,
      when: { column: 'what', in: ['gas'] },
      activityType: { constant: 'fuel.natural-gas' },
      operands: { quantity: { value: { column: 'amount' }, unit: { column: 'unit' } } },
      attributes: { calorific_basis: { constant: 'gross' } },
    },
  ],
};

export const GOOD_BILL = 'G1,HQ,power,100,kWh,2025-01-01,2025-01-31,C,1,';
