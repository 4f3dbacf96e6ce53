import { createHash } from 'node:crypto';

// A leaf and a node must never be mistaken for each other, or a subtree could pass for an entry (RFC 6962, section 2.1).
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const hash = (...parts: Buffer[]): Buffer => parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest();

/**
 * Merkle root over leaves in their order, as hex. A lonely node at the end of a row rises unchanged, so no leaf counts twice. No leaves at all
 * have the hash of nothing.
 */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return hash().toString('hex');
  let row = leaves.map((leaf) => hash(LEAF, Buffer.from(leaf, 'hex')));
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i]!, row[i + 1]];
      above.push(right ? hash(NODE, left, right) : left);
    }
    row = above;
  }
  return row[0]!.toString('hex');
}
