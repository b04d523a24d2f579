import { expect, it } from 'vitest';
import { hour } from '@/language/time';
import { workingLimit, workingTone } from './working-time';

it.each([
  ['3wd', 24 * hour],
  ['8wh', 8 * hour],
  ['24h', undefined],
  [undefined, undefined],
  ['wd', undefined],
])('the limit %s is %s of working time', (limit, length) => {
  expect(workingLimit(limit)).toBe(length);
});

it.each([
  [24, 'neutral'],
  [8, 'neutral'],
  [7.9, 'warning'],
  [2.1, 'warning'],
  [2, 'error'],
  [0, 'error'],
] as const)('with %s of 24 working hours left it is %s', (left, tone) => {
  expect(workingTone(left * hour, 24 * hour)).toBe(tone);
});
