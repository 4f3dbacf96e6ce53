export function choosePort(wish: { name: string; preferred?: number; say?: (line: string) => void }): Promise<number>;
