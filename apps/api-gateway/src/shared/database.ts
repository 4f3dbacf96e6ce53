import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../../generated/client';
import { GATEWAY_CONFIG, type GatewayConfig } from './gateway-config';

/** The tables as one transaction sees them. */
export type Transaction = Prisma.TransactionClient;

const TRANSACTION_MS_MAX = 30_000;
const WAIT_MS_MAX = 5_000;

/**
 * The gateway's tables, behind Postgres' row policies. Nothing reaches them outside `inTenant` and `asBearer`: a transaction without its
 * setting sees no row of anybody.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly prisma: PrismaClient;

  constructor(@Inject(GATEWAY_CONFIG) config: Pick<GatewayConfig, 'DATABASE_URL' | 'DATABASE_CONNECTIONS_MAX'>) {
    const adapter = new PrismaPg({ connectionString: config.DATABASE_URL, max: config.DATABASE_CONNECTIONS_MAX });
    this.prisma = new PrismaClient({ adapter });
  }

  /** Runs `work` in one transaction that sees the rows of this tenant and no others. */
  inTenant<T>(tenantId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.withSetting('app.tenant', tenantId, work);
  }

  /** Runs `work` in one transaction that sees the one API key with this hash, and nothing else. */
  asBearer<T>(keyHash: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.withSetting('app.key_hash', keyHash, work);
  }

  /** Whether Postgres answers. */
  async isReady(): Promise<boolean> {
    return this.prisma.$queryRaw`select 1`.then(
      () => true,
      () => false,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.prisma.$disconnect();
  }

  private withSetting<T>(setting: string, value: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(
      async (transaction) => {
        await transaction.$queryRaw`select set_config(${setting}, ${value}, true)`;
        return work(transaction);
      },
      { timeout: TRANSACTION_MS_MAX, maxWait: WAIT_MS_MAX },
    );
  }
}

/** Prisma's codes for a server that is not reached, gone, or out of connections. */
const AWAY = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
  'ECONNREFUSED',
  'ECONNRESET',
]);

export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  return error instanceof Prisma.PrismaClientKnownRequestError && AWAY.has(error.code);
}
