import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { tasks } from '@/gallery/fixtures/duties';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { InboxPage, type InboxPageProps } from './InboxPage';

function show(props: Partial<InboxPageProps> = {}, at = '/duties') {
  const onOpen = vi.fn();
  renderAt(at, <InboxPage box="todo" waits={{ todo: 4, late: 1, more: false }} page={{ rows: tasks }} filters={[]} departments={departments} open={undefined} onOpen={onOpen} detail={undefined} {...props} />);
  return onOpen;
}

const lines = () => within(screen.getByRole('region', { name: '任务' })).getAllByRole('link');

it('shows what waits with who has it, its time and what is special about it', () => {
  show();
  const [late, pool, urgent, paused] = lines();
  expect(screen.getByText('4 项等您处理，1 项已超期')).toBeVisible();
  expect(late).toHaveTextContent(/陈雅琴 · 心内科/);
  expect(late).toHaveTextContent(/已超 6 小时.*超期.*已升级 1 级/);
  expect(pool).toHaveTextContent(/心内科 · 主任\/副主任医师 待认领/);
  expect(pool).toHaveTextContent('剩 工作时间 4 小时 0 分');
  expect(urgent).toHaveTextContent(/紧急.*申请延期中/);
  expect(paused).toHaveTextContent('计时已暂停');
});

it('is walked with the arrows and opened with Enter', async () => {
  const onOpen = show();
  lines()[0]!.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('t-urgent');
  expect(lines().filter((line) => line.tabIndex === 0)).toHaveLength(1);
});

it('says what would stand here when nothing waits, and what to change when a filter found nothing', () => {
  show({ page: { rows: [] }, waits: { todo: 0, late: 0, more: false } });
  expect(screen.getAllByText('没有等您处理的事项').length).toBeGreaterThan(0);
  expect(screen.getByText(/代班的同事/)).toBeVisible();
});

it('names the filter when it found nothing', () => {
  show({ page: { rows: [] } }, '/duties?late=yes');
  expect(screen.getByText('换一个条件，或清除筛选。')).toBeVisible();
});

it('offers to ask again after a failure', async () => {
  const onRetry = vi.fn();
  show({ page: { error: { message: '服务暂不可用。', code: 'a1b2' }, onRetry } });
  expect(screen.getByRole('alert')).toHaveTextContent('编号 a1b2');
  await userEvent.click(screen.getByRole('button', { name: /重试/ }));
  expect(onRetry).toHaveBeenCalledOnce();
});
