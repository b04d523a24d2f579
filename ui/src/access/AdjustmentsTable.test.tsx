import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { freezes } from '@/gallery/fixtures/grants';
import { renderAt } from '@/testing/render';
import { AdjustmentsTable, type Trigger } from './AdjustmentsTable';
import { monthOf, monthsBack } from './months';

const trigger = (id: string, zh: string, count: number): Trigger => ({ id, name: { zh, en: id }, effect: { zh: `${zh}的结果`, en: '' }, notice: { zh: '提前', en: '' }, count });

it('counts by trigger, and says of each adjustment what it did', () => {
  const who = Object.values(freezes[0]!.names)[0]!;
  renderAt(
    '/grants',
    <AdjustmentsTable month="2026-11" triggers={[trigger('leaver', '离职', 1), trigger('rota', '值班', 0)]} page={{ rows: [{ trigger: 'leaver', id: 'd-1', person: 'p-1', who, at: '2026-11-20T02:00:00Z' }] }} />,
  );
  const row = screen.getAllByRole('row').find((one) => within(one).queryByText('长期'))!;
  expect(within(row).getByText('离职')).toBeVisible();
  expect(within(row).getByText('离职的结果')).toBeVisible();
  expect(screen.getByText('2026-11 按触发事件')).toBeVisible();
});

it('offers the months before, in China time', () => {
  expect(monthsBack('2026-02', new Date('2026-02-10T00:00:00Z')).slice(0, 3)).toEqual(['2026-02', '2026-01', '2025-12']);
  expect(monthOf(new Date('2026-01-31T16:00:00Z'))).toBe('2026-02');
});
