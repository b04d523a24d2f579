import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { Session } from '@/app/session';
import { renderAt } from '@/testing/render';
import type { SeenCase } from './case';
import { CasePage } from './CasePage';
import { HandedPage } from './HandedPage';
import { SharingPage } from './SharingPage';

const name = (zh: string) => ({ zh, en: zh, number: '1', department: { zh: '病案室', en: 'Records' }, title: { zh: '', en: '' } });
const clerk = { person: 'colleague', number: '2', name: { zh: '李颖', en: 'Li Ying' }, roles: ['records-clerk'], purpose: 'legal', purposes: [{ id: 'legal', name: { zh: '司法', en: 'legal' } }] } as unknown as Session;
const court = { id: 'court', name: { zh: '人民法院', en: 'court' }, papers: [{ id: 'legal-document', name: { zh: '法定文书', en: 'legal order' } }], agency: true, days: 3 };

const one: SeenCase = {
  id: 'case-1',
  kind: 'court',
  agency: '明州市人民法院',
  patient: 'patient-1',
  basis: '民事诉讼法',
  presented: ['legal-document'],
  state: 'received',
  received: '2026-11-02T01:00:00Z',
  receivedBy: 'window',
  deadline: '2026-11-05T09:00:00Z',
  checks: [{ person: 'window', at: '2026-11-02T01:05:00Z' }],
  scope: { copies: false },
  open: false,
  narrowed: true,
  papers: { names: ['赵法官', '钱书记员'], presented: [{ paper: 'legal-document', number: '（2026）7号', digest: '07'.repeat(32) }] },
  steps: [{ kind: 'receive', at: '2026-11-02T01:00:00Z', person: 'window' }],
  handovers: [],
  names: { window: name('乐雅'), colleague: name('李颖'), helper: name('张志') },
};

function show(seen: Partial<SeenCase> = {}, me: Partial<Session> = {}) {
  const acts = { onDo: vi.fn(), onPurpose: vi.fn(), onTakeBack: vi.fn() };
  renderAt('/sharing/case-1', <CasePage one={{ ...one, ...seen }} requester={court} patientName="李四" me={{ ...clerk, ...me }} opensPatients busy={false} {...acts} />);
  return acts;
}

it('lets the second person check, after asking', async () => {
  const { onDo } = show();
  expect(screen.getByText('由您办理')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '我已核验' }));
  await userEvent.click(await screen.findByRole('button', { name: /确\s?定/ }));
  expect(onDo).toHaveBeenCalledExactlyOnceWith('check');
});

it('tells the first person why somebody else must check', () => {
  show({}, { person: 'window' });
  expect(screen.getByText('您已核验过一次，须由另一名人员再次核验。')).toBeVisible();
  expect(screen.queryByRole('button', { name: '我已核验' })).toBeNull();
});

it('offers the purpose that a step needs', async () => {
  const { onPurpose } = show({}, { purpose: 'coding' });
  await userEvent.click(screen.getByRole('button', { name: '换用“司法”' }));
  expect(onPurpose).toHaveBeenCalledExactlyOnceWith('legal');
});

it('names the only one who may hand over', () => {
  show({ state: 'approved', open: true, assistant: 'helper', until: '2027-01-01T00:00:00Z' });
  expect(screen.getByText(/只由指定的协助人 张志 · 病案室 办理/)).toBeVisible();
});

it('lets only the assistant record what became of a copy', async () => {
  const handover = { id: 'h-1', manner: 'copied' as const, documents: [{ document: 'd-1', version: 1, kind: 'C0034', digest: '00', pages: 2 }], digest: 'ab', at: '2026-11-02T02:00:00Z', by: 'helper', cuts: [] };
  const seen = { state: 'approved' as const, open: true, assistant: 'helper', handovers: [handover] };
  show(seen);
  expect(screen.queryByRole('button', { name: '登记去向' })).toBeNull();
  const { onTakeBack } = show(seen, { person: 'helper' });
  await userEvent.click(screen.getByRole('button', { name: '登记去向' }));
  expect(onTakeBack).toHaveBeenCalledExactlyOnceWith(handover);
});

it('keeps what has ended out of the list until all is asked for', async () => {
  const onAll = vi.fn();
  renderAt('/sharing', <SharingPage cases={[{ ...one, state: 'refused' }]} figures={[]} requesters={[court]} all={false} onAll={onAll} patientName={() => '李四'} />);
  expect(screen.getByText('没有办理中的申请。')).toBeVisible();
  await userEvent.click(screen.getByText('全部'));
  expect(onAll).toHaveBeenCalledExactlyOnceWith(true);
});

it('shows what is looked at under supervision, and ends it', async () => {
  const onDone = vi.fn();
  const handed = {
    id: 'h-1',
    manner: 'viewed' as const,
    cuts: [],
    documents: [],
    digest: 'ab'.repeat(32),
    at: '2026-11-02T02:00:00Z',
    by: 'helper',
    shown: [{ document: 'd-1', title: '入院记录', version: 1, sections: [{ key: 'a', title: '主诉', text: '胸痛' }] }],
  };
  renderAt('/sharing/case-1', <HandedPage one={one} handed={handed} me={clerk} onDone={onDone} />);
  expect(screen.getByText('胸痛')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '结束查看' }));
  expect(onDone).toHaveBeenCalledOnce();
});

it('asks for the legal review of the scope as it stands before the approval', async () => {
  const law = { person: 'law', roles: ['medical-affairs'] };
  const { onDo } = show({ state: 'scoped', masking: { by: 'helper', at: '2026-11-02T02:00:00Z', disclosed: 1, masked: 2, current: false } }, law);
  await userEvent.click(screen.getByRole('button', { name: '逐项审核' }));
  expect(onDo).toHaveBeenCalledExactlyOnceWith('fix-masking');
});
