export * from './config';
export * from './logging';
export * from './digest';
export * from './file-store';
export * from './version';
export * from './health';
export * from './catalogue';
