import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderAt } from '@/testing/render';
import type { Consent, Template } from './consent';
import { ConsentsPage } from './ConsentsPage';
import { PatientConsents } from './PatientConsents';

const consent: Consent = {
  id: 'c-1',
  patient: 'p-1',
  template: 't-1',
  version: 2,
  name: { zh: '教学和科研同意书', en: 'Consent to teaching and research' },
  state: 'in-force',
  relation: 'patient',
  form: 'written',
  scope: { purposes: ['teaching', 'commercial'], recipients: ['东澜人寿'] },
  since: '2026-03-02T01:00:00Z',
  until: '2027-03-02T01:00:00Z',
  recordedBy: 'li',
};
const names = { li: { zh: '李颖', en: 'Li Ying', number: '2', department: { zh: '病案室', en: 'Records' }, title: { zh: '', en: '' } } };

function show(records: Consent[]) {
  const onWithdraw = vi.fn();
  renderAt('/patients/p-1', <PatientConsents records={records} notices={[]} guardians={[]} names={names} onWithdraw={onWithdraw} actions={{ given: null, notices: null, guardians: null }} />);
  return { onWithdraw };
}

it('says for what, for whom and until when a consent stands', () => {
  show([consent]);
  const [, row] = screen.getAllByRole('row');
  expect(row).toHaveTextContent('教学 · 向商业机构提供 (东澜人寿)');
  expect(row).toHaveTextContent('至 2027-03-02');
  expect(row).toHaveTextContent('有效');
});

it('lets only what is in force be withdrawn', async () => {
  const withdrawn: Consent = { ...consent, id: 'c-2', state: 'withdrawn', withdrawn: '2026-04-01T01:00:00Z', withdrawnBy: 'guardian' };
  const { onWithdraw } = show([consent, withdrawn, { ...consent, id: 'c-3', state: 'refused' }]);
  expect(screen.getByText('2026-04-01 由监护人撤回')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /撤\s?回/ }));
  expect(onWithdraw).toHaveBeenCalledExactlyOnceWith(consent);
});

it('says what to do while nothing is on record', () => {
  show([]);
  expect(screen.getByText(/没有登记过同意/)).toBeVisible();
  expect(screen.getByText(/由患者本人作出决定/)).toBeVisible();
});

const form: Template = { id: 't-1', version: 2, kind: 'consent', name: { zh: '教学和科研同意书', en: '' }, text: { zh: '正文', en: '' }, scope: { purposes: ['teaching'] }, givers: ['patient'], forms: ['written'], made: '2026-03-02T01:00:00Z' };

it('counts the exemptions by the law that is cited', () => {
  renderAt(
    '/consents',
    <ConsentsPage
      forms={[form]}
      publishes={false}
      onNextVersion={vi.fn()}
      exemptions={{ rows: [], counts: { audit: 3 }, bases: [{ id: 'audit', name: { zh: '审计法', en: 'Audit Law' } }], people: {}, patientName: (id) => id }}
    />,
  );
  expect(screen.getByText('审计法 3 项')).toBeVisible();
  expect(within(screen.getByRole('table', { name: '模板' })).queryByRole('button')).toBeNull();
});
