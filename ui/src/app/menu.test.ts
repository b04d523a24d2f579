import { expect, it } from 'vitest';
import { matchRoutes } from 'react-router';
import { groupsFor, menu, menuFor, opens } from './menu';
import { router } from './router';

const places = Object.values(menu).flat();
const shown = (roles: string[]) => menuFor(groupsFor(roles), opens(roles)).flatMap(([, items]) => items.map(({ key }) => key));

it.each(places.map(({ path }) => path))('%s leads to a page', (path) => {
  expect(matchRoutes(router.routes, path)?.at(-1)?.route.path).toBe(path.slice(1));
});

it.each([
  ['resident', ['patients', 'writing', 'duties']],
  ['auditor', ['duties', 'reviews', 'ledger', 'clauses', 'staff', 'roster']],
  ['system-administrator', ['duties', 'imports', 'clauses', 'staff', 'roster']],
  ['security-administrator', ['duties', 'staff', 'accounts', 'roster']],
  ['dba', ['duties', 'clauses']],
  ['researcher', ['duties']],
  ['', []],
])('a %s is shown no more than what the rules open', (role, keys) => {
  expect(shown([role])).toEqual(keys);
});
