export function choosePort(wish: { name: string; preferred?: number | undefined; say?: (line: string) => void }): Promise<number>;
export function waitForPort(port: number, options?: { timeoutMs?: number; failed?: () => string | undefined }): Promise<void>;
