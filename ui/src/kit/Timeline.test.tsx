import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { render } from '@/testing/render';
import { Timeline, type TimelineEvent } from './Timeline';

const events: TimelineEvent[] = [
  { id: 'a', at: '2026-03-01T09:00:00+08:00', kind: 'document', title: '入院记录', version: 2, states: ['amended'] },
  { id: 'b', at: '2026-03-02T10:00:00+08:00', kind: 'lab', title: '血常规' },
  { id: 'c', at: '2026-03-02T08:00:00+08:00', kind: 'document', title: '病程记录' },
];
const titles = () => screen.getAllByRole('listitem').map((item) => item.querySelector('button span span span')?.textContent);

it('shows the newest first, by day', () => {
  render(<Timeline label="时间线" events={events} onSelect={vi.fn()} />);
  expect(screen.getAllByRole('region').map((day) => day.getAttribute('aria-label'))).toEqual(['2026-03-02', '2026-03-01']);
  expect(titles()).toEqual(['血常规', '病程记录', '入院记录']);
  expect(screen.getByText('第 2 版')).toBeVisible();
});

it('filters by kind and counts each', async () => {
  render(<Timeline label="时间线" events={events} onSelect={vi.fn()} />);
  const filters = within(screen.getByRole('group', { name: '按种类筛选' }));
  expect(filters.getAllByRole('button').map((button) => button.textContent)).toEqual(['全部3', '病历文书2', '检验1']);
  await userEvent.click(filters.getByRole('button', { name: /病历文书/ }));
  expect(titles()).toEqual(['病程记录', '入院记录']);
});

it('is one stop for the tab key, moves with the arrows and opens with Enter', async () => {
  const onSelect = vi.fn();
  render(<Timeline label="时间线" events={events} selected="c" onSelect={onSelect} />);
  screen.getByRole('button', { name: /病程记录/ }).focus();
  expect(screen.getByRole('button', { name: /病程记录/ })).toHaveAttribute('aria-current', 'true');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onSelect).toHaveBeenCalledExactlyOnceWith('a');
});
