import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { desk } from '@/gallery/fixtures/desk';
import { renderAt } from '@/testing/render';
import { Workbench } from './Workbench';

it('shows what waits with its clock, and leads to it', () => {
  renderAt('/', <Workbench name="陈雅琴" {...desk} />);
  const due = within(screen.getByRole('region', { name: '等我处理' }));
  const first = due.getByRole('link', { name: /入院记录/ });
  expect(first).toHaveAttribute('href', '/documents/d-1');
  expect(first).toHaveTextContent(/入院记录.*李秀英.*剩/);
});

it('says so where nothing waits, and hides what a role does not have', () => {
  renderAt('/', <Workbench name="许静" waiting={[]} />);
  expect(screen.getByText('没有等您处理的事项。')).toBeVisible();
  expect(screen.queryByRole('region', { name: '我的患者' })).toBeNull();
});
