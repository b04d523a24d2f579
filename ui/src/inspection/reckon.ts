import { sm3 } from 'sm-crypto-v2';

const bytes = (text: string) => Uint8Array.from(new TextEncoder().encode(text));

export interface Drawn {
  kind: string;
  digest: string;
  size: number;
  number: number;
  checkpoint: string;
}

/**
 * Reckons a draw again as docs/format/inspection.md tells a stranger to: the seed
 * in hex, and the place in the frame from 0.
 */
export function reckon({ kind, digest, size, number, checkpoint }: Drawn): { seed: string; place: number } {
  const seed = sm3(bytes(['medward draw 1', kind, digest, size, number, checkpoint].join('\n')));
  return { seed, place: Number(BigInt(`0x${seed}`) % BigInt(size)) };
}

/** The digest of a frame, in hex. */
export const digestOf = (ids: string[]): string => sm3(bytes(ids.join('\n')));
