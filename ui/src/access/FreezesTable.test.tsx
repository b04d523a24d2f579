import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { freezes } from '@/gallery/fixtures/grants';
import { renderAt } from '@/testing/render';
import { FreezesTable } from './FreezesTable';

it('lets whoever may decide lift a freeze that lasts', async () => {
  const onSettle = vi.fn();
  renderAt('/grants', <FreezesTable page={{ rows: freezes }} onSettle={onSettle} />);
  const rows = screen.getAllByRole('row');
  expect(within(rows[1]!).getByText('冻结中')).toBeVisible();
  expect(within(rows[2]!).getByText('已解除')).toBeVisible();
  await userEvent.click(within(rows[1]!).getByText('王可子'));
  expect(screen.getByText(/诊治中的患者不受影响/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '解除冻结' }));
  expect(onSettle).toHaveBeenCalledExactlyOnceWith(freezes[0], true);
});

it('offers nothing to whoever only sees it, and lifts nothing twice', async () => {
  const { unmount } = renderAt('/grants', <FreezesTable page={{ rows: freezes }} />);
  await userEvent.click(screen.getByText('王可子'));
  expect(screen.queryByRole('button', { name: '解除冻结' })).not.toBeInTheDocument();
  unmount();
  renderAt('/grants', <FreezesTable page={{ rows: freezes }} onSettle={vi.fn()} />);
  await userEvent.click(screen.getByText('范佳怡'));
  expect(screen.getByText('已核实为会诊')).toBeVisible();
  expect(screen.queryByRole('button', { name: '解除冻结' })).not.toBeInTheDocument();
});

const flagged = {
  ...freezes[0]!,
  id: 'f-9',
  refused: 0,
  breach: { cause: 'snooping' as const, evidence: 'finding' as const, reference: 'JC-2026-014', said: '抽查发现多次查看同事病历', suspended: 2, flaggedBy: 'p-ren', reviewBy: new Date(Date.now() + 86_400_000).toISOString() },
};

it('lets another than who flagged a breach give the verdict', async () => {
  const onReview = vi.fn();
  const { unmount } = renderAt('/grants', <FreezesTable page={{ rows: [flagged] }} onSettle={vi.fn()} onReview={onReview} me="p-fan" />);
  await userEvent.click(screen.getByText('王可子'));
  expect(screen.getByText('抽查发现多次查看同事病历')).toBeVisible();
  expect(screen.queryByRole('button', { name: '解除冻结' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: '确认违规' }));
  expect(onReview).toHaveBeenCalledExactlyOnceWith(flagged, true);
  unmount();
  renderAt('/grants', <FreezesTable page={{ rows: [flagged] }} onReview={onReview} me="p-ren" />);
  await userEvent.click(screen.getByText('王可子'));
  expect(screen.queryByRole('button', { name: '确认违规' })).not.toBeInTheDocument();
});
