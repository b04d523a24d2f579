import { App, Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { cache } from '@/api/cache';
import { queries } from '@/api/client';
import { useFault } from '@/api/fault';
import { tableOf } from '@/api/table';
import { most, onwards, useWhole } from '@/api/whole';
import { may } from '@/app/roles';
import { useSession } from '@/app/session';
import { useTableAddress } from '@/kit/table/address';
import { useDepartments } from '@/staff/use-departments';
import { OrderFrame } from './OrderFrame';
import { PeriodsPage } from './PeriodsPage';

const SetRule = lazy(() => import('./SetRule'));

export function Component() {
  const { t } = useTranslation('duty');
  const { roles } = useSession();
  const { message } = App.useApp();
  const fault = useFault();
  const { cursor, limit, filters } = useTableAddress();
  const departments = useDepartments();
  const kinds = queries.useQuery('get', '/api/duty/kinds', {}, { staleTime: Infinity });
  const rules = useWhole(queries.useInfiniteQuery('get', '/api/duty/rules', { params: { query: { limit: most } } }, onwards));
  const periods = queries.useQuery('get', '/api/duty/periods', { params: { query: { cursor, limit, rule: filters.rule, missed: filters.missed === 'yes' ? true : undefined } } });
  const end = queries.useMutation('post', '/api/duty/rules/{id}/end', {
    onSuccess: () => cache.invalidateQueries(),
    onError: (error) => void message.error(fault(error)),
  });
  const sets = may(roles, 'setRules');
  return (
    <OrderFrame
      tab="periods"
      actions={
        sets && (
          <Suspense fallback={<Button type="primary">{t('periods.new')}</Button>}>
            <SetRule kinds={(kinds.data?.items ?? []).filter(({ recurs }) => recurs)} departments={departments} />
          </Suspense>
        )
      }
    >
      <PeriodsPage
        rules={rules}
        page={tableOf(periods)}
        kinds={kinds.data?.items ?? []}
        departments={departments}
        onEnd={sets ? ({ id }) => end.mutate({ params: { path: { id } } }) : undefined}
      />
    </OrderFrame>
  );
}
