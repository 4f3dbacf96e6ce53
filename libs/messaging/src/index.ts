export * from './nats-connection';
export * from './answers';
export * from './asker';
export * from './outbox-port';
export * from './work-queue';
export * from './work-runner';
export * from './start-worker';
