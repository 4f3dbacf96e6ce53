import type { Cell, MappingSpec } from '#contracts';

/** Where the value of a tag comes from: a mapping states either a column or a cell. */
export function tagCell({ column = '', from }: MappingSpec['tags'][number]): Cell {
  return from ?? { column };
}
