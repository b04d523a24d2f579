import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { departments } from '@/gallery/fixtures/patients';
import { persons } from '@/gallery/fixtures/staff';
import { renderAt } from '@/testing/render';
import { StaffPage } from './StaffPage';

const person = persons[1]!;

it('lists people with the posts they hold now', () => {
  renderAt('/staff', <StaffPage page={{ rows: persons }} departments={departments} onOpen={vi.fn()} onClose={vi.fn()} />);
  const row = screen.getByText('10023').closest('tr');
  expect(row).toHaveTextContent('陈雅琴在编心内科 · 主治医师');
  expect(row).not.toHaveTextContent('住院医师');
});

it('ends an appointment only after it was confirmed, and only a live one', async () => {
  const onEnd = vi.fn();
  renderAt('/staff', <StaffPage page={{ rows: persons }} departments={departments} open={person} onOpen={vi.fn()} onClose={vi.fn()} onEndAppointment={onEnd} />);
  const drawer = within(screen.getByRole('dialog'));
  expect(drawer.getAllByRole('listitem')).toHaveLength(2);
  expect(drawer.getByText('已结束')).toBeVisible();
  await userEvent.click(drawer.getByRole('button', { name: '结束任职' }));
  expect(onEnd).not.toHaveBeenCalled();
  await userEvent.click(screen.getAllByRole('button', { name: '结束任职' }).at(-1)!);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(person.appointments?.[0]);
});
