import { sm3 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { fromBase64, toHex } from './bytes';
import { leafHash, nodeHash } from './merkle';
import { origin, prove, publicKey, toBase64 } from './proof-fixture';
import { verify, type LedgerProof } from './verify';

const entries = (count: number) => Array.from({ length: count }, (_, index) => `{"id":"act-${index}"}`);

it('hashes with SM3: the example of GB/T 32905 A.1', () => {
  expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
});

it('marks leaves and nodes apart, so that one never passes for the other', () => {
  const pair = new Uint8Array(64);
  expect(toHex(leafHash(pair))).not.toBe(toHex(nodeHash(pair.slice(0, 32), pair.slice(32))));
});

describe('a sound proof', () => {
  it('verifies at every position of every tree up to 17 entries', () => {
    for (let size = 1; size <= 17; size++) {
      for (let position = 0; position < size; position++) {
        expect(verify(prove(entries(size), position), publicKey).fault, `${position} of ${size}`).toBeUndefined();
      }
    }
  }, 60_000);

  it('tells each step and who signed', () => {
    const verdict = verify(prove(entries(6), 4), publicKey);
    expect(verdict.steps.map((step) => step.side)).toEqual(['right', 'left']);
    expect(verdict.checkpoint?.origin).toBe(origin);
    expect(verdict.checkpoint?.size).toBe(6n);
  });
});

describe('a proof that is not sound', () => {
  const sound = prove(entries(11), 6);
  const flip = (base64: string) => {
    const bytes = fromBase64(base64) ?? new Uint8Array(1);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return toBase64(bytes);
  };
  const otherKey = publicKey.slice(0, -2) + (publicKey.endsWith('00') ? '01' : '00');

  it.each<[string, Partial<LedgerProof>, string]>([
    ['an altered entry', { entry: flip(sound.entry) }, 'root'],
    ['an altered path', { path: sound.path.map((hash, index) => (index === 1 ? flip(hash) : hash)) }, 'root'],
    ['a shortened path', { path: sound.path.slice(1) }, 'path'],
    ['a lengthened path', { path: [...sound.path, sound.root] }, 'path'],
    ['a hash of the wrong length', { path: sound.path.map((hash) => hash.slice(0, 8)) }, 'path'],
    ['another position', { position: 7 }, 'root'],
    ['a position beyond the tree', { position: 11 }, 'path'],
    ['another size', { size: 12 }, 'size'],
    ['another size in the note', { checkpoint: sound.checkpoint.replace('\n11\n', '\n12\n') }, 'size'],
    ['another origin', { checkpoint: sound.checkpoint.replaceAll(origin, 'elsewhere.example') }, 'signature'],
    ['another time in the note', { checkpoint: sound.checkpoint.replace('time 17', 'time 18') }, 'signature'],
    ['another size before in the note', { checkpoint: sound.checkpoint.replace('after 0', 'after 9') }, 'signature'],
    ['a line too many in the note', { checkpoint: sound.checkpoint.replace('after 0', 'after 0\nmore') }, 'note'],
    ['a note without signature', { checkpoint: sound.checkpoint.split('\n\n')[0] ?? '' }, 'note'],
    ['nothing at all', { checkpoint: '' }, 'note'],
  ])('is refused with %s', (_, change, fault) => {
    expect(verify({ ...sound, ...change }, publicKey).fault).toBe(fault);
  });

  it('is refused with another key', () => {
    expect(verify(sound, otherKey).fault).toBe('signature');
  });

  it('is refused with any byte of the signature altered', () => {
    const line = sound.checkpoint.split(' ').at(-1)?.trimEnd() ?? '';
    const bytes = fromBase64(line) ?? new Uint8Array();
    for (let at = 0; at < bytes.length; at++) {
      const altered = Uint8Array.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 0x10;
      const checkpoint = sound.checkpoint.replace(line, toBase64(altered));
      expect(verify({ ...sound, checkpoint }, publicKey).fault, `byte ${at}`).toBe('signature');
    }
  }, 60_000);
});
