import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { ReasonDialog, type Choice } from './ReasonDialog';

const choices: Choice[] = [
  { id: 'night-cover', name: '夜班代管' },
  { id: 'other', name: '其他', needsWords: true },
];

const open = (onState = vi.fn()) => {
  render(<ReasonDialog open patient="李秀英" hours={24} choices={choices} onState={onState} onClose={vi.fn()} />);
  return onState;
};

it('states a listed reason with one click', async () => {
  const onState = open();
  expect(screen.getByText(/李秀英/)).toHaveTextContent('24 小时');
  await userEvent.click(screen.getByRole('button', { name: '夜班代管' }));
  expect(onState).toHaveBeenCalledExactlyOnceWith({ choice: 'night-cover', words: '' });
});

it('asks for words where a choice needs them, refuses too few and keeps what was written', async () => {
  const onState = open();
  await userEvent.click(screen.getByRole('button', { name: '其他' }));
  const text = screen.getByLabelText('请写明理由');
  await userEvent.type(text, '看看');
  await userEvent.click(screen.getByRole('button', { name: '继续查看' }));
  expect(onState).not.toHaveBeenCalled();
  expect(screen.getByText('请至少写 4 个字')).toBeVisible();
  await userEvent.type(text, '术后复查');
  await userEvent.click(screen.getByRole('button', { name: '继续查看' }));
  expect(onState).toHaveBeenCalledExactlyOnceWith({ choice: 'other', words: '看看术后复查' });
});
