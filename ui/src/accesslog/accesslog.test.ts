import { expect, it } from 'vitest';
import { clockOf, completed, doneIn, emptyMapping, endOfPart, type Reported } from './accesslog';

const bytes = (text: string) => new TextEncoder().encode(text);

it('cuts a log behind its last whole line', () => {
  expect(endOfPart(bytes('eins\nzwei\ndr'), false)).toBe(10);
  expect(endOfPart(bytes('eins\nzwei\ndr'), true)).toBe(12);
  expect(endOfPart(bytes('no end of line'), false)).toBe(0);
});

it('tells by how much a clock is off', () => {
  expect(clockOf(65)).toBe('+00:01:05');
  expect(clockOf(-86_400 - 3600)).toBe('−1 d 01:00:00');
});

it('names only what was done', () => {
  const row = { views: 3, prints: 0, exports: 1, searches: 0, signIns: 0, others: 0 } as Reported;
  expect(doneIn(row)).toEqual([
    { what: 'exports', count: 1 },
    { what: 'views', count: 3 },
  ]);
});

it('keeps of a mapping only fields of which something was said', () => {
  const kept = completed({ ...emptyMapping, fields: { time: '时间', account: ' ' } }, '查看=view\n*=other\nx');
  expect(kept.fields).toEqual({ time: '时间' });
  expect(kept.actions).toEqual({ 查看: 'view', '*': 'other' });
});
