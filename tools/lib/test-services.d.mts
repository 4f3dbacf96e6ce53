export type ServiceName = 'ingestion' | 'calculation-engine' | 'reporting' | 'api-gateway';

/** Four running services of one test. */
export interface TestServices {
  /** `http://127.0.0.1:<port>` of the gateway. */
  readonly apiUrl: string;
  readonly clickhouseDatabase: string;
  readonly natsPrefix: string;
  logFile(service: ServiceName): string;
  /** Ends one service; with SIGKILL at once, mid-instruction. */
  end(service: ServiceName, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a service that was ended, and waits until all are ready. */
  begin(service: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

export function startTestServices(wish: {
  name: string;
  ownerUrl: string;
  settings?: Readonly<Record<string, string>>;
  parts: { databaseUrl: string; natsUrl: string; natsToken: string; clickhouseUrl: string; fileStoreUrl: string; dataDir: string } & {
    templateDatabase: string;
    rolePasswords: Readonly<Record<string, string>>;
  };
}): Promise<TestServices>;
