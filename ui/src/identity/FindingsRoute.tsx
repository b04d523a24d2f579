import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useNames } from '@/duty/use-names';
import { useDepartments } from '@/staff/use-departments';
import { Acknowledge } from './Acknowledge';
import { FindingsPage } from './FindingsPage';

const ofTheHouse = ['security-administrator', 'auditor', 'discipline'];

export function Component() {
  const { t } = useTranslation('identity');
  const { roles, posts } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const departments = useDepartments();
  const department = ofTheHouse.some((role) => roles.includes(role)) ? undefined : posts[0]?.department.id;
  const listing = queries.useQuery('get', '/api/identity/findings', { params: { query: { department } } });
  const nameOf = useNames((listing.data?.items ?? []).map(({ person }) => person).filter((person) => person !== ''));
  const dispose = queries.useMutation('post', '/api/identity/findings/{id}/dispose', {
    onSuccess: async () => {
      void message.success(t('findings.done'));
      await cache.invalidateQueries();
    },
    onError: (error) => void message.error(fault(error)),
  });
  return (
    <FindingsPage
      page={tableOf(listing)}
      departments={departments}
      nameOf={nameOf}
      acknowledge={department && may(roles, 'leadSignIns') && <Acknowledge department={department} waiting={listing.data && (listing.data.items ?? []).length} />}
      onDispose={may(roles, 'disposeFindings') ? ({ id }, disposal) => dispose.mutate({ params: { path: { id } }, body: { disposal } }) : undefined}
    />
  );
}
