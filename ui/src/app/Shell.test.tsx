import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { auditor, doctor, glass } from '@/gallery/fixtures/people';
import { renderAt } from '@/testing/render';
import { noteAnswered, noteExpired } from './connection';
import { Shell, type ShellProps } from './Shell';
import { Shortcuts } from './shortcuts';

beforeEach(() => {
  localStorage.removeItem('medward.menu.narrow');
  act(noteAnswered);
});

const existing = new Set(['/patients', '/ledger', '/staff']);

function show(props: Partial<ShellProps> = {}) {
  const given = { onPurpose: vi.fn(), onSignOut: vi.fn(), onSignInAgain: vi.fn(), onRetry: vi.fn(), onEndGlass: vi.fn() };
  const { router } = renderAt(
    '/patients',
    <Shortcuts>
      <Shell session={doctor} waits={{ todo: 3, late: 1, more: false }} glasses={[]} open={(path) => existing.has(path)} {...given} {...props}>
        <textarea aria-label="正文" />
      </Shell>
    </Shortcuts>,
  );
  return { router, ...given };
}

const menu = () => within(screen.getByRole('navigation', { name: '主菜单' })).getAllByRole('link').map((link) => link.textContent);

describe('menu', () => {
  it('holds only what the person may use and what exists', () => {
    show();
    expect(menu()).toEqual(['工作台', '患者']);
  });

  it('differs by role', () => {
    show({ session: auditor });
    expect(menu()).toEqual(['工作台', '账本', '人员与权限']);
  });

  it('marks where one is', () => {
    show();
    expect(screen.getByRole('link', { name: / 患者$/ })).toHaveAttribute('aria-current', 'page');
  });
});

describe('keyboard', () => {
  it('finds a page with Ctrl K, and no patients for somebody who treats none', async () => {
    const { router } = show({ session: auditor });
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(screen.getByRole('combobox', { name: '搜索页面' }), '账');
    const options = screen.getAllByRole('option').map((option) => option.textContent);
    expect(options).toEqual(['账本安全与审计']);
    await userEvent.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/ledger');
  });

  it('offers to locate first when a number was typed, and searches nobody by itself', async () => {
    const { router } = show();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(screen.getByRole('combobox', { name: /搜索患者/ }), '00862131{Enter}');
    expect(router.state.location.pathname + router.state.location.search).toBe('/patients/locate?identifier=00862131');
  });

  it('explains its shortcuts with ?', async () => {
    show();
    await userEvent.keyboard('?');
    expect(screen.getByRole('dialog', { name: '键盘快捷键' })).toHaveTextContent('患者G P');
  });
});

it('says when the session ended, keeps what was written, and offers to sign in', async () => {
  const { onSignInAgain } = show();
  await userEvent.type(screen.getByLabelText('正文'), '未完成的病程');
  act(noteExpired);
  expect(screen.getByRole('alert')).toHaveTextContent('您写的内容都还在这个页面上');
  expect(screen.getByLabelText('正文')).toHaveValue('未完成的病程');
  await userEvent.click(screen.getByRole('button', { name: '重新登录' }));
  expect(onSignInAgain).toHaveBeenCalledOnce();
});

it('stands the countdown of a broken glass over the page, and ends it', async () => {
  const { onEndGlass } = show({ glasses: [glass] });
  expect(screen.getByRole('timer')).toHaveTextContent(/剩 2 小时 3\d 分/);
  await userEvent.click(screen.getByRole('button', { name: '结束调阅' }));
  expect(onEndGlass).toHaveBeenCalledExactlyOnceWith(glass);
});

it('leads from the alarm button to locating the patient', async () => {
  const { router } = show();
  await userEvent.click(screen.getByRole('button', { name: /紧急调阅/ }));
  expect(router.state.location.pathname + router.state.location.search).toBe('/patients/locate?emergency=yes');
});
