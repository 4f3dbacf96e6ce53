import { apiKeyOf, keyHashOf } from './api-key';

const KEY = `sbk_${'a'.repeat(42)}_`;

describe('an API key', () => {
  it.each([`Bearer ${KEY}`, `bearer ${KEY}`, ` Bearer   ${KEY} `])('is read from %j', (authorization) => {
    expect(apiKeyOf(authorization)).toBe(KEY);
  });

  it.each([undefined, '', 'Bearer', KEY, `Basic ${KEY}`])('is missing from %j', (authorization) => {
    expect(() => apiKeyOf(authorization)).toThrow(expect.objectContaining({ code: 'api_key_missing' }));
  });

  it.each([`Bearer ${KEY}x`, `Bearer ${KEY.slice(0, -1)}`, `Bearer ${KEY} more`, 'Bearer token', `Bearer ${KEY.slice(0, -1)}=`])(
    'cannot be %j',
    (authorization) => {
      expect(() => apiKeyOf(authorization)).toThrow(expect.objectContaining({ code: 'api_key_unknown' }));
    },
  );

  // RFC 6234's test vector for "abc": the spelling that the database compares.
  it('is stored as the lower-case hex SHA-256 of its text', () => {
    expect(keyHashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
