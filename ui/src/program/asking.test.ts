import { expect, test } from 'vitest';
import { askingIn, homeOf } from './asking';

test('what a program asks for is what it wrote, and nothing is made up', () => {
  const asking = askingIn(new URLSearchParams('client_id=viewer&redirect_uri=https%3A%2F%2Fapp.example.org%2Fback&scope=launch%2Fpatient+patient%2FObservation.rs&state=s&code_challenge=c&code_challenge_method=S256&aud=a'));
  expect(asking).toEqual({ clientId: 'viewer', redirectUri: 'https://app.example.org/back', responseType: '', scope: 'launch/patient patient/Observation.rs', state: 's', codeChallenge: 'c', codeChallengeMethod: 'S256', aud: 'a' });
});

test('people see where they will be sent', () => {
  expect(homeOf('https://app.example.org:8443/back?x=1')).toBe('app.example.org:8443');
  expect(homeOf('nonsense')).toBe('nonsense');
});
