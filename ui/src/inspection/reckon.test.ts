import { expect, it } from 'vitest';
import { digestOf, reckon } from './reckon';

it('comes to the vector of docs/format/inspection.md', () => {
  const digest = digestOf(['a', 'b', 'c']);
  expect(digest).toBe('f140273f2b30b77f754cc1b0c62d8d92ba61cf8001f3db1be4a70f378ec48324');
  expect(reckon({ kind: 'patient', digest, size: 3, number: 8, checkpoint: 'note' })).toEqual({ seed: '9912b871aa7da3c2298d610e5d7a8312e47e48e1774263978265280e648c1231', place: 2 });
});

it('comes to something else for another number', () => {
  const drawn = { kind: 'patient', digest: digestOf(['a', 'b', 'c']), size: 3, checkpoint: 'note' };
  expect(reckon({ ...drawn, number: 7 }).seed).not.toBe(reckon({ ...drawn, number: 8 }).seed);
});
