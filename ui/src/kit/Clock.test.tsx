import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Clock } from './Clock';
import { clockTone } from './clock-tone';

const noon = Date.parse('2026-03-02T12:00:00+08:00');
const hours = (count: number) => count * 3_600_000;
const at = (milliseconds: number) => new Date(milliseconds).toISOString();

describe('tone', () => {
  it('is calm until a third is left, then amber, red in the last twelfth and after', () => {
    const [start, end] = [noon, noon + hours(12)];
    expect(clockTone(end - hours(12), end, start)).toBe('neutral');
    expect(clockTone(end - hours(4.01), end, start)).toBe('neutral');
    expect(clockTone(end - hours(4), end, start)).toBe('warning');
    expect(clockTone(end - hours(1.01), end, start)).toBe('warning');
    expect(clockTone(end - hours(1), end, start)).toBe('error');
    expect(clockTone(end + hours(1), end, start)).toBe('error');
  });

  it('does not cry for weeks about a time of a year', () => {
    const [start, end] = [noon, noon + hours(24 * 365)];
    expect(clockTone(end - hours(24 * 14), end, start)).toBe('warning');
    expect(clockTone(end - hours(23), end, start)).toBe('error');
  });
});

describe('on the page', () => {
  beforeEach(() => vi.useFakeTimers({ now: noon }));
  afterEach(() => vi.useRealTimers());

  it('counts down by itself and says when the time is over', () => {
    render(<Clock deadline={at(noon + 61_000)} start={at(noon - hours(1))} />);
    expect(screen.getByText('剩 1 分 01 秒')).toBeVisible();
    act(() => void vi.advanceTimersByTime(2_000));
    expect(screen.getByText('剩 0 分 59 秒')).toBeVisible();
    act(() => void vi.advanceTimersByTime(60_000));
    expect(screen.getByText('已超 0 分 01 秒')).toBeVisible();
  });

  it('counts working days where the server gave them, and never for a passed deadline', () => {
    const { rerender } = render(<Clock deadline={at(noon + hours(60))} workingDays={2} />);
    expect(screen.getByText('剩 2 个工作日')).toBeVisible();
    rerender(<Clock deadline={at(noon - hours(2))} workingDays={2} />);
    expect(screen.getByText('已超 2 小时 0 分')).toBeVisible();
  });
});
