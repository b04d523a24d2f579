import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { departments, events, patient } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { PatientPage, patientTabs, type PatientPageProps } from './PatientPage';

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

function show(props: Partial<PatientPageProps> = {}) {
  const given = { onSelect: vi.fn(), onTab: vi.fn() };
  renderAt(
    '/patients/p-2',
    <PatientPage
      patient={patient}
      departments={departments}
      events={events}
      tab="records"
      tabs={patientTabs}
      content={null}
      mayWrite={false}
      mark={{ name: '陈雅琴', staffNumber: '10023', at: '2026-03-02T08:05:00+08:00', code: 'K7Q2M' }}
      {...given}
      {...props}
    />,
  );
  return given;
}

it('says who this is, what must not be overlooked, and why one is here', () => {
  show();
  const banner = screen.getByRole('banner');
  expect(banner).toHaveTextContent('李秀英女 · 67 岁病案号 00862131心内科 · 12 床主管医师 陈雅琴');
  expect(banner).toHaveTextContent('青霉素、碘造影剂');
  expect(banner).toHaveTextContent('依据 诊疗关系');
});

it('opens what is chosen on the timeline', async () => {
  const { onSelect } = show();
  await userEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name: /会诊记录/ }));
  expect(onSelect).toHaveBeenCalledExactlyOnceWith('d-5');
});

it('shows the care team with the source and end of each relation', async () => {
  show({ tab: 'team' });
  const [, attending, , nurse, consultant] = await screen.findAllByRole('row');
  expect(attending).toHaveTextContent('入院登记时由 刘敏 指定');
  expect(nurse).toHaveTextContent('来源系统 排班系统');
  expect(consultant).toHaveTextContent('会诊，由 陈雅琴 申请');
});

it('offers writing only to those who may, and only the tabs that are open', () => {
  show({ tabs: ['records'] });
  expect(screen.queryByRole('button', { name: /书写/ })).toBeNull();
  expect(screen.queryByRole('tab', { name: '谁看过' })).toBeNull();
});
