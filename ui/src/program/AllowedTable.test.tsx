import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { AllowedTable, type Allowed } from './AllowedTable';

const allowed: Allowed = {
  id: 'a1',
  source: 's1',
  name: { zh: '检验趋势', en: 'Trends' },
  person: 'p1',
  patient: 'patient-1',
  begun: true,
  scopes: [{ scope: 'patient/Observation.rs', words: { zh: '所选患者：检查检验结果', en: 'Of the patient you choose: results' } }],
  live: true,
  made: '2026-03-02T08:00:00Z',
  until: '2026-03-02T16:00:00Z',
  times: 2,
};

it('says in words what a program may read, and takes it back once that is confirmed', async () => {
  const onWithdraw = vi.fn();
  render(
    <MemoryRouter>
      <AllowedTable name="test" page={{ rows: [allowed, { ...allowed, id: 'a2', live: false, why: 'taken-away' }] }} busy={undefined} empty={{ title: '' }} onWithdraw={onWithdraw} />
    </MemoryRouter>,
  );
  expect(screen.getAllByText('所选患者：检查检验结果')).toHaveLength(2);
  expect(screen.getByText('安全管理员撤回')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /撤\s?回/ }));
  expect(onWithdraw).not.toHaveBeenCalled();
  await userEvent.click(screen.getAllByRole('button', { name: /撤\s?回/ }).at(-1)!);
  expect(onWithdraw).toHaveBeenCalledWith(allowed);
});

it('does not say about whom it is to whoever runs programs', () => {
  render(
    <MemoryRouter>
      <AllowedTable name="test" page={{ rows: [allowed] }} person={() => '王敏'} busy={undefined} empty={{ title: '' }} />
    </MemoryRouter>,
  );
  expect(screen.getByText('王敏')).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.queryByRole('button', { name: /撤\s?回/ })).toBeNull();
});
