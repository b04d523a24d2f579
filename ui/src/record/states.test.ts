import { expect, it } from 'vitest';
import { statesOf } from './states';

it.each([
  [{ state: 'signed', version: 1 }, []],
  [{ state: 'filed', version: 1 }, ['filed']],
  [{ state: 'filed', version: 1, source: 'LIS' }, ['reported']],
  [{ state: 'archived', version: 3, seal: 'dispute' }, ['sealed', 'archived', 'amended']],
] as const)('%j is shown as %j', (document, states) => {
  expect(statesOf(document)).toEqual(states);
});
