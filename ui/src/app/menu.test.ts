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
  ['resident', ['patients', 'writing', 'duties', 'grants', 'undertakings']],
  ['chief', ['patients', 'writing', 'duties', 'grants', 'approvals', 'reviews', 'grantReviews', 'stays', 'handovers', 'undertakings', 'roster']],
  ['medical-affairs', ['patients', 'duties', 'grants', 'approvals', 'seals', 'reviews', 'grantReviews', 'reach', 'simulate', 'staff', 'undertakings', 'roster']],
  ['auditor', ['duties', 'grants', 'seals', 'reviews', 'grantReviews', 'reach', 'simulate', 'ledger', 'clauses', 'staff', 'stays', 'handovers', 'undertakings', 'roster']],
  ['system-administrator', ['duties', 'grants', 'imports', 'clauses', 'staff', 'handovers', 'undertakings', 'roster']],
  ['security-administrator', ['duties', 'grants', 'grantReviews', 'simulate', 'staff', 'stays', 'handovers', 'undertakings', 'vendors', 'accounts', 'roster']],
  ['personnel', ['duties', 'grants', 'staff', 'stays', 'handovers', 'undertakings']],
  ['dba', ['duties', 'grants', 'clauses', 'undertakings']],
  ['researcher', ['duties', 'grants', 'undertakings']],
  ['', []],
])('a %s is shown no more than what the rules open', (role, keys) => {
  expect(shown(role ? [role] : [])).toEqual(keys);
});
