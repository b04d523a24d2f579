import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { WordsDialog } from '@/kit/WordsDialog';
import { useDepartments } from '@/staff/use-departments';
import { AuthoritiesPage, authorityTabs } from './AuthoritiesPage';
import type { Charge, RoleRequest } from './authority';
import { ExceptionsTable } from './ExceptionsTable';
import type { Exception, Framed } from './frame';
import { FramesTable } from './FramesTable';
import { RoleRequests } from './RoleRequests';

const ProposeFrame = lazy(() => import('./ProposeFrame'));
const AskRole = lazy(() => import('./AskRole'));
const ProposeAuthority = lazy(() => import('./ProposeAuthority'));

export function Component() {
  const { t } = useTranslation('access');
  const { roles, person } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const departments = useDepartments();
  const [address, setAddress] = useSearchParams();
  const [changing, setChanging] = useState<Charge>();
  const [asking, setAsking] = useState(false);
  const [refusing, setRefusing] = useState<RoleRequest>();
  const [framing, setFraming] = useState<Framed>();
  const [deciding, setDeciding] = useState<{ exception: Exception; keep: boolean }>();
  const tab = authorityTabs.find((one) => one === address.get('tab')) ?? 'authorities';
  const keeps = may(roles, 'keepAuthorities');
  const charges = queries.useQuery('get', '/api/authorities', {});
  const requests = queries.useInfiniteQuery('get', '/api/role-requests', { params: { query: { limit: most } } }, onwards);
  const frames = queries.useQuery('get', '/api/frames', {});
  const exceptions = queries.useInfiniteQuery('get', '/api/grant-exceptions', { params: { query: { limit: most } } }, onwards);
  const settled = { onSuccess: () => cache.invalidateQueries() };
  const settle = queries.useMutation('post', '/api/authorities/settle', { ...settled, onError: (error) => void message.error(fault(error)) });
  const settleFrame = queries.useMutation('post', '/api/frames/{id}/settle', settled);
  const decide = queries.useMutation('post', '/api/grant-exceptions/{id}/decide', {
    onSuccess: async () => {
      setDeciding(undefined);
      await cache.invalidateQueries();
    },
  });
  const approve = queries.useMutation('post', '/api/role-requests/{id}/approve', settled);
  const withdraw = queries.useMutation('post', '/api/role-requests/{id}/withdraw', settled);
  const refuse = queries.useMutation('post', '/api/role-requests/{id}/refuse', {
    onSuccess: async () => {
      setRefusing(undefined);
      await cache.invalidateQueries();
    },
  });
  return (
    <>
      <AuthoritiesPage
        tab={tab}
        onTab={(key) => setAddress({ tab: key })}
        charges={charges.data && (charges.data.items ?? [])}
        departments={departments}
        me={person}
        error={fault(charges.error)}
        busy={settle.isPending}
        actions={
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('authorities.ask')}
          </Button>
        }
        onPropose={keeps ? setChanging : undefined}
        onSettle={keeps ? (ids, agree) => settle.mutate({ body: { ids, agree } }) : undefined}
        frames={
          <FramesTable
            frames={frames.data && (frames.data.items ?? [])}
            departments={departments}
            me={person}
            busy={settleFrame.isPending}
            error={fault(frames.error ?? settleFrame.error)}
            onPropose={may(roles, 'keepFrames') ? setFraming : undefined}
            onSettle={may(roles, 'keepFrames') ? ({ id }, agree) => settleFrame.mutate({ params: { path: { id } }, body: { agree } }) : undefined}
          />
        }
        exceptions={
          <ExceptionsTable exceptions={useWhole(exceptions)} departments={departments} error={fault(exceptions.error)} onDecide={(exception, keep) => setDeciding({ exception, keep })} />
        }
        requests={
          <RoleRequests
            requests={useWhole(requests)}
            departments={departments}
            me={person}
            busy={approve.isPending}
            error={fault(requests.error ?? approve.error ?? withdraw.error)}
            onApprove={({ id }) => approve.mutate({ params: { path: { id } } })}
            onRefuse={setRefusing}
            onWithdraw={({ id }) => withdraw.mutate({ params: { path: { id } } })}
          />
        }
      />
      <Suspense>
        {changing && <ProposeAuthority charge={changing} departments={departments} onClose={() => setChanging(undefined)} />}
        {asking && <AskRole departments={departments} forOthers={may(roles, 'seeStaff')} onClose={() => setAsking(false)} />}
        {framing && <ProposeFrame framed={framing} departments={departments} onClose={() => setFraming(undefined)} />}
      </Suspense>
      {deciding && (
        <WordsDialog
          title={t(deciding.keep ? 'frames.keep' : 'frames.end')}
          lead={t(deciding.keep ? 'frames.keepLead' : 'frames.endLead')}
          label={t('authorities.why')}
          required={t('authorities.required')}
          danger={!deciding.keep}
          busy={decide.isPending}
          error={fault(decide.error)}
          onSubmit={({ words }) => decide.mutate({ params: { path: { id: deciding.exception.id } }, body: { keep: deciding.keep, words } })}
          onClose={() => setDeciding(undefined)}
        />
      )}
      {refusing && (
        <WordsDialog
          title={t('authorities.refuse')}
          lead={t('authorities.refuseLead')}
          label={t('authorities.refuseWhy')}
          required={t('authorities.required')}
          danger
          busy={refuse.isPending}
          error={fault(refuse.error)}
          onSubmit={(body) => refuse.mutate({ params: { path: { id: refusing.id } }, body })}
          onClose={() => setRefusing(undefined)}
        />
      )}
    </>
  );
}
