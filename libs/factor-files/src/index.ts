export * from './factor-file';
