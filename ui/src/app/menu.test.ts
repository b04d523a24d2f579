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
  ['resident', ['patients', 'writing', 'orders', 'amendments', 'duties', 'deadlines', 'grants', 'authorities', 'exchange', 'outputs', 'undertakings']],
  ['chief', ['patients', 'operations', 'writing', 'orders', 'amendments', 'duties', 'deadlines', 'grants', 'approvals', 'authorities', 'exchange', 'reviews', 'reportedQuestions', 'grantReviews', 'memberAccounts', 'outputs', 'stays', 'handovers', 'undertakings', 'roster']],
  ['medical-affairs', ['patients', 'stock', 'amendments', 'duties', 'deadlineList', 'grants', 'approvals', 'authorities', 'seals', 'sharing', 'claims', 'exchange', 'debarments', 'reviews', 'reportedQuestions', 'handedIn', 'grantReviews', 'outputs', 'important', 'reach', 'simulate', 'recipients', 'transmissions', 'accessLogs', 'systemAccounts', 'templates', 'retention', 'consents', 'figures', 'inspection', 'rules', 'releases', 'staff', 'houseHandovers', 'undertakings', 'signInRequests', 'roster']],
  ['auditor', ['stock', 'amendments', 'duties', 'deadlineList', 'grants', 'authorities', 'seals', 'sharing', 'claims', 'exchange', 'debarments', 'reviews', 'reportedQuestions', 'handedIn', 'grantReviews', 'outputs', 'important', 'reach', 'simulate', 'sources', 'feeds', 'recipients', 'transmissions', 'accessLogs', 'systemAccounts', 'templates', 'retention', 'consents', 'ledger', 'changes', 'privileged', 'envelopes', 'tampering', 'clauses', 'figures', 'inspection', 'rules', 'releases', 'staff', 'stays', 'handovers', 'houseHandovers', 'undertakings', 'faces', 'roster']],
  ['system-administrator', ['stock', 'duties', 'grants', 'authorities', 'exchange', 'outputs', 'imports', 'sources', 'feeds', 'recipients', 'accessLogs', 'systemAccounts', 'changes', 'privileged', 'envelopes', 'tampering', 'clauses', 'staff', 'handovers', 'houseHandovers', 'undertakings', 'roster']],
  ['security-administrator', ['stock', 'duties', 'grants', 'authorities', 'exchange', 'debarments', 'grantReviews', 'outputs', 'important', 'simulate', 'sources', 'feeds', 'recipients', 'accessLogs', 'systemAccounts', 'retention', 'changes', 'privileged', 'envelopes', 'tampering', 'rules', 'releases', 'staff', 'stays', 'handovers', 'houseHandovers', 'undertakings', 'vendors', 'accounts', 'faces', 'roster']],
  ['personnel', ['duties', 'grants', 'authorities', 'outputs', 'staff', 'stays', 'handovers', 'undertakings']],
  ['dba', ['stock', 'duties', 'grants', 'authorities', 'exchange', 'outputs', 'sources', 'recipients', 'changes', 'privileged', 'envelopes', 'tampering', 'clauses', 'houseHandovers', 'undertakings']],
  ['researcher', ['duties', 'grants', 'authorities', 'outputs', 'undertakings']],
  ['', []],
])('a %s is shown no more than what the rules open', (role, keys) => {
  expect(shown(role ? [role] : [])).toEqual(keys);
});
