const byte = 16;

/**
 * The digest of a file in hexadecimal: SHA-256 as the browser computes it, or
 * SM3 where the page came without TLS and the browser computes none.
 */
export async function digestOf(file: Pick<Blob, 'arrayBuffer'>): Promise<string> {
  const content = await file.arrayBuffer();
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (subtle) return [...new Uint8Array(await subtle.digest('SHA-256', content))].map((one) => one.toString(byte).padStart(2, '0')).join('');
  const { sm3 } = await import('sm-crypto-v2');
  return sm3(new Uint8Array(content));
}
