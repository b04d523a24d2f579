import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import type { Frame } from './frame';
import { FramesTable } from './FramesTable';

const frame: Frame = {
  id: 'f1',
  verbs: ['record.view'],
  purposes: [],
  forms: [],
  places: [],
  roles: [],
  level: 2,
  days: 30,
  roleDays: 0,
  since: '2026-11-01T00:00:00Z',
  state: 'agreed',
  proposed: '2026-11-01T00:00:00Z',
  proposedBy: 'p1',
};

it('tells what a department inherits, and has another person agree to a change', async () => {
  const onSettle = vi.fn();
  const waiting: Frame = { ...frame, id: 'f2', state: 'proposed', days: 7 };
  renderAt(
    '/authorities',
    <FramesTable frames={[{ name: { zh: '全院默认', en: 'The whole house' }, inForce: frame, waiting }, { department: 'd1', name: { zh: '心内科', en: 'Cardiology' }, from: frame }]} departments={{}} me="p2" busy={false} onSettle={onSettle} />,
  );
  expect(screen.getByText('沿用全院默认：')).toBeVisible();
  expect(screen.getAllByText('最高保密级别：2 级')).toHaveLength(3);
  await userEvent.click(screen.getByRole('button', { name: '确认' }));
  expect(onSettle).toHaveBeenCalledExactlyOnceWith(waiting, true);
});
