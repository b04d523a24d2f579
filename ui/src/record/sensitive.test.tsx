import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { firstVersion } from '@/gallery/fixtures/documents';
import { render } from '@/testing/render';
import { PrivacyPrompt } from './PrivacyPrompt';
import { SensitiveNotice } from './SensitiveNotice';

it('says who will see it before anything is written, and asks what to mark', async () => {
  const onChoose = vi.fn();
  render(<PrivacyPrompt chosen={['genetic']} onChoose={onChoose} />);
  expect(screen.getByText('采集前请注意隐私')).toBeVisible();
  expect(screen.getByRole('checkbox', { name: '遗传病史' })).toBeChecked();
  await userEvent.click(screen.getByRole('checkbox', { name: '精神疾病史' }));
  expect(onChoose).toHaveBeenCalledWith(['genetic', 'psychiatric']);
});

it('tells of a marked document what it tells of, and lets only who leads lift the mark', async () => {
  const sensitive = { kinds: ['infectious', 'psychiatric'], how: 'hand' as const, by: firstVersion.author ?? '', at: '2026-03-02T08:00:00Z' };
  const onLift = vi.fn();
  const { rerender } = render(<SensitiveNotice document={{ ...firstVersion, sensitive }} />);
  expect(screen.getByRole('alert')).toHaveTextContent('敏感病史：传染病史、精神疾病史');
  expect(screen.queryByRole('button', { name: '解除敏感标注' })).not.toBeInTheDocument();
  rerender(<SensitiveNotice document={{ ...firstVersion, sensitive }} onLift={onLift} />);
  await userEvent.click(screen.getByRole('button', { name: '解除敏感标注' }));
  expect(onLift).toHaveBeenCalledOnce();
});

it('says nothing of an ordinary document', () => {
  const { container } = render(<SensitiveNotice document={firstVersion} />);
  expect(container.querySelector('[role="alert"]')).toBeNull();
});
