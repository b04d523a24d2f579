import { expect, it } from 'vitest';
import { beyond, claimsOf, decides, ends, minimum, purposesForClaims, reads, standingOf, type ClaimField, type ClaimTask } from './claim';

const name = { zh: '', en: '' };
const fields: ClaimField[] = [
  { id: 'diagnosis', name, kinds: ['review', 'settlement'] },
  { id: 'items', name, kinds: ['review'] },
  { id: 'course', name, kinds: [] },
];
const ids = (some: ClaimField[]) => some.map(({ id }) => id);
const task = (over: Partial<ClaimTask>) => ({ state: 'asked', open: false, askedBy: 'asker', reviewer: 'reader', until: '2026-03-10T00:00:00Z', ...over }) as ClaimTask;
const me = (person: string, role: string, purpose: string) => ({ person, roles: [role], purpose, purposes: [] });
const now = Date.parse('2026-03-02T00:00:00Z');

it('knows what a kind needs and what must be asked for', () => {
  expect(ids(minimum(fields, 'settlement'))).toEqual(['diagnosis']);
  expect(ids(beyond(fields, 'settlement'))).toEqual(['items', 'course']);
  expect(ids(beyond(fields, 'review'))).toEqual(['course']);
});

it('reads lines as they come from a bill, and none that is something else', () => {
  expect(claimsOf('J-1, 01A\n\n J-2\t01B \n')).toEqual([
    { number: 'J-1', encounter: '01A' },
    { number: 'J-2', encounter: '01B' },
  ]);
  expect(claimsOf('J-1 01A\nJ-2')).toBeUndefined();
});

it('says that a task whose time is over is not open any more', () => {
  expect(standingOf(task({ state: 'approved', open: true }), now)).toBe('open');
  expect(standingOf(task({ state: 'approved' }), now)).toBe('approved');
  expect(standingOf(task({ state: 'approved' }), Date.parse('2026-03-11T00:00:00Z'))).toBe('over');
});

it('lets neither who asked nor who reads decide', () => {
  expect(decides(task({}), me('head', 'president', 'management'))).toBe(true);
  expect(decides(task({}), me('asker', 'medical-affairs', 'management'))).toBe(false);
  expect(decides(task({}), me('reader', 'medical-affairs', 'management'))).toBe(false);
  expect(decides(task({ state: 'approved' }), me('head', 'president', 'management'))).toBe(false);
});

it('opens the rows to the named reader alone, for insurance, in its time', () => {
  const opened = task({ state: 'approved', open: true });
  expect(reads(opened, me('reader', 'insurance-office', 'insurance'))).toBe(true);
  expect(reads(opened, me('reader', 'insurance-office', 'management'))).toBe(false);
  expect(reads(opened, me('asker', 'insurance-office', 'insurance'))).toBe(false);
  expect(reads(task({ state: 'approved' }), me('reader', 'insurance-office', 'insurance'))).toBe(false);
});

it('has a task ended by who asked and by those who approve', () => {
  expect(ends(task({}), me('asker', 'insurance-office', 'insurance'))).toBe(true);
  expect(ends(task({}), me('reader', 'insurance-office', 'insurance'))).toBe(false);
  expect(ends(task({}), me('head', 'president', 'management'))).toBe(true);
  expect(ends(task({ state: 'ended' }), me('head', 'president', 'management'))).toBe(false);
});

it('offers the purpose in which an office sees tasks', () => {
  const purposes = ['care', 'insurance', 'supervision'].map((id) => ({ id, name }));
  expect(purposesForClaims({ roles: ['insurance-office'], purposes })).toEqual(['insurance']);
  expect(purposesForClaims({ roles: ['auditor'], purposes })).toEqual(['supervision']);
  expect(purposesForClaims({ roles: ['nurse'], purposes })).toEqual([]);
});
