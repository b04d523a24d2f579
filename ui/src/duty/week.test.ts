import { expect, it } from 'vitest';
import { partIn, weekOf } from './week';

it.each(['2026-11-16', '2026-11-18', '2026-11-22'])('the week of %s begins on its Monday', (day) => {
  expect(weekOf(day)).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']);
});

const night = { since: '2026-11-17T18:00:00+08:00', until: '2026-11-18T08:00:00+08:00' };

it('cuts a turn over midnight into its days', () => {
  expect(partIn('2026-11-16', night)).toBeUndefined();
  expect(partIn('2026-11-17', night)).toEqual({ from: '18:00', to: '24:00', whole: false });
  expect(partIn('2026-11-18', night)).toEqual({ from: '00:00', to: '08:00', whole: false });
  expect(partIn('2026-11-19', night)).toBeUndefined();
});

it('says so where a turn fills a day', () => {
  expect(partIn('2026-11-18', { since: night.since, until: '2026-11-20T08:00:00+08:00' })?.whole).toBe(true);
});
