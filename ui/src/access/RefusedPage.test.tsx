import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { refusal } from '@/gallery/fixtures/access';
import { render } from '@/testing/render';
import { RefusedPage } from './RefusedPage';
import { refusalOf } from './refusal';

it('says which condition failed, the remedy, and takes the way that is open', async () => {
  const onReason = vi.fn();
  render(
    <RefusedPage
      refusal={refusal}
      what="李** 的入院记录"
      trace="8f3a21"
      ladder={{ reasonHours: 24, glassHours: 4, approver: '医务科', onReason, onBreakGlass: vi.fn() }}
    />,
  );
  expect(screen.getByText(/没有与此相关的诊疗关系/)).toBeVisible();
  expect(screen.getByText('8f3a21')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '说明理由' }));
  expect(onReason).toHaveBeenCalledOnce();
});

it('reads a refusal from its problem document and from no other', () => {
  const problem = { type: 'about:blank', title: '', status: 403, detail: '', trace: '', extra: refusal };
  expect(refusalOf({ ...problem, code: 'act.refused' })).toBe(refusal);
  expect(refusalOf({ ...problem, code: 'act.absent' })).toBeUndefined();
});
