import { expect, it } from 'vitest';
import { lengthOf, worstOf } from './order';

it('tells the worst of what pharmacies report', () => {
  expect(worstOf([])).toBeUndefined();
  expect(worstOf([{ state: 'in-stock' }, { state: 'out' }, { state: 'low' }])).toBe('out');
  expect(worstOf([{ state: 'in-stock' }, { state: 'low' }])).toBe('low');
});

it.each([
  [5, { key: 'minutes', count: 1, rest: 0 }],
  [59 * 60, { key: 'minutes', count: 59, rest: 0 }],
  [3 * 3600 + 300, { key: 'hours', count: 3, rest: 5 }],
  [50 * 3600, { key: 'days', count: 2, rest: 2 }],
])('sets %i seconds in their largest units', (seconds, parts) => {
  expect(lengthOf(seconds)).toEqual(parts);
});
