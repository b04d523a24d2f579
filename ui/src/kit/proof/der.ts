import { toHex } from './bytes';

const sequence = 0x30;
const integer = 0x02;

/**
 * Reads a signature of two positive integers of at most 32 bytes from ASN.1
 * DER, and nothing that is only nearly DER, so that a signature has one form.
 * Returns r and s in hex, 64 digits each.
 */
export function readSignature(der: Uint8Array): string | undefined {
  if (der[0] !== sequence || der[1] !== der.length - 2) return undefined;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  return r && s?.end === der.length ? r.hex + s.hex : undefined;
}

function readInteger(der: Uint8Array, at: number): { hex: string; end: number } | undefined {
  const length = der[at + 1] ?? 0;
  const bytes = der.subarray(at + 2, at + 2 + length);
  const [first = 0, second = 0] = bytes;
  const negative = first >= 0x80;
  const padded = first === 0 && second < 0x80;
  if (der[at] !== integer || length === 0 || bytes.length !== length || negative || padded) return undefined;
  const magnitude = first === 0 ? bytes.subarray(1) : bytes;
  if (magnitude.length > 32) return undefined;
  return { hex: toHex(magnitude).padStart(64, '0'), end: at + 2 + length };
}
