export interface Bootstrapped {
  readonly apiKey?: string;
  readonly lines?: string[];
  readonly next?: string[];
  readonly report?: Record<string, unknown>;
  readonly seconds?: Record<string, number>;
}

export function bootstrap(wish: {
  apiUrl: string;
  ownerUrl: string;
  secrets: { roles: Readonly<Record<string, string>> };
  dataDir: string;
  demo: boolean;
  say: (line: string) => void;
}): Promise<Bootstrapped>;
