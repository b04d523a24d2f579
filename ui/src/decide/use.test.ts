import { expect, it } from 'vitest';
import { settles, stateIn, type Use } from './use';

const use = (state: Use['state'], person?: string): Use => ({
  id: 'u', source: 'pacs', event: 'e', at: '2026-03-02T00:00:00Z', received: '2026-03-02T01:00:00Z', state, conditions: [], decision: 'refuse', rule: { zh: '', en: '' },
  said: { action: 'open', object: { kind: 'patient', patient: 'v' }, person: { number: '1' } }, ...(person && { person }),
});

it('shows what waits where the address names no state', () => {
  expect(stateIn('raised')).toBe('raised');
  expect(stateIn(undefined)).toBe('waiting');
  expect(stateIn('nothing')).toBe('waiting');
});

it('lets nobody settle what he did himself, nor what is settled', () => {
  expect(settles(use('waiting', 'other'), 'me')).toBe(true);
  expect(settles(use('waiting'), 'me')).toBe(true);
  expect(settles(use('waiting', 'me'), 'me')).toBe(false);
  expect(settles(use('accepted', 'other'), 'me')).toBe(false);
});
