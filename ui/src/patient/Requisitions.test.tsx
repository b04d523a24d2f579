import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import { Requisitions, type Requisition } from './Requisitions';

const named = (number: string, zh: string) => ({ number, zh, en: zh, department: { zh: '', en: '' }, title: { zh: '', en: '' } });
const asked: Requisition = {
  id: 'q-1', patient: 'p-2', called: '李**', kind: 'consultation', department: { zh: '神经内科', en: 'Neurology' }, askedBy: named('10023', '陈雅琴'),
  state: 'asked', since: '2026-03-01T08:00:00+08:00', until: '2026-03-15T08:00:00+08:00', performers: [],
};
const taken: Requisition = { ...asked, id: 'q-2', state: 'taken', performers: [{ person: named('10044', '何志远'), role: 'consultant', given: true }] };

function show(rows: Requisition[], reader: string, departments: string[]) {
  const onDo = vi.fn();
  renderAt('/patients/p-2', <Requisitions rows={rows} reader={reader} departments={departments} onDo={onDo} />);
  return { onDo, buttons: () => screen.queryAllByRole('button').map((button) => button.textContent.replace(/\s/g, '')) };
}

it('lets the department that was asked take it on, and says who asked', async () => {
  const { onDo } = show([asked], '10044', ['神经内科']);
  const [, row] = screen.getAllByRole('row');
  expect(row).toHaveTextContent('会诊神经内科陈雅琴待承接');
  await userEvent.click(within(row!).getByRole('button', { name: /承\s?接/ }));
  expect(onDo).toHaveBeenCalledExactlyOnceWith('take-on', asked);
});

it.each([
  ['who asked', asked, '10023', ['神经内科'], ['已完成', '撤销']],
  ['who took it on', taken, '10044', ['神经内科'], ['已完成']],
  ['a stranger', asked, '10077', ['外科'], []],
  ['anybody, once it is done', { ...taken, state: 'answered' as const }, '10044', ['神经内科'], []],
])('offers %s no more than the rules do', (_, requisition, reader, departments, offered) => {
  expect(show([requisition], reader, departments).buttons()).toEqual(offered);
});

it('offers to ask for something to those who may', async () => {
  const onAsk = vi.fn();
  renderAt('/patients/p-2', <Requisitions rows={[]} reader="10023" departments={[]} onDo={vi.fn()} onAsk={onAsk} />);
  await userEvent.click(screen.getByRole('button', { name: '提出申请' }));
  expect(onAsk).toHaveBeenCalledOnce();
});

it('offers nothing to ask to others', () => {
  expect(show([], '10077', []).buttons()).toEqual([]);
});
