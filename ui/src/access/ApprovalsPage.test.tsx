import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { grants, requests } from '@/gallery/fixtures/grants';
import { renderAt } from '@/testing/render';
import { ApprovalsPage } from './ApprovalsPage';

const show = (onAnswer: () => void, open = requests[0]) =>
  renderAt('/approvals', <ApprovalsPage waiting={requests} open={open} past={grants} departments={{}} busy={false} onOpen={vi.fn()} onAnswer={onAnswer} />);

it('shows who asks, why and what would open, and approves in one click', async () => {
  const onAnswer = vi.fn();
  show(onAnswer);
  expect(screen.getByText('王可子 · 心内科 · 住院医师')).toBeVisible();
  expect(screen.getByText('受邀会诊，需了解病情')).toBeVisible();
  expect(screen.getByText('查看患者、查看目录、查看文书')).toBeVisible();
  expect(screen.getByRole('table', { name: '类似的授权' })).toHaveTextContent('收回未生效');
  await userEvent.click(screen.getByRole('button', { name: '批准' }));
  expect(onAnswer).toHaveBeenCalledExactlyOnceWith(requests[0], 'approve', '');
});

it('refuses only with words', async () => {
  const onAnswer = vi.fn();
  show(onAnswer);
  await userEvent.click(screen.getByRole('button', { name: '不予批准' }));
  expect(onAnswer).not.toHaveBeenCalled();
  expect(screen.getByText('退回或不予批准时，请用至少 4 个字说明')).toBeVisible();
  await userEvent.type(screen.getByRole('textbox', { name: '答复（退回和不予批准时必填）' }), '与会诊单不符');
  await userEvent.click(screen.getByRole('button', { name: '不予批准' }));
  expect(onAnswer).toHaveBeenCalledExactlyOnceWith(requests[0], 'refuse', '与会诊单不符');
});

it('gives urgently only what was asked for as urgent', () => {
  show(vi.fn(), requests[1]);
  expect(screen.getByRole('button', { name: '紧急批准' })).toBeEnabled();
});
