import { createHash } from 'node:crypto';

export function sha256Hex(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * A SHA-256 as a UUID of version 8 (RFC 9562, section 5.8): the first 128 bits with the version and variant set, so 122 bits of digest in sixteen
 * bytes.
 */
export function sha256Uuid(text: string): string {
  const hex = sha256Hex(text);
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
