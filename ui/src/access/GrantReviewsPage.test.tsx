import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { campaigns, reviewLines } from '@/gallery/fixtures/grants';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { GrantReviewsPage } from './GrantReviewsPage';

it('keeps, cuts and takes back by keyboard, and submits what was decided', async () => {
  const onSubmit = vi.fn();
  renderAt('/grant-reviews', <GrantReviewsPage lines={reviewLines} campaigns={campaigns} departments={departments} busy={false} onSubmit={onSubmit} />);
  const lines = screen.getByRole('list', { name: '等我复核（3 条）' }).children;
  (lines[0] as HTMLElement).focus();
  await userEvent.keyboard('kxk');
  expect(screen.getByRole('button', { name: '提交 3/3' })).toBeEnabled();
  await userEvent.keyboard('u');
  await userEvent.click(screen.getByRole('button', { name: '提交 2/3' }));
  expect(screen.getByText('保留 1 条，收回 1 条？')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '提交' }));
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ 'l-1': true, 'l-2': false });
});
