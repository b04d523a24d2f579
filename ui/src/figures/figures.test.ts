import { expect, test } from 'vitest';
import { isMeasure, placeOf, thisYear, yearsUpTo } from './figures';

test('the year is that of China, where the new one begins first', () => {
  expect(thisYear(new Date('2026-12-31T15:59:59Z'))).toBe(2026);
  expect(thisYear(new Date('2026-12-31T16:00:00Z'))).toBe(2027);
});

test('years are offered from the newest back', () => {
  expect(yearsUpTo(2026).slice(0, 3)).toEqual([2026, 2025, 2024]);
});

test('what is no measure is not asked for', () => {
  expect(isMeasure('discharges')).toBe(true);
  expect(isMeasure('secrets')).toBe(false);
});

test('the place of a number survives whatever a department is called', () => {
  expect(new URLSearchParams(placeOf('admissions', 2026, 3, 'a&b=c').split('?')[1]).get('department')).toBe('a&b=c');
});
