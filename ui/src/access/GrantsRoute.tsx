import { App } from 'antd';
import { keepPreviousData } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { ToldSystems } from '@/recipient/ToldSystems';
import { useDepartments } from '@/staff/use-departments';
import { AdjustmentsTable } from './AdjustmentsTable';
import type { Freeze } from './FreezesTable';
import type { Asked, Grant } from './grant';
import { GrantsPage, grantTabs } from './GrantsPage';
import { monthOf } from './months';
import { Responsibility } from './Responsibility';

const AgainDialog = lazy(() => import('./AgainDialog'));
const KeepGrantDialog = lazy(() => import('./KeepGrantDialog'));
const StatementDialog = lazy(() => import('./StatementDialog'));
const FlagBreachDialog = lazy(() => import('./FlagBreachDialog'));
const ReviewBreachDialog = lazy(() => import('./ReviewBreachDialog'));
const SettleFreezeDialog = lazy(() => import('./SettleFreezeDialog'));

export function Component() {
  const { person, roles } = useSession();
  const [address, setAddress] = useSearchParams();
  const { cursor, limit, filters } = useTableAddress();
  const { message } = App.useApp();
  const fault = useFault();
  const [openRequest, setOpenRequest] = useState<Asked>();
  const [openGrant, setOpenGrant] = useState<Grant>();
  const [again, setAgain] = useState<{ grant: Grant; way: 'extend' | 'clone' }>();
  const [settling, setSettling] = useState<{ freeze: Freeze; lift: boolean }>();
  const [flagging, setFlagging] = useState(false);
  const [reviewing, setReviewing] = useState<{ freeze: Freeze; confirmed: boolean }>();
  const [keeping, setKeeping] = useState<Grant>();
  const [writing, setWriting] = useState(false);
  const seesFreezes = may(roles, 'seeFreezes');
  const seesAdjustments = may(roles, 'seeAdjustments');
  const unseen = { freezes: !seesFreezes, adjustments: !seesAdjustments, responsibility: !seesAdjustments } as Partial<Record<string, boolean>>;
  const tab = grantTabs.find((one) => one === address.get('tab') && !unseen[one]) ?? 'requests';
  const page = (shown: typeof tab) => (shown === tab ? { cursor, limit } : {});
  const requests = queries.useQuery(
    'get',
    '/api/grant-requests',
    { params: { query: { ...page('requests'), waiting: filters.waiting === 'yes' ? true : undefined } } },
    { placeholderData: keepPreviousData, enabled: tab === 'requests' },
  );
  const grants = queries.useQuery(
    'get',
    '/api/grants',
    { params: { query: { ...page('grants'), live: filters.live === 'yes' ? true : undefined } } },
    { placeholderData: keepPreviousData, enabled: tab === 'grants', refetchInterval: ({ state }) => (state.data?.items?.some((grant) => grant.state === 'ending') ? soon : false) },
  );
  const endings = queries.useQuery(
    'get',
    '/api/revocations',
    { params: { query: { ...page('ends'), state: endStates.find((state) => state === filters.state) } } },
    { placeholderData: keepPreviousData, enabled: tab === 'ends', refetchInterval: ({ state }) => (state.data?.items?.some((ending) => ending.state === 'ending') ? soon : false) },
  );
  const freezes = queries.useQuery('get', '/api/freezes', { params: { query: page('freezes') } }, { placeholderData: keepPreviousData, enabled: tab === 'freezes' });
  const adjustments = queries.useQuery(
    'get',
    '/api/adjustments',
    { params: { query: { ...page('adjustments'), month: filters.month, trigger: filters.trigger } } },
    { placeholderData: keepPreviousData, enabled: tab === 'adjustments' },
  );
  const responsibility = queries.useQuery('get', '/api/responsibility', {}, { enabled: tab === 'responsibility' });
  const settled = {
    onSuccess: async () => {
      setOpenRequest(undefined);
      setOpenGrant(undefined);
      await cache.invalidateQueries();
    },
    onError: (error: unknown) => void message.error(fault(error)),
  };
  const revoke = queries.useMutation('post', '/api/grants/{id}/revoke', settled);
  const withdraw = queries.useMutation('post', '/api/grant-requests/{id}/withdraw', settled);
  const sign = queries.useMutation('post', '/api/grant-requests/{id}/sign', settled);
  return (
    <>
      <GrantsPage
        tab={tab}
        onTab={(next) => {
          setOpenRequest(undefined);
          setOpenGrant(undefined);
          setAddress({ tab: next }, { replace: true });
        }}
        requests={tableOf(requests)}
        grants={tableOf(grants)}
        endings={tableOf(endings)}
        told={may(roles, 'seeTold') ? ({ id }) => <ToldSystems subject={id} /> : undefined}
        freezes={seesFreezes ? tableOf(freezes) : undefined}
        onSettle={may(roles, 'settleFreezes') ? (freeze, lift) => setSettling({ freeze, lift }) : undefined}
        onFlagBreach={may(roles, 'flagBreaches') ? () => setFlagging(true) : undefined}
        onReviewBreach={may(roles, 'flagBreaches') ? (freeze, confirmed) => setReviewing({ freeze, confirmed }) : undefined}
        adjustments={seesAdjustments && <AdjustmentsTable page={tableOf(adjustments)} triggers={adjustments.data?.triggers ?? []} month={adjustments.data?.month ?? monthOf(new Date())} />}
        responsibility={seesAdjustments && <Responsibility seen={responsibility.data} onWrite={may(roles, 'openReviews') ? () => setWriting(true) : undefined} />}
        onSign={({ id }) => sign.mutate({ params: { path: { id } } })}
        onKeep={setKeeping}
        openRequest={openRequest}
        openGrant={openGrant}
        onOpenRequest={setOpenRequest}
        onOpenGrant={setOpenGrant}
        departments={useDepartments()}
        me={person}
        mayRevoke={(grant) => grant.person === person || grant.approvers?.includes(person) === true || may(roles, 'revokeAny')}
        onRevoke={({ id }) => revoke.mutate({ params: { path: { id } } })}
        onWithdraw={({ id }) => withdraw.mutate({ params: { path: { id } } })}
        onAgain={(grant, way) => setAgain({ grant, way })}
      />
      {keeping && (
        <Suspense fallback={null}>
          <KeepGrantDialog
            grant={keeping}
            onClose={(kept) => {
              setKeeping(undefined);
              if (kept) setOpenGrant(undefined);
            }}
          />
        </Suspense>
      )}
      {writing && (
        <Suspense fallback={null}>
          <StatementDialog seen={responsibility.data} onClose={() => setWriting(false)} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        {flagging && <FlagBreachDialog onClose={() => setFlagging(false)} />}
        {reviewing && <ReviewBreachDialog {...reviewing} onClose={() => setReviewing(undefined)} />}
      </Suspense>
      {settling && (
        <Suspense fallback={null}>
          <SettleFreezeDialog {...settling} onClose={() => setSettling(undefined)} />
        </Suspense>
      )}
      {again && (
        <Suspense fallback={null}>
          <AgainDialog {...again} onClose={() => setAgain(undefined)} />
        </Suspense>
      )}
    </>
  );
}

const endStates = ['ending', 'ended', 'failed'] as const;

/** How often one looks whether an end has been tried. */
const soon = 2000;
