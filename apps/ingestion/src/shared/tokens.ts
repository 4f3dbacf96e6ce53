/** Names under which Nest hands out what is no class of ours. */
export const CONFIG = Symbol('configuration');
export const FILE_STORE = Symbol('file store');
export const NATS = Symbol('connection to the broker');
