import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { WorklistPage, type Item } from './WorklistPage';

const name = { number: '20011', zh: '白芷', en: 'Bai Zhi', department: { zh: '病案室', en: 'Records' }, title: { zh: '', en: '' } };
const item: Item = {
  id: 'i-1', patient: 'p-2', called: '李秀英', recordNumber: '00862131', task: 'coding', person: 'person-coder', name,
  since: '2026-03-01T08:00:00+08:00', due: '2026-03-04T18:00:00+08:00', until: '2026-03-11T18:00:00+08:00',
};

function show(address: string, assigns: boolean) {
  const onEnd = vi.fn();
  return { ...renderAt(address, <WorklistPage page={{ rows: [item] }} assigns={assigns} onEnd={onEnd} />), onEnd };
}

it('leads from an item of one\'s own to the record', () => {
  show('/worklist', false);
  expect(screen.getByRole('link', { name: '李秀英' })).toHaveAttribute('href', '/patients/p-2');
  expect(screen.getByText('编码')).toBeVisible();
  expect(screen.queryByRole('radio')).toBeNull();
});

it('opens no record from the list of the office', () => {
  show('/worklist?of=office', true);
  expect(screen.queryByRole('link', { name: '李秀英' })).toBeNull();
});

it('ends an item only after saying what that means', async () => {
  const { onEnd } = show('/worklist', false);
  await userEvent.click(screen.getByRole('button', { name: /结\s?束/ }));
  expect(screen.getByText('结束后将不能再查看这份病历。')).toBeVisible();
  expect(onEnd).not.toHaveBeenCalled();
  await userEvent.click(screen.getAllByRole('button', { name: /结\s?束/ }).at(-1)!);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(item);
});

it('says where work would come from when there is none', () => {
  renderAt('/worklist', <WorklistPage page={{ rows: [] }} assigns={false} onEnd={vi.fn()} />);
  expect(screen.getByText('没有待办的工作单')).toBeVisible();
});
