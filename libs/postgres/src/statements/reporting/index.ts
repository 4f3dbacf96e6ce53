export * from './copy-run';
export * from './last-projected-run';
export * from './read-conservation';
export * from './read-legs';
export * from './read-organisation';
export * from './runs-to-project';
