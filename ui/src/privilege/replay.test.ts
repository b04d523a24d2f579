import { expect, it } from 'vitest';
import { lengthOf, shownAt } from './replay';

const events = [
  { at: 0, kind: 'm', text: 'psql his' },
  { at: 1, kind: 'o', text: '\u001b[32m$\u001b[0m ls\r\n' },
  { at: 2, kind: 'i', text: 'secret' },
  { at: 3.5, kind: 'o', text: '医守\u0007\r\n' },
] as const;

it('shows what was on the screen by a moment, without control characters and without what was typed', () => {
  expect(shownAt([...events], 1)).toBe('▶ psql his\n$ ls\n');
  expect(shownAt([...events], 9)).toBe('▶ psql his\n$ ls\n医守\n');
  expect(lengthOf([...events])).toBe(3.5);
  expect(lengthOf([])).toBe(0);
});
