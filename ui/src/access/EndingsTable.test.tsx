import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { endings } from '@/gallery/fixtures/grants';
import { renderAt } from '@/testing/render';
import { EndingsTable } from './EndingsTable';

it('says in the drawer of an order which other systems were told of it', async () => {
  renderAt('/grants', <EndingsTable page={{ rows: endings }} told={({ id }) => <p>已告知 {id}</p>} />);
  await userEvent.click(within(screen.getAllByRole('row')[1]!).getByText('撤销中'));
  expect(screen.getByText(`已告知 ${endings[0]!.id}`)).toBeVisible();
});

it('shows each order on its way through the processes', async () => {
  renderAt('/grants', <EndingsTable page={{ rows: endings }} />);
  const rows = screen.getAllByRole('row');
  expect(within(rows[1]!).getByText('撤销中')).toBeVisible();
  expect(within(rows[1]!).getByText('1 / 2')).toBeVisible();
  expect(within(rows[2]!).getByText('2 / 2')).toBeVisible();
  await userEvent.click(within(rows[3]!).getByText('账号'));
  expect(screen.getByText('仍有导出在运行')).toBeVisible();
  expect(screen.getByText(/安全管理员已收到紧急待办/)).toBeVisible();
});
