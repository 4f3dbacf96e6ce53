import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsPrefix, type ServiceConfig } from '#platform';

/** Options of every connection to the broker. A broker that restarts is waited for, however long it takes. */
export function natsOptions(config: Pick<ServiceConfig, 'NATS_URL' | 'NATS_TOKEN'>, name: string) {
  return {
    servers: config.NATS_URL.split(','),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    waitOnFirstConnect: true,
    ...(config.NATS_TOKEN ? { token: config.NATS_TOKEN } : {}),
  };
}

export function connectNats(config: Pick<ServiceConfig, 'NATS_URL' | 'NATS_TOKEN'>, name: string): Promise<NatsConnection> {
  return connect(natsOptions(config, name));
}

/** The subject as the broker sees it. */
export function requestSubject(subject: string): string {
  return `${natsPrefix()}.request.${subject}`;
}

export function workSubject(subject: string): string {
  return `${natsPrefix()}.work.${subject}`;
}
