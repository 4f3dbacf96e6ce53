/** Names under which Nest hands out what is no class of ours. */
export const GAS_REGISTER = Symbol('gas register');
export const NATS = Symbol('connection to the broker');
