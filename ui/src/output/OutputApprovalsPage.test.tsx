import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SessionContext } from '@/app/session';
import { asked, forOffice, patientList, seen } from '@/gallery/fixtures/outputs';
import { auditor } from '@/gallery/fixtures/people';
import { renderAt } from '@/testing/render';
import { OutputApprovalsPage, type OutputApprovalsPageProps } from './OutputApprovalsPage';

const show = (props: Partial<OutputApprovalsPageProps> = {}) => {
  const onDecide = vi.fn();
  renderAt(
    '/outputs/approvals',
    <SessionContext value={{ ...auditor, roles: ['medical-affairs'] }}>
      <OutputApprovalsPage waiting={[asked]} names={seen.names} open={asked} seen={seen} lists={[patientList]} profiles={[forOffice]} departments={{}} mayApprove mayDispose={false} me="p-9" busy={false} refused={undefined} onCodeTaken={vi.fn()} onOpen={vi.fn()} onDecide={onDecide} {...props} />
    </SessionContext>,
  );
  return onDecide;
};

it('shows who wants what, how many patients, and approves', async () => {
  const onDecide = show();
  expect(screen.getByText('128（门槛 100 人）')).toBeVisible();
  expect(screen.getByText('医务-2026-0312')).toBeVisible();
  expect(screen.getByText(/姓名 · 隐去/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '批准' }));
  expect(onDecide).toHaveBeenCalledExactlyOnceWith(asked, 'approve');
});

it.each([
  ['his own', { me: 'p-1' }, '这是您自己的申请，须由他人决定。'],
  ['a second time', { seen: { ...seen, votes: [{ person: 'p-9', at: asked.asked }] } }, '您已批准，等待另一位批准人。'],
  ['what he only judges', { mayApprove: false }, /由医务科、院领导/],
])('lets nobody approve %s', (_what, props, words) => {
  show(props);
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.queryByRole('button', { name: '批准' })).toBeNull();
});

it('shows the release code of the second approval', () => {
  show({ releaseCode: 'ABCD-EFGH-IJKL' });
  expect(screen.getByRole('dialog')).toHaveTextContent('ABCD-EFGH-IJKL');
  expect(screen.getByRole('dialog')).toHaveTextContent('只显示这一次');
});
