import { screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { SessionContext, type Session } from '@/app/session';
import { renderAt } from '@/testing/render';
import type { Pointed, Station } from './output';
import { OutputRulesPage, type OutputRulesPageProps } from './OutputRulesPage';
import { OutputsPage } from './OutputsPage';

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
const names = { 'p-1': { zh: '陈雅琴', en: 'Chen Yaqin' }, 'p-2': { zh: '何志远', en: 'He Zhiyuan' } };
const station: Station = { id: 's-1', name: '护士站', place: '三楼', since: inDays(-9), until: inDays(90), setBy: 'p-2' };

const reader = { roles: ['chief'], purpose: 'care' } as unknown as Session;
const show = (address: string, page: ReactNode) => renderAt(address, <SessionContext value={reader}>{page}</SessionContext>);

function rules(props: Partial<OutputRulesPageProps>) {
  show('/outputs/rules?tab=stations', (
    <OutputRulesPage
      tab="stations" onTab={vi.fn()} profiles={[]} channels={[]} unregistered={0} refused={undefined} names={names}
      stations={[station, { ...station, id: 's-2', name: '旧打印站', until: inDays(-1) }]} badges={[{ id: 'b-1', person: 'p-1', since: inDays(-9), until: inDays(90), setBy: 'p-2' }]}
      onProfile={undefined} onChannel={undefined} onStation={vi.fn()} onBadge={vi.fn()} {...props}
    />
  ));
}

it('lists the stations and whose cards there are, with those that ended', () => {
  rules({});
  const stations = within(screen.getByRole('table', { name: '打印站' })).getAllByRole('row');
  expect(stations[1]).toHaveTextContent('护士站');
  expect(stations[1]).toHaveTextContent('三楼何志远');
  expect(stations[1]).not.toHaveTextContent('已失效');
  expect(stations[2]).toHaveTextContent('已失效');
  expect(screen.getByRole('table', { name: '取件卡' })).toHaveTextContent('陈雅琴何志远');
});

it('shows no register to whoever does not keep it', () => {
  rules({ onStation: undefined, onBadge: undefined });
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByText('由安全管理员或信息科负责人登记。')).toBeVisible();
});

it('offers what a colleague sent for as long as it lives', () => {
  const sent: Pointed = { id: 'f-1', sender: 'p-1', since: inDays(-1), until: inDays(2), opened: 0 };
  const nothing = { rows: [] };
  show('/outputs?tab=forwards', (
    <OutputsPage
      tab="forwards" onTab={vi.fn()} queue={[]} issues={nothing} exports={nothing} forwards={{ rows: [sent, { ...sent, id: 'f-2', opened: 1, until: inDays(-0.5) }] }} names={names} lists={{}}
      busy={false} onRelease={vi.fn()} onCancel={vi.fn()} onOpen={vi.fn()} followed={undefined}
    />
  ));
  const [, live, over] = screen.getAllByRole('row');
  expect(live).toHaveTextContent('陈雅琴');
  expect(live).toHaveTextContent('未打开');
  expect(within(live!).getByRole('link', { name: '打开' })).toHaveAttribute('href', '/forwards/f-1');
  expect(over).toHaveTextContent('已打开已过期');
  expect(within(over!).queryByRole('link')).toBeNull();
});
