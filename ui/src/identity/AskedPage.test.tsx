import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { AskedPage, type AskedPageProps } from './AskedPage';

const asked = { since: '2026-03-02T12:00:00Z', until: '2026-03-02T16:00:00Z', why: 'incident', state: 'asked' } as const;
const lost = { id: 'r1', account: 'a1', person: 'chen', askedBy: 'liu', asked: '2026-03-02T12:00:00Z', until: '2026-03-03T12:00:00Z', why: 'lost' } as const;

const props = (): AskedPageProps => ({
  me: 'wang',
  nameOf: (person) => ({ chen: '陈雅琴', liu: '刘洋', wang: '王芳' })[person] ?? '…',
  windows: {
    asked: [
      { ...asked, id: 'w1', person: 'chen', askedBy: 'chen' },
      { ...asked, id: 'w2', person: 'wang', askedBy: 'wang' },
    ],
    failure: undefined,
    onRetry: vi.fn(),
  },
  recoveries: { asked: [lost], failure: undefined, onRetry: vi.fn() },
  onWindow: vi.fn(),
  onRecovery: vi.fn(),
});

it('leaves what one asked for oneself to somebody else', async () => {
  const given = props();
  render(<AskedPage {...given} />);
  const windows = within(screen.getByRole('region', { name: '临时登录时段' }));
  expect(windows.getByText('须由他人决定')).toBeVisible();
  await userEvent.click(windows.getByRole('button', { name: /驳\s?回/ }));
  expect(given.onWindow).toHaveBeenCalledExactlyOnceWith(given.windows?.asked?.[0], false);
});

it('says what a recovery takes away before it is approved', async () => {
  const given = props();
  render(<AskedPage {...given} />);
  await userEvent.click(within(screen.getByRole('region', { name: '第二因素解除' })).getByRole('button', { name: /批\s?准/ }));
  expect(await screen.findByText(/签名密钥更换/)).toBeVisible();
  expect(given.onRecovery).not.toHaveBeenCalled();
});
