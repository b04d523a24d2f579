import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { departments } from '@/gallery/fixtures/patients';
import { renderAt } from '@/testing/render';
import { Locate, type Card, type LocateProps } from './Locate';

const card: Card = { id: 'p-2', name: '李**', sex: 'female', born: '1958', department: 'dept-cardiology', open: true };

function show(props: Partial<LocateProps> = {}) {
  const given = { onLocate: vi.fn(), onReason: vi.fn(), onBreakGlass: vi.fn(), ...props };
  const { router } = renderAt('/patients/locate', <Locate identifier="" emergency={false} departments={departments} {...given} />);
  return { router, ...given };
}

it('asks by the exact number, and by nothing empty', async () => {
  const { onLocate } = show();
  await userEvent.click(screen.getByRole('button', { name: '定位' }));
  expect(onLocate).not.toHaveBeenCalled();
  await userEvent.type(screen.getByLabelText('病案号、身份证件号或手机号'), ' 00862131 {Enter}');
  expect(onLocate).toHaveBeenCalledExactlyOnceWith('00862131');
});

it('shows the masked card with the ways on', async () => {
  const { router, onReason, onBreakGlass } = show({ cards: [card] });
  expect(screen.getByText('女 · 1958 年生 · 心内科')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: '说明理由' }));
  expect(onReason).toHaveBeenCalledExactlyOnceWith(card);
  await userEvent.click(screen.getByRole('button', { name: '紧急调阅' }));
  expect(onBreakGlass).toHaveBeenCalledExactlyOnceWith(card);
  await userEvent.click(screen.getByRole('button', { name: '打开' }));
  expect(router.state.location.pathname).toBe('/patients/p-2');
});

it('says when nobody here has the number', () => {
  show({ cards: [] });
  expect(screen.getByText('本院没有这个号码的患者')).toBeVisible();
});
