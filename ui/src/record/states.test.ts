import { expect, it } from 'vitest';
import { statesOf } from './states';

it.each([
  [{ state: 'signed', version: 1, reported: false }, []],
  [{ state: 'filed', version: 1, reported: false }, ['filed']],
  [{ state: 'filed', version: 1, reported: true }, ['reported']],
  [{ state: 'archived', version: 3, seal: 'dispute', reported: false }, ['sealed', 'archived', 'amended']],
] as const)('%j is shown as %j', (document, states) => {
  expect(statesOf(document)).toEqual(states);
});
