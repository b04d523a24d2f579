import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { patient } from '@/gallery/fixtures/patients';
import { render } from '@/testing/render';
import { Known } from './DetailsDrawer';

const told = { zh: '写明理由后可见', en: 'shown after a reason' };
const masks = [
  { field: 'phone', name: { zh: '电话', en: 'phone' }, remedy: told, unmask: true },
  { field: 'address', name: { zh: '住址', en: 'address' }, remedy: { zh: '请由经治科室办理', en: 'leave it to the ward' }, unmask: false },
];
const seen = { ...patient, idNumber: '3901', phone: '154****8656', address: '', contacts: [{ name: '杨鹏', relation: '儿子', phone: '155' }], masks };
const fact = (name: string) => within(screen.getByText(name).parentElement!);

it('offers to show what a reason would show, and says of the rest who can help', async () => {
  const onShow = vi.fn();
  render(<Known patient={seen} onShow={onShow} />);
  expect(fact('身份证件号').getByText('3901')).toBeVisible();
  expect(fact('联系人').getByText('杨鹏 儿子 155')).toBeVisible();
  expect(fact('住址').queryByRole('button')).toBeNull();
  expect(fact('住址').getByText('请由经治科室办理')).toBeVisible();
  await userEvent.click(fact('电话').getByRole('button', { name: /显示/ }));
  expect(onShow).toHaveBeenCalledOnce();
});

it('offers nothing to whoever may not ask', () => {
  render(<Known patient={seen} onShow={undefined} />);
  expect(screen.queryByRole('button')).toBeNull();
});
