import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { lines, names, opened } from '@/gallery/fixtures/ledger';
import { people } from '@/gallery/fixtures/people';
import { renderAt } from '@/testing/render';
import { LedgerPage, type LedgerPageProps } from './LedgerPage';

function show(props: Partial<LedgerPageProps> = {}, at = '/ledger') {
  const given = { onOpen: vi.fn(), onClose: vi.fn() };
  const { router } = renderAt(at, <LedgerPage page={{ rows: lines.slice(0, 4) }} people={people} names={names} behind={0} {...given} {...props} />);
  return { router, ...given };
}

it('opens an entry from its line', async () => {
  const { onOpen } = show();
  await userEvent.click(screen.getAllByText('李秀英的入院记录')[0]!);
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(lines[0]);
});

it('says that newer entries cannot be found yet', () => {
  show({ behind: 3 });
  expect(screen.getByText(/另有 3 条/)).toBeVisible();
});

it('shows rule, ground, place and rows written, and verifies the proof here', async () => {
  show({ open: opened });
  const drawer = within(await screen.findByRole('dialog'));
  expect(drawer.getByText('care-lead-amends')).toBeVisible();
  expect(drawer.getByText('10.20.3.117 · 心内科护士站-02')).toBeVisible();
  expect(drawer.getByText('record_version')).toBeVisible();
  await userEvent.click(drawer.getByRole('button', { name: /在浏览器中验证/ }));
  expect(await drawer.findByText(/验证通过/)).toBeVisible();
});

it('waits for a proof that is not there yet', async () => {
  show({ open: { line: opened.line, entry: opened.entry, pending: true } });
  expect(await screen.findByText(/检查点大约一秒签署一次/)).toBeVisible();
});
