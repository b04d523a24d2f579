import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { attentionSeal, disputeSeal, openedBefore } from '@/gallery/fixtures/seals';
import { renderAt } from '@/testing/render';
import { OpenedLine } from './OpenedLine';
import type { SealSeen } from './seal';
import { SealPage } from './SealPage';

function show(seal: SealSeen, keeps: boolean) {
  const onUnlist = vi.fn();
  const nothing = vi.fn();
  renderAt(
    `/seals/${seal.id}`,
    <SealPage
      seal={seal}
      patientName="李**"
      days={7}
      onDays={nothing}
      opened={openedBefore}
      sentence={(opened) => <OpenedLine opened={opened} patientName="李**" />}
      keeps={keeps}
      busy={false}
      onRenew={nothing}
      onUnseal={nothing}
      onList={nothing}
      onUnlist={onUnlist}
    />,
  );
  return { onUnlist };
}

it('lists who may still look and by what, and takes off only whoever is on the list', async () => {
  const { onUnlist } = show(attentionSeal, true);
  const lookers = screen.getByRole('table', { name: '现在还能查看的人' });
  expect(lookers).toHaveTextContent('诊疗关系 · 主管医师');
  await userEvent.click(within(lookers).getByRole('button', { name: '移出' }));
  await userEvent.click(screen.getAllByRole('button', { name: '移出' }).at(-1)!);
  expect(onUnlist).toHaveBeenCalledExactlyOnceWith('p-li');
  expect(screen.getByRole('table', { name: '谁打开过' })).toHaveTextContent('陈雅琴 · 医务科以诊疗目的查看了李**');
});

it('shows those who only watch a dispute its parties and documents, and nothing to press', () => {
  show(disputeSeal, false);
  expect(screen.getByText('李某（家属）')).toBeVisible();
  expect(screen.getByRole('table', { name: '封存的文书' })).toHaveTextContent('签名后封存');
  expect(screen.queryByRole('button', { name: /同意启封/ })).not.toBeInTheDocument();
});
