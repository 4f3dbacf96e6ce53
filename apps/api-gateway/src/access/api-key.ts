import { Refused } from '#contracts';
import { sha256Hex } from '#platform';

/** `sbk_` and 256 random bits: too many to guess, so one round of SHA-256 is enough to keep the key itself out of the database. */
const API_KEY = /^sbk_[A-Za-z0-9_-]{43}$/;

/** The key of an `Authorization` header. Refuses `api_key_missing`, and `api_key_unknown` for what cannot be a key of ours. */
export function apiKeyOf(authorization: string | undefined): string {
  const [scheme, key, ...rest] = (authorization ?? '').trim().split(/ +/);
  if (!scheme || scheme.toLowerCase() !== 'bearer' || !key) throw new Refused('api_key_missing');
  if (rest.length > 0 || !API_KEY.test(key)) throw new Refused('api_key_unknown');
  return key;
}

/** The spelling under which a key is stored: the lower-case hex SHA-256 of its text. */
export function keyHashOf(apiKey: string): string {
  return sha256Hex(apiKey);
}
