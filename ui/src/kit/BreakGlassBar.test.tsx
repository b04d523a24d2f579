import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { BreakGlassBar } from './BreakGlassBar';

const noon = Date.parse('2026-03-02T12:00:00+08:00');
beforeEach(() => vi.useFakeTimers({ now: noon }));
afterEach(() => vi.useRealTimers());

it('counts down to nothing and can be ended at once', () => {
  const onEnd = vi.fn();
  const at = (milliseconds: number) => new Date(noon + milliseconds).toISOString();
  render(<BreakGlassBar patient="李秀英" start={at(-3_600_000)} end={at(5_000)} onEnd={onEnd} />);
  expect(screen.getByRole('timer')).toHaveTextContent('剩 0 分 05 秒');
  act(() => void vi.advanceTimersByTime(9_000));
  expect(screen.getByRole('timer')).toHaveTextContent('剩 0 分 00 秒');
  fireEvent.click(screen.getByRole('button', { name: '结束调阅' }));
  expect(onEnd).toHaveBeenCalledOnce();
});
