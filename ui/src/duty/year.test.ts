import { expect, it } from 'vitest';
import { lead, monthsOf } from './year';

const text = 'year 2026 通知\noff 2026-10-01..2026-10-07 国庆节\nwork 2026-10-10 国庆节\nnonsense\n';

it('shows holidays, swapped days, weekends and working days', () => {
  const october = monthsOf(2026, text)[9]!;
  expect(october).toHaveLength(31);
  expect(october[0]).toEqual({ date: '2026-10-01', kind: 'off', name: '国庆节' });
  expect(october[6]?.kind).toBe('off');
  expect(october[7]?.kind).toBe('work');
  expect(october[9]).toEqual({ date: '2026-10-10', kind: 'swapped', name: '国庆节' });
  expect(october[10]?.kind).toBe('rest');
});

it('knows leap years and on which day a month begins', () => {
  expect(monthsOf(2028, '')[1]).toHaveLength(29);
  expect(lead('2026-06-01')).toBe(0);
  expect(lead('2026-11-01')).toBe(6);
});
