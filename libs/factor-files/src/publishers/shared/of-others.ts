/** Whose scopes 1 and 2 count in a category of the reporter: what they burn and buy takes the figures of the country as the reporter's own does. */
export const OPERATORS = [
  'supplier',
  'capital-supplier',
  'hub',
  'hub-downstream',
  'processor',
  'leased-in',
  'leased-out',
  'franchise',
] as const;

/** Products that run on electricity or burn fuel, and what runs beside them. */
export const PRODUCTS = ['use', 'use-indirect'] as const;
