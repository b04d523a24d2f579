import { expect, it } from 'vitest';
import { amissWith, inOrder, share, waitingOf, type Agreement, type Day, type SeenSource, type Source } from './source';
import en from './words.en.json';
import zh from './words.zh.json';

const health = { calls: 100, refused: 0, received: 100, conform: 100, quarantined: 0, measured: 0, lagMedian: 0, visibleMedian: 0, visibleLate: 0, drift: 0, adrift: false };
const source = (change: Partial<Source>) => ({ active: true, byHand: false, silent: false, keys: 1, kinds: ['rest'], health, ...change }) as Source;

it('says what is amiss with a source, the worst first', () => {
  expect(amissWith(source({}))).toEqual([]);
  expect(amissWith(source({ silent: true, health: { ...health, adrift: true, quarantined: 6 } }))).toEqual(['silent', 'adrift', 'quarantine']);
  expect(amissWith(source({ health: { ...health, quarantined: 5 } }))).toEqual([]);
  expect(amissWith(source({ health: { ...health, refused: 6 } }))).toEqual(['refused']);
  expect(amissWith(source({ keys: 0, health: { ...health, calls: 0 } }))).toEqual(['keyless']);
  expect(amissWith(source({ keys: 0, kinds: ['sql-view', 'cda-folder'], health: { ...health, calls: 0 } }))).toEqual([]);
});

it('expects nothing of a source that is not at work, or that people hand in for', () => {
  expect(amissWith(source({ active: false, silent: true }))).toEqual([]);
  expect(amissWith(source({ byHand: true, keys: 0, health: { ...health, calls: 0 } }))).toEqual([]);
});

it('tells a share, and a dash of nothing', () => {
  expect([share(0, 0), share(1, 3), share(3, 3), share(0, 3)]).toEqual(['–', '33.3%', '100%', '0%']);
});

it('shows days from the oldest on', () => {
  expect(inOrder([{ day: '2026-03-03' }, { day: '2026-03-02' }] as Day[]).map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03']);
  expect(inOrder(null)).toEqual([]);
});

it('finds the agreement that waits for an answer', () => {
  const agreements = [{ id: 'a', state: 'returned' }, { id: 'b', state: 'signed' }] as Agreement[];
  expect(waitingOf({ agreements } as SeenSource)?.id).toBe('b');
});

it('says everything in both languages', () => {
  const keys = (words: object, at = ''): string[] => Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? keys(value as object, `${at}${key}.`) : [`${at}${key}`]));
  expect(keys(en)).toEqual(keys(zh));
});
