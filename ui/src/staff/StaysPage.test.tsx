import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { people, stays } from '@/gallery/fixtures/footing';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { StaysPage } from './StaysPage';

it('lets a sponsor end a live stay at once, after confirming, and no other', async () => {
  const onEnd = vi.fn();
  renderAt('/stays', <StaysPage page={{ rows: stays }} departments={departments} people={people} mayEnd={({ sponsor }) => sponsor === 'p-zhang'} onEnd={onEnd} />);
  const rows = screen.getAllByRole('row').slice(1);
  expect(rows.map((row) => within(row).queryByRole('button', { name: '立即结束' }) !== null)).toEqual([true, true, false, false]);
  expect(rows[2]).toHaveTextContent('未开始');
  await userEvent.click(within(rows[0]!).getByRole('button', { name: '立即结束' }));
  expect(onEnd).not.toHaveBeenCalled();
  await userEvent.click(screen.getAllByRole('button', { name: '立即结束' }).at(-1)!);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(stays[0]);
});
