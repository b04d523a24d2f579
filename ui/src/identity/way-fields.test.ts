import { expect, it } from 'vitest';
import { settingsOf } from './way-fields';

it('keeps what the form does not show, and says every tick', () => {
  expect(settingsOf('provider', { provider: { issuer: 'https://a', strongAmr: ['mfa'] } }, { provider: { issuer: 'https://b', client: 'c' } })).toEqual({
    provider: { issuer: 'https://b', client: 'c', strongAmr: ['mfa'], strongAcr: [], internal: false, silent: false },
  });
});

it('keeps the adapter of a face where only the statement was changed', () => {
  const held = { face: { least: 900, adapter: { address: 'https://camera', internal: true, plain: false }, statement: { zh: '旧', en: 'old' } } };
  expect(settingsOf('face', held, { face: { statement: { zh: '新', en: 'new' }, adapter: { address: 'https://camera' } } })).toEqual({
    face: { least: 900, adapter: { address: 'https://camera', internal: true, plain: false }, statement: { zh: '新', en: 'new' } },
  });
});

it('gives a way of scanning an adapter and its authorities', () => {
  expect(settingsOf('scan', undefined, { scan: { address: 'https://ca', internal: true }, authority: { roots: 'PEM' } })).toEqual({
    scan: { address: 'https://ca', internal: true, plain: false },
    authority: { number: 'serialNumber', roots: 'PEM' },
  });
});
