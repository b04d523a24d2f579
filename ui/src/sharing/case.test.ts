import { describe, expect, it } from 'vitest';
import { holds, nextOf, purposeFor, whyNot, type Case } from './case';
import { tallied } from './figures';

const label = (id: string) => ({ id, name: { zh: id, en: id } });
const me = (person: string, roles: string[], purpose: string, ...purposes: string[]) => ({ person, roles, purpose, purposes: [purpose, ...purposes].map(label) });

const received: Case = {
  id: 'case-1',
  kind: 'court',
  agency: '明州市人民法院',
  patient: 'p-1',
  basis: '民事诉讼法',
  presented: ['legal-document', 'officer-ids'],
  state: 'received',
  received: '2026-11-02T01:00:00Z',
  receivedBy: 'window',
  deadline: '2026-11-05T09:00:00Z',
  checks: [],
  scope: { copies: true },
  open: false,
};
const scoped: Case = { ...received, state: 'scoped', assistant: 'helper', scope: { copies: true, forms: ['C0034'] } };
const approved: Case = { ...scoped, state: 'approved', open: true };

describe('the next step', () => {
  it('is the head’s for an agency and a second person’s for a patient', () => {
    expect(nextOf(scoped, true)).toBe('approve');
    expect(nextOf(scoped, false)).toBe('review');
  });

  it('is to confirm while the approval of the night waits for the head', () => {
    expect(nextOf({ ...approved, confirmBy: '2026-11-03T09:00:00Z' }, true)).toBe('confirm');
    expect(nextOf({ ...approved, confirmBy: '2026-11-03T09:00:00Z', confirmedBy: 'zhou' }, true)).toBe('hand-over');
  });

  it('is to close once nothing more can be handed over, and nothing after that', () => {
    expect(nextOf({ ...approved, open: false }, true)).toBe('close');
    expect(nextOf({ ...approved, state: 'closed' }, true)).toBeUndefined();
    expect(nextOf({ ...received, state: 'refused' }, true)).toBeUndefined();
  });
});

describe('why not me', () => {
  it.each([
    ['somebody of the ward has no business at the window', 'check', received, me('chen', ['attending'], 'legal'), 'role'],
    ['whoever checked once does not check twice', 'check', { ...received, checks: [{ person: 'window', at: '2026-11-02T01:00:00Z' }] }, me('window', ['records-clerk'], 'legal'), 'twice'],
    ['a colleague checks the second time', 'check', { ...received, checks: [{ person: 'window', at: '2026-11-02T01:00:00Z' }] }, me('colleague', ['records-clerk'], 'legal'), undefined],
    ['the purpose must fit', 'check', received, me('colleague', ['records-clerk'], 'coding', 'legal'), 'purpose'],
    ['whoever received it does not review it', 'review', scoped, me('window', ['records-clerk'], 'legal'), 'own'],
    ['whoever assists does not review it', 'review', scoped, me('helper', ['records-clerk'], 'legal'), 'own'],
    ['the head approves', 'approve', scoped, me('zhou', ['president'], 'management'), undefined],
    ['only the one who is named hands over', 'hand-over', approved, me('colleague', ['records-clerk'], 'legal'), 'assistant'],
    ['the one who is named hands over', 'hand-over', approved, me('helper', ['records-clerk'], 'legal'), undefined],
    ['a patient’s copy is not handed over as a court’s', 'hand-over', { ...approved, kind: 'agent' }, me('helper', ['records-clerk'], 'legal'), 'purpose'],
  ] as const)('%s', (_, doing, one, who, why) => {
    expect(whyNot(doing, one as Case, who)).toBe(why);
  });

  it('names the purpose that would do, the usual one of the requester first', () => {
    const clerk = me('colleague', ['records-clerk'], 'coding', 'patient-request', 'legal');
    expect(purposeFor('check', received, clerk)).toBe('legal');
    expect(purposeFor('check', { kind: 'agent' }, clerk)).toBe('patient-request');
    expect(purposeFor('approve', received, clerk)).toBeUndefined();
  });
});

describe('a scope', () => {
  const line = { id: 'd-1', kind: 'C0034', encounter: 'e-1', at: '2026-03-01T16:30:00Z' };

  it('holds what it names, by every limit that it has', () => {
    expect(holds({ copies: true, forms: ['C0034'], documents: ['d-1'], encounters: ['e-1'] }, line)).toBe(true);
    expect(holds({ copies: true, forms: ['C0034'], documents: ['d-2'] }, line)).toBe(false);
    expect(holds({ copies: true, forms: ['C0038'] }, line)).toBe(false);
  });

  it('counts days as the hospital does', () => {
    expect(holds({ copies: true, forms: ['C0034'], from: '2026-03-02', to: '2026-03-02' }, line)).toBe(true);
    expect(holds({ copies: true, forms: ['C0034'], to: '2026-03-01' }, line)).toBe(false);
  });
});

it('counts requests by kind, with the mean time of those that were approved', () => {
  const figures = [
    { kind: 'court', state: 'approved', n: 1, hours: 4 },
    { kind: 'court', state: 'closed', n: 3, hours: 8 },
    { kind: 'court', state: 'received', n: 2, hours: 0 },
    { kind: 'agent', state: 'refused', n: 1, hours: 0 },
  ];
  expect(tallied(figures)).toEqual([
    { kind: 'court', all: 6, open: 2, approved: 1, closed: 3, refused: 0, hours: 7 },
    { kind: 'agent', all: 1, open: 0, approved: 0, closed: 0, refused: 1, hours: 0 },
  ]);
});
