export const CATEGORIES: Readonly<Record<string, string>>;
export function inventoryLines(shown: { company: string; inventory: unknown; conservation: unknown }): string[];
export function explanationLines(shown: { apiUrl: string; apiKey: string; entry: unknown }): string[];
