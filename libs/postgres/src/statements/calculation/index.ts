export * from './cut-chunks';
export * from './decide-keys';
export * from './explain-entry';
export * from './post-chunk';
export * from './restate-chunk';
export * from './seal-run';
