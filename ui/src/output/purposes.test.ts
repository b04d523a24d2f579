import { expect, it } from 'vitest';
import { may } from '@/app/roles';
import { purposesServed } from './purposes';

it.each([
  ['attending', ['care'], ['teaching']],
  ['head-nurse', ['care'], []],
  ['records-clerk', [], ['coding', 'insurance']],
  ['auditor', [], ['supervision']],
  ['system-administrator', [], []],
])('a %s prints for %j and exports for %j', (role, prints, exports) => {
  expect(purposesServed('prints', [role])).toEqual(prints);
  expect(purposesServed('exports', [role])).toEqual(exports);
  expect(may([role], 'export')).toBe(exports.length > 0);
  expect(may([role], 'print')).toBe(prints.length > 0);
});
