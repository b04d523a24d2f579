import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { detail } from '@/gallery/fixtures/duties';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import type { Detail } from './task';
import { TaskDetail } from './TaskDetail';

function show(task: Detail = detail) {
  const onAct = vi.fn();
  renderAt('/duties', <TaskDetail task={task} places={[{ key: 'patient', path: '/patients/p-2' }]} departments={departments} busy={false} error={undefined} onAct={onAct} />);
  return onAct;
}

const offered = () => within(screen.getByRole('group', { name: '可以做的事' })).getAllByRole('button').map((button) => button.textContent);

it('tells what is to be done, about whom, and what happened, the newest first', () => {
  show();
  expect(screen.getByText(/危急值未在 30 分钟内处理/)).toBeVisible();
  expect(screen.getByRole('link', { name: '打开患者' })).toHaveAttribute('href', '/patients/p-2');
  const history = screen.getAllByRole('list').at(-1)!;
  expect(within(history).getAllByRole('listitem').map((step) => step.textContent)).toEqual([expect.stringMatching(/^提醒后台任务/), expect.stringMatching(/^发起黄国栋给 陈雅琴 · 心内科/)]);
});

it('offers only what the server offers', () => {
  show();
  expect(offered()).toEqual(['办结', '退回', '转交', '申请延期']);
});

it('does nothing where nothing is offered', () => {
  show({ ...detail, actions: [] });
  expect(screen.getByText('此任务现在没有您可以做的事。')).toBeVisible();
});

it('takes at once, without a question', async () => {
  const onAct = show({ ...detail, actions: ['duty.take'] });
  await userEvent.click(screen.getByRole('button', { name: '认领' }));
  expect(onAct).toHaveBeenCalledExactlyOnceWith('take', {});
});

it('finishes with or without words, and returns only with a reason', async () => {
  const onAct = show();
  await userEvent.click(screen.getByRole('button', { name: '退回' }));
  await userEvent.click(screen.getByRole('button', { name: '确认退回' }));
  expect(screen.getByRole('alert')).toHaveTextContent('请写明原因');
  expect(onAct).not.toHaveBeenCalled();
  await userEvent.type(screen.getByLabelText('原因'), '不属本科室');
  await userEvent.click(screen.getByRole('button', { name: '确认退回' }));
  expect(onAct).toHaveBeenCalledExactlyOnceWith('return', { words: '不属本科室' });
});

it('grants what was asked for, or denies it', async () => {
  const asked = '2026-12-01T10:00:00Z';
  const onAct = show({ ...detail, actions: ['duty.grant-extension'], asked });
  await userEvent.click(screen.getByRole('button', { name: '答复延期' }));
  await userEvent.click(screen.getByRole('button', { name: '确认答复延期' }));
  expect(onAct).toHaveBeenLastCalledWith('grant-extension', { grant: true, until: asked });
  await userEvent.click(screen.getByRole('radio', { name: '不批准' }));
  expect(screen.queryByLabelText('新的时限')).toBeNull();
});
