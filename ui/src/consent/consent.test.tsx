import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SessionContext, type Session } from '@/app/session';
import { renderAt } from '@/testing/render';
import type { Consent, Template } from './consent';
import { ConsentsPage } from './ConsentsPage';
import { FormPage } from './FormPage';
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

const session = { session: 's-00000001', number: '10023', name: { zh: '陈雅琴', en: 'Chen Yaqin' }, organisation: { zh: '明州市第一医院', en: 'First Hospital' } } as unknown as Session;
const formOf = (version: number): Template => ({
  id: 't-1', version, kind: 'consent', name: { zh: '教学同意书', en: 'Teaching' }, text: { zh: `第${version}次的正文`, en: '' }, scope: { purposes: ['teaching'] }, givers: ['patient'], forms: ['written'], made: '2026-03-02T01:00:00Z',
});

function showForm(versions: Template[], shown: Template) {
  const onShow = vi.fn();
  renderAt('/consents/forms/t-1', (
    <SessionContext value={session}>
      <FormPage versions={versions} shown={shown} onShow={onShow} />
    </SessionContext>
  ));
  return onShow;
}

it('keeps an older version readable, and warns that it is no longer in use', async () => {
  const onShow = showForm([formOf(2), formOf(1)], formOf(1));
  expect(screen.getByRole('article')).toHaveTextContent('第1次的正文');
  expect(screen.getByRole('alert')).toHaveTextContent('现行的是第 2 版');
  await userEvent.click(screen.getByRole('combobox', { name: '各版' }));
  await userEvent.click(screen.getByTitle(/^第 2 版/));
  expect(onShow.mock.calls[0]?.[0]).toBe(2);
});

it('offers no versions where there is but one', () => {
  showForm([formOf(1)], formOf(1));
  expect(screen.queryByRole('combobox')).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});
