import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { EmptyState } from './EmptyState';

it('says what is missing and offers the way on', () => {
  render(<EmptyState title="还没有待办" hint="新的任务会出现在这里。" action={<button>查看已完成</button>} />);
  expect(screen.getByText('还没有待办')).toBeVisible();
  expect(screen.getByText('新的任务会出现在这里。')).toBeVisible();
  expect(screen.getByRole('button', { name: '查看已完成' })).toBeEnabled();
});
