import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex } from './bytes';
import { readCheckpoint, signedBy } from './checkpoint';
import { leafHash, nodeHash } from './merkle';
import { verify, type LedgerProof } from './verify';

interface Vectors {
  entries: string[];
  leaves: string[];
  rootOf2: string;
  publicKey: string;
  checkpoint: string;
  inclusion: LedgerProof;
}

const document = readFileSync('../docs/format/ledger.md', 'utf8');
const vectors = JSON.parse(document.slice(document.indexOf('```json vectors') + '```json vectors'.length, document.lastIndexOf('```'))) as Vectors;

describe('the vectors that the server is checked by', () => {
  it('have the same leaves and nodes here', () => {
    const leaves = vectors.entries.map((entry) => leafHash(new TextEncoder().encode(entry)));
    expect(leaves.map(toHex)).toEqual(vectors.leaves);
    expect(toHex(nodeHash(leaves[0]!, leaves[1]!))).toBe(vectors.rootOf2);
  });

  it('have a checkpoint that the key signed', () => {
    const checkpoint = readCheckpoint(vectors.checkpoint);
    expect(checkpoint).toMatchObject({ origin: 'hospital.example/ledger', size: 3n });
    expect(checkpoint && signedBy(checkpoint, vectors.publicKey)).toBe(true);
  });

  it('have a proof that verifies', () => {
    expect(verify(vectors.inclusion, vectors.publicKey).fault).toBeUndefined();
  });
});
