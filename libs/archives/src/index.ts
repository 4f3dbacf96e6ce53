export * from './archive-refused';
export * from './unpack-guard';
export * from './zip';
