import { expect, it } from 'vitest';
import { arrivalOf, sizeOf } from './recipient';

const receipt = (outcome: 'matched' | 'late' | 'altered' | 'duplicate' | 'absent') => ({ number: 1, outcome, at: '2026-03-02T00:00:00Z', by: 'x' });

it('says what became of a sending', () => {
  expect(arrivalOf({ receipts: [] })).toBe('none');
  expect(arrivalOf({ receipts: [], receiptBy: '2026-03-03T00:00:00Z' })).toBe('waiting');
  expect(arrivalOf({ receipts: [receipt('absent')], receiptBy: '2026-03-03T00:00:00Z' })).toBe('absent');
  expect(arrivalOf({ receipts: [receipt('absent'), receipt('late')] })).toBe('late');
  expect(arrivalOf({ receipts: [receipt('matched'), receipt('duplicate')] })).toBe('matched');
  expect(arrivalOf({ receipts: [receipt('matched'), receipt('altered')] })).toBe('altered');
});

it('says a size as people do', () => {
  expect([0, 999, 1500, 2_000_000].map(sizeOf)).toEqual(['0 B', '999 B', '1.5 kB', '2.0 MB']);
});
