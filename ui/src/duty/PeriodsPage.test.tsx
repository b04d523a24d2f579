import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { PeriodsPage, type PeriodsPageProps } from './PeriodsPage';

const period = { rule: 'r-1', kind: 'duty.log-review', first: '2026-07-01', last: '2026-09-30', deadline: '2026-09-30T16:00:00Z', task: 't-1' };
const rule: NonNullable<PeriodsPageProps['rules']>[number] = { id: 'r-1', kind: 'duty.log-review', recurrence: 'quarter', limit: '5wd', role: 'auditor', since: '2026-01-01T00:00:00Z' };
const kinds = [{ id: 'duty.log-review', name: { zh: '日志检查', en: 'Review of the ledger' }, limit: '5wd', asked: false, recurs: true }];

function show(props: Partial<PeriodsPageProps> = {}) {
  const rows = [
    { ...period, name: '2026-Q1', missed: '2026-04-01T00:00:00Z' },
    { ...period, name: '2026-Q2', missed: '2026-07-01T00:00:00Z', done: '2026-07-09T02:00:00Z' },
    { ...period, name: '2026-Q3', done: '2026-09-01T00:00:00Z' },
  ];
  renderAt('/roster/periods', <PeriodsPage rules={[rule]} page={{ rows }} kinds={kinds} departments={departments} onEnd={undefined} {...props} />);
}

const outcome = (name: string) => within(screen.getByText(name).closest('tr')!).getAllByRole('cell')[4]?.textContent;

it('keeps the mark of a missed period, also when it was done later', () => {
  show();
  expect(outcome('2026-Q1')).toBe('漏办');
  expect(outcome('2026-Q2')).toBe('漏办，2026-07-09 补办');
  expect(outcome('2026-Q3')).toBe('按期完成');
});

it('stops a duty only after it was confirmed, and offers it only to those who may', async () => {
  const onEnd = vi.fn();
  show({ onEnd });
  await userEvent.click(screen.getByRole('button', { name: /停\s?止/ }));
  expect(onEnd).not.toHaveBeenCalled();
  await userEvent.click(screen.getAllByRole('button', { name: /停\s?止/ }).at(-1)!);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(rule);
});
