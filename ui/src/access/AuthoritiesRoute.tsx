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
import { RoleRequests } from './RoleRequests';

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
  const tab = authorityTabs.find((one) => one === address.get('tab')) ?? 'authorities';
  const keeps = may(roles, 'keepAuthorities');
  const charges = queries.useQuery('get', '/api/authorities', {});
  const requests = queries.useInfiniteQuery('get', '/api/role-requests', { params: { query: { limit: most } } }, onwards);
  const settled = { onSuccess: () => cache.invalidateQueries() };
  const settle = queries.useMutation('post', '/api/authorities/settle', { ...settled, onError: (error) => void message.error(fault(error)) });
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
      </Suspense>
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
