import { expect, it } from 'vitest';
import { placesOf } from './place';
import { offered, openNext } from './task';

const listed = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it.each([
  ['done', 'b', 'c'],
  ['return', 'c', 'b'],
  ['take', 'b', 'b'],
  ['pause', 'c', 'c'],
] as const)('after %s of %s the one open is %s', (verb, acted, next) => {
  expect(openNext(listed, acted, verb)).toBe(next);
});

it('opens nothing when the last one is gone, or when it stood on no list', () => {
  expect(openNext([{ id: 'a' }], 'a', 'done')).toBeUndefined();
  expect(openNext(listed, 'elsewhere', 'done')).toBeUndefined();
});

it('offers what the server offers, and nothing that it does not know', () => {
  expect(offered(['duty.done', 'duty.take', 'duty.fly'])).toEqual(['take', 'done']);
  expect(offered(null)).toEqual([]);
});

it('leads to the thing and to the patient, where there is such a page', () => {
  const about = { kind: 'access.approval', subject: 'r1', patient: 'p1' };
  expect(placesOf(about, () => true).map(({ path }) => path)).toEqual(['/approvals', '/patients/p1']);
  expect(placesOf(about, (path) => path.startsWith('/patients'))).toHaveLength(1);
  expect(placesOf({ kind: 'record.unknown' }, () => true)).toEqual([]);
});
