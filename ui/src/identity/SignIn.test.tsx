import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { demoPeople, organisation } from '@/gallery/fixtures/people';
import { render } from '@/testing/render';
import { SignIn } from './SignIn';

const handlers = () => ({ onSignIn: vi.fn(), onBecome: vi.fn() });

it('signs in by name and password, and says what is missing', async () => {
  const given = handlers();
  render(<SignIn organisation={organisation} {...given} />);
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
  expect(screen.getByText('请填写密码')).toBeVisible();
  await userEvent.type(screen.getByLabelText('登录名'), ' chenyq ');
  await userEvent.type(screen.getByLabelText('密码'), 'p w');
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
  expect(given.onSignIn).toHaveBeenCalledExactlyOnceWith('chenyq', 'p w');
});

it('offers the people of a demonstration by what they do', async () => {
  const given = handlers();
  render(<SignIn organisation={organisation} demoPeople={demoPeople} {...given} />);
  const watch = within(screen.getByRole('group', { name: '安全与监督' }));
  await userEvent.click(watch.getByRole('button', { name: /审计员/ }));
  expect(given.onBecome).toHaveBeenCalledExactlyOnceWith('person-auditor');
});

it('offers nobody in a real store', () => {
  render(<SignIn organisation={organisation} {...handlers()} />);
  expect(screen.queryByText(/演示库/)).toBeNull();
});

it('asks for a code in a second step, and lets one go back', async () => {
  const given = { ...handlers(), onCode: vi.fn(), onBack: vi.fn() };
  render(<SignIn organisation={organisation} second {...given} />);
  expect(screen.queryByLabelText('密码')).toBeNull();
  await userEvent.type(screen.getByLabelText('动态码或备用码'), ' 123456{Enter}');
  expect(given.onCode).toHaveBeenCalledExactlyOnceWith('123456');
  await userEvent.click(screen.getByRole('button', { name: '返回重新输入密码' }));
  expect(given.onBack).toHaveBeenCalledOnce();
});
