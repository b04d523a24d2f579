import { sm2 } from 'sm-crypto-v2';
import { keyId } from './checkpoint';
import { fromHex } from './bytes';
import { leafHash, nodeHash, type Hash } from './merkle';
import type { LedgerProof } from './verify';

const privateKey = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8';
export const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
export const origin = 'medward.example/ledger';

/** Builds a signed tree over the entries and proves one of them. */
export function prove(entries: string[], position: number, at = 1_772_411_100_000): LedgerProof {
  const leaves = entries.map((entry) => leafHash(new TextEncoder().encode(entry)));
  const root = rootOf(leaves);
  const text = `${origin}\n${entries.length}\n${toBase64(root)}\ntime ${at * 1000}\nafter 0\n`;
  const signature = fromHex(sm2.doSignature(new TextEncoder().encode(text), privateKey, { der: true, hash: true }));
  const line = Uint8Array.of(...keyId(origin, publicKey), ...signature);
  return {
    position,
    size: entries.length,
    entry: toBase64(new TextEncoder().encode(entries[position])),
    root: toBase64(root),
    path: pathOf(leaves, position).map(toBase64),
    checkpoint: `${text}\n— ${origin} ${toBase64(line)}\n`,
  };
}

export const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

function split(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

function rootOf(leaves: Hash[]): Hash {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const half = split(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

function pathOf(leaves: Hash[], position: number): Hash[] {
  if (leaves.length === 1) return [];
  const half = split(leaves.length);
  return position < half
    ? [...pathOf(leaves.slice(0, half), position), rootOf(leaves.slice(half))]
    : [...pathOf(leaves.slice(half), position - half), rootOf(leaves.slice(0, half))];
}
