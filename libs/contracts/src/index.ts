export * from './message';
export * from './common';
export * from './mapping';
export * from './ingestion';
export * from './calculation';
export * from './reporting';
export * from './health';
export * from './problems';
