import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Why, type Condition, type Ladder, type Way } from './Why';

const conditions: Condition[] = [
  { key: 'role', name: '您的角色可以查看入院记录', met: true, remedy: '不应出现' },
  { key: 'relation', name: '您与患者有诊疗关系', met: false, detail: '没有登记的诊疗关系', remedy: '请主管医师发出会诊邀请' },
];

it('says which conditions are met, and the remedy only for those that are not', () => {
  render(<Why verdict="refused" conditions={conditions} rule="record-view-relation" />);
  const [role, relation] = screen.getAllByRole('listitem');
  expect(role).toHaveTextContent('满足您的角色可以查看入院记录');
  expect(role).not.toHaveTextContent('不应出现');
  expect(relation).toHaveTextContent('不满足');
  expect(relation).toHaveTextContent('请主管医师发出会诊邀请');
  expect(screen.getByText('record-view-relation')).toBeVisible();
});

const ladder = (way: Way, onAsk?: () => void): Ladder => ({
  way,
  reasonHours: 24,
  glassHours: 4,
  approver: '医务科',
  onReason: vi.fn(),
  onBreakGlass: vi.fn(),
  ...(onAsk && { onAsk }),
});

const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);

it.each<[Way, string[], string[]]>([
  ['stated-reason', ['说明理由'], ['此处不需要', '此处不需要']],
  ['break-glass', ['紧急调阅', '申请授权'], ['此处不够']],
  ['ask', ['申请授权'], ['此处不够', '此处不够']],
  ['', [], []],
])('with the way “%s” it offers exactly what the rules leave open', (way, offered, closed) => {
  render(<Why verdict="refused" conditions={conditions} ladder={ladder(way, vi.fn())} />);
  expect(buttons()).toEqual(offered);
  expect(screen.queryAllByText(/^此处/).map((hint) => hint.textContent)).toEqual(closed);
});

it('takes the way that is clicked', async () => {
  const given = ladder('break-glass');
  render(<Why verdict="refused" conditions={conditions} ladder={given} />);
  await userEvent.click(screen.getByRole('button', { name: '紧急调阅' }));
  expect(given.onBreakGlass).toHaveBeenCalledOnce();
  expect(buttons()).toEqual(['紧急调阅']);
});
