import { describe, expect, it } from 'vitest';
import { percent, ratesOf, standingOf, type Counted } from './deadline';

const row = (over: Partial<Counted>): Counted => ({ month: 10, department: 'a', requirement: 'first', mandatory: true, due: 4, onTime: 4, late: 0, missing: 0, backdated: 0, explained: 0, ...over });

describe('rates', () => {
  const rows = [row({}), row({ department: 'b', onTime: 1, late: 2, missing: 1 }), row({ requirement: 'second', due: 2, onTime: 0, missing: 2 })];

  it('add departments and months up, the worst first', () => {
    expect(ratesOf(rows).map(({ requirement, rate }) => [requirement, rate])).toEqual([
      ['second', 0],
      ['first', 5 / 8],
    ]);
  });

  it('are of one department or month where it is chosen', () => {
    expect(ratesOf(rows, 'b')).toMatchObject([{ requirement: 'first', due: 4, onTime: 1, late: 2, missing: 1 }]);
    expect(ratesOf(rows, undefined, 9)).toEqual([]);
  });

  it('are never called whole while one is late', () => {
    expect(percent(0.9999)).toBe('99.9%');
    expect(percent(1)).toBe('100.0%');
  });
});

describe('a limit', () => {
  const met = { state: 'met', overdue: false, late: false, backdated: false } as const;
  it('says what matters first', () => {
    expect(standingOf({ ...met, late: true, backdated: true })).toBe('late');
    expect(standingOf({ ...met, backdated: true })).toBe('backdated');
    expect(standingOf({ ...met, state: 'open', overdue: true })).toBe('overdue');
    expect(standingOf({ ...met, state: 'open', paused: '2026-10-01T00:00:00Z' })).toBe('paused');
  });
});
