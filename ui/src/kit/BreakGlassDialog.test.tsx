import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { BreakGlassDialog } from './BreakGlassDialog';

const choices = [
  { id: 'resuscitation', name: '抢救' },
  { id: 'emergency-surgery', name: '急诊手术' },
];
const patient = { name: '李秀英', recordNumber: 'ZY20260301', department: '心内科' };

it('names the patient and breaks only with emergency, detail and confirmation', async () => {
  const onBreak = vi.fn();
  render(<BreakGlassDialog open patient={patient} choices={choices} hours={[1, 4]} usualHours={1} onBreak={onBreak} onClose={vi.fn()} />);
  expect(screen.getByText('李秀英')).toBeVisible();

  const submit = screen.getByRole('button', { name: '开始紧急调阅' });
  await userEvent.click(submit);
  expect(screen.getAllByRole('alert').map((fault) => fault.textContent)).toEqual([
    '请选择一个紧急原因',
    '请写明具体情况，至少 4 个字',
    '请先确认',
  ]);

  await userEvent.click(screen.getByRole('radio', { name: '抢救' }));
  await userEvent.type(screen.getByRole('textbox', { name: '具体情况' }), '室颤，准备除颤');
  await userEvent.click(screen.getByText('4 小时'));
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(submit);
  expect(onBreak).toHaveBeenCalledExactlyOnceWith({ choice: 'resuscitation', words: '室颤，准备除颤', hours: 4 });
});
