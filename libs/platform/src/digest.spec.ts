import { z } from 'zod';
import { sha256Hex, sha256Uuid } from './digest';

describe('a digest as a UUID', () => {
  it.each(['', 'a', 'b', 'scopebook', 'ü'])('of %j is a valid UUID of version 8 and holds the digest', (text) => {
    const uuid = sha256Uuid(text);
    expect(z.uuid().safeParse(uuid).success).toBe(true);
    expect(uuid.slice(0, 8)).toBe(sha256Hex(text).slice(0, 8));
    expect(uuid.slice(-12)).toBe(sha256Hex(text).slice(20, 32));
  });
});
