import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { render } from '@/testing/render';
import { DiffView } from './DiffView';

const first = [
  { key: 'complaint', title: '主诉', text: '左侧胸痛三天。' },
  { key: 'history', title: '现病史', text: '无特殊。' },
];
const second = [
  { key: 'complaint', title: '主诉', text: '右侧胸痛三天。' },
  { key: 'history', title: '现病史', text: '无特殊。' },
  { key: 'plan', title: '诊疗计划', text: '完善检查。' },
];

it('shows what was taken out and put in, and folds what is unchanged', async () => {
  render(<DiffView before={{ label: '第 1 版', sections: first }} after={{ label: '第 2 版', sections: second }} />);
  const complaint = within(screen.getByRole('region', { name: '主诉' }));
  expect(complaint.getByText('左').tagName).toBe('DEL');
  expect(complaint.getByText('右').tagName).toBe('INS');
  expect(screen.getByText('2 处不同')).toBeVisible();
  expect(within(screen.getByRole('region', { name: '诊疗计划' })).getByText('（此版本没有这一节）')).toBeVisible();

  expect(screen.queryByText('无特殊。')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /“现病史”没有改动/ }));
  expect(screen.getAllByText('无特殊。')).toHaveLength(2);
});

it('leads from one difference to the next and round again', async () => {
  render(<DiffView before={{ label: '第 1 版', sections: first }} after={{ label: '第 2 版', sections: second }} />);
  const next = screen.getByRole('button', { name: /下一处/ });
  await userEvent.click(next);
  expect(screen.getByText('第 1 / 2 处')).toBeVisible();
  await userEvent.click(next);
  await userEvent.click(next);
  expect(screen.getByText('第 1 / 2 处')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /上一处/ }));
  expect(screen.getByText('第 2 / 2 处')).toBeVisible();
});

it('says so when both are the same', () => {
  render(<DiffView before={{ label: '1', sections: first }} after={{ label: '2', sections: first }} />);
  expect(screen.getByText('两个版本内容相同')).toBeVisible();
});
