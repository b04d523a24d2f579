import { sm3 } from 'sm-crypto-v2';
import { fromHex } from './bytes';

/** Hashes of 32 bytes as in RFC 6962, over SM3 (GB/T 32905). */
export type Hash = Uint8Array;

export const hashSize = 32;

export const leafHash = (entry: Uint8Array): Hash => digest(0, entry);
export const nodeHash = (left: Hash, right: Hash): Hash => digest(1, left, right);

function digest(prefix: number, ...parts: Uint8Array[]): Hash {
  const input = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  input[0] = prefix;
  let at = 1;
  for (const part of parts) {
    input.set(part, at);
    at += part.length;
  }
  return fromHex(sm3(input));
}

/** One step from a leaf towards the root. */
export interface Step {
  /** On which side of us the sibling stands. */
  side: 'left' | 'right';
  sibling: Hash;
  /** What both together give. */
  result: Hash;
}

/**
 * Climbs from a leaf to the root along an inclusion proof (RFC 9162, 2.1.3.2).
 * Returns undefined when the length of the path does not fit the position.
 */
export function climb(leaf: Hash, position: bigint, size: bigint, path: Hash[]): Step[] | undefined {
  if (position < 0n || position >= size) return undefined;
  let index = position;
  let last = size - 1n;
  let here = leaf;
  const steps: Step[] = [];
  for (const sibling of path) {
    if (last === 0n) return undefined;
    const side = index % 2n === 1n || index === last ? 'left' : 'right';
    here = side === 'left' ? nodeHash(sibling, here) : nodeHash(here, sibling);
    steps.push({ side, sibling, result: here });
    if (side === 'left') {
      while (index % 2n === 0n && index !== 0n) {
        index /= 2n;
        last /= 2n;
      }
    }
    index /= 2n;
    last /= 2n;
  }
  return last === 0n ? steps : undefined;
}
