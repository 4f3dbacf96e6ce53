export const ROOT: string;
export const DEFAULT_DATA_DIR: string;
