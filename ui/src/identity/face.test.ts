import { expect, it } from 'vitest';
import { inUse, seen, type Face } from './face';

const made = '2026-03-02T04:00:00Z';
const face = (id: string, ended?: string): Face => ({ id, person: 'p', made, live: 960, pledge: 'w', ...(ended && { ended, why: 'withdrawn' as const }) });

it('tells liveness as people say it', () => {
  expect(seen(960)).toBe('96%');
  expect(seen(987)).toBe('98.7%');
});

it('takes no face that was erased for one in use', () => {
  expect(inUse([face('a', made), face('b')])?.id).toBe('b');
  expect(inUse([face('a', made)])).toBeUndefined();
});
