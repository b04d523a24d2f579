import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { faultyPlan, plan, rosters } from '@/gallery/fixtures/footing';
import { renderAt } from '@/testing/render';
import { RosterPage } from './RosterPage';

const show = (shown: typeof plan, onApply: () => void) =>
  renderAt('/staff/roster', <RosterPage file="花名册.xlsx" plan={shown} rosters={rosters} busy={false} onFile={vi.fn()} onApply={onApply} onDrop={vi.fn()} />);

it('says what it would do before it is done', async () => {
  const onApply = vi.fn();
  show(plan, onApply);
  expect(screen.getByRole('table', { name: '新增' })).toHaveTextContent('第 2 行20011陆晓晨');
  await userEvent.click(screen.getByRole('tab', { name: /变更/ }));
  expect(screen.getByRole('table', { name: '变更' })).toHaveTextContent('手机、类别');
  await userEvent.click(screen.getByRole('button', { name: '应用' }));
  expect(onApply).not.toHaveBeenCalled();
  expect(screen.getByText('新增 2 人，变更 1 人，离职 1 人？')).toBeVisible();
  await userEvent.click(screen.getAllByRole('button', { name: '应用' }).at(-1)!);
  expect(onApply).toHaveBeenCalledOnce();
});

it('takes nothing of a roster with errors, and names their rows', () => {
  show(faultyPlan, vi.fn());
  expect(screen.getByRole('button', { name: '应用' })).toBeDisabled();
  expect(screen.getByRole('table', { name: '错误' })).toHaveTextContent('第 7 行类别类别“临时”不在目录中');
});
