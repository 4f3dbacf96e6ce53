import { VERSION } from './version';

export interface Health {
  readonly service: string;
  readonly version: string;
  readonly ready: boolean;
  /** Each part that the service needs, and whether it answered just now. */
  readonly parts: Record<string, boolean>;
}

/** Whether everything that a service needs is there, asked anew each time: a check that fails says no, whatever its reason. */
export async function healthOf(service: string, checks: Readonly<Record<string, Promise<unknown>>>): Promise<Health> {
  const settled = await Promise.allSettled(Object.values(checks));
  const parts = Object.fromEntries(Object.keys(checks).map((part, i) => [part, settled[i]!.status === 'fulfilled']));
  return { service, version: VERSION, ready: Object.values(parts).every(Boolean), parts };
}
