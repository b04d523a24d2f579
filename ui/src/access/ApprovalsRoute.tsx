import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { useDepartments } from '@/staff/use-departments';
import { ApprovalsPage, type Answer } from './ApprovalsPage';
import { similar, type Asked } from './grant';

const most = 200;
const shownPast = 8;

export function Component() {
  const { t } = useTranslation('access');
  const { message } = App.useApp();
  const fault = useFault();
  const [chosen, setChosen] = useState<string>();
  const listing = queries.useQuery('get', '/api/grant-requests', { params: { query: { waiting: true, limit: most } } });
  const waiting = (listing.data?.items ?? []).filter(({ waitsForMe }) => waitsForMe).sort(urgentFirst);
  const open = waiting.find(({ id }) => id === chosen) ?? waiting[0];
  const grants = queries.useQuery('get', '/api/grants', { params: { query: { limit: most } } }, { enabled: open !== undefined });
  const settled = (said: 'approved' | 'returned' | 'refused') => ({
    onSuccess: async () => {
      void message.success(t(`grants.asked.${said}`));
      await cache.invalidateQueries();
    },
  });
  const approve = queries.useMutation('post', '/api/grant-requests/{id}/approve', settled('approved'));
  const giveBack = queries.useMutation('post', '/api/grant-requests/{id}/return', settled('returned'));
  const refuse = queries.useMutation('post', '/api/grant-requests/{id}/refuse', settled('refused'));
  const onAnswer = ({ id }: Asked, answer: Answer, words: string) => {
    const to = { params: { path: { id } } };
    [approve, giveBack, refuse].forEach((one) => one.reset());
    if (answer === 'return') giveBack.mutate({ ...to, body: { words } });
    else if (answer === 'refuse') refuse.mutate({ ...to, body: { words } });
    else approve.mutate({ ...to, body: { urgent: answer === 'urgent' } });
  };
  return (
    <ApprovalsPage
      waiting={listing.data && waiting}
      open={open}
      past={open ? (grants.data?.items ?? []).filter((grant) => similar(open, grant)).slice(0, shownPast) : []}
      departments={useDepartments()}
      busy={approve.isPending || giveBack.isPending || refuse.isPending}
      error={fault(approve.error ?? giveBack.error ?? refuse.error ?? listing.error)}
      onOpen={({ id }) => setChosen(id)}
      onAnswer={onAnswer}
    />
  );
}

const urgentFirst = (a: Asked, b: Asked) => Number(b.urgent) - Number(a.urgent) || a.opened.localeCompare(b.opened);
