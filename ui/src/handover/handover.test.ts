import { expect, it } from 'vitest';
import { leaves, moves, receiptOf, stations, stepsOf, takesReceipt, type SeenHandover } from './handover';

const one = (over: Partial<SeenHandover>): SeenHandover => ({
  id: 'h',
  ground: 'merger',
  receiver: '第二医院',
  state: 'asked',
  freezes: false,
  run: 1,
  opened: '2026-03-02T00:00:00Z',
  openedBy: 'head',
  until: '2026-04-02T00:00:00Z',
  rows: 0,
  parts: 0,
  missing: 0,
  words: '两院合并',
  export: [],
  counts: [],
  told: { sealed: 0, sensitive: 0, destroyed: 0, shared: 0 },
  receipts: [],
  comparisons: [],
  signatures: [],
  names: {},
  ...over,
});

const head = { me: 'head', decides: false, carries: true };
const boss = { me: 'boss', decides: true, carries: false };

it('has another person approve and close, and whoever carries it out do the rest', () => {
  expect(stepsOf(one({}), boss)).toEqual(['approve', 'stop']);
  expect(stepsOf(one({ openedBy: 'boss' }), boss)).toEqual(['stop']);
  expect(stepsOf(one({ state: 'ready' }), head)).toEqual(['release', 'compare']);
  expect(stepsOf(one({ state: 'released' }), head)).toEqual(['compare', 'supplement']);
  expect(stepsOf(one({ state: 'matched' }), head)).toEqual(['sign', 'compare', 'supplement']);
  const signed = one({ state: 'signed', digest: 'd', signatures: [{ person: 'boss', digest: 'd', at: '2026-03-03T00:00:00Z' }] });
  expect(stepsOf(signed, boss)).toEqual(['stop']);
  expect(stepsOf(signed, { ...boss, me: 'safe' })).toEqual(['close', 'stop']);
  expect(stepsOf(one({ state: 'closed' }), { ...head, decides: true })).toEqual([]);
});

it('ends a rehearsal with its report', () => {
  expect(stepsOf(one({ ground: 'rehearsal', state: 'matched' }), { ...head, decides: true })).toEqual([]);
  expect(stations({ ground: 'rehearsal', state: 'matched' }).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(stations({ ground: 'rehearsal', state: 'differs' }).at(-1)?.state).toBe('failed');
});

it('offers to cancel what is compared, and to resume what gave up', () => {
  const comparing = { number: 1, run: 1, state: 'reading', by: 'head', since: '2026-03-02T00:00:00Z', compared: 5, missing: 0, gone: 0 } as const;
  const progress = { doing: 'compare', set: 'patient', at: 4, of: 21, stopped: false } as const;
  expect(stepsOf(one({ state: 'ready', comparing, progress }), head)).toEqual(['release', 'cancel']);
  expect(moves(one({ progress }))).toBe(true);
  const gaveUp = { ...progress, stopped: true };
  expect(stepsOf(one({ state: 'ready', comparing, progress: gaveUp }), head)).toEqual(['release', 'again', 'cancel']);
  expect(moves(one({ progress: gaveUp }))).toBe(false);
});

it('lets parts leave only once they were released, and never those of a rehearsal', () => {
  expect(leaves({ ground: 'merger', state: 'ready' })).toBe(false);
  expect(leaves({ ground: 'merger', state: 'matched' })).toBe(true);
  expect(leaves({ ground: 'rehearsal', state: 'matched' })).toBe(false);
  expect(takesReceipt({ ground: 'merger', state: 'released' })).toBe(true);
  expect(takesReceipt({ ground: 'merger', state: 'matched' })).toBe(false);
});

it('takes the receipt of a receiver, and nothing else for one', () => {
  expect(receiptOf('{"receipt":"eA==","signature":"eQ=="}')).toEqual({ receipt: 'eA==', signature: 'eQ==' });
  for (const wrong of ['', 'null', '[]', '{}', '{"receipt":1,"signature":"x"}', '{"receipt":"","signature":"x"}']) expect(receiptOf(wrong)).toBeUndefined();
});
