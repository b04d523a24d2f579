import { render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { SessionContext } from '@/app/session';
import { auditor } from '@/gallery/fixtures/people';
import DossierPaper from './DossierPaper';
import type { Dossier, Question } from './inspection';

const text = (zh: string) => ({ zh, en: zh });
const question = (id: string, more: Partial<Question>): Question => ({
  id,
  title: text(`问题 ${id}`),
  demands: ['D-063'],
  verdict: 'in-order',
  says: text('一切如常。'),
  figures: [],
  source: text('审计日志'),
  lines: [],
  entries: [],
  ...more,
});
const dossier: Dossier = {
  draw: { id: '01DRAW', kind: 'patient', named: false, days: 0, prepared: '2026-03-02T00:00:00Z', by: 'p-1', size: 3, digest: 'aa', checkpoint: 'note', number: 8, chosen: 2, seed: 'bb', subject: 'x' },
  subject: { kind: 'patient', id: 'x', name: text('李*') },
  at: '2026-03-02T00:00:00Z',
  by: 'p-1',
  verdict: 'not-in-order',
  questions: [
    question('1', { verdict: 'not-in-order', entries: ['E1'], lines: [{ at: '2026-03-02T00:00:00Z', person: 'p-1', says: text('逾期未复核'), wrong: true }] }),
    question('2', { withheld: { verb: 'ledger.readers', who: [text('审计员')] }, figures: [{ name: text('180 天内'), value: '4' }] }),
    question('3', { verdict: 'to-explain' }),
  ],
  entries: [{ id: 'E1', position: 41, at: '2026-03-02T00:00:00Z', verb: 'record.view', outcome: 'done' }],
  checkpoint: 'note',
  size: 99,
  digest: 'cc',
  milliseconds: 420,
  people: { 'p-1': { number: '1', zh: '许静', en: 'Xu Jing', department: text('审计'), title: text('审计员') } },
  patients: {},
};

function show() {
  render(
    <MemoryRouter>
      <SessionContext value={auditor}>
        <DossierPaper dossier={dossier} publicKey="04" />
      </SessionContext>
    </MemoryRouter>,
  );
}

it('sums up the verdicts and says how the case was drawn', () => {
  show();
  expect(screen.getByText('符合 1 项，需说明 1 项，不符合 1 项')).toBeInTheDocument();
  expect(screen.getByText('抽取：报号 8，第 3 个 / 3 个')).toBeInTheDocument();
});

it('shows the line that is wrong with its person and its place in the ledger', () => {
  show();
  const section = within(screen.getByRole('region', { name: /问题 1/ }));
  expect(section.getByText('许静')).toBeInTheDocument();
  expect(section.getByText('逾期未复核')).toBeInTheDocument();
  expect(section.getByText(/账本记录：#41/)).toBeInTheDocument();
});

it('says who may see what is withheld, beside its figures', () => {
  show();
  const section = within(screen.getByRole('region', { name: /问题 2/ }));
  expect(section.getByText(/由|可由/)).toHaveTextContent('审计员');
  expect(section.getByText('4')).toBeInTheDocument();
});
