import { sm2, sm3 } from 'sm-crypto-v2';
import { readSignature } from './der';
import { fromBase64, fromHex, sameBytes } from './bytes';
import { hashSize } from './merkle';

export interface Checkpoint {
  origin: string;
  size: bigint;
  root: Uint8Array;
  /** When it was signed, in milliseconds since 1970. */
  at: number;
  /** What the signature covers. */
  text: string;
  keyId: Uint8Array;
  signature: Uint8Array;
}

const keyIdSize = 4;
const decimal = /^(0|[1-9]\d*)$/;

/**
 * Reads a checkpoint as docs/format/ledger.md writes it: origin, size, root,
 * time and the size before on lines of their own, a blank line, and one
 * signature line. Returns undefined for anything else.
 */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const blank = note.indexOf('\n\n');
  if (blank < 0) return undefined;
  const text = note.slice(0, blank + 1);
  const lines = text.split('\n');
  if (lines.length !== 6) return undefined;
  const [origin = '', size = '', root64 = '', time = '', after = ''] = lines;
  const signatureLine = note.slice(blank + 2).replace(/\n$/, '');
  const prefix = `— ${origin} `;
  const root = fromBase64(root64);
  const signed = fromBase64(signatureLine.slice(prefix.length));
  const micros = /^time (\d+)$/.exec(time)?.[1];
  const whole =
    origin !== '' &&
    decimal.test(size) &&
    after.startsWith('after ') &&
    decimal.test(after.slice('after '.length)) &&
    root?.length === hashSize &&
    signatureLine.startsWith(prefix);
  if (!whole || !signed || signed.length <= keyIdSize || micros === undefined) return undefined;
  return {
    origin,
    size: BigInt(size),
    root,
    at: Number(micros) / 1000,
    text,
    keyId: signed.slice(0, keyIdSize),
    signature: signed.slice(keyIdSize),
  };
}

const signerId = '1234567812345678';
const signatureKind = Uint8Array.of(0xff, ...new TextEncoder().encode('SM2-SM3'));

/** Tells whether this key (an uncompressed point of 65 bytes, in hex) signed the checkpoint. */
export function signedBy(checkpoint: Checkpoint, publicKey: string): boolean {
  return (
    sameBytes(checkpoint.keyId, keyId(checkpoint.origin, publicKey)) &&
    verifies(new TextEncoder().encode(checkpoint.text), checkpoint.signature, publicKey)
  );
}

/** The first bytes of a digest over the name of the tree and the key. */
export function keyId(origin: string, publicKey: string): Uint8Array {
  const name = new TextEncoder().encode(`${origin}\n`);
  return fromHex(sm3(Uint8Array.of(...name, ...signatureKind, ...fromHex(publicKey)))).slice(0, keyIdSize);
}

function verifies(message: Uint8Array, der: Uint8Array, publicKey: string): boolean {
  const signature = readSignature(der);
  if (signature === undefined) return false;
  try {
    return sm2.doVerifySignature(message, signature, publicKey, { hash: true, userId: signerId });
  } catch {
    return false;
  }
}
