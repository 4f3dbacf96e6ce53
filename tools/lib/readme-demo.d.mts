export const README: string;
export function runDemo(dataDir: string): { status: number | null; stdout: string; stderr: string };
export function inventoryOf(stdout: string): string;
export function blockOf(readme: string): string | undefined;
export function readmeWithDemo(): string;
