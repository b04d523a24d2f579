import { expect, it } from 'vitest';
import { grants, requests } from '@/gallery/fixtures/grants';
import { partsOf, similar, verbsFor } from './grant';

it('asks for no more than the rules let a grant open for the purpose', () => {
  expect(verbsFor(['read'], 'care')).toContain('patient.view');
  expect(verbsFor(['read', 'print'], 'teaching')).toEqual(['record.list', 'record.view']);
  expect(verbsFor(['amend'], 'research')).toEqual([]);
});

it('names the parts that a list of acts makes up', () => {
  expect(partsOf(['record.view', 'record.print'])).toEqual(['read', 'print']);
  expect(partsOf([])).toEqual([]);
});

it('finds similar what is of the same person or patient and for the same purpose', () => {
  const [asked, other] = requests;
  const grant = grants[0]!;
  expect(similar(asked!, grant)).toBe(true);
  expect(similar(asked!, { ...grant, scope: { ...grant.scope, purpose: 'legal' } })).toBe(false);
  expect(similar(other!, grant)).toBe(false);
  expect(similar(other!, { ...grant, person: other!.person })).toBe(true);
});
