export * from './data-source';
export * from './tenant';
export * from './outbox';
export * from './copy';
export * from './statements/calculation';
export * from './statements/reporting';
export * from './statements/ingestion';
