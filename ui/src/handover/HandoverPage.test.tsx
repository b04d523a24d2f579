import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import type { SeenHandover } from './handover';
import { HandoverPage } from './HandoverPage';

const rehearsed: SeenHandover = {
  id: 'h',
  ground: 'rehearsal',
  receiver: '第一医院',
  state: 'matched',
  freezes: false,
  run: 1,
  opened: '2026-03-02T00:00:00Z',
  openedBy: 'p1',
  until: '2026-04-02T00:00:00Z',
  rows: 1204,
  parts: 1,
  missing: 0,
  digest: 'ab'.repeat(32),
  words: '年度演练',
  export: [{ number: 1, bytes: 2048, sm3: '01'.repeat(32), sha256: '02'.repeat(32), made: '2026-03-02T00:00:00Z' }],
  counts: [{ set: 'document', name: { zh: '文书', en: 'documents' }, rows: 3 }],
  told: { sealed: 0, sensitive: 1, destroyed: 0, shared: 3 },
  receipts: [],
  comparisons: [{ number: 1, run: 1, compared: 15, missing: 0, gone: 0, differences: [], at: '2026-03-02T00:00:00Z', by: 'p1' }],
  takeover: { given: 3, taken: 3, aside: 0, patients: 1, formless: 0, missing: 0, extra: 0, at: '2026-03-02T00:00:00Z' },
  signatures: [],
  names: {},
};

const show = (handover: SeenHandover, powers = { me: 'p9', decides: false, carries: true }) => {
  const onStep = vi.fn();
  const onReceipt = vi.fn();
  renderAt('/house-handovers/h', <HandoverPage handover={handover} powers={powers} busy={false} onStep={onStep} onReceipt={onReceipt} />);
  return { onStep, onReceipt };
};

it('shows what a rehearsal came to, and offers nothing more', () => {
  show(rehearsed);
  expect(screen.getByText('演练通过')).toBeVisible();
  expect(screen.getByText('全部如实收下')).toBeVisible();
  expect(within(screen.getByRole('table', { name: '比对记录' })).getByText('一致')).toBeVisible();
  expect(within(screen.getByRole('table', { name: '移交清单' })).getByText('文书')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^(放行|签署|比对|终止)$/ })).not.toBeInTheDocument();
});

it('says when nobody writes, and takes the receipt of the receiver', async () => {
  const { onReceipt, onStep } = show({ ...rehearsed, ground: 'merger', state: 'released', freezes: true, comparisons: [] });
  expect(screen.getByText('移交内容暂为只读')).toBeVisible();
  expect(screen.getByRole('link', { name: '取第 1 包' })).toHaveAttribute('href', '/api/handovers/h/parts/1');
  await userEvent.click(screen.getByRole('button', { name: '登记接收方回执' }));
  expect(onReceipt).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole('button', { name: '比对' }));
  expect(onStep).toHaveBeenCalledExactlyOnceWith('compare');
});

it('tells how far a comparison has come', () => {
  show({
    ...rehearsed,
    ground: 'merger',
    state: 'released',
    comparing: { number: 2, run: 1, state: 'reading', by: 'p1', since: '2026-03-02T00:00:00Z', compared: 500, missing: 2, gone: 0 },
    progress: { doing: 'compare', set: 'document', at: 8, of: 21, stopped: false },
  });
  expect(screen.getByRole('status')).toHaveTextContent('正在读取“文书”，8 / 21 张表；已比对 500 行，差异 2 条');
  expect(screen.getByRole('button', { name: '取消比对' })).toBeEnabled();
});
