import type { SchemaElement, SchemaTree } from 'hyparquet';

/** What the cells of a column are. */
export type ColumnKind =
  | { readonly kind: 'text' | 'boolean' | 'number' | 'float' | 'date' }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'time'; readonly perSecond: bigint; readonly utc: boolean };

/** A column whose cells no record can state, and what it is, for people. */
export interface Unsupported {
  readonly unsupported: string;
}

type Type = ColumnKind | Unsupported;

const INTEGERS: ReadonlySet<string> = new Set(['INT_8', 'INT_16', 'INT_32', 'INT_64', 'UINT_8', 'UINT_16', 'UINT_32', 'UINT_64']);
const PER_SECOND = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;
const TEXTS: ReadonlySet<string> = new Set(['UTF8', 'STRING', 'ENUM', 'JSON']);

const unsupported = (what: string): Unsupported => ({ unsupported: what });

/** The type of a column, by its physical type and what it is annotated with (Apache Parquet, LogicalTypes). */
export function columnType({ element, children }: SchemaTree): Type {
  if (children.length > 0 || element.num_children) return unsupported('nested');
  if (element.repetition_type === 'REPEATED') return unsupported('a list');
  const annotation = element.logical_type?.type ?? element.converted_type;
  switch (element.type) {
    case 'BOOLEAN':
      return { kind: 'boolean' };
    case 'FLOAT':
      return { kind: 'float' };
    case 'DOUBLE':
      return { kind: 'number' };
    case 'INT32':
    case 'INT64':
      return integerType(element, annotation);
    case 'INT96':
      return unsupported('INT96, a moment that does not say its zone');
    case 'BYTE_ARRAY':
      if (TEXTS.has(annotation ?? '')) return { kind: 'text' };
      return annotation === 'DECIMAL' ? decimalType(element) : unsupported(annotation ?? 'bytes that are not said to be text');
    case 'FIXED_LEN_BYTE_ARRAY':
      if (annotation === 'UUID') return { kind: 'text' };
      return annotation === 'DECIMAL' ? decimalType(element) : unsupported(annotation ?? 'bytes');
    default:
      return unsupported(annotation ?? 'of no known type');
  }
}

function integerType(element: SchemaElement, annotation: string | undefined): Type {
  if (annotation === undefined || annotation === 'INTEGER' || INTEGERS.has(annotation)) return { kind: 'number' };
  if (annotation === 'DECIMAL') return decimalType(element);
  if (annotation === 'DATE') return { kind: 'date' };
  if (annotation === 'TIMESTAMP' && element.logical_type?.type === 'TIMESTAMP') {
    const { unit, isAdjustedToUTC } = element.logical_type;
    return { kind: 'time', perSecond: PER_SECOND[unit], utc: isAdjustedToUTC };
  }
  // Before there were logical types, moments were always in UTC.
  if (annotation === 'TIMESTAMP_MILLIS') return { kind: 'time', perSecond: PER_SECOND.MILLIS, utc: true };
  if (annotation === 'TIMESTAMP_MICROS') return { kind: 'time', perSecond: PER_SECOND.MICROS, utc: true };
  return unsupported(annotation);
}

function decimalType({ scale, logical_type }: SchemaElement): Type {
  const places = scale ?? (logical_type?.type === 'DECIMAL' ? logical_type.scale : 0);
  return places >= 0 && places <= 76 ? { kind: 'decimal', scale: places } : unsupported('a DECIMAL of such a scale');
}

/** The element as the library is to decode it: it would turn decimals into binary numbers, and moments into whole milliseconds. */
export function undecoratedElement(element: SchemaElement, type: Type): SchemaElement {
  if ('unsupported' in type || type.kind === 'boolean' || type.kind === 'number' || type.kind === 'float') return element;
  const bare = { ...element };
  delete bare.converted_type;
  delete bare.logical_type;
  if (type.kind !== 'text') return bare;
  return element.type === 'BYTE_ARRAY' ? { ...bare, converted_type: 'UTF8' } : element;
}
