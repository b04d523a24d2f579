import { expect, it } from 'vitest';
import { demands, kindsIn } from './password-rules';

const rules = { least: 10, kinds: 3, long: 16, history: 5, maxAge: 90, warn: 14, grace: 7 };
const met = (password: string) => demands(password, rules, ['10023', 'chenyq', '陈']).filter((one) => one.met).map(({ key }) => key);

it.each([
  ['', []],
  ['Shuiping7', ['variety', 'own']],
  ['Shuiping77', ['length', 'variety', 'own']],
  ['correct horse battery', ['length', 'variety', 'own']],
  ['aaaaaaaaaaaaaaaaaa', ['length', 'own']],
  ['CHENYQ-medward-7', ['length', 'variety']],
  ['x10023x-Medward', ['length', 'variety']],
] as const)('%s meets %s', (password, keys) => {
  expect(met(password)).toEqual(keys);
});

it('counts kinds of characters beyond Latin', () => {
  expect(kindsIn('Äb9')).toBe(3);
  expect(kindsIn('水平')).toBe(1);
});
