import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import type { Call } from './important';
import { ImportantPage } from './ImportantPage';

const soon = new Date(Date.now() + 300_000).toISOString();
const call: Call = { id: 'c1', verb: 'record.unseal', kind: 'Document', object: 'd1', askedBy: 'p1', asked: new Date().toISOString(), expires: soon, state: 'called' };

const show = (me: string, onConfirm = vi.fn()) => {
  renderAt(
    '/privilege/important',
    <ImportantPage
      operations={[
        { verb: 'record.unseal', minutes: 10, floor: true },
        { verb: 'staff.appoint', minutes: 0, floor: true, flow: { zh: '由三人办理', en: 'by three' } },
      ]}
      calls={[call]}
      names={{}}
      me={me}
      confirms
      busy={false}
      onConfirm={onConfirm}
      onPropose={vi.fn()}
    />,
  );
  return onConfirm;
};

it('has another person confirm what waits, and says how each operation has two', async () => {
  const onConfirm = show('p2');
  await userEvent.click(screen.getByRole('button', { name: '验证' }));
  expect(onConfirm).toHaveBeenCalledExactlyOnceWith(call);
  const list = screen.getByRole('table', { name: '重要操作清单' });
  expect(within(list).getByText('由三人办理')).toBeVisible();
  expect(within(list).getByText('操作前由第二人验证，10 分钟内有效')).toBeVisible();
});

it('lets nobody confirm his own', () => {
  show('p1');
  expect(screen.queryByRole('button', { name: '验证' })).not.toBeInTheDocument();
});
