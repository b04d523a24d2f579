import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import AskDialog from './AskDialog';

const purposes = [
  { id: 'care', name: { zh: '诊疗', en: 'care' } },
  { id: 'quality', name: { zh: '质控', en: 'quality' } },
];

it('takes a phrase and one more click; the rest is chosen beforehand', async () => {
  const onAsk = vi.fn();
  render(<AskDialog what="李**" purposes={purposes} purpose="care" longest={{ care: 30, quality: 183 }} busy={false} onAsk={onAsk} onClose={vi.fn()} />);
  await userEvent.click(screen.getByRole('button', { name: '受邀会诊，需了解病情' }));
  await userEvent.click(screen.getByRole('button', { name: '提交申请' }));
  expect(onAsk).toHaveBeenCalledExactlyOnceWith({ parts: ['read'], purpose: 'care', days: 7, words: '受邀会诊，需了解病情', urgent: false, exception: false });
});

it('asks nothing without a reason, and offers no longer than the purpose allows', async () => {
  const onAsk = vi.fn();
  render(<AskDialog what="李**" purposes={purposes} purpose="care" longest={{ care: 30 }} busy={false} onAsk={onAsk} onClose={vi.fn()} />);
  await userEvent.click(screen.getByRole('button', { name: '提交申请' }));
  expect(screen.getByText('请用至少 4 个字说明理由')).toBeVisible();
  expect(onAsk).not.toHaveBeenCalled();
  expect(screen.getByText('30 天')).toBeVisible();
  expect(screen.queryByText('90 天')).not.toBeInTheDocument();
});
