import { expect, it } from 'vitest';
import { settingsOf, wayKinds } from './way-fields';

it('keeps what the form does not show, and says every tick', () => {
  expect(settingsOf('provider', { provider: { issuer: 'https://a', strongAmr: ['mfa'] } }, { provider: { issuer: 'https://b', client: 'c' } })).toEqual({
    provider: { issuer: 'https://b', client: 'c', strongAmr: ['mfa'], strongAcr: [], internal: false, silent: false },
  });
});

it('leaves what is not set here as it is', () => {
  const held = { face: { least: 900 } };
  expect(settingsOf('face', held, undefined)).toEqual(held);
  expect(wayKinds).not.toContain('face');
});

it('gives a way of scanning an adapter and its authorities', () => {
  expect(settingsOf('scan', undefined, { scan: { address: 'https://ca', internal: true }, authority: { roots: 'PEM' } })).toEqual({
    scan: { address: 'https://ca', internal: true, plain: false },
    authority: { number: 'serialNumber', roots: 'PEM' },
  });
});
