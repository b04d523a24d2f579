import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { promised, undertaking } from '@/gallery/fixtures/footing';
import { render, renderAt } from '@/testing/render';
import { unsigned } from './promise';
import { UndertakingDialog } from './UndertakingDialog';
import { UndertakingsPage } from './UndertakingsPage';

it('puts what has lapsed before what is due, and leaves out what is signed', () => {
  expect(unsigned(promised).map(({ state }) => state)).toEqual(['lapsed', 'due']);
});

it('offers to sign what is not signed, and to read the rest', () => {
  renderAt('/undertakings', <UndertakingsPage mine={promised} keeps={false} onRead={vi.fn()} onWithdraw={vi.fn()} />);
  expect(screen.getAllByRole('button', { name: '阅读并签署' })).toHaveLength(2);
  expect(screen.getAllByRole('button', { name: '查看' })).toHaveLength(1);
  expect(screen.queryByText('已发布的承诺书')).not.toBeInTheDocument();
});

it('is signed only by whoever says that he has read it', async () => {
  const onSign = vi.fn();
  render(<UndertakingDialog undertaking={undertaking} onSign={onSign} onClose={vi.fn()} />);
  expect(screen.getByRole('button', { name: /签署$/ })).toBeDisabled();
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: /签署$/ }));
  expect(onSign).toHaveBeenCalledOnce();
});
