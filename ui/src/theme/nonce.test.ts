/* eslint-disable @typescript-eslint/no-deprecated -- only one overload of createElement is */
import { afterEach, expect, it } from 'vitest';
import { lendNonce, pageNonce } from './nonce';

const create = document.createElement.bind(document);
afterEach(() => {
  document.createElement = create;
  document.head.querySelector('meta')?.remove();
});

it('reads the nonce of the page and gives it to styles, and to nothing else', () => {
  const meta = create('meta');
  meta.setAttribute('property', 'csp-nonce');
  meta.nonce = 'abc';
  document.head.append(meta);

  lendNonce(pageNonce());
  expect(document.createElement('style').nonce).toBe('abc');
  expect(document.createElement('script').nonce).toBe('');
});

it('changes nothing where the page has none', () => {
  lendNonce(pageNonce());
  expect(document.createElement('style').nonce).toBe('');
});
