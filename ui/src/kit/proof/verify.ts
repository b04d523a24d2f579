import { readCheckpoint, signedBy, type Checkpoint } from './checkpoint';
import { fromBase64, sameBytes } from './bytes';
import { climb, hashSize, leafHash, type Hash, type Step } from './merkle';

/** A proof as the server hands it out; bytes are base64. */
export interface LedgerProof {
  position: number;
  size: number;
  entry: string;
  root: string;
  path: string[];
  /** The signed note of the tree of this size. */
  checkpoint: string;
}

export type Fault = 'note' | 'size' | 'path' | 'root' | 'signature';

export interface Verdict {
  leaf: Hash;
  steps: Step[];
  checkpoint?: Checkpoint;
  /** What is wrong, the first thing found; absent when the proof holds. */
  fault?: Fault;
}

/**
 * Verifies from the entry's own bytes up to the signature, believing nothing
 * that the server concluded. publicKey is the point in hex, 65 bytes.
 */
export function verify(proof: LedgerProof, publicKey: string): Verdict {
  const leaf = leafHash(fromBase64(proof.entry) ?? new Uint8Array());
  const path = proof.path.map(fromBase64);
  const sound = path.every((hash): hash is Hash => hash?.length === hashSize);
  const steps = sound ? climb(leaf, BigInt(proof.position), BigInt(proof.size), path) : undefined;
  const checkpoint = readCheckpoint(proof.checkpoint);
  const verdict: Verdict = { leaf, steps: steps ?? [], ...(checkpoint && { checkpoint }) };
  const root = steps?.at(-1)?.result ?? leaf;

  if (!checkpoint) return { ...verdict, fault: 'note' };
  if (checkpoint.size !== BigInt(proof.size)) return { ...verdict, fault: 'size' };
  if (!steps) return { ...verdict, fault: 'path' };
  if (!sameBytes(root, checkpoint.root)) return { ...verdict, fault: 'root' };
  if (!signedBy(checkpoint, publicKey)) return { ...verdict, fault: 'signature' };
  return verdict;
}
