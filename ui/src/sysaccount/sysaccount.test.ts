import { expect, it } from 'vitest';
import { hoursFrom } from './sysaccount';

it('tells how long an account of a leaver was alive', () => {
  const now = new Date('2026-03-02T10:30:00Z');
  expect(hoursFrom('2026-03-01T10:00:00Z', undefined, now)).toBe(24);
  expect(hoursFrom('2026-03-01T10:00:00Z', '2026-03-01T12:59:00Z', now)).toBe(2);
  expect(hoursFrom('2026-03-03T10:00:00Z', undefined, now)).toBe(0);
});
