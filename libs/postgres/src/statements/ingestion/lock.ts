/** Waits for everybody else who names the same thing, until the end of the transaction. `$1` what is locked, with its tenant in the name. */
export const LOCK_UNTIL_COMMIT = 'select pg_advisory_xact_lock(hashtext($1))';
