export * from './copy-run';
export * from './last-projected-run';
export * from './read-conservation';
export * from './read-legs';
export * from './read-method-pack';
export * from './read-organisation';
export * from './read-quality';
export * from './runs-to-project';
