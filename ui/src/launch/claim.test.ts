import { beforeEach, expect, test } from 'vitest';
import { keepClaim, takeClaim, takeLink } from './claim';

beforeEach(() => window.sessionStorage.clear());

test('a claim is taken once', () => {
  keepClaim('01ARZ3NDEKTSV4RRFFQ69G5FAV.secret');
  expect(takeClaim()).toBe('01ARZ3NDEKTSV4RRFFQ69G5FAV.secret');
  expect(takeClaim()).toBeNull();
});

test('a link does not stay in the address', () => {
  window.history.replaceState(null, '', '/launch#01ARZ3NDEKTSV4RRFFQ69G5FAV.secret');
  expect(takeLink()).toBe('01ARZ3NDEKTSV4RRFFQ69G5FAV.secret');
  expect(window.location.href).not.toContain('secret');
  expect(takeLink()).toBe('');
});
